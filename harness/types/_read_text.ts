/**
 * A file's text, or why it has none.
 *
 * @module
 */

import {
  type FileHost,
  type FileResult,
  type ReadOptions,
  readRegularFile,
} from "../_read_file.ts";

/** What reading a file as text came to. */
export type TextResult =
  | { readonly ok: true; readonly text: string }
  | Extract<FileResult, { readonly ok: false }>;

/**
 * Reads a file as UTF-8, strictly; a byte order mark is kept.
 *
 * @param path The file.
 * @param host The machine.
 * @param options Where it has to be.
 * @returns The text, or the reason in words.
 */
export function readUtf8(
  path: string,
  host: FileHost,
  options: ReadOptions = {},
): TextResult {
  const file = readRegularFile(path, host, options);
  if (!file.ok) return file;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return { ok: true, text: decoder.decode(file.bytes) };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return { ok: false, reason: "it is not UTF-8 text", cause };
  }
}
