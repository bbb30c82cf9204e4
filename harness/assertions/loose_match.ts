/**
 * Text that looks like the wanted one and is not.
 *
 * @module
 */

/** In what a text differs from one that looks like it. */
export type LooseKind = "white space" | "escapes" | "code points";

/** A text that looks like the wanted one. */
export interface LooseMatch {
  /** In what it differs. */
  readonly kind: LooseKind;
  /** Where it begins, in UTF-16 code units. */
  readonly offset: number;
  /** The text that is there. */
  readonly found: string;
}

// Each character of the text may be the beginning of a match: both are bounded.
const MAX_TEXT = 1 << 18;
const MAX_WANTED = 200;

// deno-lint-ignore no-control-regex -- escapes are the subject
const ESCAPE = /\x1b\[[0-9;]*[A-Za-z]/.source;

/** What the wanted text may look like, as a pattern; nothing if it cannot. */
const PATTERNS: readonly (readonly [
  LooseKind,
  (wanted: string) => string | undefined,
])[] = [
  ["white space", otherWhiteSpace],
  ["escapes", withEscapes],
  ["code points", otherCodePoints],
];

/**
 * Finds a text that differs only in what one does not see: in white space, in
 * colours of a terminal, or in how accents are coded.
 *
 * @param text The text that was searched; only its first 262,144 code units
 * are.
 * @param wanted The text that is not in it.
 * @returns The first match, or nothing, also if the wanted text is long.
 *
 * @example Usage
 * ```ts
 * import { looseMatch } from "./loose_match.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(looseMatch("so: a\tb  c", "a b c"), {
 *   kind: "white space",
 *   offset: 4,
 *   found: "a\tb  c",
 * });
 * ```
 */
export function looseMatch(
  text: string,
  wanted: string,
): LooseMatch | undefined {
  if (wanted.length > MAX_WANTED) return undefined;
  const searched = text.slice(0, MAX_TEXT);
  for (const [kind, patternOf] of PATTERNS) {
    const pattern = patternOf(wanted);
    if (pattern === undefined) continue;
    const match = new RegExp(pattern, "u").exec(searched);
    if (match === null) continue;
    return { kind, offset: match.index, found: match[0] };
  }
  return undefined;
}

function otherWhiteSpace(wanted: string): string | undefined {
  const words = wanted.trim().split(/\s+/);
  return words.length > 1 ? words.map(RegExp.escape).join("\\s+") : undefined;
}

function withEscapes(wanted: string): string {
  return Array.from(wanted, RegExp.escape).join(`(?:${ESCAPE})*`);
}

function otherCodePoints(wanted: string): string | undefined {
  const isSame = wanted.normalize("NFC") === wanted.normalize("NFD");
  return isSame ? undefined : Array.from(graphemes.segment(wanted), anyForm)
    .join("");
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function anyForm({ segment }: { readonly segment: string }): string {
  const forms = [segment, segment.normalize("NFC"), segment.normalize("NFD")];
  return `(?:${[...new Set(forms)].map(RegExp.escape).join("|")})`;
}
