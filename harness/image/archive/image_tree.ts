/**
 * The files of an image: its layers laid over each other, in memory and
 * without content.
 *
 * Source: OCI image specification, "Image Layer Filesystem Changeset".
 *
 * @module
 */

import { HostError } from "../../../host/host.ts";
import { quoted } from "../../../text/printable.ts";
import { ArchiveError } from "./archive_error.ts";
import { namesOf, parseEntryPath } from "./entry_path.ts";
import { dress, type ImageNode, impliedFolder, nodeOf } from "./image_node.ts";
import type { Layer, LayerBudget, LayerEntry, LayerRemoval } from "./layer.ts";

/** A place for messages. */
interface Place {
  readonly part: string;
  readonly entry: string;
}

/** Where a path led. */
export interface Resolved {
  /** The path itself, without links. */
  readonly path: string;
  /** What is there. */
  readonly node: ImageNode;
  /** The folders on the way, the root first. */
  readonly folders: readonly ImageNode[];
}

const MAX_LINKS = 40;

/** The files of an image. */
export class ImageTree {
  readonly #root: ImageNode = impliedFolder({ layer: "", entry: "/" });
  readonly #budget: LayerBudget;

  /**
   * Makes an empty image.
   *
   * @param budget Counts folders that no layer names.
   */
  constructor(budget: LayerBudget) {
    this.#budget = budget;
  }

  /**
   * Lays a layer over what is there.
   *
   * @param layer The layer.
   * @throws {ArchiveError} If an entry lies below what is no folder, or links
   * to what is not there.
   */
  apply(layer: Layer): void {
    const at = (entry: string) => ({ part: layer.name, entry });
    for (const { name, path } of layer.opaque) {
      this.#existing(namesOf(path), at(name))?.children.clear();
    }
    for (const removal of layer.removed) this.#remove(removal, layer.name);
    for (const entry of layer.entries) this.#put(entry, layer.name);
  }

  /**
   * Follows a path, all links inside the image.
   *
   * @param path The path, absolute.
   * @param options Whether to follow a link at its end, too. Default yes.
   * @returns What is there.
   * @throws {HostError} `ENOENT` or `ENOTDIR` if nothing is.
   * @throws {ArchiveError} If links lead in a circle or out of the image.
   */
  resolve(path: string, options: { readonly follow?: boolean } = {}): Resolved {
    const { follow = true } = options;
    const pending: Step[] = path.split("/").map((name) => ({ name }));
    let trail: Trail = [{ name: "", node: this.#root }];
    let links = 0;
    for (let next = pending.shift(); next; next = pending.shift()) {
      trail = walk(trail, next, path);
      const { node } = last(trail);
      const isLast = pending.every(({ name }) => name === "" || name === ".");
      if (node.kind !== "symlink" || (isLast && !follow)) continue;
      if (++links > MAX_LINKS) throw misleads(node, "leads in a circle");
      const steps = node.target.split("/");
      pending.unshift(...steps.map((name) => ({ name, link: node })));
      trail = trail.slice(0, node.target.startsWith("/") ? 1 : -1);
    }
    return {
      path: trail.map(({ name }) => name).join("/") || "/",
      node: last(trail).node,
      folders: trail.slice(0, -1).map(({ node }) => node),
    };
  }

  /** Every file of the image by its path, in no particular order. */
  *files(): Generator<readonly [string, ImageNode]> {
    const open = [{ path: "", entries: this.#root.children.entries() }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const { done, value } = top.entries.next();
      if (done) {
        open.pop();
        continue;
      }
      const [name, node] = value;
      const path = `${top.path}/${name}`;
      yield [path, node];
      open.push({ path, entries: node.children.entries() });
    }
  }

  #remove({ name, path }: LayerRemoval, layer: string): void {
    const place = { part: layer, entry: name };
    const names = namesOf(path);
    const folder = this.#existing(names.slice(0, -1), place);
    folder?.children.delete(names.at(-1) ?? "");
  }

  #existing(
    names: readonly string[],
    place: Place,
  ): ImageNode | undefined {
    let folder: ImageNode | undefined = this.#root;
    for (const name of names) {
      folder = folder.children.get(name);
      if (folder === undefined) return undefined;
      if (folder.kind !== "directory") throw belowNoFolder(name, place);
    }
    return folder;
  }

  #put(entry: LayerEntry, layer: string): void {
    const place = { part: layer, entry: entry.name };
    const names = namesOf(entry.path);
    const name = names.at(-1);
    if (name === undefined) return void dress(this.#root, entry);
    const folder = this.#folder(names.slice(0, -1), place);
    const before = folder.children.get(name);
    if (entry.kind === "directory" && before?.kind === "directory") {
      return void dress(before, entry);
    }
    const node = entry.kind === "hardlink"
      ? dress(this.#linked(entry, place), entry)
      : nodeOf(entry, entry.kind, { layer, entry: entry.name });
    folder.children.set(name, node);
  }

  /** The folder of an entry; those that no entry has named are made. */
  #folder(
    names: readonly string[],
    place: Place,
  ): ImageNode {
    let folder = this.#root;
    for (const name of names) {
      let next = folder.children.get(name);
      if (next === undefined) {
        this.#budget.count([name], place);
        next = impliedFolder({ layer: place.part, entry: place.entry });
        folder.children.set(name, next);
      }
      if (next.kind !== "directory") throw belowNoFolder(name, place);
      folder = next;
    }
    return folder;
  }

  #linked(
    { target }: LayerEntry,
    place: Place,
  ): ImageNode {
    const path = parseEntryPath(target);
    const node = path.ok ? this.#find(namesOf(path.path)) : undefined;
    if (node !== undefined && node.kind !== "directory") return node;
    throw new ArchiveError(
      `it is a hard link to ${quoted(target)}, which is ${
        node === undefined ? "not there" : "a folder"
      }`,
      { place },
    );
  }

  #find(names: readonly string[]): ImageNode | undefined {
    let node: ImageNode | undefined = this.#root;
    for (const name of names) node = node?.children.get(name);
    return node;
  }
}

/** A name to be looked up, and the link that asks for it. */
interface Step {
  readonly name: string;
  readonly link?: ImageNode;
}

type Trail = readonly { readonly name: string; readonly node: ImageNode }[];

function last(trail: Trail): Trail[number] {
  const end = trail.at(-1);
  if (end === undefined) throw new RangeError("a trail begins at the root");
  return end;
}

function walk(trail: Trail, { name, link }: Step, path: string): Trail {
  const { node } = last(trail);
  if (node.kind !== "directory") throw new HostError("ENOTDIR", path);
  if (name === "" || name === ".") return trail;
  if (name === "..") {
    // The kernel stops at the root; whoever counts on it means the host's.
    if (trail.length > 1) return trail.slice(0, -1);
    if (link !== undefined) throw misleads(link, "leads out of the image");
    return trail;
  }
  const child = node.children.get(name);
  if (child === undefined) throw new HostError("ENOENT", path);
  return [...trail, { name, node: child }];
}

function misleads({ target, origin }: ImageNode, how: string): ArchiveError {
  return new ArchiveError(`its target ${quoted(target)} ${how}`, {
    place: { part: origin.layer, entry: origin.entry },
  });
}

function belowNoFolder(
  name: string,
  place: Place,
): ArchiveError {
  return new ArchiveError(
    `it lies below ${
      quoted(name)
    }, which is no folder; engines disagree on what that means`,
    { place, remedy: "Have the layer name the folder as an entry of its own" },
  );
}
