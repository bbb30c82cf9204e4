/**
 * The documents of a watch, what their cases come from, and whether any of it
 * was really written.
 *
 * @module
 */

import { dirname, resolve } from "@std/path";
import { type Host, HostError } from "../../host/host.ts";
import { loadSuite } from "../load_suite.ts";
import type { SelectionOptions } from "../suite.ts";
import { usedFiles } from "../used_files.ts";
import { moduleFiles } from "./module_files.ts";
import type { WatchedDocument } from "./touched.ts";

/** Which documents are watched. */
export type WatchedOptions =
  & Pick<SelectionOptions, "formats" | "paths" | "pattern" | "recursive">
  & { readonly contractRoot?: string };

const MODULE = /\.[cm]?[jt]sx?$/;

/** The documents of a watch, and what their cases come from. */
export class WatchedFiles {
  readonly #options: WatchedOptions;
  readonly #host: Host;
  /** The files of a module, by the module. */
  readonly #modules = new Map<string, readonly string[]>();
  /** What files held when they were last looked at. */
  readonly #marks = new Map<string, string>();
  #documents: readonly WatchedDocument[] = [];

  /**
   * Knows nothing until it is told to look.
   *
   * @param options Which documents.
   * @param host The machine.
   */
  constructor(options: WatchedOptions, host: Host) {
    const { paths, pattern, formats, recursive, contractRoot } = options;
    this.#options = {
      ...(paths === undefined ? {} : { paths: paths.map(withoutLine) }),
      ...(pattern === undefined ? {} : { pattern }),
      ...(formats === undefined ? {} : { formats }),
      ...(recursive === undefined ? {} : { recursive }),
      ...(contractRoot === undefined ? {} : { contractRoot }),
    };
    this.#host = host;
  }

  /** The documents, as found last. */
  get documents(): readonly WatchedDocument[] {
    return this.#documents;
  }

  /** Tells whether a document is there. */
  has(name: string): boolean {
    return this.#documents.some((document) => document.name === name);
  }

  /**
   * Looks at everything again.
   *
   * @param written What changed since: modules made of other files are not
   * asked again what they are made of.
   * @throws {UsageError} If there is nothing to watch.
   */
  async scan(written: readonly string[] = []): Promise<void> {
    this.#forget(written);
    const { documents } = loadSuite(this.#options, this.#host);
    const used = usedFiles(documents, {
      host: this.#host,
      contractRoot: this.#options.contractRoot,
    });
    const found: WatchedDocument[] = [];
    for (const [index, { path: name }] of documents.entries()) {
      const uses = await this.#withModules(used[index] ?? []);
      found.push({ name, path: this.#real(name), uses });
    }
    this.#documents = found;
    for (const { path, uses } of found) {
      for (const file of [path, ...uses]) {
        this.#marks.set(file, this.#mark(file));
      }
    }
  }

  /**
   * Lists the directories in which something may happen that matters.
   *
   * @returns Their paths; only those that are there.
   */
  directories(): readonly string[] {
    const files = this.#documents.flatMap(({ path, uses }) => [path, ...uses]);
    const { paths = [] } = this.#options;
    const wanted = [
      ...paths.map((path) => this.#real(path)),
      ...files.map((file) => dirname(file)),
    ];
    return [...new Set(wanted)].filter((path) => this.#isDirectory(path));
  }

  /**
   * Picks the files that hold something else than when they were looked at.
   *
   * @param paths Files of which something was heard.
   * @returns Those of them.
   */
  written(paths: readonly string[]): readonly string[] {
    return paths.filter((path) => {
      const mark = this.#mark(path);
      const isNew = this.#marks.get(path) !== mark;
      this.#marks.set(path, mark);
      return isNew;
    });
  }

  #forget(written: readonly string[]): void {
    for (const [module, files] of this.#modules) {
      if (files.some((file) => written.includes(file))) {
        this.#modules.delete(module);
      }
    }
  }

  async #withModules(files: readonly string[]): Promise<ReadonlySet<string>> {
    const all = new Set(files);
    for (const file of files) {
      if (!MODULE.test(file)) continue;
      const made = this.#modules.get(file) ??
        await moduleFiles(file, this.#host);
      this.#modules.set(file, made);
      for (const one of made) all.add(one);
    }
    return all;
  }

  #real(path: string): string {
    const absolute = resolve(this.#host.cwd(), path);
    return attempt(() => this.#host.realPath(absolute)) ?? absolute;
  }

  #isDirectory(path: string): boolean {
    return attempt(() => this.#host.stat(path).kind) === "directory";
  }

  /** Something that differs when the content does. */
  #mark(path: string): string {
    const bytes = attempt(() =>
      this.#host.stat(path).kind === "file"
        ? this.#host.readFile(path, { maxBytes: MOST_BYTES })
        : undefined
    );
    return bytes === undefined ? "none" : `${bytes.length} ${hash(bytes)}`;
  }
}

/** What is larger is not written by hand. */
const MOST_BYTES = 16 * 1024 * 1024;

/** `FILE:LINE` names a case of a document. */
function withoutLine(path: string): string {
  return path.replace(/:\d+$/, "");
}

/** FNV-1a, 32 bits: enough to tell two versions of a file. */
function hash(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
