/**
 * A tree of files that exists only in memory, resolved as Linux resolves.
 *
 * @module
 */

import { type Access, type FileInfo, HostError, type UserIds } from "./host.ts";

/** A node of the tree as a test writes it down. Owners default to the effective ids. */
export type MemoryFile =
  & {
    readonly mode?: number;
    readonly uid?: number;
    readonly gid?: number;
  }
  & (
    | { readonly kind: "file"; readonly content?: string | Uint8Array }
    | { readonly kind: "directory" }
    | { readonly kind: "symlink"; readonly target: string }
    | { readonly kind: "other" }
  );

interface Node {
  readonly kind: MemoryFile["kind"];
  readonly content: Uint8Array<ArrayBuffer>;
  readonly target: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Where a path leads: the node may be missing, its parent is there. */
interface Place {
  readonly path: string;
  readonly node: Node | undefined;
}

const MAX_LINKS = 40;
const MAX_NAME_BYTES = 255;
const ACCESS_BITS = { read: 4, write: 2, execute: 1 } as const;
const DEFAULT_MODES = {
  file: 0o644,
  directory: 0o755,
  symlink: 0o777,
  other: 0o666,
} as const;

/** The tree behind a memory host. */
export class MemoryFiles {
  readonly #nodes: Map<string, Node> = new Map();
  readonly #ids: UserIds;
  readonly #cwd: string;

  constructor(ids: UserIds, cwd: string) {
    this.#ids = ids;
    this.#cwd = cwd;
    this.#nodes.set("/", this.#node({ kind: "directory" }));
  }

  /** Puts a node in place, directories above it included, whatever the modes say. */
  plant(path: string, file: MemoryFile): void {
    let current = "";
    for (const name of components(path).slice(0, -1)) {
      current += `/${name}`;
      if (!this.#nodes.has(current)) {
        this.#nodes.set(current, this.#node({ kind: "directory" }));
      }
    }
    this.#nodes.set(
      `/${components(path).join("/")}`,
      this.#node(file),
    );
  }

  read(path: string): Uint8Array<ArrayBuffer> {
    const { node } = this.#existing(path);
    if (node.kind === "directory") throw new HostError("EISDIR", path);
    this.#require(node, "read", path);
    return node.content.slice();
  }

  write(path: string, bytes: Uint8Array, mode: number): void {
    const place = this.#locate(path, { follow: true });
    if (place.node?.kind === "directory" || path.endsWith("/")) {
      throw new HostError("EISDIR", path);
    }
    if (place.node === undefined) this.#requireParent(place.path, path);
    else this.#require(place.node, "write", path);
    const node = place.node ?? this.#node({ kind: "file", mode });
    this.#nodes.set(place.path, { ...node, content: new Uint8Array(bytes) });
  }

  writeBelow(directory: string, path: string, bytes: Uint8Array): void {
    const full = `${directory}/${path}`;
    const names = path.split("/").slice(0, -1);
    let at = directory;
    for (const name of names) {
      at += `/${name}`;
      const { node } = this.#locate(at, { follow: false });
      if (node === undefined) this.makeDirectory(at);
      else if (node.kind !== "directory") throw new HostError("ENOTDIR", full);
    }
    if (this.#locate(full, { follow: false }).node !== undefined) {
      throw new HostError("EEXIST", full);
    }
    this.write(full, bytes, DEFAULT_MODES.file);
  }

  stat(path: string, options: { follow: boolean }): FileInfo {
    const { node } = this.#existing(path, options);
    const size = node.kind === "symlink"
      ? byteLength(node.target)
      : node.content.length;
    return { kind: node.kind, size, mode: node.mode };
  }

