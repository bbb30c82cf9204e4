import { assertEquals } from "@std/assert";
import { translate } from "./regex.ts";
import { workOf } from "./regex_cost.ts";
import { mostRepetitions } from "./regex_runs.ts";

/** How fast the steps at one place grow with the text, at most. */
const GROWTH: Readonly<Record<string, number>> = {
  "": 0,
  "abc": 0,
  "[a-z]x?": 0,
  "^a|b$": 0,
  "a{3}b{2,5}": 0,
  "(a|b){3}": 0,
  "(?=a)b(?<!c)": 0,
  "\\bword\\b": 0,
  "a*": 1,
  "a+?b": 1,
  "\\w+": 1,
  "[ \\W]+": 1,
  "[\\s\\S]*": 1,
  "(a)+\\1": 2,
  "a*b*": 2,
  "a{,5000}b*": 2,
  ".*.*.*x": 3,
  "(?=a*b*)c": 2,
  "(?=a*b*)c*": 2,
  "(a*b*){2}c": 6,
  "(a+)+$": Infinity,
  "(a|aa)*$": Infinity,
  "(a|b)*c": Infinity,
  "(?:a?){200}": Infinity,
  "(\\w+\\s?)*!": Infinity,
  "(?=(a+)+b)": Infinity,
  "(?:|){99}x": Infinity,
  "a*b*c*d*e*f*g*": Infinity,
  "(a*b*){4}c": Infinity,
};

Deno.test("a pattern's steps are bounded by a power of the text's length", () => {
  for (const [pattern, degree] of Object.entries(GROWTH)) {
    const { steps } = translate(pattern);
    assertEquals((steps?.length ?? Infinity) - 1, degree, pattern);
  }
});

/** Tries every way at one place and counts its steps. */
function countSteps(
  parts: readonly string[],
  text: string,
  starred?: string,
): number {
  const [part = "", ...rest] = parts;
  if (part === "") return 0;
  const after = (at: number) => countSteps(rest, text.slice(at), starred);
  let steps = 1;
  if (part !== "*") return steps + (text[0] === part ? after(1) : 0);
  let end = 0;
  while (end < text.length && (starred ?? text[end]) === text[end]) end++;
  for (let at = end; at >= 0; at--) steps += 1 + after(at);
  return steps;
}

Deno.test("no search of stars and letters takes more steps than its bound", () => {
  for (const pattern of ["b", "*", "*b", "a*b", "**b", "a**b*b", "***"]) {
    for (const length of [0, 1, 2, 5, 12]) {
      const { steps } = translate(pattern.replaceAll("*", "(?s:.*)"));
      const counted = countSteps([...pattern], "a".repeat(length));
      assertEquals(counted <= workOf(steps, length), true, pattern);
    }
  }
});

Deno.test("nor does one whose characters are seldom side by side", () => {
  for (const pattern of ["*b", "a*b", "**b", "a**b*b", "***"]) {
    for (const text of ["", "ab", "aab", "abab", "aabaabaa", "baaab"]) {
      const translation = translate(pattern.replaceAll("*", "a*"));
      const most = mostRepetitions(translation, text) ?? NaN;
      assertEquals(most <= 3, true);
      const counted = countSteps([...pattern], text, "a");
      assertEquals(counted <= workOf(translation.steps, most), true, pattern);
    }
  }
});
