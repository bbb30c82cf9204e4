/** A whole file, however hostile: no waiting, and no more than fits. */

import { type Host, HostError, type OpenFile } from "../host/host.ts";
import { isInside } from "./contract_root.ts";

/** The most bytes of a document, and of a file that a case looks at. */
export const MAX_FILE_BYTES: number = 64 * 1024 * 1024;

/** What reading a file came to. */
export type FileResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
    readonly ok: false;
    readonly reason: string;
    readonly cause?: unknown;
    /** Whether it is outside of the folder it had to be in. */
    readonly escapes?: boolean;
  };

/** The part of the machine that files are read with. */
export type FileHost = Pick<Host, "stat" | "openFile">;

/** What {@linkcode readRegularFile} asks of a file besides. */
export interface ReadOptions {
  /** The folder it has to be in, without symbolic links. Default: any. */
  readonly inside?: string | undefined;
}

/**
 * Reads a regular file of at most 64 MiB.
 *
 * What it is, is looked at before it is opened, for some devices do something
 * when they are opened; and again once it is open, with where it is: what was
 * checked is what is read, whatever becomes of the path meanwhile.
 *
 * @param path The file.
 * @param host The part of the machine it is read with.
 * @param options Where it has to be.
 * @returns Its bytes, or the reason in words.
 */
export function readRegularFile(
  path: string,
  host: FileHost,
  { inside }: ReadOptions = {},
): FileResult {
  try {
    if (host.stat(path).kind === "other") return NO_FILE;
    using file = host.openFile(path);
    if (file.kind === "other") return NO_FILE;
    if (inside !== undefined && !isInside(file.realPath, inside)) {
      return ESCAPED;
    }
    return { ok: true, bytes: wholeOf(file, path) };
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    const reason = cause.code === "EFBIG"
      ? "it is larger than 64 MiB"
      : cause.reason;
    return { ok: false, reason, cause };
  }
}

const NO_FILE = {
  ok: false,
  reason: "it is a device or a pipe, not a file",
} as const;

const ESCAPED = {
  ok: false,
  reason: "it was replaced by something elsewhere while it was opened",
  escapes: true,
} as const;

// The size a file says it has is a hint: some have none, and some grow.
function wholeOf(file: OpenFile, path: string): Uint8Array {
  if (file.size > MAX_FILE_BYTES) throw new HostError("EFBIG", path);
  let bytes: Uint8Array = new Uint8Array(file.size + 1);
  for (let length = 0;;) {
    const count = file.read(bytes.subarray(length), length);
    if (count === 0) return bytes.subarray(0, length);
    length += count;
    if (length > MAX_FILE_BYTES) throw new HostError("EFBIG", path);
    if (length === bytes.length) bytes = grown(bytes);
  }
}

const LEAST_BYTES = 64 * 1024;

function grown(bytes: Uint8Array): Uint8Array {
  const wanted = Math.max(2 * bytes.length, LEAST_BYTES);
  const larger = new Uint8Array(Math.min(wanted, MAX_FILE_BYTES + 1));
  larger.set(bytes);
  return larger;
}
