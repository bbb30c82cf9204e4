import { assertEquals } from "@std/assert";
import { placedMessage } from "./_place.ts";

const location = { path: "a:1:2: b.md", line: 3, column: 4 };

/** Messages of a case there, and where they stand, and what they say. */
const MESSAGES: readonly (readonly [string | null, string, string])[] = [
  ["a:1:2: b.md:5:6: no", "a:1:2: b.md:5:6", "no"],
  [
    "a:1:2: b.md:5:6: x:7:8: no\n1:2: no",
    "a:1:2: b.md:5:6",
    "x:7:8: no\n1:2: no",
  ],
  ["lib.md:7:8: no", "lib.md:7:8", "no"],
  ["no place:1: at all", "a:1:2: b.md:3:4", "no place:1: at all"],
  [":1:2: no", "a:1:2: b.md:3:4", ":1:2: no"],
  ["", "a:1:2: b.md:3:4", ""],
  [null, "a:1:2: b.md:3:4", ""],
];

Deno.test("placedMessage() takes a message from its place", () => {
  for (const [message, place, text] of MESSAGES) {
    const placed = placedMessage({ message, location });
    const { path, line, column } = placed.location;
    assertEquals([`${path}:${line}:${column}`, placed.text], [place, text]);
  }
});

Deno.test("placedMessage() gives the path as it is, not as it is printed", () => {
  const path = "\x1b.md";
  const message = "\\x1b.md:5:6: no";
  assertEquals(
    placedMessage({ message, location: { path, line: 1, column: 1 } }),
    { location: { path, line: 5, column: 6 }, text: "no" },
  );
});
