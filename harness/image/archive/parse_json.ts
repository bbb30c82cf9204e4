/**
 * JSON out of a saved image: no deeper than any image needs it.
 *
 * @module
 */

import { decodeUtf8 } from "../../_utf8.ts";
import type { Json } from "../../json.ts";
import { jsonFault } from "../../spec_lang/json_fault.ts";
import { ArchiveError } from "./archive_error.ts";

/**
 * Reads a JSON document.
 *
 * @param bytes The document.
 * @returns Its value.
 * @throws {ArchiveError} If it is no JSON, with line and column.
 *
 * @example Usage
 * ```ts
 * import { parseJson } from "./parse_json.ts";
 * import { ArchiveError } from "./archive_error.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("<html>");
 * assertThrows(
 *   () => parseJson(bytes),
 *   ArchiveError,
 *   "it is no JSON: wanted a value at line 1, column 1",
 * );
 * ```
 */
export function parseJson(bytes: Uint8Array): Json {
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) throw new ArchiveError(decoded.message);
  const fault = jsonFault(decoded.text);
  if (fault !== undefined) throw new ArchiveError(`it is no JSON: ${fault}`);
  const value: Json = JSON.parse(decoded.text);
  if (isDeep(value)) {
    throw new ArchiveError(`it is nested deeper than ${MAX_DEPTH} levels`);
  }
  return value;
}

/** Beyond what an image needs, and far below what exhausts a stack. */
const MAX_DEPTH = 100;

function isDeep(value: Json): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((item) =>
      typeof item === "object" && item !== null ? Object.values(item) : []
    );
  }
  return false;
}
