/** Values in messages. */

import { quoted } from "../text/printable.ts";

/**
 * Shows a value of the wrong kind.
 *
 * @param value Any value a document may hold.
 * @returns A scalar as it is, strings quoted and shortened; else its kind.
 */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  if (typeof value !== "string") return String(value);
  return quoted(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
