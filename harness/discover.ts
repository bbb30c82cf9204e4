/**
 * Which documents a run reads.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import { compileGlob } from "./_glob.ts";
import { UsageError } from "./usage_error.ts";

/** How a document writes its cases. */
export type CaseFormat = "md" | "yaml" | "json";

/** What counts as a document in a directory. */
export interface DiscoverOptions {
  /** Names of Markdown documents. Default `*.spec.md`. */
  readonly pattern?: string;
  /** Which formats are looked for. Default Markdown alone. */
  readonly formats?: readonly CaseFormat[];
  /** Whether directories inside directories are searched. Default false. */
  readonly recursive?: boolean;
}

/** A document that may hold cases. */
export interface SpecDocument {
  /** As the caller would reach it: the argument, or `ARGUMENT/NAME`. */
  readonly path: string;
  /** How it writes its cases. */
  readonly format: CaseFormat;
}

/** The part of the machine that {@linkcode discover} looks at. */
export type DiscoverHost = Pick<Host, "stat" | "lstat" | "readDirectory">;

const FORMAT_PATTERNS: ReadonlyMap<CaseFormat, readonly string[]> = new Map([
  ["md", []],
  ["yaml", ["*.spec.yaml", "*.spec.yml"]],
  ["json", ["*.spec.json"]],
]);

// What other tools put there is never a document of this project.
const NEVER_SEARCHED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * Finds the documents behind the arguments of a run.
 *
 * A file is taken as it is, whatever its name, its format is told by its
 * extension. A directory gives the files in it whose names match, in the
 * order of the host, that is by code point; `recursive` also searches the
 * directories in it, but for `.git`, `node_modules` and symbolic links to
 * directories. A document that is reached twice is returned once. A broken
 * link whose name matches is returned, so that reading it fails.
 *
 * @param paths Files and directories, as typed.
 * @param host The part of the machine it looks at.
 * @param options What counts as a document in a directory.
 * @returns The documents, in the order of the arguments; at least one.
 * @throws {UsageError} If there is no path, a path is missing or cannot be
 * read, the pattern is empty or broken, a format is empty or unknown, or
 * nothing was found.
 *
 * @example Find the documents of a directory
 * ```ts
 * import { discover } from "./discover.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const directory = { kind: "directory", size: 0, mode: 0o755 } as const;
 * const host = {
 *   stat: () => directory,
 *   lstat: () => directory,
 *   readDirectory: () => [
 *     { name: "README.md", kind: "file" as const },
 *     { name: "run.spec.md", kind: "file" as const },
 *   ],
 * };
 * assertEquals(discover(["specs"], host), [
 *   { path: "specs/run.spec.md", format: "md" },
 * ]);
 * ```
 */
export function discover(
  paths: readonly string[],
  host: DiscoverHost,
  options: DiscoverOptions = {},
): SpecDocument[] {
  if (paths.length === 0) {
    throw new UsageError("Cannot look for cases: no path was given", {
      remedy: "Name a directory or a file, such as specs/",
    });
  }
  const isDocument = documentNames(options);
  const found = new Map<string, SpecDocument>();
  for (const path of paths) {
    for (const file of filesOf(path, host, options, isDocument)) {
      found.set(identityOf(file), { path: file, format: formatOf(file) });
    }
  }
  if (found.size === 0) throw nothingFound(paths, host, options);
  return [...found.values()];
}

function documentNames(options: DiscoverOptions): (name: string) => boolean {
  const globs = namePatterns(options).map((pattern) => {
    const glob = compileGlob(pattern);
    if (glob.ok) return glob;
    throw new UsageError(
      `Cannot use ${quoted(pattern)} as case file pattern: it ${glob.reason}`,
    );
  });
  return (name) => globs.some((glob) => glob.matches(name));
}

function namePatterns(options: DiscoverOptions): string[] {
  const { pattern = "*.spec.md", formats = ["md"] } = options;
  if (pattern === "") {
    throw new UsageError(
      "Cannot look for cases: the case file pattern is empty",
      {
        remedy: 'Leave it out for "*.spec.md"',
      },
    );
  }
  if (pattern.includes("/")) {
    throw new UsageError(
      `Cannot use ${quoted(pattern)} as case file pattern: it contains "/"`,
      { remedy: "The pattern is for file names; give the directory as a path" },
    );
  }
  if (formats.length === 0) throw unknownFormat("");
  return formats.flatMap((format) => {
    const patterns = FORMAT_PATTERNS.get(format);
    if (patterns === undefined) throw unknownFormat(format);
    return format === "md" ? [pattern] : patterns;
  });
}

