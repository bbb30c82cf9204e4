/** The files behind a path. */

import { isAbsolute, join, relative } from "@std/path";
import {
  type DirectoryEntry,
  type FileKind,
  type Host,
  HostError,
} from "../host/host.ts";
import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import { UsageError } from "./usage_error.ts";

/** The part of the machine that is looked at. */
export type SearchHost =
  & Pick<Host, "stat" | "lstat" | "readDirectory">
  & Partial<Pick<Host, "cwd" | "env">>;

/** How a directory is searched. */
export interface SearchOptions {
  /** Whether a file name is the name of a document. */
  readonly isDocument: (name: string) => boolean;
  /** Whether directories inside directories are searched. */
  readonly isRecursive: boolean;
}

// What other tools put there is never a document of this project.
const NEVER_SEARCHED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * Finds the files behind a path: the file itself, or documents in a directory.
 *
 * @param path A file or directory, as typed.
 * @param host The part of the machine that is looked at.
 * @param options How a directory is searched.
 * @throws {UsageError} If the path is missing, unreadable or something else.
 */
export function* filesOf(
  path: string,
  host: SearchHost,
  options: SearchOptions,
): Generator<string> {
  const kind = kindOf(path, host, options);
  if (kind === "file") {
    yield path;
  } else if (kind === "directory") {
    yield* search(path, host, options);
  } else {
    throw new UsageError(
      `Cannot read ${quoted(path)}: it is neither a file nor a directory`,
    );
  }
}

function* search(
  directory: string,
  host: SearchHost,
  options: SearchOptions,
): Generator<string> {
  const open = [entriesOf(directory, host)];
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    const { value } = inner.next();
    if (value === undefined) {
      open.pop();
      continue;
    }
    const { name, kind, path } = value;
    if (kind === "directory") {
      if (options.isRecursive && !NEVER_SEARCHED.has(name)) {
        open.push(entriesOf(path, host));
      }
    } else if (
      options.isDocument(name) && !leadsToDirectory(path, kind, host)
    ) {
      yield path;
    }
  }
}

function entriesOf(directory: string, host: SearchHost) {
  const parent = directory.endsWith("/") ? directory : `${directory}/`;
  return list(directory, host)
    .map((entry) => ({ ...entry, path: parent + entry.name }))
    .values();
}

function leadsToDirectory(
  path: string,
  kind: FileKind,
  host: SearchHost,
): boolean {
  return kind === "symlink" &&
    attempt(() => host.stat(path).kind === "directory") === true;
}

function list(directory: string, host: SearchHost): DirectoryEntry[] {
  try {
    return host.readDirectory(directory);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw unreadable(directory, error.reason, error);
  }
}

function kindOf(
  path: string,
  host: SearchHost,
  options: SearchOptions,
): FileKind {
  if (path === "") {
    throw new UsageError("Cannot look for cases: a path is empty", {
      remedy: 'Write "." for the working directory',
    });
  }
  try {
    return host.stat(path).kind;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw missing(path, host, { error, options });
  }
}

function missing(
  path: string,
  host: SearchHost,
  { error, options }: { error: HostError; options: SearchOptions },
): UsageError {
  if (error.code !== "ENOENT") return unreadable(path, error.reason, error);
  if (isBrokenLink(path, host)) return unreadable(path, BROKEN_LINK, error);
  const guess = siblingLike(path, host, options);
  return new UsageError(`Cannot find ${quoted(path)}: ${error.reason}`, {
    remedy: fromElsewhere(path, host) ??
      (guess === undefined ? undefined : `Did you mean ${quoted(guess)}?`),
    cause: error,
  });
}

/** Why a {@linkcode isBrokenLink broken link} cannot be read. */
export const BROKEN_LINK = "it is a broken symbolic link";

/**
 * Whether a path that leads to nothing is a link.
 *
 * @param path A path at which no file can be found.
 * @param host The part of the machine that is looked at.
 */
export function isBrokenLink(
  path: string,
  host: Pick<Host, "lstat">,
): boolean {
  return attempt(() => host.lstat(path).kind) === "symlink";
}

// A task runner starts its command in the project's root, and tells by this
// variable where it was called.
function fromElsewhere(path: string, host: SearchHost): string | undefined {
  const from = host.env?.("INIT_CWD") ?? "";
  const cwd = attempt(() => host.cwd?.());
  if (cwd === undefined || !isAbsolute(from) || isAbsolute(path)) {
    return undefined;
  }
  const there = join(from, path);
  if (from === cwd || attempt(() => host.stat(there)) === undefined) {
    return undefined;
  }
  const way = relative(cwd, there);
  const typed = way === "" || way.startsWith("..") ? there : way;
  return `Paths begin at ${quoted(cwd)}, where the command runs: write ${
    quoted(typed)
  }`;
}

function unreadable(path: string, reason: string, cause: unknown): UsageError {
  return new UsageError(`Cannot read ${quoted(path)}: ${reason}`, { cause });
}

// What a document may be called, even where a directory is not searched for it.
const READABLE = /\.(?:md|ya?ml|json)$/i;

function siblingLike(
  path: string,
  host: SearchHost,
  { isDocument }: SearchOptions,
): string | undefined {
  const bare = path.replace(/\/+$/, "");
  const parent = bare.slice(0, bare.lastIndexOf("/") + 1);
  const entries = attempt(() => host.readDirectory(parent || ".")) ?? [];
  const names = entries.filter(({ name, kind }) =>
    kind === "directory" || isDocument(name) || READABLE.test(name) ||
    leadsToDirectory(parent + name, kind, host)
  ).map(({ name }) => name);
  const guess = nearest(bare.slice(parent.length), names);
  return guess === undefined ? undefined : parent + guess;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
