/**
 * Files by their descriptors: what was looked at is what is read or written.
 *
 * Whether a file is the one that was meant is asked of the kernel, which knows
 * what is open (`/proc/self/fd`). To ask the path once more, and compare what
 * it leads to by device and inode, would not do: whoever can put a link in its
 * place can put another one there between any two questions.
 *
 * @module
 */

import { attempt } from "./deno_reader.ts";
import { HostError, type OpenFile } from "./host.ts";
import { bind, type Bound, errorReader } from "./libc.ts";

// The number of a call with `...` in C is passed like any other on Linux.
const FUNCTIONS = {
  open: { parameters: ["buffer", "i32"], result: "i32" },
  pread: { parameters: ["i32", "buffer", "usize", "i64"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

// Of these, no two of our machines have O_DIRECTORY and O_NOFOLLOW alike.
const O_NOCTTY = 0o400;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const O_DIRECTORY = Deno.build.arch === "aarch64" ? 0o40000 : 0o200000;
const O_NOFOLLOW = Deno.build.arch === "aarch64" ? 0o100000 : 0o400000;

interface Calls extends Bound<typeof FUNCTIONS> {
  lastError(): string;
}

let calls: Calls | undefined | "refused";

/**
 * The calls, unless this process may not make them, or see what they open. It
 * is looked at first whether it may: the runtime would ask at the terminal.
 */
function allowed(): Calls | undefined {
  calls ??= prepare() ?? "refused";
  return calls === "refused" ? undefined : calls;
}

function prepare(): Calls | undefined {
  const { state } = Deno.permissions.querySync({ name: "ffi" });
  if (state !== "granted") return undefined;
  try {
    Deno.lstatSync("/proc/self/fd/.");
    return { ...bind(FUNCTIONS), lastError: errorReader() };
  } catch {
    return undefined;
  }
}

/**
 * Opens a file for reading, and never waits for it.
 *
 * @param path The file.
 * @returns The file.
 * @throws {HostError} If it cannot be opened, or is a directory.
 */
export function openFile(path: string): OpenFile {
  const known = allowed();
  return known === undefined
    ? attempt(path, () => openByName(path))
    : openPinned(path, known);
}

function openPinned(path: string, calls: Calls): OpenFile {
  const number = open(path, O_NONBLOCK | O_NOCTTY, calls);
  const close = closer(number, calls);
  const link = `/proc/self/fd/${number}`;
  try {
    return {
      ...attempt(path, () => checked(path, Deno.statSync(link))),
      get realPath() {
        return attempt(path, () => Deno.readLinkSync(link));
      },
      read: (into, offset) => read(path, { number, into, offset }, calls),
      [Symbol.dispose]: close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Closes a descriptor once: by then its number is somebody else's. */
function closer(number: number, calls: Calls): () => void {
  let isOpen = true;
  return () => {
    if (isOpen) calls.close(number);
    isOpen = false;
  };
}

function open(path: string, flags: number, calls: Calls): number {
  if (path.includes("\0")) throw new HostError("EINVAL", path);
  const bytes = new TextEncoder().encode(`${path}\0`);
  for (;;) {
    const number = calls.open(bytes, flags | O_CLOEXEC);
    if (number >= 0) return number;
    const code = calls.lastError();
    if (code !== "EINTR") throw new HostError(code, path);
  }
}

interface Piece {
  readonly number: number;
  readonly into: Uint8Array;
  readonly offset: number;
}

function read(
  path: string,
  { number, into, offset }: Piece,
  calls: Calls,
): number {
  for (;;) {
    const bytes = into as Uint8Array<ArrayBuffer>;
    const length = BigInt(into.length);
    const count = calls.pread(number, bytes, length, BigInt(offset));
    if (count >= 0) return Number(count);
    const code = calls.lastError();
    if (code !== "EINTR") throw new HostError(code, path);
  }
}

function checked(path: string, info: Deno.FileInfo) {
  if (info.isDirectory) throw new HostError("EISDIR", path);
  const kind = info.isFile ? "file" : "other";
  return { kind, size: info.size } as const;
}

// Without permission to do better: what is no file is not opened, for that
// might wait.
function openByName(path: string): OpenFile {
  const before = checked(path, Deno.statSync(path));
  if (before.kind === "other") return unopened(path, before);
  const file = Deno.openSync(path);
  try {
    const info = file.statSync();
    return {
      ...checked(path, info),
      realPath: realPathOf(path, info),
      read: (into, offset) =>
        attempt(path, () => {
          file.seekSync(offset, Deno.SeekMode.Start);
          return file.readSync(into) ?? 0;
        }),
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function unopened(path: string, info: ReturnType<typeof checked>): OpenFile {
  return {
    ...info,
    realPath: Deno.realPathSync(path),
    read() {
      throw new HostError("EINVAL", path);
    },
    [Symbol.dispose]() {},
  };
}

function realPathOf(path: string, { dev, ino }: Deno.FileInfo): string {
  const realPath = Deno.realPathSync(path);
  const found = Deno.statSync(realPath);
  if (found.dev === dev && found.ino === ino) return realPath;
  throw new HostError("ESTALE", path);
}

/**
 * Writes a new file below a directory, and makes the directories on the way.
 * Each is opened from the one above it, and none through a symbolic link.
 *
 * @param directory Where to begin: no symbolic link.
 * @param path The file's path from there, without `.` and `..`.
 * @param bytes The content.
 * @throws {HostError} If it cannot be written, or something is there.
 */
export function writeFileBelow(
  directory: string,
  path: string,
  bytes: Uint8Array,
): void {
  const known = allowed();
  const names = path.split("/");
  const name = names.pop() ?? "";
  const full = `${directory}/${path}`;
  attempt(full, () => {
    if (known !== undefined) {
      using parent = descend(directory, names, known);
      return writeNew(`${parent.path}/${name}`, bytes);
    }
    let parent = directory;
    for (const next of names) {
      parent += `/${next}`;
      makeDirectory(parent);
      if (Deno.lstatSync(parent).isDirectory) continue;
      throw new HostError("ENOTDIR", full);
    }
    writeNew(full, bytes);
  });
}

// `createNew` follows no link in the last place.
function writeNew(path: string, bytes: Uint8Array): void {
  Deno.writeFileSync(path, bytes, { createNew: true });
}

interface OpenDirectory extends Disposable {
  /** Leads to it wherever it is by now. */
  readonly path: string;
}

function descend(
  directory: string,
  names: readonly string[],
  calls: Calls,
): OpenDirectory {
  let at = openDirectory(directory, calls);
  for (const name of names) {
    using above = at;
    makeDirectory(`${above.path}/${name}`);
    at = openDirectory(`${above.path}/${name}`, calls);
  }
  return at;
}

function openDirectory(path: string, calls: Calls): OpenDirectory {
  const number = open(path, O_DIRECTORY | O_NOFOLLOW, calls);
  return {
    path: `/proc/self/fd/${number}`,
    [Symbol.dispose]: closer(number, calls),
  };
}

function makeDirectory(path: string): void {
  try {
    Deno.mkdirSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}
