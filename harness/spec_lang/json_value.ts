/**
 * JSON text as a value of the language.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { jsonFault } from "./json_fault.ts";
import type { Meter } from "./meter.ts";

/** Below this many code units no text makes too much. */
const SMALL = 1 << 20;
/** What a list, a dict or a member takes, in items of a list. */
const WEIGHT = 8;
/** A number with so many digits may be out of range. */
const MANY_DIGITS = 300;

/**
 * Reads JSON text.
 *
 * The engine's parser nests without recursion, but makes forty times as much as
 * it reads, and nothing stops it: what it will make is counted first.
 *
 * @param text The text.
 * @param meter Counts what is made.
 * @returns The value.
 * @throws {CaseError} `schema` if it is no JSON, `runtime` if it is too much.
 *
 * @example Usage
 * ```ts
 * import { DEFAULT_BUDGETS } from "./budgets.ts";
 * import { parseJson } from "./json_value.ts";
 * import { Meter } from "./meter.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const meter = new Meter(DEFAULT_BUDGETS, () => 0);
 * assertEquals(parseJson('{"a": [1]}', meter), { a: [1] });
 * ```
 */
export function parseJson(text: string, meter: Meter): Json {
  meter.make(text.length / 4);
  if (text.length > SMALL) meter.make(roomFor(text));
  const value = parse(text);
  if (mayOverflow(text)) checkFinite(value, meter);
  return value;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = jsonFault(text) ?? "the engine cannot read it";
    const message = `json_parse: invalid JSON: ${reason}`;
    throw new CaseError("schema", message, { cause });
  }
}

/** Room for lists, dicts, members and items: what stands outside of strings. */
function roomFor(text: string): number {
  let room = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) at = endOfString(text, at);
    else if (unit === 0x5b || unit === 0x7b || unit === 0x3a) room += WEIGHT;
    else if (unit === 0x2c) room++;
  }
  return room;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 0x22) {
    at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  }
  return at;
}

/** Without an exponent or very many digits no number is out of range. */
function mayOverflow(text: string): boolean {
  if (/e/i.test(text)) return true;
  let digits = 0;
  for (let at = 0; at < text.length && digits < MANY_DIGITS; at++) {
    const unit = text.charCodeAt(at);
    digits = unit >= 0x30 && unit <= 0x39 ? digits + 1 : 0;
  }
  return digits >= MANY_DIGITS;
}

/** A number out of range becomes infinite, which is no JSON. */
function checkFinite(value: Json, meter: Meter): void {
  const waiting: Json[] = [value];
  let walked = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    meter.walk(1, ++walked);
    if (next === Infinity || next === -Infinity) {
      throw new CaseError("schema", "json_parse: a number is out of range");
    }
    if (typeof next !== "object" || next === null) continue;
    for (const child of Object.values(next)) waiting.push(child);
  }
}
