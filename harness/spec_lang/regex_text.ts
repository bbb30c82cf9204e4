/**
 * The JavaScript text of what a pattern consists of, for flag `u`.
 *
 * @module
 */

import { caseVariants } from "./case_variants.ts";
import { WHITE_SPACE } from "./white_space.ts";

/** The flags in force at some place of a pattern. */
export interface RegexFlags {
  /** `i`: letter case does not matter. */
  readonly ignoreCase: boolean;
  /** `m`: `^` and `$` also stand at lines. */
  readonly multiline: boolean;
  /** `s`: `.` also stands for a newline. */
  readonly dotAll: boolean;
  /** `x`: white space and comments are skipped. */
  readonly verbose: boolean;
  /** `a`: classes and letter case know ASCII only. */
  readonly ascii: boolean;
  /** Letter case is not ignored all over, so both cases are written out. */
  readonly spelledOut: boolean;
}

/** A named class: `\d`, `\s`, `\w` and their opposites. */
export type CategoryName = "d" | "D" | "s" | "S" | "w" | "W";

/** A zero-width escape. */
export type AnchorName = "A" | "Z" | "b" | "B";

/** One member of a character class. */
export type ClassItem =
  | { readonly kind: "range"; readonly low: number; readonly high: number }
  | { readonly kind: "category"; readonly name: CategoryName };

const UNICODE: { readonly [name: string]: string } = {
  d: "\\p{Nd}",
  s: WHITE_SPACE,
  w: "\\p{L}\\p{N}_",
};

const ASCII: { readonly [name: string]: string } = {
  d: "0-9",
  s: "\\t-\\r ",
  w: "0-9A-Z_a-z",
};

/** Letters that Python takes for the same and JavaScript does not. */
const DOTTED_I = [0x49, 0x69, 0x130, 0x131];

/**
 * Whether JavaScript's own `i` is in force. It folds beyond ASCII and, in V8 15.0,
 * `(?i:…)` reaches classes outside its parentheses; so with flag `a`, and where
 * letter case matters only in parts, both cases of a letter are written out.
 *
 * @param flags The flags.
 * @returns Whether the text is to stand under `i`.
 */
export function foldsNatively(flags: RegexFlags): boolean {
  return flags.ignoreCase && !flags.ascii && !flags.spelledOut;
}

/**
 * The text of one character.
 *
 * @param code Its code point.
 * @param flags The flags in force.
 * @returns An atom.
 *
 * @example Usage
 * ```ts
 * import { literalText, NO_FLAGS } from "./regex_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(literalText(0x61, NO_FLAGS), "a");
 * assertEquals(literalText(0x2e, NO_FLAGS), "\\u{2e}");
 * ```
 */
export function literalText(code: number, flags: RegexFlags): string {
  const item = { kind: "range", low: code, high: code } as const;
  const cases = otherCases(item, flags);
  return cases === "" ? escape(code) : `[${escape(code)}${cases}]`;
}

/**
 * The text of a named class outside brackets.
 *
 * @param name The class.
 * @param flags The flags in force.
 * @returns An atom.
 */
export function categoryText(name: CategoryName, flags: RegexFlags): string {
  const members = membersOf(name, flags);
  return isOpposite(name) ? `[^${members}]` : `[${members}]`;
}

/**
 * The text of a character class.
 *
 * @param items Its members.
 * @param options Whether it is negated, and the flags in force.
 * @returns An atom.
 */
export function classText(
  items: readonly ClassItem[],
  options: { readonly negated: boolean; readonly flags: RegexFlags },
): string {
  const opposites = items.flatMap((item) =>
    item.kind === "category" && isOpposite(item.name) ? [item.name] : []
  );
  const members = items.map((item) => itemText(item, options.flags)).join("");
  if (opposites.length === 0) {
    return options.negated ? `[^${members}]` : `[${members}]`;
  }
  const any = [
    `[${members}]`,
    ...opposites.map((name) => categoryText(name, options.flags)),
  ].join("|");
  // Looked for, not matched: alternatives that overlap would be tried in turn.
  return `(?:(?${options.negated ? "!" : "="}${any})[^])`;
}

/** The members an item adds; opposites stand beside the class, not in it. */
function itemText(item: ClassItem, flags: RegexFlags): string {
  if (item.kind === "range") {
    return rangeText(item.low, item.high) + otherCases(item, flags);
  }
  return isOpposite(item.name) ? "" : membersOf(item.name, flags);
}

/**
 * The text of an anchor.
 *
 * @param name `^`, `$` or the letter of the escape.
 * @param flags The flags in force.
 * @returns Text of zero width.
 */
export function anchorText(
  name: AnchorName | "^" | "$",
  flags: RegexFlags,
): string {
  const word = `[${membersOf("w", flags)}]`;
  switch (name) {
    case "A":
      return "^";
    case "Z":
      return "$";
    case "^":
      return flags.multiline ? "(?<=^|\\n)" : "^";
    case "$":
      return flags.multiline ? "(?=\\n|$)" : "(?=\\n?$)";
    case "b":
      return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
    case "B":
      // In an empty text there is no such place, says Python up to 3.13.
      return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word})(?:(?<=[^])|(?=[^])))`;
  }
}

/**
 * The text of `.`.
 *
 * @param flags The flags in force.
 * @returns An atom.
 */
export function dotText(flags: RegexFlags): string {
  return flags.dotAll ? "[^]" : "[^\\n]";
}

function isOpposite(name: CategoryName): boolean {
  return name === name.toUpperCase();
}

function membersOf(name: CategoryName, flags: RegexFlags): string {
  return (flags.ascii ? ASCII : UNICODE)[name.toLowerCase()] ?? "";
}

/** What a range stands for beyond itself when letter case does not matter. */
function otherCases(
  { low, high }: { readonly low: number; readonly high: number },
  flags: RegexFlags,
): string {
  if (!flags.ignoreCase) return "";
  if (flags.ascii) {
    return shifted(low, high, "a", -32) + shifted(low, high, "A", 32);
  }
  if (flags.spelledOut) return caseVariants(low, high).map(escape).join("");
  const dotted = DOTTED_I.some((code) => low <= code && code <= high);
  return dotted ? DOTTED_I.map(escape).join("") : "";
}

/** The part of a range within 26 letters, moved to the other case. */
function shifted(
  low: number,
  high: number,
  first: string,
  distance: number,
): string {
  const start = first.charCodeAt(0);
  const from = Math.max(low, start);
  const to = Math.min(high, start + 25);
  return from > to ? "" : rangeText(from + distance, to + distance);
}

function rangeText(low: number, high: number): string {
  return low === high ? escape(low) : `${escape(low)}-${escape(high)}`;
}

function escape(code: number): string {
  const character = String.fromCodePoint(code);
  return /[0-9A-Za-z]/.test(character)
    ? character
    : `\\u{${code.toString(16)}}`;
}

/** No flag at all. */
export const NO_FLAGS: RegexFlags = {
  ignoreCase: false,
  multiline: false,
  dotAll: false,
  verbose: false,
  ascii: false,
  spelledOut: false,
};
