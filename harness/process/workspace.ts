/**
 * The temporary directory of a case, and the files put there first.
 *
 * @module
 */

import { join } from "@std/path";
import { type Host, HostError, type MarkedProcesses } from "../../host/host.ts";
import { CaseError } from "../case_error.ts";
import {
  attempt,
  isBelow,
  type SetupFile,
  type SetupHost,
  writeSetupFile,
} from "./setup_file.ts";

/** The part of a host that workspaces live in. */
export type WorkspaceHost =
  & SetupHost
  & Pick<Host, "makeTempDirectory" | "markedProcesses" | "remove" | "stat">;

/** The variable that tells a case's programs, and all they start, its workspace. */
export const WORKSPACE_VARIABLE = "SPEC_RUNNER_TMPDIR";

/** A case's temporary directory. */
export interface Workspace {
  /** Its absolute path, without symbolic links. */
  readonly path: string;
  /** The processes that are told of it. */
  readonly processes: MarkedProcesses;
  /**
   * Writes files into it, the directories they need included.
   *
   * @param files The files. Each is new: nothing is replaced.
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
   * Kills the processes that are told of it, and removes the directory with all
   * that is in it.
   *
   * @throws {HostError} If it cannot be removed.
   */
  remove(): void;
}

const live: WeakMap<WorkspaceHost, Set<Workspace>> = new WeakMap();

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
  const all = live.get(host) ?? new Set();
  const mark = { variable: WORKSPACE_VARIABLE, value: path };
  const workspace: Workspace = {
    path,
    processes: host.markedProcesses(mark),
    write: (files) => files.forEach((file) => writeSetupFile(file, path, host)),
    expand: (value) => expand(value, path, host),
    redact: (text) => text.replaceAll(path, "$TMP"),
    remove() {
      workspace.processes.killAll();
      host.remove(path);
      all.delete(workspace);
    },
  };
  live.set(host, all.add(workspace));
  return workspace;
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
  for (const workspace of [...live.get(host) ?? []]) {
    try {
      workspace.remove();
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

function expand(value: string, root: string, host: WorkspaceHost): string {
  if (value === "" || value.startsWith("/") || value.includes("\0")) {
    return value;
  }
  const path = join(root, value);
  const target = attempt(() =>
    host.stat(path).kind === "file" ? host.realPath(path) : undefined
  );
  return target !== undefined && isBelow(target, root) ? path : value;
}