function unknownFormat(format: string): UsageError {
  const known = [...FORMAT_PATTERNS.keys()];
  const guess = nearest(format.toLowerCase(), known);
  return new UsageError(
    format === ""
      ? "Cannot look for cases: a case format is empty"
      : `Cannot look for cases: ${quoted(format)} is no case format`,
    {
      remedy: guess === undefined
        ? `Give one or more of ${known.join(", ")}`
        : `Did you mean "${guess}"?`,
    },
  );
}

function* filesOf(
  path: string,
  host: DiscoverHost,
  options: DiscoverOptions,
  isDocument: (name: string) => boolean,
): Generator<string> {
  const kind = kindOf(path, host);
  if (kind === "file") {
    yield path;
  } else if (kind === "directory") {
    yield* search(path, host, options, isDocument);
  } else {
    throw new UsageError(
      `Cannot read ${quoted(path)}: it is neither a file nor a directory`,
    );
  }
}

function* search(
  directory: string,
  host: DiscoverHost,
  options: DiscoverOptions,
  isDocument: (name: string) => boolean,
): Generator<string> {
  for (const { name, kind } of list(directory, host)) {
    const path = join(directory, name);
    if (kind === "directory") {
      if (options.recursive === true && !NEVER_SEARCHED.has(name)) {
        yield* search(path, host, options, isDocument);
      }
    } else if (isDocument(name) && !leadsToDirectory(path, kind, host)) {
      yield path;
    }
  }
}

function leadsToDirectory(
  path: string,
  kind: string,
  host: DiscoverHost,
): boolean {
  if (kind !== "symlink") return false;
  try {
    return host.stat(path).kind === "directory";
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function list(directory: string, host: DiscoverHost) {
  try {
    return host.readDirectory(directory);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw unreadable(directory, error.reason, error);
  }
}

function kindOf(path: string, host: DiscoverHost): string {
  if (path === "") {
    throw new UsageError('Cannot look for cases: a path is ""');
  }
  try {
    return host.stat(path).kind;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.code !== "ENOENT") throw unreadable(path, error.reason, error);
    if (isLink(path, host)) {
      throw unreadable(path, "it is a broken symbolic link", error);
    }
    const guess = siblingLike(path, host);
    throw new UsageError(`Cannot find ${quoted(path)}: ${error.reason}`, {
      remedy: guess === undefined
        ? undefined
        : `Did you mean ${quoted(guess)}?`,
      cause: error,
    });
  }
}

function unreadable(path: string, reason: string, cause: unknown): UsageError {
  return new UsageError(`Cannot read ${quoted(path)}: ${reason}`, { cause });
}

function isLink(path: string, host: DiscoverHost): boolean {
  try {
    return host.lstat(path).kind === "symlink";
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function siblingLike(path: string, host: DiscoverHost): string | undefined {
  const [, parent = "", name = ""] = /^(.*?)([^/]*)\/*$/s.exec(path) ?? [];
  try {
    const names = host.readDirectory(parent === "" ? "." : parent)
      .map((entry) => entry.name);
    const guess = nearest(name, names);
    return guess === undefined ? undefined : parent + guess;
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

function nothingFound(
  paths: readonly string[],
  host: DiscoverHost,
  options: DiscoverOptions,
): UsageError {
  const patterns = namePatterns(options).map(quoted).join(" or ");
  const places = paths.map(quoted).join(", ");
  return new UsageError(
    `Cannot find any case: no file in ${places} matches ${patterns}`,
    { remedy: otherPlace(paths, host, options) },
  );
}

// The first of the options that would have found something.
function otherPlace(
  paths: readonly string[],
  host: DiscoverHost,
  options: DiscoverOptions,
): string | undefined {
  const tries: readonly [string, DiscoverOptions][] = [
    ["--case-formats md,yaml,json", { formats: ["md", "yaml", "json"] }],
    ["--recursive", { recursive: true }],
    ['--case-file-pattern "*.md"', { pattern: "*.md" }],
  ];
  for (const [flag, change] of tries) {
    const wider = { ...options, ...change };
    const isDocument = documentNames(wider);
    for (const path of paths) {
      const first = filesOf(path, host, wider, isDocument).next();
      if (!first.done) return `${flag} would find ${quoted(first.value)}`;
    }
  }
  return undefined;
}

function formatOf(path: string): CaseFormat {
  if (/\.ya?ml$/i.test(path)) return "yaml";
  return /\.json$/i.test(path) ? "json" : "md";
}

function identityOf(path: string): string {
  return path.replace(/\/(?:\.?\/)+/g, "/").replace(/^(?:\.\/)+/, "");
}

function join(directory: string, name: string): string {
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}
