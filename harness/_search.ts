/** The files behind a path. */

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
export type SearchHost = Pick<Host, "stat" | "lstat" | "readDirectory">;

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
  const kind = kindOf(path, host);
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
  for (const { name, kind } of list(directory, host)) {
    const path = directory.endsWith("/")
      ? directory + name
      : `${directory}/${name}`;
    if (kind === "directory") {
      if (options.isRecursive && !NEVER_SEARCHED.has(name)) {
        yield* search(path, host, options);
      }
    } else if (
      options.isDocument(name) && !leadsToDirectory(path, kind, host)
    ) {
      yield path;
    }
  }
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

function kindOf(path: string, host: SearchHost): FileKind {
  if (path === "") {
    throw new UsageError("Cannot look for cases: a path is empty", {
      remedy: 'Write "." for the working directory',
    });
  }
  try {
    return host.stat(path).kind;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw missing(path, host, error);
  }
}

function missing(path: string, host: SearchHost, error: HostError): UsageError {
  if (error.code !== "ENOENT") return unreadable(path, error.reason, error);
  if (attempt(() => host.lstat(path).kind) === "symlink") {
    return unreadable(path, "it is a broken symbolic link", error);
  }
  const guess = siblingLike(path, host);
  return new UsageError(`Cannot find ${quoted(path)}: ${error.reason}`, {
    remedy: guess === undefined ? undefined : `Did you mean ${quoted(guess)}?`,
    cause: error,
  });
}

function unreadable(path: string, reason: string, cause: unknown): UsageError {
  return new UsageError(`Cannot read ${quoted(path)}: ${reason}`, { cause });
}

function siblingLike(path: string, host: SearchHost): string | undefined {
  const bare = path.replace(/\/+$/, "");
  const parent = bare.slice(0, bare.lastIndexOf("/") + 1);
  const entries = attempt(() => host.readDirectory(parent || ".")) ?? [];
  const names = entries.map((entry) => entry.name);
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
