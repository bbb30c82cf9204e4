import { assertEquals, assertThrows } from "@std/assert";
import { splitWords } from "./split_words.ts";

const WORDS: Record<string, string[]> = {
  "": [],
  "  \t\n ": [],
  "a": ["a"],
  " a  b\tc\nd ": ["a", "b", "c", "d"],
  "'a b' c": ["a b", "c"],
  '"a b" c': ["a b", "c"],
  "''": [""],
  'a "" b': ["a", "", "b"],
  [`a'b'"c"d`]: ["abcd"],
  [`'"' "'"`]: ['"', "'"],
  [String.raw`'a\b'`]: [String.raw`a\b`],
  [String.raw`"a\"b\\c\d\$"`]: [String.raw`a"b\c\d\$`],
  [String.raw`a\ b \' \\ \n`]: ["a b", "'", "\\", "n"],
  "$HOME *.ts ~ a|b;c>d&&e #f `g` $(h)": [
    "$HOME",
    "*.ts",
    "~",
    "a|b;c>d&&e",
    "#f",
    "`g`",
    "$(h)",
  ],
  "'a\nb'": ["a\nb"],
  "\u{1f600} \\\u{1f600}x": ["\u{1f600}", "\u{1f600}x"],
  "a\u00a0b": ["a\u00a0b"],
};

const OPEN = {
  "a 'b": 'the quote that begins at "\'b" is never closed',
  'a "b': 'the quote that begins at "\\"b" is never closed',
  'a "b\\"': 'the quote that begins at "\\"b\\\\\\"" is never closed',
  "a 'b' 'c": 'the quote that begins at "\'c" is never closed',
  "a \\": "its last character is a backslash that escapes nothing",
};

Deno.test("splitWords() splits at white space outside quotes", () => {
  for (const [line, words] of Object.entries(WORDS)) {
    assertEquals(splitWords(line), words, line);
  }
});

Deno.test("splitWords() refuses an open end", () => {
  for (const [line, message] of Object.entries(OPEN)) {
    const error = assertThrows(() => splitWords(line), SyntaxError);
    assertEquals(error.message, message);
  }
});

Deno.test("splitWords() takes long lines in linear time", () => {
  assertEquals(splitWords('"a'.repeat(50_000) + " b").length, 2);
  assertThrows(() => splitWords('"' + "\\a".repeat(50_000)), SyntaxError);
});
