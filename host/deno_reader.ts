/**
 * What can be learnt from the machine without changing it.
 *
 * Loading this module does nothing and imports next to nothing: it is on the
 * start-up path of every container.
 *
 * @module
 */

import {
  type Access,
  type DirectoryEntry,
  type FileInfo,
  type FileKind,
  type Host,
  HostError,
  type UserIds,
} from "./host.ts";
import { fileLibc, libc } from "./libc.ts";

/** The part of {@linkcode Host} that only looks. */
export type Reader = Pick<
  Host,
  | "cwd"
  | "isTerminal"
  | "lstat"
  | "mayAccess"
  | "readDirectory"
  | "readFile"
  | "stat"
  | "userIds"
>;

const AT_FDCWD = -100;
const AT_EACCESS = 0x200;
const ACCESS_BITS = { read: 4, write: 2, execute: 1 } as const;

/**
 * Opens the looking part of the door to this machine.
 *
 * @returns The reader. Cheap: nothing is asked of the system yet.
 *
 * @example Ask for the working directory
 * ```ts
 * import { denoReader } from "./deno_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = denoReader();
 * assertEquals(reader.stat(reader.cwd()).kind, "directory");
 * ```
 */
export function denoReader(): Reader {
  return {
    cwd: () => attempt(".", () => Deno.cwd()),
    isTerminal: (descriptor) => STREAMS[descriptor]().isTerminal(),
    lstat: (path) => attempt(path, () => fileInfo(Deno.lstatSync(path))),
    mayAccess,
    readDirectory: (path) => attempt(path, () => readDirectory(path)),
    readFile: (path, { maxBytes } = {}) =>
      attempt(
        path,
        () =>
          maxBytes === undefined
            ? Deno.readFileSync(path)
            : readAtMost(path, maxBytes),
      ),
    stat: (path) => attempt(path, () => fileInfo(Deno.statSync(path))),
    userIds,
  };
}

const STREAMS = {
  0: () => Deno.stdin,
  1: () => Deno.stdout,
  2: () => Deno.stderr,
} as const;

// Deno's errors carry the errno name, but for a refusal of Deno's own.
export function hostError(error: unknown, path: string): HostError {
  const found = error instanceof Error && "code" in error
    ? error.code
    : undefined;
  const code = typeof found === "string"
    ? found
    : error instanceof Deno.errors.NotCapable
    ? "EACCES"
    : "EIO";
  return new HostError(code, path, { cause: error });
}

export function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof HostError ? error : hostError(error, path);
  }
}

// The size a file says it has is a hint: some have none, and some grow.
function readAtMost(path: string, maxBytes: number): Uint8Array<ArrayBuffer> {
  using file = Deno.openSync(path);
  const info = file.statSync();
  const size = info.isFile ? info.size : 0;
  if (size > maxBytes) throw new HostError("EFBIG", path);
  const read = (into: Uint8Array) => file.readSync(into);
  return readToEnd(read, { path, size, maxBytes });
}

/**
 * Reads until nothing comes any more.
 *
 * @param read Reads some bytes; nothing at the end.
 * @param source What is read, how large it is likely to be, and may be.
 * @throws {HostError} `EFBIG` if there is more.
 */
export function readToEnd(
  read: (into: Uint8Array) => number | null,
  { path, size, maxBytes }: {
    readonly path: string;
    readonly size: number;
    readonly maxBytes: number;
  },
): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  while (true) {
    if (length === bytes.length) bytes = grown(bytes, maxBytes + 1);
    const count = read(bytes.subarray(length));
    if (count === null) return bytes.subarray(0, length);
    length += count;
    if (length > maxBytes) throw new HostError("EFBIG", path);
  }
}

function grown(bytes: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const wanted = Math.max(2 * bytes.length, 64 * 1024);
  const larger = new Uint8Array(Math.min(wanted, most));
  larger.set(bytes);
  return larger;
}

type Kinds = Pick<Deno.DirEntry, "isFile" | "isDirectory" | "isSymlink">;

function fileKind(info: Kinds): FileKind {
  if (info.isFile) return "file";
  if (info.isDirectory) return "directory";
  return info.isSymlink ? "symlink" : "other";
}

function fileInfo(info: Deno.FileInfo): FileInfo {
  return {
    kind: fileKind(info),
    size: info.size,
    mode: (info.mode ?? 0) & 0o7777,
  };
}

function readDirectory(path: string): DirectoryEntry[] {
  const entries = Array.from(
    Deno.readDirSync(path),
    (entry) => ({ name: entry.name, kind: fileKind(entry) }),
  );
  return entries.sort((a, b) => sortKey(a.name) < sortKey(b.name) ? -1 : 1);
}

// `<` compares UTF-16 code units, which puts U+FFxx after the astral planes.
function sortKey(name: string): string {
  return Array.from(
    name,
    (c) => (c.codePointAt(0) ?? 0).toString(16).padStart(6, "0"),
  ).join("");
}

// Deno.uid() tells the real id only, so the C library is asked.
function userIds(): UserIds {
  const { getuid, geteuid, getgid, getegid } = libc();
  return { uid: getuid(), euid: geteuid(), gid: getgid(), egid: getegid() };
}

function mayAccess(path: string, access: Access): boolean {
  if (path.includes("\0")) return false;
  const bytes = new TextEncoder().encode(`${path}\0`);
  const bits = ACCESS_BITS[access];
  return fileLibc().faccessat(AT_FDCWD, bytes, bits, AT_EACCESS) === 0;
}
