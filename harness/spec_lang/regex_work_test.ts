import { assertEquals } from "@std/assert";
import { translate } from "./regex.ts";
import { searchSteps, SHORT_SEARCH } from "./regex_work.ts";

const LINE = "GET /path/to/something HTTP/1.1 200 OK, as ever";
const PAGE = `# Document 7\n${LINE}\n`.repeat(600);

/**
 * Patterns, texts, and when it is known that the search is short: the first
 * time, when the same text is searched again, or never.
 */
const SEARCHES: readonly (readonly [string, string, string])[] = [
  ["OK", LINE, "at once"],
  ["\\d+ \\w+", LINE, "at once"],
  ["^.*(\\d+).*$", LINE, "at once"],
  ["\\w+ \\w+", LINE.repeat(2), "at once"],
  ["(\\w+\\s?)*$", LINE, "never"],
  ["(a|b)+", "", "never"],
  ["(?m)^# Document \\d+$", PAGE, "at once"],
  ["# Document 8\\d+$", PAGE, "at once"],
  ["(?i)# Document 8\\d+$", PAGE, "at once"],
  ["# Document 8\\d+|x", PAGE, "at once"],
  ["\\A#\\s*Document", PAGE, "at once"],
  ["\\A#\\s*Document|x+", PAGE, "at once"],
  ["\\A#\\s*Document\\s*7", PAGE, "at once"],
  ["\\Ano such text 5", PAGE.repeat(20), "at once"],
  ["no such text", PAGE, "at once"],
  ["no such text", PAGE.repeat(8), "at once"],
  ["no such text", PAGE.repeat(80), "never"],
  ["x*no such text", PAGE, "at once"],
  ["\\d+", PAGE, "at once"],
  ["\\d+", PAGE.repeat(2), "again"],
  ["(?m)^# Document \\d+$", PAGE.repeat(4), "again"],
  ["\\d+", PAGE.repeat(80), "never"],
  ["\\d{3,}", PAGE, "at once"],
  ["(?:\\d)+", PAGE, "never"],
  ["(\\d+)\\1", PAGE, "never"],
  ["\\d+[^x]*", PAGE, "never"],
  ["^.*$", PAGE, "at once"],
];

Deno.test("searchSteps() knows which searches are surely short", () => {
  for (const [pattern, text, when] of SEARCHES) {
    // What is known of another text is forgotten.
    searchSteps(translate("x+"), LINE.repeat(99));
    const translation = translate(pattern);
    const first = searchSteps(translation, text) <= SHORT_SEARCH;
    const second = searchSteps(translation, text) <= SHORT_SEARCH;
    const found = first ? "at once" : second ? "again" : "never";
    assertEquals(found, when, pattern);
  }
});
