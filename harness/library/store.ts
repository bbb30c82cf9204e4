/**
 * The library files of one run: each read, parsed and compiled once.
 *
 * @module
 */

import { dirname } from "@std/path";
import { type Host, HostError } from "../../host/host.ts";
import { formatOf } from "../_document_names.ts";
import { neighbourOf } from "../_neighbour.ts";
import { type FileHost, readRegularFile } from "../_read_file.ts";
import { BROKEN_LINK } from "../_search.ts";
import type { Problem, SourceCase } from "../case.ts";
import { type PathHost, resolveLinks } from "../contract_root.ts";
import { parseDocument } from "../parse.ts";
import { type LibraryFile, openLibraryFile } from "./library_file.ts";
import { type LinkedFile, linkFile } from "./link.ts";
import { LoadError, loadOrder, type LoadStart } from "./load_order.ts";

/** The part of the machine that libraries are loaded from. */
export type LibraryHost =
  & PathHost
  & FileHost
  & Pick<Host, "lstat" | "readDirectory">;

const WHERE =
  "the path begins at the folder of the document that names the library";

/** A document that was read for its cases. */
export interface ReadDocument {
  /** As the caller named it. */
  readonly path: string;
  /** What is in it. */
  readonly items: readonly (SourceCase | Problem)[];
}

/**
 * Library files by where they really are.
 *
 * @example A library that is in memory only
 * ```ts
 * import { LibraryStore } from "./store.ts";
 * import { parseDocument } from "../parse.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = "lib.json";
 * const text = '{"id":"lib","type":"spec_lang.library","functions":{"one":1}}';
 * const bytes = new TextEncoder().encode(text);
 * const items = parseDocument({ path, format: "json" }, bytes);
 * const host = new MemoryHost({ cwd: "/repo" });
 * const store = new LibraryStore(host, [{ path, items }]);
 * const file = store.open("/repo/lib.json");
 * assertEquals(typeof file !== "string" && file.functions.size, 1);
 * assertEquals(typeof store.open("/repo/no.json"), "string");
 * ```
 */
export class LibraryStore {
  readonly #host: LibraryHost;
  readonly #documents: readonly ReadDocument[];
  readonly #files = new Map<string, LibraryFile | string>();
  readonly #linked = new Map<LibraryFile, LinkedFile>();
  #byPath: ReadonlyMap<string, ReadDocument> | undefined;

  /**
   * Begins a run.
   *
   * @param host The machine.
   * @param documents What was read already, and is not read again.
   */
  constructor(host: LibraryHost, documents: readonly ReadDocument[]) {
    this.#host = host;
    this.#documents = documents;
  }

  /**
   * Opens a library file.
   *
   * @param path The file, absolute and without symbolic links. It is not read
   * through one that was put there since: what is read is what was checked.
   * @returns The file, or why it cannot be read.
   */
  open(path: string): LibraryFile | string {
    let file = this.#files.get(path);
    if (file === undefined) {
      file = this.#openNew(path);
      this.#files.set(path, file);
    }
    return file;
  }

  /**
   * Loads library files, and checks all that is in them.
   *
   * @param start Where loading begins.
   * @returns The files in the order they were loaded; or the first fault.
   */
  load(start: LoadStart): readonly LibraryFile[] | LoadError {
    try {
      return loadOrder(start, {
        open: (path) => this.open(path),
        finish: (file) => this.link(file).faults[0],
      });
    } catch (error) {
      if (error instanceof LoadError) return error;
      throw error;
    }
  }

  /**
   * Compiles a library file.
   *
   * @param file The file; whatever it imports is compiled.
   * @returns Its functions.
   */
  link(file: LibraryFile): LinkedFile {
    let linked = this.#linked.get(file);
    if (linked === undefined) {
      const imported = { [Symbol.iterator]: () => this.#reach(file) };
      linked = linkFile(file, imported);
      this.#linked.set(file, linked);
    }
    return linked;
  }

  /** What a file imports, and what that imports, each once. */
  *#reach(file: LibraryFile): Generator<LinkedFile, void, void> {
    const reached = new Set([file]);
    for (const { imports } of reached) {
      for (const { target } of imports) {
        if (target.kind === "refused") continue;
        const found = this.open(target.path);
        if (typeof found === "string" || reached.has(found)) continue;
        reached.add(found);
        yield this.link(found);
      }
    }
  }

  #openNew(path: string): LibraryFile | string {
    const items = this.#alreadyRead().get(path)?.items ?? this.#read(path);
    if (typeof items === "string") return items;
    const file = openLibraryFile(path, items, this.#host);
    return file.libraries.length === 0 && file.faults.length === 0
      ? "there is no library in it, that is, no case of type spec_lang.library"
      : file;
  }

  // Of two documents at one place the last counts: those in memory come last.
  #alreadyRead(): ReadonlyMap<string, ReadDocument> {
    return this.#byPath ??= new Map(
      this.#documents.map((one) => [resolveLinks(one.path, this.#host), one]),
    );
  }

  #read(path: string): ReadDocument["items"] | string {
    try {
      const { kind } = this.#host.lstat(path);
      if (kind === "symlink") return BROKEN_LINK;
      if (kind === "directory") return "it is a directory: name the file";
      const file = readRegularFile(path, this.#host, { inside: dirname(path) });
      if (!file.ok) return file.reason;
      return parseDocument({ path, format: formatOf(path) }, file.bytes);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (error.code !== "ENOENT") return error.reason;
      return `${error.reason}; ${neighbourOf(path, this.#host) ?? WHERE}`;
    }
  }
}
