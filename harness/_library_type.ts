/** What `type:` says of a library, which is no case type: it is never run. */

import type { SourceCase } from "./case.ts";

/** The value of `type`. */
export const LIBRARY_TYPE = "spec_lang.library";

/**
 * Tells a library from a case.
 *
 * @param source Either, as written.
 */
export function isLibrary({ value }: SourceCase): boolean {
  return Object.hasOwn(value, "type") && value["type"] === LIBRARY_TYPE;
}
