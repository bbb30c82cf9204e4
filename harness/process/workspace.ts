/**
 * The temporary directory of a case, and the files put there first.
 *
 * @module
 */

import { dirname, join, normalize } from "@std/path";
import { type Host, HostError } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";

/** The part of a host that workspaces live in. */
export type WorkspaceHost = Pick<
  Host,
  | "makeDirectory"
  | "makeTempDirectory"
  | "realPath"
  | "remove"
  | "stat"
  | "writeFile"
>;

/** A file to be there before the case runs. */
export interface SetupFile {
  /** Its path below the workspace, checked by {@linkcode setupPathProblem}. */
  readonly path: string;
  /** Its content. */
  readonly text: string;
}

/** A case's temporary directory. */
export interface Workspace {
  /** Its absolute path, without symbolic links. */
  readonly path: string;
  /**
   * Writes files into it, the directories they need included.
   *
   * @param files The files, in order; a later one replaces an earlier one.
   * @throws {CaseError} `schema` if two files cannot both be there, `runtime`
   * if the system refuses.
   */
  write(files: readonly SetupFile[]): void;
  /**
   * Makes a value that names a file of the workspace absolute.
   *
   * @param value Any text.
   * @returns The file's absolute path, or the value as it is.
   */
  expand(value: string): string;
  /**
   * Writes the workspace's path as `$TMP`, so that texts are the same from
   * run to run.
   *
   * @param text Any text.
   */
  redact(text: string): string;
  /**
   * Removes the directory with all that is in it.
   *
   * @throws {HostError} If it cannot be removed.
   */
  remove(): void;
}

const live: WeakMap<WorkspaceHost, Set<string>> = new WeakMap();

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
 * import { setupPathProblem } from "./workspace.ts";
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

/**
 * Makes a workspace.
 *
 * It is known to {@linkcode removeAllWorkspaces} until it is removed.
 *
 * @param host The machine.
 * @returns The workspace: a fresh directory with nothing in it.
 * @throws {CaseError} `runtime` if no directory can be made.
 *
 * @example Usage
 * ```ts
 * import { makeWorkspace } from "./workspace.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost();
 * const workspace = makeWorkspace(host);
 * workspace.write([{ path: "conf/a.json", text: "{}" }]);
 * const path = workspace.expand("conf/a.json");
 * assertEquals(workspace.redact(path), "$TMP/conf/a.json");
 * workspace.remove();
 * assertEquals(host.mayAccess(path, "read"), false);
 * ```
 */
export function makeWorkspace(host: WorkspaceHost): Workspace {
  const path = makeDirectory(host);
  const paths = live.get(host) ?? new Set();
  live.set(host, paths.add(path));
  return {
    path,
    write: (files) => files.forEach((file) => writeFile(file, path, host)),
    expand: (value) => expand(value, path, host),
    redact: (text) => text.replaceAll(path, "$TMP"),
    remove: () => {
      host.remove(path);
      paths.delete(path);
    },
  };
}

/**
 * Removes every workspace that is still there: for whoever handles an
 * interrupt. One that cannot be removed does not keep the others.
 *
 * @param host The machine.
 *
 * @example Usage
 * ```ts
 * import { makeWorkspace, removeAllWorkspaces } from "./workspace.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost();
 * const { path } = makeWorkspace(host);
 * removeAllWorkspaces(host);
 * assertEquals(host.mayAccess(path, "read"), false);
 * ```
 */
export function removeAllWorkspaces(host: WorkspaceHost): void {
  const paths = live.get(host) ?? new Set();
  for (const path of [...paths]) {
    try {
      host.remove(path);
      paths.delete(path);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
}

function makeDirectory(host: WorkspaceHost): string {
  try {
    return host.makeTempDirectory("spec-");
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new CaseError(
      "runtime",
      `Cannot make a temporary directory: ${error.reason}; is TMPDIR a directory that can be written?`,
      { cause: error },
    );
  }
}

// The only refusals that are the document's fault: one path needs to be both
// a file and a directory.
const CLASHES: ReadonlySet<string> = new Set(["EEXIST", "EISDIR", "ENOTDIR"]);

function writeFile(
  file: SetupFile,
  root: string,
  host: WorkspaceHost,
): void {
  const problem = setupPathProblem(file.path);
  if (problem !== undefined) throw new CaseError("schema", problem);
  const path = join(root, file.path);
  try {
    host.makeDirectory(dirname(path));
    if (!isBelow(host.realPath(dirname(path)), root)) {
      throw new CaseError(
        "schema",
        `setup_files item path escapes tmp_path: ${quoted(file.path)}`,
      );
    }
    host.writeFile(path, new TextEncoder().encode(file.text));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new CaseError(
      CLASHES.has(error.code) ? "schema" : "runtime",
      `Cannot write setup file ${quoted(file.path)}: ${error.reason}`,
      { cause: error },
    );
  }
}

function expand(value: string, root: string, host: WorkspaceHost): string {
  if (value === "" || value.startsWith("/") || value.includes("\0")) {
    return value;
  }
  const path = join(root, value);
  try {
    const isFile = host.stat(path).kind === "file";
    return isFile && isBelow(host.realPath(path), root) ? path : value;
  } catch (error) {
    if (error instanceof HostError) return value;
    throw error;
  }
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
