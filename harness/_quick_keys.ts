/** The keys of YAML of the common shape: few different ones, very often. */

import { type QuickCursor, UNUSUAL } from "./_quick_cursor.ts";
import { code } from "./_yaml_characters.ts";

/** What a key is made of, behind its first character. */
const KEY = new Uint8Array(256);
for (const character of "abcdefghijklmnopqrstuvwxyz") {
  KEY[character.charCodeAt(0)] = 1;
  KEY[character.toUpperCase().charCodeAt(0)] = 1;
}
for (const character of "0123456789_-.") KEY[character.charCodeAt(0)] = 1;

// What no string is: other values, or what assignment would not store.
const NO_KEYS: ReadonlySet<string> = new Set([
  "__proto__",
  ...["null", "Null", "NULL"],
  ...["true", "True", "TRUE"],
  ...["false", "False", "FALSE"],
]);

/** How many keys are remembered; a power of two. */
const REMEMBERED = 512;
const remembered: (string | undefined)[] = new Array(REMEMBERED);

/**
 * Whether a key can begin with a character.
 *
 * @param character Its code.
 */
export function isWordStart(character: number | undefined = 0): boolean {
  const lower = character | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || character === 0x5f;
}

/**
 * Finds the end of a key: a word that begins with a letter or an underscore.
 *
 * @param cursor Where it begins.
 * @returns Where it ends, if a colon that belongs to it follows; else -1.
 */
export function keyEnd({ codes, at }: QuickCursor): number {
  let end = at;
  if (!isWordStart(codes[end])) return -1;
  while (KEY[codes[end] ?? 0] === 1) end++;
  if (codes[end] !== code.colon) return -1;
  const next = codes[end + 1];
  return next === code.space || next === code.lineFeed ? end : -1;
}

/**
 * Reads a key that was found, up to behind its colon.
 *
 * @param cursor Where it begins.
 * @param end Where it ends.
 */
export function readKey(cursor: QuickCursor, end: number): string {
  const { codes, text, at } = cursor;
  cursor.at = end + 1;
  let hash = end - at;
  for (let i = at; i < end; i++) hash = (hash * 31 + (codes[i] ?? 0)) | 0;
  const slot = hash & (REMEMBERED - 1);
  const known = remembered[slot];
  if (known !== undefined && stands(known, cursor, at, end)) return known;
  const key = text.slice(at, end);
  if (NO_KEYS.has(key)) throw UNUSUAL;
  // As the name of a property it is a text of its own, not a part of this one.
  const [own = key] = Object.keys({ [key]: 0 });
  remembered[slot] = own;
  return own;
}

function stands(
  key: string,
  { codes }: QuickCursor,
  start: number,
  end: number,
): boolean {
  if (key.length !== end - start) return false;
  for (let i = 0; i < key.length; i++) {
    if (key.charCodeAt(i) !== codes[start + i]) return false;
  }
  return true;
}
