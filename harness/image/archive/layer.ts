/**
 * One layer of an image: what it adds, and what it takes away from the layers
 * below.
 *
 * Source: OCI image specification, "Image Layer Filesystem Changeset".
 *
 * @module
 */

import { ArchiveError, type ArchivePlace } from "./archive_error.ts";
import { type EntryPath, namesOf, parseEntryPath } from "./entry_path.ts";
import type { TarKind } from "./tar_header.ts";
import type { TarEntry } from "./read_tar.ts";

/** An entry of a layer, without its content. */
export interface LayerEntry {
  /** Its name as written, for messages. */
  readonly name: string;
  /** Where it goes. */
  readonly path: EntryPath;
  /** What it is. */
  readonly kind: TarKind;
  /** Permission bits with set-uid, set-gid and sticky. */
  readonly mode: number;
  /** The owner. */
  readonly uid: number;
  /** The group. */
  readonly gid: number;
  /** Bytes of content. */
  readonly size: number;
  /** What a symbolic link points at; the path of a hard link. */
  readonly target: string;
  /** Whether it carries capabilities. */
  readonly hasCapabilities: boolean;
  /** The content, where it was asked for. */
  readonly content: Uint8Array | undefined;
}

/** What a layer does. */
export interface Layer {
  /** How messages call it: by number and name. */
  readonly name: string;
  /** Folders of the layers below whose content goes away. */
  readonly opaque: readonly LayerRemoval[];
  /** What goes away of the layers below. */
  readonly removed: readonly LayerRemoval[];
  /** What it adds, in its order. */
  readonly entries: readonly LayerEntry[];
}

/** Something of the layers below that goes away. */
export interface LayerRemoval {
  /** The name of the entry that says so, for messages. */
  readonly name: string;
  /** What goes away. */
  readonly path: EntryPath;
}

/** Counts what all layers of an image hold together. */
export interface LayerBudget {
  /**
   * Counts one more file.
   *
   * @param names Its name, and what it points at.
   * @param place Where it is.
   * @throws {ArchiveError} If there are too many, or their names are too long.
   */
  count(names: readonly string[], place: ArchivePlace): void;
}

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";
const META = ".wh..wh.";

/** How a layer is collected. */
export interface LayerOptions {
  /** How messages call it. */
  readonly name: string;
  /** Counts its entries. */
  readonly budget: LayerBudget;
  /** Reads the content of a file that is of interest. */
  readonly readContent: (
    path: string,
    entry: TarEntry,
  ) => Promise<Uint8Array | undefined>;
}

/** Collects the entries of a layer. */
export class LayerBuilder {
  readonly #options: LayerOptions;
  readonly #opaque: LayerRemoval[] = [];
  readonly #removed: LayerRemoval[] = [];
  readonly #entries: Map<EntryPath, LayerEntry> = new Map();

  /**
   * Begins a layer.
   *
   * @param options How it is collected.
   */
  constructor(options: LayerOptions) {
    this.#options = options;
  }

  /**
   * Takes an entry.
   *
   * @param entry The entry.
   * @throws {ArchiveError} If its name leads out of the image, or it was there
   * before. Folders may be given again, as some builders do.
   */
  async add(entry: TarEntry): Promise<void> {
    const { name, kind, target } = entry;
    const { budget, readContent } = this.#options;
    budget.count([name, target], { entry: name });
    if (kind === "symlink") checkTarget(target, name);
    const path = entryPath(name, name, "name");
    const last = path.slice(path.lastIndexOf("/") + 1);
    if (last.startsWith(WHITEOUT)) return this.#takeAway(name, path, last);
    const content = kind === "file"
      ? await readContent(path, entry)
      : undefined;
    this.#put({ ...entry, path, content });
  }

  /** What was collected. */
  finish(): Layer {
    return {
      name: this.#options.name,
      opaque: this.#opaque,
      removed: this.#removed,
      entries: [...this.#entries.values()],
    };
  }

  #put(entry: LayerEntry): void {
    const { name, kind, path } = entry;
    const before = this.#entries.get(path);
    if (
      before !== undefined &&
      !(before.kind === "directory" && kind === "directory")
    ) {
      throw refused(name, "it is there twice");
    }
    if (path === "" && kind !== "directory") {
      throw refused(name, "the root of an image is a folder");
    }
    if (kind === "hardlink") entryPath(entry.target, name, "target");
    this.#entries.set(path, slim(entry));
  }

  #takeAway(name: string, path: EntryPath, last: string): void {
    const folder = path.slice(0, path.length - last.length);
    if (last === OPAQUE) {
      this.#opaque.push({ name, path: entryPath(`./${folder}`, name, "name") });
    } else if (!last.startsWith(META)) {
      const target = last.slice(WHITEOUT.length);
      if (namesOf(target).length === 0 || target === "..") {
        throw refused(name, "it removes nothing that has a name");
      }
      const removed = entryPath(folder + target, name, "name");
      this.#removed.push({ name, path: removed });
    }
  }
}

/** The entry alone, without what it was read from. */
function slim(entry: LayerEntry): LayerEntry {
  const { name, path, kind, mode, uid, gid, size, target } = entry;
  const { hasCapabilities, content } = entry;
  return {
    ...{ name, path, kind, mode, uid, gid, size, target },
    ...{ hasCapabilities, content },
  };
}

const MAX_TARGET_BYTES = 4096;

function checkTarget(target: string, entry: string): void {
  const bytes = new TextEncoder().encode(target).length;
  if (bytes > 0 && bytes <= MAX_TARGET_BYTES && !target.includes("\0")) return;
  throw refused(entry, "its target is empty, too long or holds a zero byte");
}

function entryPath(path: string, entry: string, what: string): EntryPath {
  const result = parseEntryPath(path);
  if (result.ok) return result.path;
  throw refused(entry, `its ${what} ${result.reason}`);
}

function refused(entry: string, problem: string): ArchiveError {
  return new ArchiveError(problem, { place: { entry } });
}
