/** JSON values of the shape that a document should have. */

import { quoted } from "../../../text/printable.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../json.ts";
import { ArchiveError } from "./archive_error.ts";

/**
 * The value of a key, never that of a prototype.
 *
 * Engines take a key in other letter case for the same key; here that is an
 * error, since which of two they take depends on the engine.
 */
export function own(object: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(object, key)) return object[key];
  const twin = Object.keys(object).find((one) => folded(one) === folded(key));
  if (twin === undefined) return undefined;
  throw new ArchiveError(
    `wanted the key ${quoted(key)}, found ${quoted(twin)}`,
  );
}

/** Narrows to an object whose keys are its own, or says what is there. */
export function mapping(value: Json | undefined, at: string): JsonObject {
  const object = anyMapping(value, at);
  const seen = new Set<string>();
  for (const key of Object.keys(object)) {
    if (seen.has(folded(key))) {
      throw new ArchiveError(
        `the key ${quoted(key)} is there twice in ${at}, in two spellings`,
      );
    }
    seen.add(folded(key));
  }
  return object;
}

/** Narrows to an object with keys that mean nothing here. */
export function anyMapping(value: Json | undefined, at: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw wrong(at, "an object", value);
}

// Both ways: there are letters that are equal in one of them only.
function folded(key: string): string {
  return key.toUpperCase().toLowerCase();
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
