import { assertEquals } from "@std/assert";
import { didYouMean } from "./suggest.ts";

const KNOWN = ["contains", "eq", "in", "starts_with"];

const SUGGESTIONS = {
  contians: ', did you mean "contains"?',
  contain: ', did you mean "contains"?',
  startswith: ', did you mean "starts_with"?',
  eqq: ', did you mean "eq"?',
  q: "",
  e: "",
  "": "",
  x: "",
  conta: "",
  frobnicate: "",
};

Deno.test("didYouMean() suggests what is at most two edits away", () => {
  for (const [word, expected] of Object.entries(SUGGESTIONS)) {
    assertEquals(didYouMean(word, KNOWN), expected, word);
  }
});

Deno.test("didYouMean() prefers the nearest, then the first", () => {
  assertEquals(didYouMean("abcd", ["abxy", "abcx"]), ', did you mean "abcx"?');
  assertEquals(didYouMean("abcd", ["abcx", "abcy"]), ', did you mean "abcx"?');
});