  list(path: string): { name: string; kind: MemoryFile["kind"] }[] {
    const place = this.#existing(path);
    if (place.node.kind !== "directory") throw new HostError("ENOTDIR", path);
    this.#require(place.node, "read", path);
    const prefix = place.path === "/" ? "/" : `${place.path}/`;
    return [...this.#nodes]
      .filter(([key]) => key !== "/" && key.startsWith(prefix))
      .map(([key, node]) => ({
        name: key.slice(prefix.length),
        kind: node.kind,
      }))
      .filter(({ name }) => !name.includes("/"))
      .sort((a, b) => sortKey(a.name) < sortKey(b.name) ? -1 : 1);
  }

  realPath(path: string): string {
    return this.#existing(path).path;
  }

  mayAccess(path: string, access: Access): boolean {
    try {
      return this.#allows(this.#existing(path).node, access);
    } catch (error) {
      if (error instanceof HostError) return false;
      throw error;
    }
  }

  /** Tells whether a path with a slash leads to a file. */
  isFile(path: string): boolean {
    if (!path.includes("/")) return false;
    return this.#located(path)?.node?.kind === "file";
  }

  makeDirectory(path: string): void {
    let current = path.startsWith("/") ? "/" : this.#cwd;
    const names = components(path);
    for (const [index, name] of names.entries()) {
      current = current === "/" ? `/${name}` : `${current}/${name}`;
      const place = this.#locate(current, { follow: true });
      if (place.node === undefined) {
        this.#requireParent(place.path, path);
        this.#nodes.set(place.path, this.#node({ kind: "directory" }));
      } else if (place.node.kind !== "directory") {
        const isLast = index === names.length - 1;
        throw new HostError(isLast ? "EEXIST" : "ENOTDIR", path);
      }
    }
  }

  rename(from: string, to: string): void {
    const source = this.#existing(from, { follow: false });
    const target = this.#locate(to, { follow: false });
    this.#requireParent(source.path, from);
    this.#requireParent(target.path, from);
    if (target.path === source.path) return;
    const [isFolder, ontoFolder] = [source.node, target.node]
      .map((node) => node?.kind === "directory");
    if (target.path.startsWith(`${source.path}/`)) {
      throw new HostError("EINVAL", from);
    }
    if (target.node !== undefined && isFolder !== ontoFolder) {
      throw new HostError(ontoFolder ? "EISDIR" : "ENOTDIR", from);
    }
    if (ontoFolder && this.list(target.path).length > 0) {
      throw new HostError("ENOTEMPTY", from);
    }
    for (const [key, node] of [...this.#nodes]) {
      if (key !== source.path && !key.startsWith(`${source.path}/`)) continue;
      this.#nodes.delete(key);
      this.#nodes.set(target.path + key.slice(source.path.length), node);
    }
  }

  remove(path: string): void {
    const place = this.#located(path);
    if (place?.node === undefined) return;
    this.#requireParent(place.path, path);
    for (const key of [...this.#nodes.keys()]) {
      if (key === place.path || key.startsWith(`${place.path}/`)) {
        this.#nodes.delete(key);
      }
    }
  }

  #located(path: string): Place | undefined {
    try {
      return this.#locate(path, { follow: false });
    } catch (error) {
      if (error instanceof HostError && error.code === "ENOENT") return;
      throw error;
    }
  }

  #node(file: MemoryFile): Node {
    const content = file.kind === "file" ? file.content ?? "" : "";
    return {
      kind: file.kind,
      content: new Uint8Array(
        typeof content === "string"
          ? new TextEncoder().encode(content)
          : content,
      ),
      target: file.kind === "symlink" ? file.target : "",
      mode: file.mode ?? DEFAULT_MODES[file.kind],
      uid: file.uid ?? this.#ids.euid,
      gid: file.gid ?? this.#ids.egid,
    };
  }

  #existing(
    path: string,
    options: { follow: boolean } = { follow: true },
  ): Place & { readonly node: Node } {
    const { path: real, node } = this.#locate(path, options);
    if (node === undefined) throw new HostError("ENOENT", path);
    return { path: real, node };
  }

  #locate(path: string, options: { follow: boolean }): Place {
    if (path === "") throw new HostError("ENOENT", path);
    if (path.includes("\0")) throw new HostError("EINVAL", path);
    const full = path.startsWith("/") ? path : `${this.#cwd}/${path}`;
    const pending = full.split("/");
    let place: Place = { path: "/", node: this.#nodes.get("/") };
    let links = 0;
    for (let name = pending.shift(); name !== undefined;) {
      place = this.#step(place, name, path);
      const last = pending.length === 0;
      if (place.node?.kind === "symlink" && (!last || options.follow)) {
        if (++links > MAX_LINKS) throw new HostError("ELOOP", path);
        const { target } = place.node;
        pending.unshift(...target.split("/"));
        const base = target.startsWith("/") ? "/" : parentOf(place.path);
        place = { path: base, node: this.#nodes.get(base) };
      }
      name = pending.shift();
    }
    return place;
  }

  #step(from: Place, name: string, path: string): Place {
    if (from.node === undefined) {
      // A trailing slash may follow the name of a directory to be made.
      if (name === "") return from;
      throw new HostError("ENOENT", path);
    }
    if (from.node.kind !== "directory") throw new HostError("ENOTDIR", path);
    if (name === "" || name === ".") return from;
    this.#require(from.node, "execute", path);
    if (byteLength(name) > MAX_NAME_BYTES) {
      throw new HostError("ENAMETOOLONG", path);
    }
    const next = name === ".."
      ? parentOf(from.path)
      : from.path === "/"
      ? `/${name}`
      : `${from.path}/${name}`;
    return { path: next, node: this.#nodes.get(next) };
  }

  #requireParent(real: string, path: string): void {
    const parent = this.#nodes.get(parentOf(real));
    if (parent !== undefined) this.#require(parent, "write", path);
  }

  #require(node: Node, access: Access, path: string): void {
    if (!this.#allows(node, access)) throw new HostError("EACCES", path);
  }

  #allows(node: Node, access: Access): boolean {
    const { euid, egid } = this.#ids;
    if (euid === 0) {
      return access !== "execute" || node.kind === "directory" ||
        (node.mode & 0o111) !== 0;
    }
    const shift = node.uid === euid ? 6 : node.gid === egid ? 3 : 0;
    return ((node.mode >> shift) & ACCESS_BITS[access]) !== 0;
  }
}

function components(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

function sortKey(name: string): string {
  return Array.from(
    name,
    (c) => (c.codePointAt(0) ?? 0).toString(16).padStart(6, "0"),
  ).join("");
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
