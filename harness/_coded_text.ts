/** Texts with one byte beside each code unit: numbers are compared faster. */

import { hasMark, MARK_LENGTH } from "./_utf8.ts";

/** A text and its codes. */
export interface CodedText {
  /** The text. */
  readonly text: string;
  /** Each of its code units; `WIDE` for what is not ASCII. */
  readonly codes: Uint8Array;
}

/** Stands for every code unit beyond ASCII. */
export const WIDE = 0x80;

// What the first byte of a character is at least, if there are so many of them.
const FIRST_OF_TWO = 0xc0;
const FIRST_OF_FOUR = 0xf0;

/**
 * The codes of a text.
 *
 * @param text Any text.
 */
export function codedText(text: string): CodedText {
  const codes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    codes[at] = Math.min(text.charCodeAt(at), WIDE);
  }
  return { text, codes };
}

/**
 * The codes of a text whose bytes are there already.
 *
 * @param text What was decoded.
 * @param bytes The same in UTF-8, maybe with a byte order mark in front.
 */
export function codedBytes(text: string, bytes: Uint8Array): CodedText {
  // Nothing takes one byte but ASCII.
  if (bytes.length === text.length) return { text, codes: bytes };
  const codes = new Uint8Array(text.length);
  let length = 0;
  for (let at = hasMark(bytes) ? MARK_LENGTH : 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= WIDE && byte < FIRST_OF_TWO) continue;
    codes[length++] = Math.min(byte, WIDE);
    if (byte >= FIRST_OF_FOUR) codes[length++] = WIDE;
  }
  return length === text.length ? { text, codes } : codedText(text);
}
