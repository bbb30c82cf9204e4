/**
 * Which documents a change touches.
 *
 * @module
 */

/** A document, and what its cases come from. */
export interface WatchedDocument {
  /** The document, as a run names it. */
  readonly name: string;
  /** Where it is: absolute, without symbolic links. */
  readonly path: string;
  /** The files its cases use, by their paths without symbolic links. */
  readonly uses: ReadonlySet<string>;
}

/** What steers how modules are found, and what flags say. */
const SETTINGS = /^(?:deno\.jsonc?|runner\.json|import_map\.json)$/;

/**
 * Says which documents are to be run after a change.
 *
 * @param changed The files that changed, by their paths.
 * @param documents The documents.
 * @returns The names of those that are touched, in their order: all of them if
 * a configuration changed.
 *
 * @example Usage
 * ```ts
 * import { touchedDocuments } from "./touched.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const documents = [
 *   { name: "a.spec.md", path: "/a.spec.md", uses: new Set(["/lib.spec.md"]) },
 *   { name: "b.spec.md", path: "/b.spec.md", uses: new Set<string>() },
 * ];
 * assertEquals(touchedDocuments(["/lib.spec.md"], documents), ["a.spec.md"]);
 * assertEquals(touchedDocuments(["/README.md"], documents), []);
 * ```
 */
export function touchedDocuments(
  changed: readonly string[],
  documents: readonly WatchedDocument[],
): readonly string[] {
  const isSetting = changed.some((path) =>
    SETTINGS.test(path.slice(path.lastIndexOf("/") + 1))
  );
  return documents
    .filter(({ path, uses }) =>
      isSetting || changed.some((one) => one === path || uses.has(one))
    )
    .map(({ name }) => name);
}
