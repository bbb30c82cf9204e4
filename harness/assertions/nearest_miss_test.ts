import { assertEquals } from "@std/assert";
import { nearestMiss } from "./nearest_miss.ts";

Deno.test("nearestMiss() gives nothing where the text is nowhere near", () => {
  assertEquals(nearestMiss("", "abc"), undefined);
  assertEquals(nearestMiss("xyz", "abc"), undefined);
  assertEquals(nearestMiss("ab ab", "abcdef"), undefined);
});

Deno.test("nearestMiss() prefers letter case, then the longer of both ends", () => {
  const kinds = [
    ["HELLO", "hello"],
    ["hello wor", "hello you"],
    ["my world", "the world"],
  ] as const;
  assertEquals(
    kinds.map(([text, wanted]) => nearestMiss(text, wanted)?.kind),
    ["letter case", "prefix", "suffix"],
  );
});

Deno.test("nearestMiss() finds the longest beginning or end, compared with a plain search", () => {
  const text = "abcabcabdabcabe";
  const pieces = ["abcabdabcx", "abcabdx", "abcx", "xxcabe", "xbdabcab", "abx"];
  for (const wanted of pieces) {
    const lengths = Array.from(wanted, (_, index) => index + 1);
    const longest = lengths.findLast((length) =>
      text.includes(wanted.slice(0, length)) ||
      text.includes(wanted.slice(-length))
    );
    assertEquals(nearestMiss(text, wanted)?.length, longest, wanted);
  }
});
