import { assert, assertEquals } from "@std/assert";
import { jsonFault } from "./json_fault.ts";

const ESCAPED = "an escape for the control character in a string";

const FAULTS: readonly (readonly [string, string])[] = [
  ["", "the text is empty"],
  [" \n", String.raw`the text is blank: " \n"`],
  ["ok", 'wanted a value at line 1, column 1, found "ok"'],
  [
    "\x1b[1m{}",
    String
      .raw`wanted a value at line 1, column 1, found "\x1b[1m{}"`,
  ],
  [
    `<!-- ${"x".repeat(100)}`,
    `wanted a value at line 1, column 1, found "<!-- ${"x".repeat(35)}…"`,
  ],
  [
    '{"a": 1}\n{"b": 2}\n',
    String
      .raw`wanted the end at line 2, column 1, found "{\"b\": 2}\n" after "{\"a\": 1}\n"`,
  ],
  [
    "[1, 2",
    'wanted "," or "]" at line 1, column 6, but the text ends after "[1, 2"',
  ],
  ["[1 2]", 'wanted "," or "]" at line 1, column 4, found "2]" after "[1 "'],
  ["[1,]", 'wanted a value at line 1, column 4, found "]" after "[1,"'],
  [
    "[",
    'wanted a value or "]" at line 1, column 2, but the text ends after "["',
  ],
  [
    "{",
    'wanted a key in double quotes or "}" at line 1, column 2, but the text ends after "{"',
  ],
  [
    "{a: 1}",
    'wanted a key in double quotes or "}" at line 1, column 2, found "a: 1}" after "{"',
  ],
  [
    '{"a": 1,}',
    String
      .raw`wanted a key in double quotes at line 1, column 9, found "}" after "{\"a\": 1,"`,
  ],
  [
    '{"a" 1}',
    String.raw`wanted ":" at line 1, column 6, found "1}" after "{\"a\" "`,
  ],
  [
    "[NaN]",
    'wanted a value or "]" at line 1, column 2, found "NaN]" after "["',
  ],
  ["01", 'wanted the end at line 1, column 2, found "1" after "0"'],
  [
    '["a',
    String
      .raw`wanted the quote that closes a string at line 1, column 4, but the text ends after "[\"a"`,
  ],
  [
    '"a\nb"',
    String
      .raw`wanted ${ESCAPED} at line 1, column 3, found "\nb\"" after "\"a"`,
  ],
  [
    String.raw`"\q"`,
    String
      .raw`wanted an escape of JSON at line 1, column 2, found "\\q\"" after "\""`,
  ],
  [
    `${"[1,".repeat(20)}x`,
    'wanted a value at line 1, column 61, found "x" after "…1,[1,[1,[1,[1,[1,[1,"',
  ],
];

Deno.test("jsonFault() says what was wanted, where, and what is there", () => {
  for (const [text, fault] of FAULTS) assertEquals(jsonFault(text), fault);
});

Deno.test("jsonFault() shows a screen at most, whatever the text", () => {
  for (const character of ["x", "🎉", "\x00", "\\", '"', "[", "{", "1"]) {
    const fault = jsonFault(character.repeat(100_000)) ?? "";
    assert(fault.length < 600, fault.slice(0, 600));
  }
  assertEquals(
    jsonFault("🎉".repeat(100)),
    `wanted a value at line 1, column 1, found "${"🎉".repeat(40)}…"`,
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

Deno.test("jsonFault() finds a fault where the engine does, and nowhere else", () => {
  const text = String
    .raw`{"a": [1, -2.5e+3, "x\n\u00e9", true, null], "b": {}, "c": [[]]} `;
  const pieces = ["", "[", "]", "{", "}", ",", ":", '"', "\\", "\n", "0", "x"];
  for (let at = 0; at <= text.length; at++) {
    for (const piece of pieces) {
      for (const cut of [0, 1]) {
        const changed = text.slice(0, at) + piece + text.slice(at + cut);
        assertEquals(
          jsonFault(changed) === undefined,
          isJson(changed),
          changed,
        );
      }
    }
  }
});

Deno.test("jsonFault() takes nesting of any depth", () => {
  const depth = 200_000;
  assertEquals(jsonFault("[".repeat(depth) + "]".repeat(depth)), undefined);
  assert(jsonFault("[".repeat(depth))?.includes(`column ${depth + 1}`));
});
