/**
 * The folder that specifications may not reach out of.
 *
 * @module
 */

import { dirname, isAbsolute, join } from "@std/path";
import { type Host, HostError } from "../host/host.ts";
import { quoted } from "../text/printable.ts";
import { CaseError } from "./case_error.ts";

/** The part of a host that paths are checked with. */
export type PathHost = Pick<Host, "cwd" | "realPath" | "stat">;

/** What {@linkcode findContractRoot} falls back to. */
export interface ContractRootOptions {
  /**
   * What counts as root when no ancestor holds `.git`: the document's own
   * folder (the default), or the folder above it, as libraries have it.
   */
  readonly fallback?: "folder" | "parent";
}

/**
 * Finds the contract root of a document.
 *
 * It is the closest folder around the document that holds `.git` (a directory
 * or, in a work tree, a file); symbolic links in the document's path are
 * resolved first.
 *
 * Source: spec format, section 5.
 *
 * @param documentPath The document, relative to the working directory or
 * absolute. It need not exist.
 * @param host The machine.
 * @param override The folder the caller has chosen, if any.
 * @param options What to fall back to.
 * @returns An absolute path without symbolic links.
 * @throws {CaseError} `runtime` if the folder the caller has chosen cannot be
 * reached.
 *
 * @example Usage
 * ```ts
 * import { findContractRoot } from "./contract_root.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({
 *   files: { "/repo/.git/HEAD": "", "/repo/docs/a.spec.md": "" },
 *   cwd: "/repo",
 * });
 * assertEquals(findContractRoot("docs/a.spec.md", host), "/repo");
 * ```
 */
export function findContractRoot(
  documentPath: string,
  host: PathHost,
  override?: string,
  options: ContractRootOptions = {},
): string {
  if (override !== undefined) return chosenRoot(override, host);
  const folder = realFolder(documentPath, host);
  for (let at = folder;; at = dirname(at)) {
    if (exists(join(at, ".git"), host)) return at;
    if (at === "/") break;
  }
  return options.fallback === "parent" ? dirname(folder) : folder;
}

/**
 * Tells where a path leads, and whether that is inside a folder.
 *
 * The end of the path need not exist: what does exist of it is resolved. A
 * link that leads nowhere counts as a name that does not exist; whoever reads
 * the file later asks again.
 *
 * @param path The path, absolute.
 * @param root The folder, absolute and without symbolic links.
 * @param host The machine.
 * @returns The path without symbolic links, or nothing if it leads outside.
 *
 * @example A link out of the folder
 * ```ts
 * import { resolveInside } from "./contract_root.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({
 *   files: {
 *     "/etc/passwd": "",
 *     "/repo/out": { kind: "symlink", target: "/etc" },
 *   },
 * });
 * assertEquals(resolveInside("/repo/new.txt", "/repo", host), "/repo/new.txt");
 * assertEquals(resolveInside("/repo/out/passwd", "/repo", host), undefined);
 * ```
 */
export function resolveInside(
  path: string,
  root: string,
  host: PathHost,
): string | undefined {
  const real = realPath(path, host);
  return isInside(real, root) ? real : undefined;
}

/**
 * Tells where a path leads, wherever that is.
 *
 * The end of the path need not exist, as for {@linkcode resolveInside}.
 *
 * @param path The path, relative to the working directory or absolute.
 * @param host The machine.
 * @returns An absolute path without symbolic links, as far as it exists.
 *
 * @example A document behind a link
 * ```ts
 * import { resolveLinks } from "./contract_root.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({
 *   files: {
 *     "/repo/specs/a.spec.md": "",
 *     "/repo/now": { kind: "symlink", target: "specs" },
 *   },
 *   cwd: "/repo",
 * });
 * assertEquals(resolveLinks("now/a.spec.md", host), "/repo/specs/a.spec.md");
 * ```
 */
export function resolveLinks(path: string, host: PathHost): string {
  return realPath(absolute(path, host), host);
}

/**
 * Tells whether a path is a folder or lies below it.
 *
 * @param path The path, absolute and without symbolic links.
 * @param root The folder, likewise.
 * @returns Whether it does; the names alone are compared.
 *
 * @example Usage
 * ```ts
 * import { isInside } from "./contract_root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isInside("/repo/lib/a.yaml", "/repo"), true);
 * assertEquals(isInside("/repository/a.yaml", "/repo"), false);
 * ```
 */
export function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root === "/" ? "/" : `${root}/`);
}

/**
 * Makes the path of a file named in a document absolute.
 *
 * @param path The path, relative to the document's folder or absolute.
 * @param documentPath The document that names it.
 * @param host The machine.
 * @returns An absolute path, symbolic links as they are.
 *
 * @example Usage
 * ```ts
 * import { besideDocument } from "./contract_root.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ cwd: "/repo" });
 * assertEquals(besideDocument("b.md", "docs/a.spec.md", host), "/repo/docs/b.md");
 * ```
 */
export function besideDocument(
  path: string,
  documentPath: string,
  host: Pick<Host, "cwd">,
): string {
  if (isAbsolute(path)) return path;
  // Not joined, which would drop `link/..` before the link is looked at.
  return `${dirname(absolute(documentPath, host))}/${path}`;
}

function chosenRoot(path: string, host: PathHost): string {
  try {
    return host.realPath(path);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new CaseError(
      "runtime",
      `Cannot use ${quoted(path)} as contract root: ${error.reason}`,
      { cause: error },
    );
  }
}

function exists(path: string, host: PathHost): boolean {
  try {
    host.stat(path);
    return true;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function realFolder(documentPath: string, host: PathHost): string {
  return dirname(resolveLinks(documentPath, host));
}

/**
 * Makes a path absolute; nothing in it is resolved.
 *
 * @param path The path, relative to the working directory or absolute.
 * @param host Tells the working directory.
 * @returns The absolute path.
 *
 * @example Usage
 * ```ts
 * import { absolute } from "./contract_root.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(absolute("a/../b", { cwd: () => "/repo" }), "/repo/a/../b");
 * ```
 */
export function absolute(path: string, host: Pick<Host, "cwd">): string {
  return isAbsolute(path) ? path : `${host.cwd()}/${path}`;
}

/** Resolves what exists of an absolute path and joins the rest to it. */
function realPath(path: string, host: PathHost): string {
  const missing: string[] = [];
  for (let at = path;;) {
    try {
      return join(host.realPath(at || "/"), ...missing);
    } catch (error) {
      if (!(error instanceof HostError) || at === "") throw error;
    }
    const slash = at.lastIndexOf("/");
    missing.unshift(at.slice(slash + 1));
    at = at.slice(0, slash);
  }
}
