/**
 * The libraries of one run.
 *
 * @module
 */

import type { SourceCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { findContractRoot, resolveLinks } from "../contract_root.ts";
import type { CompiledExpression } from "../spec_lang/compile.ts";
import { explainFault, explainLoad } from "./explain.ts";
import type { LibraryFault } from "./fault.ts";
import { parseLibrary } from "./library.ts";
import { importTarget, type LibraryFile } from "./library_file.ts";
import { strangeExport, type SymbolView, viewOf } from "./link.ts";
import { LoadError } from "./load_order.ts";
import { type LibraryHost, LibraryStore, type ReadDocument } from "./store.ts";

export type { LibraryHost, ReadDocument, SymbolView };

/** What the libraries of a run depend on. */
export interface LibrariesOptions {
  /** The machine. */
  readonly host: LibraryHost;
  /** `--contract-root`, if given. */
  readonly contractRoot?: string | undefined;
  /** The documents of the run: what is read already is not read again. */
  readonly documents?: readonly ReadDocument[];
}

/** What a case says of libraries. */
export interface LibraryKeys {
  /** The library files, in the order they are loaded. */
  readonly libraryPaths: readonly string[];
  /** What its expressions may see; what the libraries export if not given. */
  readonly exports: readonly string[] | undefined;
}

const PATHS = ["harness", "spec_lang", "library_paths"] as const;
const EXPORTS = ["harness", "spec_lang", "exports"] as const;

const NOTHING: SymbolView = viewOf([]);

/**
 * Loads libraries for the cases of a run.
 *
 * Each file is read, parsed and compiled once, however many cases use it, and
 * is known by where it really is: two names of one file are one file. Make one
 * for each run.
 *
 * Source: spec format, section 4, "spec_lang.library", and section 5.
 *
 * @example Usage
 * ```ts
 * import { Libraries } from "./libraries.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({
 *   files: {
 *     "/repo/lib.yaml":
 *       "{id: lib, type: spec_lang.library, functions: {one: 1, two: 2}}",
 *   },
 * });
 * const location = { path: "/repo/a.spec.md", line: 7, column: 1 };
 * const source = {
 *   kind: "case" as const,
 *   value: {},
 *   location,
 *   locate: () => location,
 * };
 * const keys = { libraryPaths: ["lib.yaml"], exports: ["two"] };
 * const { symbols } = new Libraries({ host }).symbolsFor(source, keys);
 * assertEquals([...symbols.keys()], ["two"]);
 * ```
 */
export class Libraries {
  readonly #host: LibraryHost;
  readonly #contractRoot: string | undefined;
  readonly #store: LibraryStore;
  readonly #views = new Map<string, SymbolView | LoadError>();
  readonly #roots = new Map<string, string>();

  /**
   * Begins a run.
   *
   * @param options The machine, and what was read already.
   */
  constructor(options: LibrariesOptions) {
    const { host, contractRoot, documents = [] } = options;
    this.#host = host;
    this.#contractRoot = contractRoot;
    this.#store = new LibraryStore(host, documents);
  }

  /**
   * Loads what a case names.
   *
   * @param source The case.
   * @param keys What it says of libraries.
   * @returns The symbols its expressions may refer to.
   * @throws {CaseError} If one of the libraries, or of those they import,
   * cannot be used: with the place in the case, the place of the fault and the
   * files that lead there.
   */
  symbolsFor(source: SourceCase, keys: LibraryKeys): SymbolView {
    const { libraryPaths, exports } = keys;
    const view = libraryPaths.length === 0
      ? NOTHING
      : this.#viewFor(source, libraryPaths);
    return exports === undefined ? view : chosen(view, exports, source);
  }

  #viewFor(source: SourceCase, paths: readonly string[]): SymbolView {
    const document = source.location.path;
    const key = JSON.stringify([document, ...paths]);
    let view = this.#views.get(key);
    if (view === undefined) {
      view = this.#load(source, paths);
      this.#views.set(key, view);
    }
    if (!(view instanceof LoadError)) return view;
    const { start = 0, fault: { category } } = view;
    const written = paths[start] ?? "";
    const message = explainLoad(view, { written, document }, this.#host);
    const location = source.locate([...PATHS, start]);
    throw new CaseError(category, message, { location, cause: view });
  }

  #load(
    source: SourceCase,
    paths: readonly string[],
  ): SymbolView | LoadError {
    const document = source.location.path;
    const imports = paths.map((written, index) => ({
      written,
      target: importTarget(written, document, this.#host),
      owner: undefined,
      locate: () => source.locate([...PATHS, index]),
    }));
    const root = this.#rootOf(document);
    const files = this.#store.load({ imports, root });
    return files instanceof LoadError
      ? files
      : viewOf(files.map((file) => this.#store.link(file)));
  }

  // Without a repository, a library may stand beside the document's folder.
  #rootOf(document: string): string {
    let root = this.#roots.get(document);
    if (root === undefined) {
      const override = this.#contractRoot;
      const options = { fallback: "parent" } as const;
      root = findContractRoot(document, this.#host, override, options);
      this.#roots.set(document, root);
    }
    return root;
  }

  /**
   * Checks a library that stands in one of the documents of the run: all that
   * it says, and that what it imports can be loaded.
   *
   * @param source The library as written.
   * @throws {CaseError} For the first thing that is wrong with it, with its
   * place.
   */
  check(source: SourceCase): void {
    parseLibrary(source);
    const document = source.location.path;
    const file = this.#store.open(resolveLinks(document, this.#host));
    if (typeof file === "string") return;
    for (const fault of this.#faultsOf(file, source)) {
      const { category, at } = fault;
      const message = explainFault(fault, document, this.#host);
      const location = at && { ...at, path: document };
      throw new CaseError(category, message, { location });
    }
  }

  /** What is wrong with one of a file's libraries; not with the others. */
  *#faultsOf(
    file: LibraryFile,
    owner: SourceCase,
  ): Generator<LibraryFault, void, void> {
    const isOwn = (one: Pick<LibraryFault, "owner">) => one.owner === owner;
    yield* file.faults.filter(isOwn);
    const document = owner.location.path;
    const root = this.#rootOf(document);
    const own = file.imports.filter(isOwn);
    for (const imports of [own, file.imports]) {
      const error = this.#store.load({ imports, from: file, root });
      if (!(error instanceof LoadError)) continue;
      const { fault, start } = error;
      const edge = start === undefined ? undefined : imports[start];
      if (start === undefined && isOwn(fault)) yield fault;
      if (edge === undefined || !isOwn(edge)) return;
      const { category } = fault;
      const { written } = edge;
      const text = explainLoad(error, { written, document }, this.#host);
      yield { category, text, at: edge.locate(), owner };
    }
    if (file.faults.length > 0) return;
    yield* this.#store.link(file).faults.filter(isOwn);
  }
}

function chosen(
  { known }: SymbolView,
  exports: readonly string[],
  source: SourceCase,
): SymbolView {
  const symbols = new Map<string, CompiledExpression>();
  for (const [index, name] of exports.entries()) {
    const code = known.get(name);
    if (code === undefined) {
      const message = strangeExport(name, known.keys());
      const location = source.locate([...EXPORTS, index]);
      throw new CaseError("schema", message, { location });
    }
    symbols.set(name, code);
  }
  return { symbols, known };
}
