/** YAML text to plain values, with `@std/yaml`, merge keys not yet followed. */

import { parse } from "@std/yaml/parse";
import { Outline, scalarOf } from "./_outline.ts";
import type { YamlAlias } from "./_outline_notes.ts";
import { outlineYaml, type YamlOutline } from "./_outline_yaml.ts";
import type { QuickText } from "./_quick_cursor.ts";
import { readQuickly } from "./_quick_yaml.ts";
import type { BlockPlace } from "./case.ts";
import { COLLECTION_KEY, TextFault } from "./_text_fault.ts";
import { explainSyntaxError } from "./_yaml_error.ts";
import { checkSize, excess, LIMITS } from "./_yaml_limits.ts";

/** A text that was read. */
export interface ReadText {
  /** What it says; new objects, but an alias is the object it stands for. */
  readonly value: unknown;
  /** Where it says it; nothing if that cannot be told. */
  readonly outline: () => Outline | undefined;
  /** Whether a key `<<` may be there to merge mappings. */
  readonly merges: "never" | "always" | "unless-quoted";
  /** Whether it is known to hold JSON values within bounds and nothing else. */
  readonly isClean?: boolean;
}

const ALONE = 1;
const APART = 2;

// A sign that does not stand alone has white space, a bracket or a comma
// behind it, or a quote or a bracket in front.
const SIGNS = new Uint8Array(128);
for (const sign of ",[{") SIGNS[sign.charCodeAt(0)] = ALONE;
for (const sign of ":-?") SIGNS[sign.charCodeAt(0)] = APART;

/**
 * Reads a YAML text.
 *
 * Scalars follow the core schema: `yes` is a string, and so is a timestamp,
 * which is left to be found by the outline. So is a merge key: `@std/yaml`
 * would copy mappings without a bound.
 *
 * @param text The text, with `\n` line ends.
 * @param within Where it stands in its document, if it stands there as it is.
 * @throws {TextFault} If it cannot be read, or is larger than the limits as
 * far as that can be told without following aliases.
 */
export function readYaml(text: string, within?: BlockPlace): ReadText {
  checkSize(text);
  const quick = readQuickly(within === undefined ? text : part(within, text));
  if (quick === undefined) return readWithLibrary(text);
  const { value } = quick;
  const outline = outlineOf(text, undefined);
  return { value, outline, merges: "never", isClean: true };
}

function part(within: BlockPlace, { length }: string): QuickText {
  return { ...within, end: within.start + length };
}

/**
 * Reads a YAML text of any shape.
 *
 * @param text The text, with `\n` line ends, no larger than the limit.
 * @throws {TextFault} As {@linkcode readYaml}.
 */
export function readWithLibrary(text: string): ReadText {
  const outline = needsOutline(text) ? outlineYaml(text, LIMITS) : undefined;
  if (outline !== undefined) checkOutline(outline);
  const value = parseCore(outline === undefined ? text : mended(text, outline));
  if (outline?.stoppedAt !== undefined) throw unfollowed(outline.stoppedAt);
  return {
    value,
    outline: outlineOf(text, outline),
    merges: text.includes("<<") && /["']<</.test(text)
      ? "unless-quoted"
      : "always",
  };
}

// Asked for only where a place is told.
function outlineOf(
  text: string,
  drawn: YamlOutline | undefined,
): () => Outline | undefined {
  let outline = drawn;
  return () => {
    outline ??= outlineYaml(text, { ...LIMITS, depth: 10 * LIMITS.depth });
    return outline.root && new Outline(text, outline.root);
  };
}

// Too many values, too deep nesting, a key that is no text (`@std/yaml` makes a new text of a
// list for every alias of it), tabs, bare dashes, aliases.
function needsOutline(text: string): boolean {
  return mayHoldTooMuch(text) || mayNestDeep(text) ||
    /[\]}][ \t]*:(?=\s)/.test(text) ||
    (/\?\s/.test(text) && /(?:^|[-?:,[{]|\s)\?\s/.test(text)) ||
    (text.includes("\t") && /^ *\t/m.test(text)) ||
    (/-[ \t]*[#\n]/.test(text) &&
      /^[ \t]+(?:- +)*-[ \t]*(?:#.*)?$/m.test(text)) ||
    (text.includes("&") && /(?:^|[\s,[{])\*[^\s*]/.test(text));
}

// `@std/yaml` goes as deep as its text, and its stack ends at 1,800 collections.
// Each takes a bracket, or a column more in front of its line.
const SAFE_BRACKETS = 1000;
const DEEP_LINE = /^[ \t?:-]{400}/m;

function mayNestDeep(text: string): boolean {
  if (DEEP_LINE.test(text)) return true;
  let brackets = 0;
  for (let at = 0; at < text.length && brackets <= SAFE_BRACKETS; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x5b || character === 0x7b) brackets++;
  }
  return brackets > SAFE_BRACKETS;
}

// Every value has a sign of its own in front of it or behind it.
function mayHoldTooMuch(text: string): boolean {
  if (text.length <= LIMITS.nodes) return false;
  let signs = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = SIGNS[text.charCodeAt(at)];
    if (sign === ALONE || (sign === APART && isSign(text, at))) signs++;
  }
  return signs >= LIMITS.nodes;
}

function isSign(text: string, at: number): boolean {
  return /[\s,[\]{}]|^$/.test(text.charAt(at + 1)) ||
    /["'\]}\s]/.test(text.charAt(at - 1));
}

function checkOutline(outline: YamlOutline): void {
  const { passed, collectionKey, tabbed } = outline.notes;
  if (tabbed !== undefined) {
    throw new TextFault(
      "invalid YAML: a tab indents this line: indent with spaces",
      tabbed,
    );
  }
  if (collectionKey !== undefined) {
    throw new TextFault(COLLECTION_KEY, collectionKey);
  }
  if (passed !== undefined) {
    throw new TextFault(excess(passed.limit), passed.at);
  }
}

// What `@std/yaml` takes and the outline does not is no YAML: an item after a
// bare dash that belongs to no list.
function unfollowed(at: number): TextFault {
  return new TextFault(
    "invalid YAML: this does not continue what stands before it: check the indentation",
    at,
  );
}

function parseCore(text: string): unknown {
  try {
    return parse(text, { schema: "core" });
  } catch (error) {
    if (error instanceof SyntaxError) throw explainSyntaxError(error, text);
    throw error;
  }
}

// `@std/yaml` 1.2 reads past an alias whose value is empty, false or zero, and
// takes the item after a last bare dash from the list around.
function mended(text: string, outline: YamlOutline): string {
  if (outline.root === undefined) return text;
  const edits = [
    ...outline.notes.aliases.flatMap((alias) => mendedAlias(text, alias)),
    ...outline.notes.bareDashes.map((at) => ({ at, end: at, text: " ~" })),
  ].sort((a, b) => a.at - b.at);
  let done = 0;
  const parts = edits.flatMap((edit) => {
    const before = text.slice(done, edit.at);
    done = edit.end;
    return [before, edit.text];
  });
  return parts.length === 0 ? text : parts.join("") + text.slice(done);
}

function mendedAlias(text: string, { at, end, target }: YamlAlias) {
  const isShort = target.end - target.at <= "false".length;
  if (target.kind === "empty") {
    return [{ at, end, text: target.tag === "" ? "~" : target.tag }];
  }
  if (!isShort || (target.kind !== "plain" && target.kind !== "quoted")) {
    return [];
  }
  const raw = text.slice(target.at, target.end);
  const written = target.tag === "" ? raw : `${target.tag} ${raw}`;
  return scalarOf(written, "core") ? [] : [{ at, end, text: written }];
}
