// Trees at odd places and broken ones, and a verification that is interrupted.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { judgeClauses } from "../harness/image/coverage.ts";
import {
  buildBaseTree,
  sandboxRefusal,
  TempFolder,
  verifyResults,
} from "./_tree.ts";

const IMAGE = new URL("../image.ts", import.meta.url).pathname;

const refusal = await sandboxRefusal();
const ignore = refusal !== undefined;
const suffix = ignore ? ` (no sandbox on this machine: ${refusal})` : "";

function verify(
  tree: string,
  temp: string,
  ...words: string[]
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", IMAGE, "verify", "--sandbox", tree, ...words],
    env: { TMPDIR: temp, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function outcome(child: Deno.ChildProcess) {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test({
  name: `image verify copes with blanks and backslashes in paths${suffix}`,
  ignore,
  async fn() {
    await using folder = new TempFolder();
    const odd = `${folder.path}/a b\\c 'd`;
    await Deno.mkdir(`${odd}/temp`, { recursive: true });
    await buildBaseTree(`${odd}/tree`);
    const child = verify(
      `${odd}/tree`,
      `${odd}/temp`,
      "--filter",
      "platform.about.*",
    );
    const { code, out, err } = await outcome(child);
    assertEquals(code, 0, out + err);
    assertStringIncludes(out, "2 passed, 0 failed");
    assertEquals([...Deno.readDirSync(`${odd}/temp`)], []);
  },
});

Deno.test({
  name: `verification names the clauses that a broken tree breaks${suffix}`,
  ignore,
  async fn() {
    await using folder = new TempFolder();
    const tree = `${folder.path}/tree`;
    await buildBaseTree(tree);
    const plugin = `${tree}/usr/local/lib/runner.d/version`;
    await Deno.writeTextFile(plugin, "#!/bin/sh\necho overridden\n");
    await Deno.chmod(plugin, 0o555);
    const results = await verifyResults(tree, "platform.files.*");
    const broken = judgeClauses(results)
      .filter(({ verdict }) => verdict === "broken")
      .map(({ clause }) => clause.id);
    assertEquals(broken, ["RP-PLUGIN-4", "RP-BASE-2"]);
  },
});

Deno.test({
  name: `image verify that is interrupted leaves nothing behind${suffix}`,
  ignore,
  async fn() {
    await using folder = new TempFolder();
    const tree = `${folder.path}/tree`;
    const temp = `${folder.path}/temp`;
    await Deno.mkdir(temp);
    await buildBaseTree(tree);
    const child = verify(tree, temp);
    const reader = child.stdout.getReader();
    await reader.read();
    child.kill("SIGINT");
    while (!(await reader.read()).done);
    const err = await new Response(child.stderr).text();
    const { code } = await child.status;
    assertEquals(code, 130, err);
    assertStringIncludes(err, "image: interrupted by SIGINT");
    assertEquals([...Deno.readDirSync(temp)], []);
  },
});
