/** The quick look at what a parser made: nearly always there is nothing to do. */

import { LIMITS } from "./_yaml_limits.ts";

// What `String()` makes of other values than strings; numbers are extra.
const COERCED_KEYS: ReadonlySet<string> = new Set([
  "true",
  "false",
  "null",
  "NaN",
  "Infinity",
  "[object Object]",
]);

// "2001-12-14" and longer: the date alone decides.
const TIMESTAMP = /^\d{4}-\d\d?-\d\d?(?:$|[Tt\s])/;

/**
 * Tells whether there is nothing to do: JSON values within bounds, nothing to
 * merge and nothing that depends on how it was written.
 *
 * The quick way for nearly every text; `ValueReader` is the long one.
 *
 * @param value What the parser made.
 */
export function isClean(value: unknown): boolean {
  return left(value, LIMITS.nodes, 0) >= 0;
}

// How many values there may still be; less than none if something is wrong.
function left(value: unknown, nodes: number, depth: number): number {
  if (typeof value === "string") {
    return looksLikeTimestamp(value) ? -1 : nodes - 1;
  }
  if (typeof value === "number") {
    const isExact = Number.isSafeInteger(value) ||
      (Number.isFinite(value) && !Number.isInteger(value));
    return isExact ? nodes - 1 : -1;
  }
  if (value === null || typeof value === "boolean") return nodes - 1;
  if (typeof value !== "object" || depth >= LIMITS.depth) return -1;
  let rest = nodes - 1;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && rest >= 0; index++) {
      rest = left(value[index], rest, depth + 1);
    }
    return rest;
  }
  const mapping = value as Record<string, unknown>;
  // deno-lint-ignore guard-for-in -- nothing is inherited, and it is the quick way
  for (const key in mapping) {
    if (rest < 0 || key === "<<" || mayBeCoerced(key)) return -1;
    rest = left(mapping[key], rest, depth + 1);
  }
  return rest;
}

/**
 * Tells whether a string would be a timestamp, were it written without quotes.
 *
 * @param text The string.
 */
export function looksLikeTimestamp(text: string): boolean {
  return isDigit(text.charCodeAt(0)) && TIMESTAMP.test(text);
}

/**
 * Tells whether a key may have been made of something else than a string.
 *
 * @param key The key.
 */
export function mayBeCoerced(key: string): boolean {
  const first = key.charCodeAt(0);
  return isDigit(first) || first === 0x2d || COERCED_KEYS.has(key);
}

function isDigit(character: number): boolean {
  return character >= 0x30 && character <= 0x39;
}
