/**
 * Quantifiers of Python's patterns.
 *
 * @module
 */

import type { RegexReader } from "./regex_reader.ts";

/** How often something is repeated. */
export interface Quantifier {
  /** How often at least. */
  readonly min: number;
  /** How often at most; may be infinite. */
  readonly max: number;
  /** The same for JavaScript. */
  readonly text: string;
}

const SIGNS: ReadonlyMap<string, Quantifier> = new Map([
  ["*", { min: 0, max: Infinity, text: "*" }],
  ["+", { min: 1, max: Infinity, text: "+" }],
  ["?", { min: 0, max: 1, text: "?" }],
]);
const DIGITS = "0123456789";
/** From here on Python takes a number for infinite, and refuses it. */
const TOO_MANY = 2 ** 32 - 1;

/**
 * Reads a quantifier if there is one.
 *
 * A brace that begins no quantifier is a character; `{,n}` counts from 0.
 *
 * @param reader The pattern.
 * @returns The quantifier, or nothing if something else is next.
 * @throws {CaseError} `schema` if the numbers are too large or in reverse.
 *
 * @example Usage
 * ```ts
 * import { readQuantifier } from "./regex_quantifier.ts";
 * import { RegexReader } from "./regex_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readQuantifier(new RegexReader("{,3}")), {
 *   min: 0,
 *   max: 3,
 *   text: "{0,3}",
 * });
 * assertEquals(readQuantifier(new RegexReader("{}")), undefined);
 * ```
 */
export function readQuantifier(reader: RegexReader): Quantifier | undefined {
  const sign = SIGNS.get(reader.next);
  if (sign !== undefined) {
    reader.take();
    return sign;
  }
  return reader.next === "{" ? readBraces(reader) : undefined;
}

function readBraces(reader: RegexReader): Quantifier | undefined {
  const start = reader.offset;
  reader.take();
  const low = reader.takeWhile(DIGITS);
  const comma = reader.match(",");
  const high = comma ? reader.takeWhile(DIGITS) : low;
  if (!reader.match("}") || (low === "" && !comma)) {
    reader.seek(start);
    return undefined;
  }
  const min = Number(low);
  const max = high === "" ? Infinity : Number(high);
  if (min >= TOO_MANY || (max >= TOO_MANY && high !== "")) {
    throw reader.error("the repetition number is too large", start);
  }
  if (max < min) {
    throw reader.error("min repeat greater than max repeat", start + 1);
  }
  const rest = comma ? `,${high}` : "";
  return { min, max, text: `{${min}${rest}}` };
}
