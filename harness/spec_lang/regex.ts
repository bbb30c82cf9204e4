/**
 * Python's regular expressions, as JavaScript's.
 *
 * Patterns mean what they mean to Python's `re.search` on text. What differs is
 * written out: `\A` and `\Z`, `$` before a final newline, classes and word
 * boundaries by Unicode, `.` that only a newline ends, inline flags, comments,
 * `{,n}`, octal escapes, brackets. What Python refuses is refused, so that a
 * pattern that runs here runs there.
 *
 * What JavaScript cannot express is refused with its offset: possessive
 * quantifiers, atomic and conditional groups, `\N{…}`, and a reference to a group
 * that the match may have passed by (it fails in Python and is empty in
 * JavaScript; of a repeated group JavaScript forgets what the last round did not
 * capture) or that ignores letter case where the rest of the pattern does not.
 *
 * What remains different:
 * - letters and digits that came to Unicode after the Python at hand;
 * - a repetition that matches nothing ends the loop in JavaScript without what it
 *   captured;
 * - time: neither engine bounds backtracking, and a search in progress cannot be
 *   interrupted by the timeout.
 *
 * Source: spec format, section 8; "Regular Expression Syntax" of Python's library
 * reference; CPython 3.11, `re/_parser.py`.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import { NO_FLAGS } from "./regex_text.ts";
import { type RegexSource, RegexTranslator } from "./regex_translator.ts";

/**
 * Translates a pattern.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @returns The source and flags of a `RegExp` that finds the same in a text.
 * @throws {CaseError} `schema`, with the offset in code points, if Python refuses
 * the pattern or JavaScript cannot express it.
 *
 * @example A pattern that means something else to JavaScript
 * ```ts
 * import { translateRegex } from "./regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(translateRegex("ok$"), { source: "ok(?=\\n?$)", flags: "u" });
 * ```
 */
export function translateRegex(pattern: string): RegexSource {
  const spelledOut = { ...NO_FLAGS, spelledOut: true };
  const translated = new RegexTranslator(pattern, NO_FLAGS).translate() ??
    new RegexTranslator(pattern, spelledOut).translate();
  if (translated !== undefined) return translated;
  throw new TypeError(`Cannot translate ${JSON.stringify(pattern)}`);
}

/** How many compiled patterns are kept. */
const CACHE_SIZE = 500;
const cache = new Map<string, RegExp>();

/**
 * Translates a pattern and compiles the result, or takes what was compiled before.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @returns The compiled translation. It keeps no state between searches.
 * @throws {CaseError} `schema` as {@linkcode translateRegex}, and if the pattern
 * is too large for the engine.
 *
 * @example Usage
 * ```ts
 * import { compileRegex } from "./regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(compileRegex("\\Aok$").test("ok\n"), true);
 * assertEquals(compileRegex("\\Aok\\Z").test("ok\n"), false);
 * ```
 */
export function compileRegex(pattern: string): RegExp {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const compiled = build(pattern);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

function build(pattern: string): RegExp {
  const { source, flags } = translateRegex(pattern);
  try {
    const regex = new RegExp(source, flags);
    // The engine compiles with the first search, once for each width of text.
    regex.test("");
    regex.test("\u{100}");
    return regex;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CaseError(
      "schema",
      `bad regex: the engine refuses it: ${reason.split(": ").at(-1)}`,
      { cause },
    );
  }
}

/**
 * Searches a text.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @param text The text.
 * @returns Whether the pattern is found anywhere.
 * @throws {CaseError} `schema` as {@linkcode compileRegex}; `runtime` if the
 * search needs more memory than the engine has for it.
 *
 * @example Usage
 * ```ts
 * import { searchRegex } from "./regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(searchRegex("(?i)ERROR", "no errors"), true);
 * ```
 */
export function searchRegex(pattern: string, text: string): boolean {
  const regex = compileRegex(pattern);
  try {
    return regex.test(text);
  } catch (cause) {
    throw new CaseError(
      "runtime",
      `the search for ${
        JSON.stringify(pattern.slice(0, 60))
      } in ${text.length} characters needs too much memory`,
      { cause },
    );
  }
}
