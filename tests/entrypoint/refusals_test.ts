// What is no command, is misused or cannot be a plugin's name is refused, and
// nothing is executed. See docs/entrypoint.md, "One invocation".

import { assert, assertEquals, assertMatch } from "@std/assert";
import { openSandbox, quote, raw, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

/** Every program that could be started by mistake leaves a mark. */
const TRAP = `
mkdir traps
for name in HELP hel ls sh id unknown; do
  printf '#!/bin/sh\\necho "$0" >>/tmp/executed\\n' >"traps/$name"
done
chmod 0755 traps/*
`;

const runner = (words: readonly string[]) =>
  `PATH=/traps:$PATH; runner ${words.map(quote).join(" ")}`;

async function refusals(table: readonly (readonly string[])[]) {
  const pieces = table.map(runner);
  const ends = await sandbox.each([...pieces, "cat /tmp/executed"], {
    setup: TRAP,
  });
  assertEquals(ends.pop()?.stdout, "", "something was executed");
  assertEquals(ends.length, table.length);
  return ends.map((end, index) => ({ ...end, words: table[index] ?? [] }));
}

const UNKNOWN = [
  ["ls"],
  ["/bin/ls"],
  ["./ls"],
  ["sh", "-c", "id"],
  ["--help"],
  ["-h"],
  ["--"],
  ["--", "help"],
  ["HELP"],
  ["hel"],
  ["help "],
  [" help"],
  ["help\n"],
  ["\r"],
  ["\x1b[31m\x07red"],
  ["a\nb"],
  ["runner", "help"],
  // Impossible as plugin names.
  ["../../../bin/echo", "x"],
  ["/usr/local/lib/runner.d/hello"],
  ["sub/x"],
  ["."],
  [".."],
  [".hidden"],
  ["-x"],
  ["A"],
  ["a b"],
  ["%2e%2e"],
  ["__proto__"],
  ["constructor"],
  ["toString"],
  ["a".repeat(65)],
  ["a".repeat(100_000)],
  ["ｈelp"],
  ["hе\u200dlp"],
];

test("what is no command is refused with 64, on one line, and nothing runs", async () => {
  for (const { code, stdout, stderr, words } of await refusals(UNKNOWN)) {
    const about = JSON.stringify(words).slice(0, 100);
    assertEquals([code, stdout], [64, ""], about);
    assertMatch(
      stderr,
      /^runner: Unknown command "[^\n]*\n([^\n]+\n)?$/,
      about,
    );
    const shown = new TextDecoder().decode(raw(stderr));
    assertMatch(shown, /^[\P{Cc}\n]*$/u, about);
  }
});

test("no command, an empty one and misused ones are refused with 64", async () => {
  const table = [
    [],
    [""],
    ["", "help"],
    ["help", "x"],
    ["help", "--json"],
    ["help", ""],
    ["about", "x"],
    ["about", "--json", "--json"],
    ["about", "--JSON"],
    ["info", "--help"],
    ["version", "-v"],
    ["shell", "-c", "id"],
    ["shell", ""],
    ["exec"],
  ];
  for (const { code, stdout, stderr, words } of await refusals(table)) {
    const about = JSON.stringify(words);
    assertEquals([code, stdout], [64, ""], about);
    assertMatch(stderr, /^runner: Cannot run [^\n]*\n([^\n]+\n)?$/, about);
  }
});

test("the word after exec is the command, whatever it looks like", async () => {
  const table = [
    ["exec", "--", "ls"],
    ["exec", "-l"],
    ["exec", "-c", "env"],
    ["exec", "-a", "name", "true"],
    ["exec", "--help"],
    ["exec", ""],
    ["exec", " "],
    ["exec", "true\n"],
    ["exec", "ls;id"],
    ["exec", "$(id)"],
    ["exec", "exec", "true"],
    ["exec", "help"],
    ["exec", "hello"],
  ];
  for (const { code, stdout, stderr, words } of await refusals(table)) {
    const about = JSON.stringify(words);
    assertEquals([code, stdout], [127, ""], about);
    assertMatch(stderr, /^runner: Cannot execute "[^\n]*\n$/, about);
  }
});

test("a word that cannot be a plugin's name makes nothing look at a file", async () => {
  const setup = `
mkdir usr/local/lib/runner.d/sub
for name in sub/x .hidden -x A 'a b' %2e%2e __proto__; do
  printf '#!/bin/sh\\necho executed\\n' >"usr/local/lib/runner.d/$name"
done
chmod -R 0555 usr/local/lib/runner.d
`;
  const names = ["sub/x", ".hidden", "-x", "A", "a b", "%2e%2e", "__proto__"];
  const ends = await sandbox.each(names.map((name) => runner([name])), {
    setup,
  });
  assertEquals(ends.map(({ code }) => code), names.map(() => 64));
  assert(ends.every(({ stdout }) => stdout === ""));
});

test("on a failure of any kind standard error begins with the program's name and 125 is never used", async () => {
  const ends = await sandbox.each([
    "runner",
    "runner x",
    "runner exec nope",
    "runner exec /etc",
    "runner shell",
    "runner help >/dev/full",
  ]);
  assertEquals(ends.map(({ code }) => code), [64, 64, 127, 126, 64, 74]);
  for (const { stderr } of ends) assertMatch(stderr, /^runner: [A-Z]/);
});
