import { assertEquals } from "@std/assert";
import { translate } from "./regex.ts";
import { searchSteps, SHORT_SEARCH } from "./regex_work.ts";

const LINE = "GET /path/to/something HTTP/1.1 200 OK, as ever";
const PAGE = `# Document 7\n${LINE}\n`.repeat(600);

/** Patterns, texts, and whether the search is surely short. */
const SEARCHES: readonly (readonly [string, string, boolean])[] = [
  ["OK", LINE, true],
  ["\\d+ \\w+", LINE, true],
  ["^.*(\\d+).*$", LINE, true],
  ["\\w+ \\w+", LINE.repeat(2), true],
  ["(\\w+\\s?)*$", LINE, false],
  ["(a|b)+", "", false],
  ["(?m)^# Document \\d+$", PAGE, false],
  ["# Document 8\\d+$", PAGE, true],
  ["(?i)# Document 8\\d+$", PAGE, false],
  ["# Document 8\\d+|x", PAGE, false],
  ["\\A#\\s*Document", PAGE, true],
  ["\\A#\\s*Document|x+", PAGE, false],
  ["\\A#\\s*Document\\s*7", PAGE, false],
  ["\\Ano such text 5", PAGE.repeat(20), true],
  ["no such text", PAGE, true],
  ["no such text", PAGE.repeat(8), true],
  ["no such text", PAGE.repeat(80), false],
  ["x*no such text", PAGE, false],
  ["\\d+", PAGE, false],
  ["^.*$", PAGE, true],
];

Deno.test("searchSteps() knows which searches are surely short", () => {
  for (const [pattern, text, isShort] of SEARCHES) {
    const steps = searchSteps(translate(pattern), text);
    assertEquals(steps <= SHORT_SEARCH, isShort, `${pattern}: ${steps}`);
  }
});
