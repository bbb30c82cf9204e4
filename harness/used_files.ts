/**
 * Which files a document uses besides itself.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";
import { own } from "./_case_fields.ts";
import type { SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import {
  besideDocument,
  findContractRoot,
  resolveLinks,
} from "./contract_root.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "./json.ts";
import { importTarget } from "./library/library_file.ts";
import {
  type LibraryHost,
  LibraryStore,
  type ReadDocument,
} from "./library/store.ts";
import { parseEntrypoint, resolveModule } from "./process/entrypoint.ts";

/** What {@linkcode usedFiles} goes by. */
export interface UsedFilesOptions {
  /** The machine. */
  readonly host: LibraryHost;
  /** `--contract-root`, if given. */
  readonly contractRoot?: string | undefined;
}

/**
 * Lists the files that the cases of each document name: libraries and what they
 * import, the files that are looked at, the modules of functions and hooks. What
 * a module imports, and what a command reads, is not known.
 *
 * Nothing is checked: what is written wrongly names no file.
 *
 * @param documents What was read.
 * @param options The machine, and where names of modules begin.
 * @returns For each document, in the same order, absolute paths without
 * symbolic links; a file need not be there.
 *
 * @example Usage
 * ```ts
 * import { usedFiles } from "./used_files.ts";
 * import { parseDocument } from "./parse.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = '{"id": "A-1", "type": "text.file", "path": "../README.md"}';
 * const path = "/repo/specs/a.spec.json";
 * const bytes = new TextEncoder().encode(text);
 * const items = parseDocument({ path, format: "json" }, bytes);
 * const [files] = usedFiles([{ path, items }], { host: new MemoryHost() });
 * assertEquals(files, ["/repo/README.md"]);
 * ```
 */
export function usedFiles(
  documents: readonly ReadDocument[],
  options: UsedFilesOptions,
): readonly string[][] {
  const store = new LibraryStore(options.host, documents);
  return documents.map((document) => {
    const names = new Names(document.path, options);
    const cases = document.items.filter((item) => item.kind === "case");
    const libraries = cases.flatMap((one) => names.libraries(one));
    return [
      ...new Set([
        ...withImports(libraries, store),
        ...cases.flatMap((one) => names.others(one)),
      ]),
    ];
  });
}

/** Libraries, and all that they import. */
function withImports(
  paths: readonly string[],
  store: LibraryStore,
): Iterable<string> {
  const reached = new Set(paths);
  // A set that grows is walked to its end.
  for (const path of reached) {
    const file = store.open(path);
    if (typeof file === "string") continue;
    for (const { target } of file.imports) {
      if (target.kind === "path") reached.add(target.path);
    }
  }
  return reached;
}

/** What is named in one document. */
class Names {
  readonly #document: string;
  readonly #options: UsedFilesOptions;

  constructor(document: string, options: UsedFilesOptions) {
    this.#document = document;
    this.#options = options;
  }

  libraries({ value }: SourceCase): string[] {
    const specLang = inside(inside(value, "harness"), "spec_lang");
    const written = [
      ...texts(own(specLang, "library_paths")),
      ...texts(own(value, "imports")),
    ];
    return written.flatMap((name) => {
      const target = importTarget(name, this.#document, this.#options.host);
      return target.kind === "path" ? [target.path] : [];
    });
  }

  others({ value }: SourceCase): string[] {
    const harness = inside(value, "harness");
    const modules = ["entrypoint", "hook_before", "hook_after"]
      .map((key) => own(harness, key));
    return [
      ...texts([own(value, "path") ?? null]).map((path) => this.#beside(path)),
      ...texts(modules.map((module) => module ?? null))
        .flatMap((module) => this.#module(module)),
    ];
  }

  #beside(path: string): string {
    const { host } = this.#options;
    return resolveLinks(besideDocument(path, this.#document, host), host);
  }

  #module(written: string): string[] {
    const { host, contractRoot: chosen } = this.#options;
    try {
      const entrypoint = parseEntrypoint(written);
      if (entrypoint.kind === "command") return [];
      const contractRoot = findContractRoot(this.#document, host, chosen);
      const place = { documentPath: this.#document, contractRoot, host };
      const url = resolveModule(entrypoint.module, place);
      return url.startsWith("file:")
        ? [resolveLinks(fromFileUrl(url), host)]
        : [];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      // A module that is gone has changed.
      if (error instanceof CaseError) return this.#gone(written);
      throw error;
    }
  }

  #gone(written: string): string[] {
    const module = written.slice(0, written.lastIndexOf(":"));
    return [this.#beside(module)];
  }
}

function inside(value: JsonObject, key: string): JsonObject {
  const found = own(value, key);
  return isJsonObject(found) ? found : {};
}

/** Of a list what could be a path. */
function texts(list: Json | undefined): string[] {
  if (!isJsonList(list)) return [];
  return list.filter((one) => typeof one === "string")
    .filter((text) => text !== "" && !text.includes("\0"));
}
