/**
 * Which characters are the same but for letter case, as Python's `re` has it.
 *
 * @module
 */

/** The highest code point with another case is below this. */
const END = 0x1e944;

/** Characters whose full case mappings are more than one character each. */
const SPECIAL: readonly (readonly number[])[] = [
  [0x390, 0x1fd3],
  [0x3b0, 0x1fe3],
  [0xfb05, 0xfb06],
];
const HAS_CASES = /\p{Changes_When_Casemapped}/u;
const LATIN_SMALL_I = 0x69;
const LATIN_CAPITAL_I_WITH_DOT = 0x130;

let classes: readonly (readonly number[])[] | undefined;

/**
 * Lists the characters that differ from one in a range only by letter case.
 *
 * @param low The first code point of the range.
 * @param high The last one.
 * @returns Code points, those in the range themselves among them.
 *
 * @example Usage
 * ```ts
 * import { caseVariants } from "./case_variants.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(caseVariants(0x6b, 0x6b), [0x4b, 0x6b, 0x212a]);
 * assertEquals(caseVariants(0x2d, 0x2d), []);
 * ```
 */
export function caseVariants(low: number, high: number): number[] {
  classes ??= buildClasses();
  return classes.filter((members) =>
    members.some((code) => low <= code && code <= high)
  ).flat();
}

function buildClasses(): (readonly number[])[] {
  const byKey = new Map<number, number[]>();
  for (let code = 0; code < END; code++) {
    if (!HAS_CASES.test(String.fromCodePoint(code))) continue;
    const key = foldingKey(code);
    const members = byKey.get(key);
    if (members === undefined) byKey.set(key, [code]);
    else members.push(code);
  }
  const found = [...byKey.values()].filter((members) => members.length > 1);
  return [...found, ...SPECIAL];
}

/** The lower case of the upper case, where each is a single character. */
function foldingKey(code: number): number {
  if (code === LATIN_CAPITAL_I_WITH_DOT) return LATIN_SMALL_I;
  const upper = single(String.fromCodePoint(code).toUpperCase()) ?? code;
  return single(String.fromCodePoint(upper).toLowerCase()) ?? upper;
}

function single(text: string): number | undefined {
  const code = text.codePointAt(0);
  if (code === undefined) return undefined;
  return String.fromCodePoint(code) === text ? code : undefined;
}
