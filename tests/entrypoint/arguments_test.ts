// Arguments arrive as bytes, none lost, none added, however odd and however many.

import { assertEquals } from "@std/assert";
import { openSandbox, raw, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

/** Shows each argument between brackets, with printf itself as the tool. */
const show = (words: string) => `runner exec printf '[%s]' ${words}`;

test("every byte an argument can hold arrives, alone and in company", async () => {
  const octal = Array.from(
    { length: 255 },
    (_, index) => (index + 1).toString(8).padStart(3, "0"),
  );
  // The shell takes line breaks off the end of what a command prints.
  const all = octal.map((byte) => `\\${byte}`).join("");
  const one = (byte: string) => `"$(printf '\\${byte}.')"`;
  const [alone, together] = await sandbox.each([
    show(octal.map(one).join(" ")),
    show(`"$(printf '${all}.')"`),
  ]);
  const bytes = Array.from(
    { length: 255 },
    (_, index) => String.fromCharCode(index + 1),
  );
  assertEquals(alone, {
    code: 0,
    stdout: bytes.map((byte) => `[${byte}.]`).join(""),
    stderr: "",
  });
  assertEquals(together, {
    code: 0,
    stdout: `[${bytes.join("")}.]`,
    stderr: "",
  });
});

test("odd arguments arrive in their order, the empty ones too", async () => {
  const [odd, invalid, none, many] = await sandbox.each([
    show(`'' 'a b' '*' '$HOME' '' '-n' '--' '"' "'" 'a\\b' ''`),
    show(
      `"$(printf '\\377\\376')" "$(printf 'cr\\r')" "$(printf '\\303(')" 'x\ny'`,
    ),
    "runner exec sh -c 'echo $#:$0'",
    "runner exec sh -c 'echo $#' '' '' '' ''",
  ]);
  assertEquals(
    odd?.stdout,
    `[][a b][*][$HOME][][-n][--]["]['][a\\b][]`,
  );
  assertEquals(invalid?.stdout, "[\xff\xfe][cr\r][\xc3(][x\ny]");
  assertEquals(none?.stdout, "0:sh\n");
  assertEquals(many?.stdout, "3\n");
});

test("an argument as long as the kernel allows arrives", async () => {
  const most = 128 * 1024 - 1;
  const [end, beyond] = await sandbox.each([
    `runner exec printf '%s' "$(head -c ${most} /dev/zero | tr '\\0' x)"`,
    // Here the kernel refuses to start the entrypoint at all.
    `runner exec printf '%s' "$(head -c ${most + 1} /dev/zero | tr '\\0' x)"`,
  ]);
  assertEquals([end?.code, end?.stdout.length], [0, most]);
  assertEquals(end?.stdout, "x".repeat(most));
  assertEquals([beyond?.code, beyond?.stdout], [126, ""]);
});

test("a hundred thousand arguments arrive", async () => {
  const [end] = await sandbox.each([
    `runner exec sh -c 'echo $#; shift 99999; echo "$1"' sh $(seq 1 100000)`,
  ]);
  assertEquals(end, { code: 0, stdout: "100000\n100000\n", stderr: "" });
});

test("words that mean something to the runtime or the launcher are the tool's", async () => {
  const words = [
    "-A",
    "--version",
    "--inspect",
    "--",
    "-",
    "@A=1",
    "--v8-flags=--help",
  ];
  const pieces = words.map((word) => show(word));
  const ends = await sandbox.each(pieces);
  assertEquals(
    ends,
    words.map((word) => ({ code: 0, stdout: `[${word}]`, stderr: "" })),
  );
});

test("argument number zero is the word as typed", async () => {
  const [searched, path] = await sandbox.each([
    'runner exec sh -c \'tr "\\0" " " </proc/$$/cmdline; :\'',
    'cd /usr; runner exec bin/sh -c \'tr "\\0" " " </proc/$$/cmdline; :\'',
  ]);
  assertEquals(searched?.stdout.split(" ")[0], "sh");
  assertEquals(path?.stdout.split(" ")[0], "bin/sh");
});

test("arguments without any shell between arrive as they are", async () => {
  const argv = ["", "\n", "\xff\xfe", "a=b", "x".repeat(5000), "\r", "@"];
  const file = `${sandbox.folder}/arguments`;
  await Deno.writeFile(file, raw(argv.map((word) => `${word}\0`).join("")));
  const { stdout, stderr, code } = await sandbox.run({
    program: "/usr/local/bin/stage",
    args: ["arguments", "/tmp/list", "--", "/usr/local/bin/runner", "exec"]
      .concat("printf", "[%s]"),
    setup: `cp ${file} tmp/list`,
  });
  assertEquals([code, stderr], [0, ""]);
  assertEquals(stdout, argv.map((word) => `[${word}]`).join(""));
}, [sandbox.compiled, "there is no C compiler here"]);
