// Root is refused in every disguise; every other user will do, named or not.

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const ROOT = [Deno.uid() === 0, "only root can be two users at once"] as const;

const COMMANDS = ["help", "about", "info", "version", "exec id", "shell"]
  .concat("nope", "hello", "");

const PLUGIN = `printf '#!/bin/sh\\necho executed\\n' \
>usr/local/lib/runner.d/hello
chmod 0555 usr/local/lib/runner.d/hello`;

async function refusals(prefix: string, mode?: "root") {
  return await sandbox.each(
    COMMANDS.map((command) => `${prefix} runner ${command}`),
    { user: "0:0", setup: PLUGIN, ...(mode && { mode }) },
  );
}

const DISGUISES: readonly (readonly [string, string])[] = [
  ["--ruid 10001", "the effective user id is 0"],
  ["--euid 10001", "the user id is 0"],
  ["--ruid 10001 --no-new-privs", "the effective user id is 0"],
];

for (const [disguise, reason] of DISGUISES) {
  test(`every command is refused for setpriv ${disguise}`, async () => {
    for (const end of await refusals(`setpriv ${disguise}`, "root")) {
      assertEquals([end.code, end.stdout], [77, ""]);
      assertStringIncludes(end.stderr, reason);
    }
  }, ROOT);
}

test("every command is refused for root of a user namespace", async () => {
  for (const { code, stdout, stderr } of await refusals("")) {
    assertEquals([code, stdout], [77, ""]);
    assertMatch(stderr, /^runner: Cannot run as root: the user id is 0\n/);
  }
});

test(
  "a process with two group ids is refused with 70: the kernel hides its start from it",
  async () => {
    const [end] = await sandbox.each(
      ["setpriv --reuid 10001 --rgid 10001 --egid 0 --clear-groups runner help"],
      { user: "0:0", mode: "root" },
    );
    assertEquals([end?.code, end?.stdout], [70, ""]);
    assertStringIncludes(end?.stderr ?? "", "permission denied");
  },
  ROOT,
);

test("any uid with gid 0 will do, also without a name", async () => {
  const [info, exec, plugin] = await sandbox.each(
    ["runner info --json", "runner exec id", "runner hello"],
    {
      user: "1000770000:0",
      setup: `${PLUGIN}\nrm etc/passwd etc/group\nchmod 1777 workspace`,
    },
  );
  const { actual } = JSON.parse(info?.stdout ?? "");
  assertEquals([actual.uid, actual.gid], [1000770000, 0]);
  assertStringIncludes(exec?.stdout ?? "", "uid=1000770000 gid=0");
  assertEquals(plugin?.stdout, "executed\n");
});

test("HOME may be unset, empty, missing, or no directory", async () => {
  const homes = ["unset HOME", "export HOME=", "export HOME=/nowhere"]
    .concat("export HOME=/etc/passwd", "export HOME=relative");
  const pieces = homes.flatMap((home) => [
    `${home}; runner exec sh -c 'echo "[\${HOME-unset}]"'`,
    `${home}; runner info`,
  ]);
  const ends = await sandbox.each(pieces);
  for (const { code, stderr } of ends) assertEquals([code, stderr], [0, ""]);
  const seen = ends.filter((_, index) => index % 2 === 0);
  assertEquals(
    seen.map(({ stdout }) => stdout.trim()),
    ["[unset]", "[]", "[/nowhere]", "[/etc/passwd]", "[relative]"],
  );
});

test("without new privileges and without capabilities everything works", async () => {
  const [help, exec] = await sandbox.each([
    "exec setpriv --no-new-privs runner help",
    "exec setpriv --no-new-privs runner exec " +
    "sed -n 's/^\\(CapEff\\|NoNewPrivs\\):\\t//p' /proc/self/status",
  ]);
  assertEquals([help?.code, help?.stderr], [0, ""]);
  assertEquals(exec?.stdout, "0000000000000000\n1\n");
});
