/**
 * Which documents a run reads.
 *
 * @module
 */

import { type FileKind, HostError } from "../host/host.ts";
import { quoted } from "../text/printable.ts";
import { documentNames, formatOf, namePatterns } from "./_document_names.ts";
import { filesOf, type SearchHost } from "./_search.ts";
import { UsageError } from "./usage_error.ts";

export type { SearchHost };

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
  /** The lines whose cases are wanted, from 1. Default: all cases are. */
  readonly lines?: readonly number[];
}

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
 * `FILE:LINE` is a file of which only the case at that line is wanted, unless
 * there is a file of that name; `FILE:LINE:COLUMN` is the same, as messages
 * write it. Where a file is also reached otherwise, all of it is wanted.
 *
 * A path that is missing here but is there from where a task runner was
 * called (`INIT_CWD`) is refused too; the remedy tells how to write it.
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
  host: SearchHost,
  options: DiscoverOptions = {},
): SpecDocument[] {
  if (paths.length === 0) {
    throw new UsageError("Cannot look for cases: no path was given", {
      remedy: "Name a directory or a file, such as specs/",
    });
  }
  const { pattern = "*.spec.md", formats = ["md"], recursive = false } =
    options;
  const patterns = namePatterns(pattern, formats);
  const search = {
    isDocument: documentNames(patterns),
    isRecursive: recursive,
  };
  const found = new Map<string, SpecDocument>();
  for (const word of paths) {
    const { path, lines } = placeOf(word, host);
    for (const file of filesOf(path, host, search)) {
      const name = identityOf(file);
      const document = { path: file, format: formatOf(file), ...lines };
      found.set(name, both(found.get(name), document));
    }
  }
  if (found.size > 0) return [...found.values()];
  throw new UsageError(
    `Cannot find any case: no file in ${paths.map(quoted).join(", ")} matches ${
      patterns.map(quoted).join(" or ")
    }`,
    { remedy: otherWay(paths, host, { pattern, formats, recursive }) },
  );
}

const PLACE_REGEXP = /^(?<path>.+?):(?<line>[0-9]{1,9})(?::[0-9]+)?$/s;

function placeOf(word: string, host: SearchHost) {
  const { path, line } = PLACE_REGEXP.exec(word)?.groups ?? {};
  if (path === undefined || kindAt(word, host) !== undefined) {
    return { path: word };
  }
  const wrong = (reason: string) =>
    new UsageError(`Cannot look for a case at ${quoted(word)}: ${reason}`, {
      remedy: "Write FILE:LINE, such as specs/run.spec.md:42",
    });
  if (Number(line) === 0) throw wrong("lines count from 1");
  if (kindAt(path, host) === "directory") {
    throw wrong(`${quoted(path)} is a directory`);
  }
  return { path, lines: { lines: [Number(line)] } };
}

function kindAt(path: string, host: SearchHost): FileKind | undefined {
  try {
    return host.stat(path).kind;
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

/** One document that is reached twice. */
function both(
  first: SpecDocument | undefined,
  { lines, ...document }: SpecDocument,
): SpecDocument {
  if (first === undefined) return lines ? { ...document, lines } : document;
  const { lines: others, ...all } = first;
  return lines && others ? { ...all, lines: [...others, ...lines] } : all;
}

// The first change of the options that would find something.
function otherWay(
  paths: readonly string[],
  host: SearchHost,
  given: Required<DiscoverOptions>,
): string | undefined {
  const changes: readonly [string, DiscoverOptions][] = [
    ["--case-formats md,yaml,json", { formats: ["md", "yaml", "json"] }],
    ["--recursive", { recursive: true }],
    ['--case-file-pattern "*.md"', { pattern: "*.md" }],
  ];
  for (const [flag, change] of changes) {
    const { pattern, formats, recursive } = { ...given, ...change };
    const isDocument = documentNames(namePatterns(pattern, formats));
    for (const path of paths) {
      const search = { isDocument, isRecursive: recursive };
      const [first] = filesOf(path, host, search);
      if (first !== undefined) return `${flag} would find ${quoted(first)}`;
    }
  }
  return undefined;
}

// "./a//b" and "a/b" are one file.
function identityOf(path: string): string {
  return path.replace(/\/(?:\.?\/)+/g, "/").replace(/^(?:\.\/)+/, "");
}
