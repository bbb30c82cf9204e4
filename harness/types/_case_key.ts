/**
 * Looking at one key of a case.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import type { KeyPath, RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { isJsonList, type Json, type JsonObject } from "../json.ts";

/** The value of a key, if the mapping itself has it. */
export function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The failure of a key that is wrong. */
export function wrong(raw: RawCase, at: KeyPath, message: string): CaseError {
  return new CaseError("schema", message, { location: raw.source.locate(at) });
}

/** Says what kind of value was found where another was wanted. */
export function kindOf(value: Json): string {
  if (value === null) return "null";
  if (isJsonList(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return typeof value === "string" ? quoted(value) : String(value);
}

/** What to do about a value where text was wanted: what YAML reads as more. */
export function inQuotes(value: Json): string {
  return typeof value === "number" || typeof value === "boolean"
    ? "; write it in quotes"
    : "";
}
