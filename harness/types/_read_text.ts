/**
 * A file's text, or why it has none.
 *
 * @module
 */

import { type FileHost, readRegularFile } from "../_read_file.ts";

/** What reading a file as text came to. */
export type TextResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string; readonly cause?: unknown };

/**
 * Reads a file as UTF-8, strictly; a byte order mark is kept.
 *
 * @param path The file.
 * @param host The machine.
 * @returns The text, or the reason in words.
 */
export function readUtf8(path: string, host: FileHost): TextResult {
  const file = readRegularFile(path, host);
  if (!file.ok) return file;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return { ok: true, text: decoder.decode(file.bytes) };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return { ok: false, reason: "it is not UTF-8 text", cause };
  }
}
