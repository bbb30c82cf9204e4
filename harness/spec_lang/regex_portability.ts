/**
 * Which patterns mean the same to every implementation of the harness
 * contract.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import { NO_FLAGS } from "./regex_text.ts";
import { RegexTranslator } from "./regex_translator.ts";

/**
 * Finds what a pattern has that not every implementation knows: lookbehind,
 * named groups and references to them, inline flags, conditional and atomic
 * groups, possessive quantifiers.
 *
 * Source: spec format, section 9, AH005.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @returns What was found, and the offset of each where it first stands, in
 * code points. Of a pattern that is wrong, what stands before the mistake.
 *
 * @example Usage
 * ```ts
 * import { unportableConstructs } from "./regex_portability.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(unportableConstructs("^(a|b)+[(?<=]$").size, 0);
 * assertEquals([...unportableConstructs("(?i)ready(?<!un.....)")], [
 *   ["inline flags", 0],
 *   ["lookbehind", 9],
 * ]);
 * ```
 */
export function unportableConstructs(
  pattern: string,
): ReadonlyMap<string, number> {
  const translator = new RegexTranslator(pattern, NO_FLAGS);
  try {
    translator.translate();
  } catch (error) {
    // That it is wrong is told where patterns are compiled.
    if (!(error instanceof CaseError)) throw error;
  }
  return translator.unportable;
}
