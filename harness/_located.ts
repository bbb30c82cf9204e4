/** Messages that say where. */

import { printable } from "../text/printable.ts";
import type { Location } from "./case_error.ts";

/**
 * Puts a place in front of a message.
 *
 * @param location The place.
 * @param text The message.
 * @returns `FILE:LINE:COLUMN: ` and the message.
 */
export function located(
  { path, line, column }: Location,
  text: string,
): string {
  return `${printable(path)}:${line}:${column}: ${text}`;
}
