import { assertEquals } from "@std/assert";
import { columnsOf, firstColumns, lastColumns } from "./columns.ts";

/** A character, and how many columns it takes. */
const WIDTHS: readonly (readonly [string, number])[] = [
  ["a", 1],
  ["\u00e9", 1],
  ["e\u0301", 1],
  ["\u0301", 0],
  ["\u65e5", 2],
  ["\u30c6", 2],
  ["\uff8a", 1],
  ["\uac00", 2],
  ["\uff21", 2],
  ["\u3042\u3099", 2],
  ["\u{1f389}", 2],
  ["\u2764", 1],
  ["\u2764\ufe0f", 2],
  ["\u{1f469}\u200d\u{1f469}\u200d\u{1f467}", 2],
  ["\u{1f1e9}\u{1f1ea}", 2],
  ["\u200b", 0],
  ["\t", 2],
  ["\x1b", 4],
  ["\u202e", 8],
  ["\ud800", 8],
];

Deno.test("columnsOf() counts what a terminal shows", () => {
  for (const [text, columns] of WIDTHS) {
    assertEquals(columnsOf(text), columns, JSON.stringify(text));
    assertEquals(columnsOf(`a${text}b`), columns + 2, JSON.stringify(text));
  }
});

Deno.test("firstColumns() and lastColumns() take whole characters that fit", () => {
  for (const [text, columns] of WIDTHS.filter(([, width]) => width > 0)) {
    const many = text.repeat(60);
    const wanted = text.repeat(Math.floor(20 / columns));
    assertEquals(firstColumns(many, 20), wanted, JSON.stringify(text));
    assertEquals(lastColumns(many, 20), wanted, JSON.stringify(text));
  }
  assertEquals(firstColumns("ab", 20), "ab");
  assertEquals(lastColumns("", 20), "");
});

Deno.test("a letter with very many accents is cut, too", () => {
  const text = `a${"\u0301".repeat(100_000)}b`;
  assertEquals(firstColumns(text, 20).length, 400);
  assertEquals(lastColumns(text, 20).length, 400);
});
