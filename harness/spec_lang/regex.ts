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
 * - time: neither engine bounds backtracking. Here a search is given up when the
 *   time of its expression is over.
 *
 * Source: spec format, section 8; "Regular Expression Syntax" of Python's library
 * reference; CPython 3.11, `re/_parser.py`.
 *
 * @module
 */

import { withinTime } from "../../host/time_limit.ts";
import { CaseError } from "../case_error.ts";
import { NO_FLAGS } from "./regex_text.ts";
import type { RegexSource, Translation } from "./regex_translation.ts";
import { RegexTranslator } from "./regex_translator.ts";
import { searchSteps, SHORT_SEARCH } from "./regex_work.ts";

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
  const { source, flags } = translate(pattern);
  return { source, flags };
}

/**
 * Translates a pattern, and bounds the work of searching for it.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @returns The translation.
 * @throws {CaseError} `schema` as {@linkcode translateRegex}.
 */
export function translate(pattern: string): Translation {
  const spelledOut = { ...NO_FLAGS, spelledOut: true };
  const translated = new RegexTranslator(pattern, NO_FLAGS).translate() ??
    new RegexTranslator(pattern, spelledOut).translate();
  if (translated !== undefined) return translated;
  throw new TypeError(`Cannot translate ${JSON.stringify(pattern)}`);
}

/** A pattern that is ready to be searched for. */
export interface CompiledRegex {
  /** What the engine searches for. It keeps no state between searches. */
  readonly regex: RegExp;
  /** What it was made from. */
  readonly translation: Translation;
}

/** How many compiled patterns are kept. */
const CACHE_SIZE = 500;
const cache = new Map<string, CompiledRegex>();

/**
 * Translates a pattern and compiles the result, or takes what was compiled before.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @returns The compiled translation.
 * @throws {CaseError} `schema` as {@linkcode translateRegex}, and if the pattern
 * is too large for the engine.
 *
 * @example Usage
 * ```ts
 * import { compileRegex } from "./regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { regex } = compileRegex("\\Aok$");
 * assertEquals([regex.test("ok\n"), regex.test("not ok")], [true, false]);
 * ```
 */
export function compileRegex(pattern: string): CompiledRegex {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const compiled = build(pattern);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

function build(pattern: string): CompiledRegex {
  const translation = translate(pattern);
  try {
    const regex = new RegExp(translation.source, translation.flags);
    prime({ regex, translation });
    return { regex, translation };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CaseError(
      "schema",
      `bad regex: the engine refuses it: ${reason.split(": ").at(-1)}`,
      { cause },
    );
  }
}

/** For a search that is to compile a pattern, and finds nothing worth knowing. */
const PRIME_MS = 100;

// The engine compiles with the first search, once for each width of text. Even
// an empty text can take for ever: `(?:a?|b?){60}(?<=x)`.
function prime({ regex, translation }: CompiledRegex): void {
  for (const text of ["", "\u{100}"]) {
    const isShort = searchSteps(translation, text) <= SHORT_SEARCH;
    withinTime(isShort ? Infinity : PRIME_MS, () => regex.test(text));
  }
}

/** What limits a search. */
export interface SearchLimits {
  /**
   * Takes account of a search before it is begun.
   *
   * @param steps How many steps it takes at most; infinite if that is unknown.
   * @returns For how many milliseconds it may be run.
   */
  readonly allow: (steps: number) => number;
}

/**
 * Searches a text.
 *
 * A search that is surely short is just run; any other is given up when its
 * time is over.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @param text The text.
 * @param limits What limits the search. Default: nothing.
 * @returns Whether the pattern is found anywhere; undefined if the time was over
 * before that was known.
 * @throws {CaseError} `schema` as {@linkcode compileRegex}; `runtime` if the
 * search needs more memory than the engine has for it.
 *
 * @example Usage
 * ```ts
 * import { searchRegex } from "./regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(searchRegex("(?i)ERROR", "no errors"), true);
 *
 * const text = `${"a".repeat(60)}b`;
 * const limits = { allow: () => 20 };
 * assertEquals(searchRegex("(a+)+$", text, limits), undefined);
 * ```
 */
export function searchRegex(
  pattern: string,
  text: string,
  limits: SearchLimits = { allow: () => Infinity },
): boolean | undefined {
  return search(pattern, text, limits, (regex) => regex.test(text));
}

/**
 * Finds where a text matches a pattern.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @param text The text.
 * @param limits What limits the search. Default: nothing.
 * @returns Where the first match begins, in UTF-16 code units, -1 if there is
 * none; nothing if the search was given up.
 * @throws {CaseError} As {@linkcode searchRegex}.
 *
 * @example Usage
 * ```ts
 * import { locateRegex } from "./regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(locateRegex("(?i)ERROR", "no errors"), 3);
 * ```
 */
export function locateRegex(
  pattern: string,
  text: string,
  limits: SearchLimits = { allow: () => Infinity },
): number | undefined {
  return search(
    pattern,
    text,
    limits,
    (regex) => regex.exec(text)?.index ?? -1,
  );
}

function search<T>(
  pattern: string,
  text: string,
  limits: SearchLimits,
  act: (regex: RegExp) => T,
): T | undefined {
  const { regex, translation } = compileRegex(pattern);
  const steps = searchSteps(translation, text);
  const milliseconds = limits.allow(steps);
  try {
    if (steps <= SHORT_SEARCH) return act(regex);
    const done = withinTime(milliseconds, () => act(regex));
    return done === "out of time" ? undefined : done.value;
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
