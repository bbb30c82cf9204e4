// What the built entrypoint prints for programs keeps its published shape.

import { assert, assertEquals } from "@std/assert";
import { faults, undescribed } from "../_schemas.ts";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const COMMANDS = ["about", "info", "version"] as const;

test("each --json is valid by its published schema, and described to the last key", async () => {
  const ends = await sandbox.each(
    COMMANDS.map((command) => `runner ${command} --json`),
    {
      setup: `mkdir etc/runner/info.d
printf 'two\\nlines\\n' >etc/runner/info.d/a.txt
ln -s /bin/sh usr/local/lib/runner.d/drift
rm etc/runner/tools.env
echo 'TOOL_JQ_VERSION=1.6' >etc/runner/tools.env`,
    },
  );
  for (const [index, command] of COMMANDS.entries()) {
    const { code, stdout = "", stderr } = ends[index] ?? {};
    assertEquals([code, stderr], [0, ""], command);
    const document = JSON.parse(stdout);
    assertEquals(faults(command, document), []);
    assertEquals(undescribed(command, document), []);
    assertEquals(stdout, `${JSON.stringify(document, null, 2)}\n`);
  }
  assert(ends[1]?.stdout.includes('"reason": "is a symbolic link"'));
});
