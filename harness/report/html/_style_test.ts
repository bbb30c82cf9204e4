import { assert } from "@std/assert";
import { STYLE } from "./_style.ts";

/** The colours of the page by name: light, dark. */
const COLOURS = new Map(
  [...STYLE.matchAll(/--([a-z-]+): light-dark\((#\w+), (#\w+)\)/g)]
    .map(([, name = "", ...pair]) => [name, pair] as const),
);

function colourOf(name: string, scheme: number): string {
  const colour = COLOURS.get(name)?.[scheme];
  assert(colour !== undefined, name);
  return colour.length === 4 ? colour.replace(/\w/g, "$&$&") : colour;
}

/** Source: WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** What is seen, what it is seen on, and the least contrast of level AA. */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ["ink soft link fail skip pass focus", "page card inset", 4.5],
  ["ink fail", "fail-soft", 4.5],
  ["edge fill-fail fill-skip fill-pass", "page card", 3],
];

for (const [fronts, backs, least] of PAIRS) {
  Deno.test(`${fronts} stand out from ${backs}, light and dark`, () => {
    for (const front of fronts.split(" ")) {
      for (const back of backs.split(" ")) {
        for (const scheme of [0, 1]) {
          const pair = [front, back].map((name) => colourOf(name, scheme));
          const ratio = contrast(pair[0] ?? "", pair[1] ?? "");
          assert(ratio >= least, `${front} on ${back}: ${pair}: ${ratio}`);
        }
      }
    }
  });
}
