/**
 * A file of an image, without its content.
 *
 * @module
 */

import type { LayerEntry } from "./layer.ts";

/** Where a file came from. */
export interface Origin {
  /** The layer, as messages call it. */
  readonly layer: string;
  /** The entry, as it is written. */
  readonly entry: string;
}

/** A file of an image. Hard links share one. */
export interface ImageNode {
  /** What it is. */
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** Permission bits with set-uid, set-gid and sticky. */
  mode: number;
  /** The owner. */
  uid: number;
  /** The group. */
  gid: number;
  /** Bytes of content. */
  readonly size: number;
  /** What a symbolic link points at. */
  readonly target: string;
  /** Whether it carries capabilities. */
  readonly hasCapabilities: boolean;
  /** The content, where it was kept. */
  content: Uint8Array | undefined;
  /** The layer and the entry it came from. */
  readonly origin: Origin;
  /** What lies in it, if it is a directory. */
  readonly children: Map<string, ImageNode>;
}

/**
 * Makes a folder that no entry names: an entry lies in it.
 *
 * @param origin Where that entry is.
 * @returns The folder, as engines make it.
 */
export function impliedFolder(origin: Origin): ImageNode {
  return {
    ...{ kind: "directory", mode: 0o755, uid: 0, gid: 0, size: 0, target: "" },
    hasCapabilities: false,
    content: undefined,
    origin,
    children: new Map(),
  };
}

/**
 * Makes a file of an entry.
 *
 * @param entry The entry.
 * @param kind What it is.
 * @param origin Where it is.
 * @returns The file.
 */
export function nodeOf(
  entry: LayerEntry,
  kind: ImageNode["kind"],
  origin: Origin,
): ImageNode {
  const { mode, uid, gid, size, target, hasCapabilities, content } = entry;
  const isFolder = kind === "directory";
  return {
    ...{ kind, mode, uid, gid, size, target, hasCapabilities, content, origin },
    children: isFolder ? new Map() : NO_CHILDREN,
  };
}

/** Shared by everything that can have none: a file is what there is most of. */
const NO_CHILDREN: Map<string, ImageNode> = new Map();

/**
 * Gives a file the owner and mode of a later entry for the same file.
 *
 * @param node The file.
 * @param entry The entry.
 * @returns The same file.
 */
export function dress(node: ImageNode, entry: LayerEntry): ImageNode {
  node.mode = entry.mode;
  node.uid = entry.uid;
  node.gid = entry.gid;
  return node;
}
