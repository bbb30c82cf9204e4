/** A whole file, however hostile: no waiting, and no more than fits. */

import { type Host, HostError } from "../host/host.ts";

/** The most bytes of a document, and of a file that a case looks at. */
export const MAX_FILE_BYTES: number = 64 * 1024 * 1024;

/** What reading a file came to. */
export type FileResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string; readonly cause?: unknown };

/** The part of the machine that files are read with. */
export type FileHost = Pick<Host, "stat" | "readFile">;

/**
 * Reads a regular file of at most 64 MiB.
 *
 * What it is, is looked at before it is opened: opening a FIFO waits for
 * somebody to write into it, and a device may never end.
 *
 * @param path The file.
 * @param host The part of the machine it is read with.
 * @returns Its bytes, or the reason in words.
 */
export function readRegularFile(path: string, host: FileHost): FileResult {
  try {
    if (host.stat(path).kind === "other") {
      return { ok: false, reason: "it is a device or a pipe, not a file" };
    }
    const bytes = host.readFile(path, { maxBytes: MAX_FILE_BYTES });
    return { ok: true, bytes };
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    const reason = cause.code === "EFBIG"
      ? "it is larger than 64 MiB"
      : cause.reason;
    return { ok: false, reason, cause };
  }
}
