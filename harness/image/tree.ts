/**
 * A rootfs tree: the files of an image, as they lie in a folder.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { loadEnvFile, loadIdentity } from "../../runner/identity.ts";
import type { MaterializedFile, RuntimeUser } from "../../runner/manifest.ts";
import { IDENTITY_FILE, RUNTIME_FILE } from "../../runner/paths.ts";

/** What a tree says about itself. */
export interface Tree {
  /** Its absolute path. */
  readonly root: string;
  /** `RUNNER_DOMAIN`; nothing if the identity is broken. */
  readonly domain: string | undefined;
  /** The declared user. */
  readonly user: RuntimeUser;
}

/** A tree that cannot be verified at all, with what to do about it. */
export class TreeError extends Error {
  /** What to do about it. */
  readonly remedy: string;

  /**
   * Makes the error.
   *
   * @param message What was wanted and what was there.
   * @param remedy What to do about it.
   */
  constructor(message: string, remedy: string) {
    super(message);
    this.name = "TreeError";
    this.remedy = remedy;
  }
}

const REBUILD =
  "Build it with: deno task build --form portable, and image materialize";

/**
 * Opens a tree: finds its user and domain.
 *
 * A broken identity is not an error here; the checks will say so. A tree that
 * does not say as whom to run cannot be run.
 *
 * @param host The machine.
 * @param path The folder.
 * @returns What the tree says about itself.
 * @throws {TreeError} If it is no tree of an image.
 *
 * @example A folder that is no tree
 * ```ts
 * import { openTree, TreeError } from "./tree.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => openTree(new MemoryHost({}), "dist/rootfs"), TreeError);
 * ```
 */
export function openTree(
  host: Pick<Host, "realPath" | "stat" | "readFile">,
  path: string,
): Tree {
  const root = realPath(host, path);
  const runtime = loadEnvFile(host, root + RUNTIME_FILE);
  if (!runtime.ok) {
    throw new TreeError(
      `Cannot read the tree's runtime: ${runtime.problems.join("; ")}`,
      REBUILD,
    );
  }
  const values = new Map(runtime.value.map(({ key, value }) => [key, value]));
  const identity = loadIdentity(host, root + IDENTITY_FILE);
  return {
    root,
    domain: identity.ok ? identity.value.domain : undefined,
    user: {
      name: required(values, "RUNTIME_USER_NAME"),
      uid: Number(required(values, "RUNTIME_USER_UID")),
      gid: Number(required(values, "RUNTIME_USER_GID")),
      home: required(values, "RUNTIME_USER_HOME"),
      workDirectory: required(values, "RUNTIME_WORKDIR"),
    },
  };
}

function realPath(host: Pick<Host, "realPath">, path: string): string {
  try {
    return host.realPath(path);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new TreeError(`Cannot open tree "${path}": ${error.reason}`, REBUILD);
  }
}

function required(values: ReadonlyMap<string, string>, key: string): string {
  const value = values.get(key);
  if (value !== undefined && value !== "") return value;
  throw new TreeError(
    `Cannot read the tree's runtime: ${key} is missing in ${RUNTIME_FILE}`,
    REBUILD,
  );
}

/**
 * Writes the contract files of an image into a tree: all of them or none.
 *
 * They are written beside their place first, then moved there in one step, so
 * that a full disk or an interrupt leaves the old files or the new ones.
 *
 * @param host The machine.
 * @param files What {@linkcode materialize} made.
 * @param out The tree; made if it is not there.
 * @throws {HostError} If something cannot be written.
 *
 * @example Usage
 * ```ts
 * import { writeContractFiles } from "./tree.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({});
 * writeContractFiles(host, [
 *   { path: "etc/runner/image.env", text: "A=b\n", mode: 0o444 },
 * ], "/out");
 * const bytes = host.readFile("/out/etc/runner/image.env");
 * assertEquals(new TextDecoder().decode(bytes), "A=b\n");
 * ```
 */
export function writeContractFiles(
  host: Pick<
    Host,
    "makeDirectory" | "writeFile" | "rename" | "remove" | "stat"
  >,
  files: readonly MaterializedFile[],
  out: string,
): void {
  const target = `${out}/etc/runner`;
  const partial = `${out}/etc/.runner.partial`;
  const previous = `${out}/etc/.runner.previous`;
  host.remove(partial);
  host.remove(previous);
  host.makeDirectory(partial);
  try {
    for (const { path, text, mode } of files) {
      if (text === undefined) host.makeDirectory(`${out}/${path}`);
      else {
        const name = path.slice(path.lastIndexOf("/") + 1);
        const bytes = new TextEncoder().encode(text);
        host.writeFile(`${partial}/${name}`, bytes, { mode });
      }
    }
    if (exists(host, target)) host.rename(target, previous);
    host.rename(partial, target);
  } finally {
    host.remove(partial);
    host.remove(previous);
  }
}

function exists(host: Pick<Host, "stat">, path: string): boolean {
  try {
    host.stat(path);
    return true;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}
