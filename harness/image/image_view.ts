/**
 * The files of an image that is not started: looked at, never run.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import type { FileReader } from "../../runner/identity.ts";
import type { PlacedFile } from "./access.ts";
import { ArchiveError } from "./archive/archive_error.ts";
import type { ImageTree, Resolved } from "./archive/image_tree.ts";

/** A file of an image. */
export interface ViewedFile extends PlacedFile {
  /** Bytes of its content, or of what a symbolic link points at. */
  readonly size: number;
  /** What a symbolic link points at, where that is known. */
  readonly target: string | undefined;
}

/** The files of an image, by their absolute paths in it. */
export interface ImageView extends FileReader {
  /**
   * Looks at a path itself, the last symbolic link not followed.
   *
   * @param path The path.
   * @returns What is there, or nothing.
   */
  look(path: string): ViewedFile | undefined;
  /**
   * Lists a directory.
   *
   * @param path The directory.
   * @returns The names in it, sorted; none if there is no such directory.
   */
  names(path: string): readonly string[];
}

/**
 * Looks at a rootfs tree in a folder.
 *
 * Owners are those that the files will have in the image, where a build copies
 * them as root. The folders above them are there already, and not looked at.
 *
 * @param host The machine.
 * @param root The folder.
 * @returns The files.
 *
 * @example Usage
 * ```ts
 * import { viewFolder } from "./image_view.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/tree/etc/motd": "hello" } });
 * const view = viewFolder(host, "/tree");
 * assertEquals(view.look("/etc/motd")?.size, 5);
 * assertEquals(view.names("/etc"), ["motd"]);
 * ```
 */
export function viewFolder(
  host: Pick<Host, "lstat" | "stat" | "readFile" | "readDirectory">,
  root: string,
): ImageView {
  return {
    look(path) {
      const info = attempt(() => host.lstat(root + path));
      return info === undefined ? undefined : { ...info, ...COPIED };
    },
    names: (path) =>
      attempt(() => host.readDirectory(root + path))?.map(({ name }) => name) ??
        [],
    stat: (path) => host.stat(root + path),
    readFile: (path) => host.readFile(root + path),
  };
}

const COPIED = { uid: 0, gid: 0, target: undefined, folders: [] } as const;

/**
 * Looks at a saved image.
 *
 * @param tree The files that {@linkcode readImage} found.
 * @returns The files. One that is there but was not kept cannot be read.
 *
 * @example An image without files
 * ```ts
 * import { viewTree } from "./image_view.ts";
 * import { ImageTree } from "./archive/image_tree.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const view = viewTree(new ImageTree({ count: () => {} }));
 * assertEquals(view.look("/etc/motd"), undefined);
 * ```
 */
export function viewTree(tree: ImageTree): ImageView {
  return {
    look(path) {
      const found = attempt(() => tree.resolve(path, { follow: false }));
      return found === undefined ? undefined : viewed(found);
    },
    names(path) {
      const node = attempt(() => tree.resolve(path))?.node;
      return [...node?.children.keys() ?? []].toSorted();
    },
    stat(path) {
      const { kind, size, mode } = tree.resolve(path).node;
      // What was followed is no link any more.
      return { kind: kind === "symlink" ? "other" : kind, size, mode };
    },
    readFile(path) {
      const { kind, content } = tree.resolve(path).node;
      if (kind === "directory") throw new HostError("EISDIR", path);
      if (content !== undefined) return new Uint8Array(content);
      throw new ArchiveError("it is too large to be read", {
        place: { entry: path },
      });
    },
  };
}

function viewed({ node, folders }: Resolved): ViewedFile {
  const { kind, mode, uid, gid } = node;
  const target = kind === "symlink" ? node.target : undefined;
  const size = target === undefined
    ? node.size
    : new TextEncoder().encode(target).length;
  return { kind, mode, uid, gid, size, target, folders };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}
