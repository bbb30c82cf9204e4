/**
 * JSON text of a value, without host recursion.
 *
 * `JSON.stringify` recurses on the host's stack, which a value out of
 * `json_parse` can exhaust.
 *
 * @module
 */

import { isJsonList, isJsonObject, type Json } from "../json.ts";
import type { Meter } from "./meter.ts";

/** Text to write as it is, as opposed to a value to be written. */
class Piece {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** How many pieces are joined at once: one by one they would take far more room. */
const BATCH = 4096;
const COMMA = new Piece(",");

/**
 * Writes a value as compact JSON, keys in the order the mapping has them.
 *
 * @param value Any JSON value.
 * @param meter Counts the values walked and the text made.
 * @returns The text, the same that `JSON.stringify` gives.
 * @throws {CaseError} `runtime` if writing it exceeds a limit.
 *
 * @example Usage
 * ```ts
 * import { jsonText } from "./json_text.ts";
 * import { Meter } from "./meter.ts";
 * import { DEFAULT_BUDGETS } from "./budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const meter = new Meter(DEFAULT_BUDGETS, () => 0);
 * assertEquals(jsonText({ a: [1, "x"] }, meter), '{"a":[1,"x"]}');
 * ```
 */
export function jsonText(value: Json, meter: Meter): string {
  const waiting: (Json | Piece)[] = [value];
  let text = "";
  let pieces: string[] = [];
  let walked = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    const piece = next instanceof Piece ? next.text : open(next, waiting);
    meter.walk(1, ++walked);
    meter.make(piece.length / 8);
    if (pieces.push(piece) < BATCH) continue;
    text += pieces.join("");
    pieces = [];
  }
  return text + pieces.join("");
}

/** The beginning of a value's text; what follows it is left waiting. */
function open(value: Json | undefined, waiting: (Json | Piece)[]): string {
  if (isJsonList(value)) {
    waiting.push(new Piece("]"));
    for (let at = value.length - 1; at >= 0; at--) {
      waiting.push(value[at] ?? null);
      if (at > 0) waiting.push(COMMA);
    }
    return "[";
  }
  if (isJsonObject(value)) {
    waiting.push(new Piece("}"));
    const keys = Object.keys(value);
    for (let at = keys.length - 1; at >= 0; at--) {
      const key = keys[at] ?? "";
      const comma = at > 0 ? "," : "";
      waiting.push(value[key] ?? null);
      waiting.push(new Piece(`${comma}${JSON.stringify(key)}:`));
    }
    return "{";
  }
  return JSON.stringify(value);
}
