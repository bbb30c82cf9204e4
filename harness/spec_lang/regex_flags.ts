/**
 * Inline flags of Python's patterns: `(?im)`, `(?i-s:…)`.
 *
 * @module
 */

import type { RegexReader } from "./regex_reader.ts";
import type { RegexFlags } from "./regex_text.ts";

/** What a group of inline flags says. */
export interface InlineFlags {
  /** Whether it stands for itself and holds for the whole pattern. */
  readonly global: boolean;
  /** The letters turned on. */
  readonly on: string;
  /** The letters turned off. */
  readonly off: string;
}

const LETTERS = "aiLmstux";
/** Letters of which only one may be given. */
const TYPE_LETTERS = "aLu";

/**
 * Reads inline flags.
 *
 * @param reader The pattern, at the first letter or the minus sign.
 * @returns The flags; the reader stands behind the colon or the parenthesis.
 * @throws {CaseError} `schema` where Python refuses them.
 *
 * @example Usage
 * ```ts
 * import { readFlags } from "./regex_flags.ts";
 * import { RegexReader } from "./regex_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const flags = readFlags(new RegexReader("i-s:a)"));
 * assertEquals(flags, { global: false, on: "i", off: "s" });
 * ```
 */
export function readFlags(reader: RegexReader): InlineFlags {
  const on = reader.next === "-" ? "" : readOn(reader);
  if (reader.match(")")) return { global: true, on, off: "" };
  if (on.includes("t")) {
    throw bad(reader, "cannot turn on global flag");
  }
  const off = reader.match("-") ? readOff(reader) : "";
  if (off.includes("t")) throw bad(reader, "cannot turn off global flag");
  if ([...on].some((letter) => off.includes(letter))) {
    throw bad(reader, "flag turned on and off");
  }
  reader.take();
  return { global: false, on, off };
}

function readOn(reader: RegexReader): string {
  const letters = readLetters(reader, {
    first: "missing -, : or )",
    then: "missing -, : or )",
    ends: ")-:",
  });
  if (letters.includes("L")) {
    throw bad(reader, "cannot use 'L' flag with a str pattern");
  }
  if (letters.includes("a") && letters.includes("u")) {
    throw bad(reader, "flags 'a', 'u' and 'L' are incompatible");
  }
  return letters;
}

function readOff(reader: RegexReader): string {
  const letters = readLetters(reader, {
    first: "missing flag",
    then: "missing :",
    ends: ":",
  });
  if ([...letters].some((letter) => TYPE_LETTERS.includes(letter))) {
    throw bad(reader, "cannot turn off flags 'a', 'u' and 'L'");
  }
  return letters;
}

/** Reads one letter or more, up to one of the ends, which is left. */
function readLetters(
  reader: RegexReader,
  wanted: {
    readonly first: string;
    readonly then: string;
    readonly ends: string;
  },
): string {
  let letters = "";
  while (true) {
    const next = reader.next;
    if (letters !== "" && next !== "" && wanted.ends.includes(next)) break;
    if (next === "" || !LETTERS.includes(next)) {
      const missing = letters === "" ? wanted.first : wanted.then;
      const message = /^\p{L}/u.test(next) ? "unknown flag" : missing;
      throw reader.error(message, reader.offset);
    }
    letters += reader.take();
  }
  return letters;
}

function bad(reader: RegexReader, what: string): Error {
  return reader.error(`bad inline flags: ${what}`, reader.offset);
}

/**
 * The flags in force under inline flags.
 *
 * @param flags The flags in force around them.
 * @param inline The inline flags.
 * @returns The flags in force.
 */
export function withFlags(
  flags: RegexFlags,
  { on, off }: InlineFlags,
): RegexFlags {
  const decide = (letter: string, before: boolean) =>
    on.includes(letter) || (before && !off.includes(letter));
  return {
    ignoreCase: decide("i", flags.ignoreCase),
    multiline: decide("m", flags.multiline),
    dotAll: decide("s", flags.dotAll),
    verbose: decide("x", flags.verbose),
    ascii: on.includes("a") || (flags.ascii && !on.includes("u")),
    spelledOut: flags.spelledOut,
  };
}
