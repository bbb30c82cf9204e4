/**
 * From files that have changed to documents that have.
 *
 * @module
 */

import { dirname, normalize } from "@std/path";
import { quoted } from "../text/printable.ts";
import type { ChangedFiles } from "./changed.ts";
import { absolute, isInside, resolveLinks } from "./contract_root.ts";
import type { ReadDocument } from "./library/store.ts";
import type { ChangedDocuments } from "./selection.ts";
import { UsageError } from "./usage_error.ts";
import { usedFiles, type UsedFilesOptions } from "./used_files.ts";

/**
 * Tells which documents have changed, or use a file that has.
 *
 * @param documents Every document; of one that cannot be read, no items.
 * @param changed What has changed.
 * @param options The machine, and where names of modules begin.
 * @returns Their paths, as the documents have them.
 * @throws {UsageError} If a document is outside of the repository: whether it
 * has changed is not known.
 *
 * @example Usage
 * ```ts
 * import { changedDocuments } from "./changed_documents.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const documents = ["a.spec.md", "b.spec.md"].map((path) => ({ path, items: [] }));
 * const files = new Set(["/repo/b.spec.md", "/repo/README.md"]);
 * const changed = { since: "HEAD", root: "/repo", files };
 * const host = new MemoryHost({ cwd: "/repo" });
 * const { paths } = changedDocuments(documents, changed, { host });
 * assertEquals([...paths], ["b.spec.md"]);
 * ```
 */
export function changedDocuments(
  documents: readonly ReadDocument[],
  changed: ChangedFiles,
  options: UsedFilesOptions,
): ChangedDocuments {
  const { since, root, files } = changed;
  const { host } = options;
  const used = usedFiles(documents, options);
  const found = documents.filter(({ path }, index) => {
    const real = resolveLinks(path, host);
    if (!isInside(real, root)) throw outside(path, changed);
    const own = [real, normalize(absolute(path, host))];
    return [...own, ...used[index] ?? []].some((file) => has(files, file));
  });
  return { since, paths: new Set(found.map(({ path }) => path)) };
}

/** A folder that has changed is a repository of its own: all in it may have. */
function has(files: ReadonlySet<string>, file: string): boolean {
  for (let at = file;; at = dirname(at)) {
    if (files.has(at)) return true;
    if (at === dirname(at)) return false;
  }
}

function outside(path: string, { since, root }: ChangedFiles): UsageError {
  return new UsageError(
    `Cannot tell whether ${quoted(path)} has changed since ${
      quoted(since)
    }: it is outside of the repository ${quoted(root)}`,
    { remedy: "Run it in the repository of the document" },
  );
}
