/**
 * JSON values in messages.
 *
 * @module
 */

import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { printable } from "../../text/printable.ts";

/**
 * Writes a JSON value in one line, shortened.
 *
 * @param value Any JSON value; nothing reads `nothing`.
 * @param options The longest text in UTF-16 code units; default 100.
 * @returns The text, ending in `…` if it was too long.
 *
 * @example Usage
 * ```ts
 * import { briefJson } from "./brief_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(briefJson(["a", { b: null }]), '["a",{"b":null}]');
 * assertEquals(briefJson("abcdef", { length: 4 }), '"abc…');
 * ```
 */
export function briefJson(
  value: Json | undefined,
  options: { readonly length?: number } = {},
): string {
  const { length = 100 } = options;
  if (value === undefined) return "nothing";
  const text = writeJson(value, length);
  const characters = [...text];
  return characters.length > length
    ? `${characters.slice(0, length).join("")}…`
    : text;
}

/** JSON text that stops growing, and going deeper, soon after `room` is used up. */
function writeJson(value: Json, room: number): string {
  if (room <= 0) return "…";
  if (typeof value === "string") {
    return printable(JSON.stringify(value.slice(0, room + 1)));
  }
  if (isJsonList(value)) {
    return `[${
      writeItems(value, room, (item, left) => writeJson(item, left))
    }]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const items = writeItems(Object.entries(value), room, ([key, item], left) => {
    const name = writeJson(key, left);
    return `${name}:${writeJson(item, left - name.length)}`;
  });
  return `{${items}}`;
}

function writeItems<T>(
  items: readonly T[],
  room: number,
  write: (item: T, room: number) => string,
): string {
  let text = "";
  for (const item of items) {
    if (text.length >= room) return `${text},…`;
    text += (text === "" ? "" : ",") + write(item, room - text.length - 1);
  }
  return text;
}

/**
 * A value as the text that operators on text see, shortened if it is none.
 *
 * @param value Any JSON value.
 * @returns A string as it is; anything else as JSON, at most 2000 characters.
 *
 * @example Usage
 * ```ts
 * import { asText } from "./brief_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([asText("a"), asText(["a"])], ["a", '["a"]']);
 * ```
 */
export function asText(value: Json): string {
  return typeof value === "string" ? value : briefJson(value, { length: 2000 });
}
