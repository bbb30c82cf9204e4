// What is not there is 127, what cannot be executed is 126 with the reason; no
// shell steps in, and the working directory is never searched.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

/** The head of a program for a machine that does not exist. */
const ALIEN = String.raw`\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\377\177\1\0\0\0`;

const FILES = `
mkdir noexec
mount -t tmpfs -o noexec,mode=0755 files noexec
cp usr/bin/true noexec/true
cd tmp
echo '#!/nonexistent' >orphan
echo '#!/tmp/loop' >loops
echo '#!/tmp/plain' >barred
echo '#!' >blank
printf 'echo executed by a shell' >script
: >empty
ln -s loop loop
ln -s nowhere dangling
printf '${ALIEN}' >alien
head -c 200 /dev/zero >>alien
cp /usr/bin/true busy
echo plain >plain
mkdir folder closed
cp /usr/bin/true closed/true
chmod 0755 orphan loops barred blank script empty alien
chmod 0777 busy
chmod 0644 plain
chmod 0000 closed
`;

const OUTCOMES: readonly (readonly [string, number, string])[] = [
  ["/tmp/missing", 127, '"/tmp/missing": no such command'],
  ["/tmp/folder/missing", 127, '"/tmp/folder/missing": no such command'],
  ["/tmp/dangling", 127, '"/tmp/dangling": no such command'],
  ["/tmp/orphan", 127, "the interpreter of /tmp/orphan does not exist"],
  ["/tmp/loops", 126, "too many levels of symbolic links"],
  ["/tmp/barred", 126, "permission denied"],
  ["/tmp/blank", 126, "exec format error"],
  ["/tmp/plain", 126, "/tmp/plain: permission denied"],
  ["/tmp/folder", 126, "/tmp/folder: permission denied"],
  ["/tmp/closed/true", 126, "permission denied"],
  ["/tmp/plain/below", 126, "/tmp/plain/below: not a directory"],
  ["/tmp/plain/", 126, "not a directory"],
  ["/tmp/loop", 126, "too many levels of symbolic links"],
  ["/tmp/busy", 126, "text file busy"],
  ["/tmp/alien", 126, "exec format error"],
  ["/tmp/script", 126, "exec format error"],
  ["/tmp/empty", 126, "exec format error"],
  ["/noexec/true", 126, "permission denied"],
  [`/tmp/${"n".repeat(256)}`, 126, "name too long"],
];

test("each way not to be executable has its code and its reason, and no shell steps in", async () => {
  const pieces = OUTCOMES.map(([path]) =>
    `exec 3>>/tmp/busy; runner exec ${path}`
  );
  const ends = await sandbox.each(pieces, { setup: FILES });
  for (const [index, [path, code, reason]] of OUTCOMES.entries()) {
    const end = ends[index];
    assertEquals([end?.code, end?.stdout], [code, ""], path);
    assertStringIncludes(end?.stderr ?? "", reason, path);
  }
});

test("the same files run once nothing is in the way", async () => {
  const ends = await sandbox.each([
    "runner exec /tmp/busy",
    "chmod 0700 /tmp/mine; runner exec /tmp/mine",
    "runner exec /tmp/good/../good/tool",
  ], {
    setup: `${FILES}
mkdir good
printf '#!/bin/echo found\\n' >good/tool
cp good/tool mine
chmod 0755 good/tool
chown "$uid:$gid" mine 2>/dev/null || chmod 0777 mine
`.replace("$uid:$gid", "10001:10001"),
  });
  assertEquals(ends[0], { code: 0, stdout: "", stderr: "" });
  assertEquals(ends[2]?.stdout, "found /tmp/good/../good/tool\n");
});

const TOOLS = `
mkdir a b c d
for place in a b; do printf '#!/bin/echo %s\\n' $place >$place/tool; done
: >c/tool
mkdir d/tool
chmod 0755 b/tool c/tool
chmod 0644 a/tool
printf '#!/bin/echo planted\\n' >workspace/ls
mkdir workspace/bin
cp workspace/ls workspace/bin/tool
chmod 0755 workspace/ls workspace/bin/tool
`;

const SEARCHES: readonly (readonly [string, number, string])[] = [
  ["unset PATH; $R exec echo found", 0, "found\n"],
  ["unset PATH; $R exec tool", 127, ""],
  ["PATH=; export PATH; $R exec echo found", 127, ""],
  ["PATH=:. $R exec ls", 127, ""],
  ["PATH=.: $R exec ls", 127, ""],
  ["PATH=bin:./bin:../workspace/bin $R exec tool", 127, ""],
  ["PATH=:/usr/bin:. $R exec echo found", 0, "found\n"],
  ["PATH=/nowhere:/a:/b $R exec tool", 0, "b /b/tool\n"],
  ["PATH=/d:/b $R exec tool", 0, "b /b/tool\n"],
  ["PATH=/a/tool:/b $R exec tool", 0, "b /b/tool\n"],
  ["PATH=/a $R exec tool", 126, ""],
  ["PATH=/a:/nowhere $R exec tool", 126, ""],
  // The first match is the command: a broken one is not passed over.
  ["PATH=/c:/b $R exec tool", 126, ""],
  ["PATH=/b/:/a $R exec tool", 0, "b /b/tool\n"],
  ["PATH=/b $R exec bin/tool", 0, "planted bin/tool\n"],
  ["PATH=/b $R exec ./ls", 0, "planted ./ls\n"],
];

test("the search follows PATH, its absolute elements only, and passes over what may not be executed", async () => {
  const pieces = SEARCHES.map(([piece]) => `R=/usr/local/bin/runner; ${piece}`);
  const ends = await sandbox.each(pieces, { setup: TOOLS });
  for (const [index, [piece, code, stdout]] of SEARCHES.entries()) {
    const end = ends[index];
    const found = end?.stdout.replace("//", "/");
    assertEquals([end?.code, found], [code, stdout], piece);
  }
});
