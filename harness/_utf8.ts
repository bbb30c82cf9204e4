/** Bytes to text, and where the bytes are no text. */

/** A document's text; its first broken byte, if there is one. */
export type Decoded =
  | { readonly ok: true; readonly text: string }
  | {
    readonly ok: false;
    /** The text in front of the broken byte. */
    readonly before: string;
    readonly message: string;
  };

const EXACT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const STRICT = new TextDecoder("utf-8", { fatal: true });

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/**
 * Writes every line end as `\n`.
 *
 * In bytes, and not in the text: fifty million matches of an expression would
 * take gigabytes.
 *
 * @param bytes A whole document in UTF-8.
 * @returns The bytes themselves if nothing had to change.
 */
export function unixBytes(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(RETURN)) return bytes;
  const unix = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === LINE_FEED && bytes[at - 1] === RETURN) continue;
    unix[length++] = byte === RETURN ? LINE_FEED : byte;
  }
  return unix.subarray(0, length);
}

/**
 * Decodes UTF-8, without a byte order mark in front.
 *
 * @param bytes A whole document.
 * @returns Its text, or the text up to the first byte that is no part of any.
 */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { ok: true, text: STRICT.decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const end = validPrefix(bytes);
  const byte = (bytes[end] ?? 0).toString(16).padStart(2, "0");
  const isUtf16 = end === 0 && /^(?:fffe|feff)$/.test(
    [...bytes.slice(0, 2)].map((one) => one.toString(16)).join(""),
  );
  return {
    ok: false,
    before: new TextDecoder().decode(bytes.subarray(0, end)),
    message: isUtf16
      ? "document is UTF-16: save it as UTF-8"
      : `document is not UTF-8: byte 0x${byte} is out of place`,
  };
}

/**
 * The text of a document as it is written: with its byte order mark, and with
 * every line end as it is.
 *
 * @param bytes The document, all of it UTF-8.
 * @param text What {@linkcode decodeUtf8} made of its {@linkcode unixBytes}.
 * @returns Gives the text. Nearly always that is the one that is there already.
 */
export function writtenText(bytes: Uint8Array, text: string): () => string {
  return hasMark(bytes) || bytes.includes(RETURN)
    ? decodedLater(bytes)
    : () => text;
}

/** How many bytes a byte order mark has. */
export const MARK_LENGTH = 3;

/**
 * Tells whether bytes begin with a byte order mark.
 *
 * @param bytes The bytes.
 */
export function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function decodedLater(bytes: Uint8Array): () => string {
  let text: string | undefined;
  return () => text ??= EXACT.decode(bytes);
}

// The longest prefix of whole characters.
function validPrefix(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

// The Unicode Standard, table 3-7: what may follow which first byte.
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] ?? 0;
    const isInside = i === 1
      ? next >= low && next <= high
      : next >= 0x80 && next <= 0xbf;
    if (!isInside) return 0;
  }
  return length;
}
