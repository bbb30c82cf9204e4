import { assertEquals } from "@std/assert";
import { nearestMiss } from "./nearest_miss.ts";

Deno.test("nearestMiss() gives nothing where the text is nowhere near", () => {
  assertEquals(nearestMiss("", "abc"), undefined);
  assertEquals(nearestMiss("xyz", "abc"), undefined);
  assertEquals(nearestMiss("ab ab", "abcdef"), undefined);
});

Deno.test("nearestMiss() prefers letter case, then what one does not see, then the longer end", () => {
  const kinds = [
    ["HELLO", "hello"],
    ["hello wor", "hello you"],
    ["my world", "the world"],
    ["a\tb", "a b"],
    ["one\r\ntwo", "one\ntwo"],
    ["\x1b[1mre\x1b[0md", "red"],
    ["caf\u00e9", "cafe\u0301"],
    ["cafe\u0301 x", "caf\u00e9 x"],
  ] as const;
  assertEquals(
    kinds.map(([text, wanted]) => nearestMiss(text, wanted)?.kind),
    [
      "letter case",
      "prefix",
      "suffix",
      "white space",
      "white space",
      "escapes",
      "code points",
      "code points",
    ],
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

Deno.test("nearestMiss() follows a long text to where it differs", () => {
  const same = Array.from({ length: 200 }, (_, index) => 10_000 + index)
    .join("");
  assertEquals(nearestMiss(`-${same}a`, `${same}b`), {
    offset: 1001,
    kind: "prefix",
    length: 1000,
  });
  assertEquals(nearestMiss(`-a${same}`, `b${same}`), {
    offset: 1,
    kind: "suffix",
    length: 1000,
  });
});

Deno.test("nearestMiss() is quick in texts that all but hold what was wanted", () => {
  const half = "a".repeat(100_000);
  const miss = nearestMiss("a".repeat(4_000_000), `${half}b${half}`);
  assertEquals(miss, { offset: 100_000, kind: "prefix", length: 100_000 });
});
