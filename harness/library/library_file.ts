/**
 * A file that holds libraries, looked at for itself: not what it imports.
 *
 * @module
 */

import { isAbsolute } from "@std/path";
import { quoted } from "../../text/printable.ts";
import { LIBRARY_PATH } from "../_case_shapes.ts";
import { isLibrary } from "../_library_type.ts";
import type { KeyPath, Problem, SourceCase } from "../case.ts";
import { CaseError, type Location } from "../case_error.ts";
import {
  besideDocument,
  type PathHost,
  resolveLinks,
} from "../contract_root.ts";
import type { Json } from "../json.ts";
import type { LibraryFault } from "./fault.ts";
import { type Library, parseLibrary } from "./library.ts";

/** A file that holds libraries. */
export interface LibraryFile {
  /** Its path, absolute and without symbolic links. */
  readonly path: string;
  /** Its libraries, in their order. None if the file holds none. */
  readonly libraries: readonly Library[];
  /** The functions of all of them, which see each other. */
  readonly functions: ReadonlyMap<string, LibraryFunction>;
  /** The library files they name, in their order. */
  readonly imports: readonly LibraryImport[];
  /** What is wrong with it in itself. */
  readonly faults: readonly LibraryFault[];
}

/** One function of a library file. */
export interface LibraryFunction {
  /** The expression. */
  readonly source: Json;
  /** The library it belongs to. */
  readonly owner: SourceCase;
  /** Where it stands. */
  locate(): Location;
}

/** A library file as a document names it. */
export interface LibraryImport {
  /** The path as written. */
  readonly written: string;
  /** Where it leads, absolute and without symbolic links; or what is wrong. */
  readonly target: ImportTarget;
  /** The library that names it; nothing if a case does. */
  readonly owner: SourceCase | undefined;
  /** Where the name stands. */
  locate(): Location;
}

/** Where a name of a library file leads. */
export type ImportTarget =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Looks for the libraries in what was read of a file.
 *
 * Whatever else is in the file is left alone, but for what cannot be read at
 * all: that might have been a library.
 *
 * @param path The file, absolute and without symbolic links.
 * @param items The cases and problems in it.
 * @param host The part of the machine that paths are resolved with.
 * @returns The file, its faults among the rest.
 *
 * @example Usage
 * ```ts
 * import { openLibraryFile } from "./library_file.ts";
 * import { parseDocument } from "../parse.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = "/repo/lib/text.yaml";
 * const text = `
 * id: lib.text
 * type: spec_lang.library
 * imports: [../lists.yaml]
 * functions: {empty: ""}
 * `;
 * const bytes = new TextEncoder().encode(text);
 * const items = parseDocument({ path, format: "yaml" }, bytes);
 * const file = openLibraryFile(path, items, new MemoryHost());
 * assertEquals([...file.functions.keys()], ["empty"]);
 * assertEquals(file.imports[0]?.target, {
 *   kind: "path",
 *   path: "/repo/lists.yaml",
 * });
 * ```
 */
export function openLibraryFile(
  path: string,
  items: readonly (SourceCase | Problem)[],
  host: PathHost,
): LibraryFile {
  const libraries: Library[] = [];
  const faults: LibraryFault[] = [];
  for (const item of items) {
    if (item.kind === "problem") {
      const { message: text, location } = item;
      faults.push({ category: "schema", text, at: { ...location, path } });
    } else if (isLibrary(item)) {
      const found = attempt(item, path);
      if ("text" in found) faults.push(found);
      else libraries.push(found);
    }
  }
  const { functions, twice } = functionsOf(libraries, path);
  const imports = libraries.flatMap((one) => importsOf(one, path, host));
  return {
    path,
    libraries,
    functions,
    imports,
    faults: [...faults, ...twice],
  };
}

/**
 * Finds where the path of a library file leads.
 *
 * @param written The path as written.
 * @param document The document that names it.
 * @param host The part of the machine that paths are resolved with.
 * @returns The file; or what is wrong with the path.
 */
export function importTarget(
  written: string,
  document: string,
  host: PathHost,
): ImportTarget {
  if (!LIBRARY_PATH.fits(written)) {
    const reason = isAbsolute(written)
      ? "library path must be relative; it begins at the folder of the document that names the library"
      : "library path must not hold a NUL character";
    return { kind: "refused", reason };
  }
  const beside = besideDocument(written, document, host);
  return { kind: "path", path: resolveLinks(beside, host) };
}

function attempt(source: SourceCase, path: string): Library | LibraryFault {
  try {
    return parseLibrary(source);
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    const { category, message: text, location = source.location } = error;
    return { category, text, at: { ...location, path }, owner: source };
  }
}

function functionsOf(libraries: readonly Library[], path: string) {
  const functions = new Map<string, LibraryFunction>();
  const twice: LibraryFault[] = [];
  for (const { functions: own, source: owner } of libraries) {
    for (const [name, source] of own) {
      const locate = locator(owner, ["functions", name], path);
      const first = functions.get(name);
      if (first === undefined) functions.set(name, { source, owner, locate });
      else twice.push(definedTwice(name, { at: locate(), owner }, first));
    }
  }
  return { functions, twice };
}

/**
 * Makes the fault of a name that two functions have.
 *
 * @param name The name.
 * @param second Where it stands for the second time.
 * @param first The function that had it first.
 * @returns The fault.
 */
export function definedTwice(
  name: string,
  second: Pick<LibraryFault, "at" | "owner">,
  first: LibraryFunction,
): LibraryFault {
  const text = `function ${quoted(name)} is defined twice`;
  return { category: "schema", text, ...second, first: first.locate() };
}

function importsOf(
  { imports, source }: Library,
  path: string,
  host: PathHost,
): LibraryImport[] {
  return imports.map((written, index) => ({
    written,
    target: importTarget(written, path, host),
    owner: source,
    locate: locator(source, ["imports", index], path),
  }));
}

// A file that two documents name differently says where it is in one way.
function locator(source: SourceCase, at: KeyPath, path: string) {
  return (): Location => ({ ...source.locate(at), path });
}
