import { assertEquals } from "@std/assert";
import { parseBlock, parseDocument } from "./parse.ts";

/** `LINE:COLUMN MESSAGE` of the first problem, or the case as JSON. */
function read(text: string, bodyLine = 1, indent = 0): string {
  const [one] = parseBlock({
    kind: "block",
    path: "p",
    line: bodyLine - 1,
    bodyLine,
    indent,
    text,
  });
  return one?.kind === "problem"
    ? `${one.location.line}:${one.location.column} ${one.message}`
    : JSON.stringify(one?.value);
}

const IN_QUOTES = "put the value in quotes";
const ALIGN =
  'is not aligned with the ones it belongs to: check the indentation, and put a value with ": " in quotes';
const TAB = "a tab indents this line: indent with spaces";
const DUPLICATE = (key: string) =>
  `duplicate key "${key}": keep one of the two`;
const NO_KEY =
  'neither a key nor part of the value before it: write "key: value"; double or escape a quote inside a quoted value, and indent the lines of a block of text';
const MISPLACED = "this does not continue what stands before it";
const CLOSE = 'put a value that begins with "[" or "{" in quotes';

const ERRORS: Readonly<Record<string, string>> = {
  // Duplicate keys.
  "a: 1\na: 2": `2:1 ${DUPLICATE("a")}`,
  "a: 1\nb:\n  c: 2\na: 3": `4:1 ${DUPLICATE("a")}`,
  "x:\n  - a: 1\n    'a': 2": `3:5 ${DUPLICATE("a")}`,
  "x: {a: 1, a: 2}": `1:11 ${DUPLICATE("a")}`,
  "x: {a: 1, b: {c: 1, c: 2}}": `1:21 ${DUPLICATE("c")}`,
  "__proto__: 1\n__proto__: 2": `2:1 ${DUPLICATE("__proto__")}`,
  "<<: {a: 1}\n<<: {b: 1}": `2:1 ${DUPLICATE("<<")}`,
  // A colon in a value.
  "a: b: c": `1:5 ":" inside a value: ${IN_QUOTES}`,
  "a: b\n  c: d": `2:4 this mapping entry ${ALIGN}`,
  // Indentation.
  "a:\n  b: 1\n c: 2": `3:2 this mapping entry ${ALIGN}`,
  "- a: 1\n b: 2": `2:2 this sequence entry ${ALIGN}`,
  "- a\nb: c":
    `2:1 ${MISPLACED}: check the indentation, and the ":" of the line above`,
  "a 1\nb: 2":
    `2:2 ${MISPLACED}: check the indentation, and the ":" of the line above`,
  "a: - b": `1:4 ${MISPLACED}: begin a list on a line of its own`,
  // Tabs.
  "a:\n\tb: 1": `2:2 ${TAB}`,
  "a:\n\t- b": `2:2 ${TAB}`,
  "a:\n  b: 1\n \tc: 2": `3:2 ${TAB}`,
  "a: |\n\tfoo": `2:1 ${TAB}`,
  // Quotes.
  "a: 1\nb: 'x\nc: 1": "2:4 a single quote is not closed",
  'a: 1\nb: "x\nc: 1': "2:4 a double quote is not closed",
  "a: 'it's'\nb: 1": `1:8 ${NO_KEY}`,
  'a: "say "hi""': `1:10 ${NO_KEY}`,
  'a: "\\q"':
    "1:6 unknown escape in double quotes: double the backslash, or use single quotes",
  'a: "\\uXY"':
    "1:7 unknown escape in double quotes: double the backslash, or use single quotes",
  "a: 1\nb\nc: 1": `2:1 ${NO_KEY}`,
  // Characters with a meaning.
  "a: @x": `1:4 a value cannot begin with "@": ${IN_QUOTES}`,
  "a: `x`": `1:4 a value cannot begin with "\`": ${IN_QUOTES}`,
  "a: %x": `1:4 a value cannot begin with "%": ${IN_QUOTES}`,
  "a: ]": `1:4 a value cannot begin with "]": ${IN_QUOTES}`,
  "a:\n- *.md":
    '2:3 "*.md" is an alias of nothing: put a value that begins with "*" in quotes',
  "a: !foo x":
    '1:9 unknown tag "!foo": put a value that begins with "!" in quotes',
  "a: >x\n  y":
    '1:5 text on the line of a block scalar\'s mark: put a value that begins with "|" or ">" in quotes',
  // Brackets.
  "a: 1\nb: [1, 2\n": `2:4 a bracket or brace is not closed: ${CLOSE}`,
  "a: {b: 1\nc: 2":
    `2:1 expected "," or the closing bracket or brace: ${CLOSE}`,
  // Documents.
  "%YAML 1.2\n\n\n": "1:10 directives end mark is expected",
  "a: 1\n---\nb: 1":
    '2:1 a second document after "---": write a list of mappings',
};

Deno.test("parseBlock() explains syntax errors at their place", () => {
  for (const [text, problem] of Object.entries(ERRORS)) {
    const [place, ...message] = problem.split(" ");
    assertEquals(
      read(text),
      `${place} invalid YAML: ${message.join(" ")}`,
      text,
    );
  }
});

Deno.test("parseBlock() counts lines and columns of the document", () => {
  assertEquals(read("a: 1\n\nb: @", 41, 4).slice(0, 5), "43:8 ");
  const text =
    "# T\r\n\r\n  ~~~yaml spec-test\r\n  a: 1\r\n  b: @\r\n  ~~~\r\n";
  const [one] = parseDocument(
    { path: "p", format: "md" },
    new TextEncoder().encode("\ufeff" + text),
  );
  assertEquals(one?.location, { path: "p", line: 5, column: 6 });
});

Deno.test("parseBlock() reports every error on one printable line", () => {
  const texts = [
    "a: *x\x1b[2J",
    "a: !<x\x1by> 1",
    "a: \x07",
    'a: "\\\u202e"',
    "a\x1b: 1\na\x1b: 2",
    "a: \ud800",
    "a: !" + "x".repeat(500) + " 1",
    "%FOO\n---",
    "%YAML 1.2\n%YAML 1.2\n---\na: 1",
  ];
  for (const text of texts) {
    const problem = read(text);
    // deno-lint-ignore no-control-regex -- control characters are the subject
    assertEquals(/[\x00-\x1f\x7f-\x9f\u202e]/.test(problem), false, problem);
    assertEquals(problem.length < 300, true, problem);
  }
});

Deno.test("parseBlock() does not blame a tab that is no indentation", () => {
  const texts = {
    "a: |\n  x\n  \ty\nb: 1": '{"a":"x\\n\\ty\\n","b":1}',
    "a: [1,\n\t2]": '{"a":[1,2]}',
    "a:\t1": '{"a":1}',
    "-\ta: 1": '{"a":1}',
    "a: 1\n\t\nb: 2": '{"a":1,"b":2}',
    "a: 1\n\t# c\nb: 2": '{"a":1,"b":2}',
    'a: "x\n\ty"': '{"a":"x y"}',
  };
  for (const [text, value] of Object.entries(texts)) {
    assertEquals(read(text), value, text);
  }
});
