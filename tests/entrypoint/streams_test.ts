// Streams: what cannot be written is 74, what is slow is complete, and what the
// tool reads and writes is its own.

import { assertEquals, assertMatch } from "@std/assert";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const COMPILER = [sandbox.compiled, "there is no C compiler here"] as const;

const PRINTING = ["help", "about", "about --json", "info", "info --json"]
  .concat("version", "version --json");

test("output that cannot be written is 74, whatever is printed", async () => {
  const full = PRINTING.map((command) => `runner ${command} >/dev/full`);
  // The only reader is gone before the first byte.
  const gone = "mkfifo /tmp/f; cat /tmp/f & exec 3>/tmp/f; kill $!\n" +
    "wait $! 2>/dev/null; runner help >&3";
  const ends = await sandbox.each([...full, gone]);
  for (const { code, stdout, stderr } of ends) {
    assertEquals([code, stdout], [74, ""]);
    assertMatch(stderr, /^runner: Cannot write to standard output: [a-z ]+\n$/);
  }
});

test("a message nobody can read does not change the exit code", async () => {
  const ends = await sandbox.each([
    "runner nope 2>/dev/full",
    "runner exec nope 2>/dev/full",
    "runner help >/dev/full 2>/dev/full",
    "runner nope 2>&-",
    "runner exec nope 2>&-",
    "runner exec /etc <&- >&- 2>&-",
  ]);
  assertEquals(ends.map(({ code }) => code), [64, 127, 74, 64, 127, 126]);
});

test("with standard output closed there is nothing to print to, and nothing fails", async () => {
  const ends = await sandbox.each([
    ...PRINTING.map((command) => `runner ${command} >&-`),
    "runner help <&- >&- 2>&-",
    "runner help >&- 2>&-",
  ]);
  for (const end of ends) {
    assertEquals(end, { code: 0, stdout: "", stderr: "" });
  }
});

test("a tool's failure to write is the tool's", async () => {
  const [direct, runner] = await sandbox.each([
    "sh -c 'echo x; exit $?' >/dev/full",
    "runner exec sh -c 'echo x; exit $?' >/dev/full",
  ]);
  assertEquals(runner, direct);
});

const LONG = "mkdir etc/runner/info.d; for n in 1 2 3 4 5 6; do\n" +
  "head -c 60000 /dev/zero | tr '\\0' $n >etc/runner/info.d/$n.txt; done";

test("a slow pipe that does not block gets every byte", async () => {
  const slowly = "(head -c 1000; sleep 0.3; cat) | cksum";
  const [plain, slow, tool] = await sandbox.each([
    "(runner info; echo ended $?) | cksum",
    `(stage nonblock 1 -- /usr/local/bin/runner info; echo ended $?) | ${slowly}`,
    `(runner exec runner info; echo ended $?) | ${slowly}`,
  ], { setup: LONG });
  assertMatch(plain?.stdout ?? "", /^\d+ 36\d{4}\n$/);
  assertEquals([slow, tool], [plain, plain]);
}, COMPILER);

test("standard input is read by the tool alone, from where the caller stopped", async () => {
  const [pipe, file, refused] = await sandbox.each([
    "printf 'one\\ntwo\\nthree' | (read -r line; runner exec cat)",
    "printf 'one\\ntwo\\nthree' >/tmp/in; (read -r line; runner exec cat) </tmp/in",
    "printf 'one\\ntwo' | (runner nope 2>/dev/null; runner help >/dev/null; cat)",
  ]);
  assertEquals([pipe?.code, pipe?.stdout], [0, "two\nthree"]);
  assertEquals([file?.code, file?.stdout], [0, "two\nthree"]);
  assertEquals(refused?.stdout, "one\ntwo");
});

test("a tool whose reader went away ends by SIGPIPE, unless the caller ignores it", async () => {
  const [dies, lives] = await sandbox.each([
    "exec bash -c 'runner exec yes | head -n 1; echo ${PIPESTATUS[0]}'",
    "exec env --ignore-signal=PIPE bash -c " +
    "'runner exec yes 2>/dev/null | head -n 1; echo ${PIPESTATUS[0]}'",
  ]);
  assertEquals(dies?.stdout, "y\n141\n");
  assertEquals(lives?.stdout, "y\n1\n");
});

test("ten megabytes go through unharmed, both ways", async () => {
  const [end] = await sandbox.each([
    "head -c 10000000 /dev/urandom >/tmp/in; " +
    "runner exec cat </tmp/in | cat >/tmp/out; cmp /tmp/in /tmp/out && echo same",
  ]);
  assertEquals(end, { code: 0, stdout: "same\n", stderr: "" });
});
