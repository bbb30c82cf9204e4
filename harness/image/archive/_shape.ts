/** JSON values of the shape that a document should have. */

import { quoted } from "../../../text/printable.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../json.ts";
import { ArchiveError } from "./archive_error.ts";

/** The value of a key, never that of a prototype. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Narrows to an object, or says what is there instead. */
export function mapping(value: Json | undefined, at: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw wrong(at, "an object", value);
}

/** Narrows to a list, or says what is there instead. */
export function list(value: Json | undefined, at: string): readonly Json[] {
  if (isJsonList(value)) return value;
  throw wrong(at, "a list", value);
}

/** Narrows to a text, or says what is there instead. */
export function text(value: Json | undefined, at: string): string {
  if (typeof value === "string") return value;
  throw wrong(at, "a text", value);
}

/** Narrows to a list of texts, or says what is there instead. */
export function texts(value: Json | undefined, at: string): readonly string[] {
  return list(value, at).map((item, index) => text(item, `${at}[${index}]`));
}

const MAX_SHOWN = 80;

/** Says what was wanted and what is there instead. */
export function wrong(
  at: string,
  wanted: string,
  found: Json | undefined,
): ArchiveError {
  const shown = found === undefined
    ? "nothing"
    : typeof found === "string"
    ? quoted(found.slice(0, MAX_SHOWN))
    : isJsonList(found)
    ? "a list"
    : isJsonObject(found)
    ? "an object"
    : String(found);
  return new ArchiveError(`wanted ${wanted} in ${at}, found ${shown}`);
}
