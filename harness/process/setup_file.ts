/**
 * Files that are put into a case's temporary directory before it runs.
 *
 * @module
 */

import { normalize } from "@std/path";
import { type Host, HostError } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";

/** The part of a host that setup files are written with. */
export type SetupHost = Pick<Host, "lstat" | "realPath" | "writeFileBelow">;

/** A file to be there before the case runs. */
export interface SetupFile {
  /** Its path below the workspace, checked by {@linkcode setupPathProblem}. */
  readonly path: string;
  /** Its content. */
  readonly text: string;
}

/**
 * Says what is wrong with the path of a setup file, before there is a
 * workspace to put it in.
 *
 * Source: harness contract, "Path Safety".
 *
 * @param path The path, as written.
 * @returns A complete message, or nothing if the path is fine.
 *
 * @example Usage
 * ```ts
 * import { setupPathProblem } from "./setup_file.ts";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * assertEquals(setupPathProblem("conf/a.json"), undefined);
 * assertStringIncludes(
 *   setupPathProblem("../a.json") ?? "",
 *   "setup_files item path escapes tmp_path",
 * );
 * ```
 */
export function setupPathProblem(path: string): string | undefined {
  if (path.startsWith("/")) {
    return `setup_files item path must be relative, found ${quoted(path)}`;
  }
  const plain = normalize(path);
  if (plain === ".." || plain.startsWith("../")) {
    return `setup_files item path escapes tmp_path: ${quoted(path)}`;
  }
  if (plain === "." || plain.endsWith("/") || path.includes("\0")) {
    return `setup_files item path must name a file, found ${quoted(path)}`;
  }
  return undefined;
}

// The only refusals that are the document's fault: one path needs to be both
// a file and a directory.
const CLASHES: ReadonlySet<string> = new Set(["EEXIST", "EISDIR", "ENOTDIR"]);

/**
 * Writes a setup file, the directories it needs included.
 *
 * @param file The file. It is new: nothing is replaced, and no link is followed.
 * @param root The case's temporary directory, without symbolic links.
 * @param host The machine.
 * @throws {CaseError} `schema` if something is in its place, or a link on the
 * way; `runtime` if the system refuses.
 *
 * @example Usage
 * ```ts
 * import { writeSetupFile } from "./setup_file.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const link = { kind: "symlink", target: "/etc" } as const;
 * const host = new MemoryHost({ files: { "/tmp/case/out": link } });
 * writeSetupFile({ path: "a/b.txt", text: "" }, "/tmp/case", host);
 * assertThrows(() =>
 *   writeSetupFile({ path: "out/b.txt", text: "" }, "/tmp/case", host)
 * );
 * ```
 */
export function writeSetupFile(
  file: SetupFile,
  root: string,
  host: SetupHost,
): void {
  const problem = setupPathProblem(file.path);
  if (problem !== undefined) throw new CaseError("schema", problem);
  const path = normalize(file.path);
  try {
    host.writeFileBelow(root, path, new TextEncoder().encode(file.text));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const isClash = CLASHES.has(error.code);
    throw new CaseError(
      isClash ? "schema" : "runtime",
      isClash && hasLink(path, root, host)
        ? `setup_files item path escapes tmp_path: ${quoted(file.path)}`
        : `Cannot write setup file ${quoted(file.path)}: ${error.reason}`,
      { cause: error },
    );
  }
}

// For the message alone: nothing was written.
function hasLink(path: string, root: string, host: SetupHost): boolean {
  const names = path.split("/");
  return names.some((_, index) => {
    const at = [root, ...names.slice(0, index + 1)].join("/");
    return attempt(() => host.lstat(at).kind) === "symlink";
  });
}

/** What the machine tells, or nothing if it refuses. */
export function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

/** Tells whether a path is a directory or below it; both are absolute. */
export function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
