/**
 * A file's text, or why it has none.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";

/** What reading a file as text came to. */
export type TextResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string; readonly cause: unknown };

/**
 * Reads a file as UTF-8, strictly; a byte order mark is kept.
 *
 * @param path The file.
 * @param host The machine.
 * @returns The text, or the reason in words.
 */
export function readUtf8(
  path: string,
  host: Pick<Host, "readFile">,
): TextResult {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return { ok: true, text: decoder.decode(host.readFile(path)) };
  } catch (cause) {
    if (cause instanceof HostError) {
      return { ok: false, reason: cause.reason, cause };
    }
    if (cause instanceof TypeError) {
      return { ok: false, reason: "it is not UTF-8 text", cause };
    }
    throw cause;
  }
}
