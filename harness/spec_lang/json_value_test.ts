import { assertEquals } from "@std/assert";
import { assertFails, WIDE } from "./_support_test.ts";
import { DEFAULT_BUDGETS } from "./budgets.ts";
import { parseJson } from "./json_value.ts";
import { Meter } from "./meter.ts";

const MIB = 1024 * 1024;

function parse(text: string) {
  return parseJson(text, new Meter(WIDE, () => 0));
}

/** What would take gigabytes, and what would not. */
const LARGE: readonly (readonly [string, boolean])[] = [
  ["[],", false],
  ["{},", false],
  ['{"a":1},', false],
  ["1,", true],
  ['"[[[[{{{{::::",', true],
  [String.raw`"\"[[[[\\",`, true],
];

Deno.test("parseJson() counts what it will make before it makes it", () => {
  for (const [item, fits] of LARGE) {
    const size = fits ? 2 * MIB : 16 * MIB;
    const count = Math.floor(size / item.length);
    const text = `[${item.repeat(count)}1]`;
    const meter = new Meter(DEFAULT_BUDGETS, () => 0);
    const wanted = "budget exceeded: steps (more data made than memory";
    if (!fits) assertFails(() => parseJson(text, meter), "runtime", wanted);
    else assertEquals(Array.isArray(parseJson(text, meter)), true, item);
  }
});

Deno.test("parseJson() finds numbers that are out of range, however written", () => {
  const wanted = "json_parse: a number is out of range";
  for (const number of ["1e309", "-1E999", "9".repeat(400), "1e+400"]) {
    for (const text of [number, `[[${number}]]`, `{"a": ${number}}`]) {
      assertFails(() => parse(text), "schema", wanted);
    }
  }
  assertEquals(parse(`"${"9".repeat(400)}"`), "9".repeat(400));
  assertEquals(parse(`0.${"9".repeat(400)}`), 1);
  assertEquals(parse("[1e308, -0]"), [1e308, -0]);
});
