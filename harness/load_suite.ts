/**
 * From paths to the cases of a run, none of them looked into yet.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { printable, quoted } from "../text/printable.ts";
import { itemsAt } from "./_case_lines.ts";
import { Fingerprint } from "./_fingerprint.ts";
import {
  failure,
  type LoadedCase,
  loadedCase,
  refuseDuplicates,
} from "./_loaded_case.ts";
import { readRegularFile } from "./_read_file.ts";
import { BROKEN_LINK, isBrokenLink } from "./_search.ts";
import { CaseError } from "./case_error.ts";
import { changedDocuments } from "./changed_documents.ts";
import { discover, type SpecDocument } from "./discover.ts";
import type { ReadDocument } from "./library/libraries.ts";
import { parseDocument } from "./parse.ts";
import { selectCases } from "./select.ts";
import type { SelectionOptions, SuiteDocument } from "./suite.ts";
import { UsageError } from "./usage_error.ts";

export type { LoadedCase };

/** What was found to run. */
export interface LoadedSuite {
  /** What is wanted, in discovery order; at least one. */
  readonly cases: readonly LoadedCase[];
  /** All documents that could be read, whatever is wanted of them. */
  readonly documents: readonly ReadDocument[];
  /** The path and the fingerprint of each of them, if the suite is divided. */
  readonly contents: readonly string[];
  /** What whoever asked should know: one line each, without its end. */
  readonly notes: readonly string[];
}

/**
 * Finds, reads and parses documents.
 *
 * A document that cannot be read, and a block that cannot be parsed, stands in
 * the list as a failure. So does a case whose id an earlier one has: the later
 * one fails. What is not wanted fails no run. A library is in the list although
 * it is not run: it has an id, and may be broken.
 *
 * Source: spec format, sections 1 and 2.
 *
 * @param options Where to look, and what is wanted.
 * @param host The machine.
 * @returns The cases, and the documents they are in.
 * @throws {UsageError} If nothing is found, or nothing that is wanted.
 *
 * @example A duplicate id
 * ```ts
 * import { loadSuite } from "./load_suite.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = '[{"id":"A-1","type":"text.file"},{"id":"A-1","type":"text.file"}]';
 * const bytes = new TextEncoder().encode(text);
 * const documents = [{ path: "a.spec.json", format: "json" as const, bytes }];
 * const { cases } = loadSuite({ documents }, new MemoryHost());
 * assertEquals(cases.map((item) => "error" in item), [false, true]);
 * ```
 */
export function loadSuite(
  options: SelectionOptions,
  host: Host,
): LoadedSuite {
  const { paths = [], documents: given = [], changed, ...selection } = options;
  const found = paths.length === 0 && given.length > 0
    ? []
    : discover(paths, host, options);
  const reader = new Reader(options);
  for (const document of found) reader.take(document, host);
  const files = [...reader.documents, ...reader.unread];
  for (const document of given) reader.parse(document);
  const cases = reader.cases();
  if (cases.length === 0) throw noCases(options);
  const { contractRoot } = options;
  const { chosen, notes } = selectCases(cases, {
    ...selection,
    ...(changed === undefined
      ? {}
      : { changed: changedDocuments(files, changed, { host, contractRoot }) }),
  });
  const { documents, contents } = reader;
  return { cases: chosen, documents, contents, notes };
}

/** Collects what is read, document by document. */
class Reader {
  readonly documents: ReadDocument[] = [];
  readonly unread: ReadDocument[] = [];
  readonly contents: string[] = [];
  readonly #all: LoadedCase[] = [];
  /** Whether each of them stands at a line that is wanted, if any line is. */
  readonly #isInPlace: boolean[] = [];
  readonly #isDivided: boolean;

  constructor({ shard }: SelectionOptions) {
    this.#isDivided = shard !== undefined;
  }

  take(document: SpecDocument, host: Host): void {
    const { path } = document;
    const bytes = read(path, host);
    if (!(bytes instanceof CaseError)) {
      return this.parse({ ...document, bytes });
    }
    this.unread.push({ path, items: [] });
    this.#add(failure(bytes, { path, line: 1, column: 1 }), true);
  }

  parse(document: SuiteDocument): void {
    const { path, bytes, lines } = document;
    const items = parseDocument(document, bytes);
    this.documents.push({ path, items });
    if (this.#isDivided) {
      this.contents.push(path, new Fingerprint().add(bytes).hex());
    }
    const wanted = new Set(lines ? itemsAt(document, bytes, items) : items);
    for (const item of items) this.#add(loadedCase(item), wanted.has(item));
  }

  cases(): readonly LoadedCase[] {
    return refuseDuplicates(this.#all)
      .filter((_, index) => this.#isInPlace[index]);
  }

  #add(item: LoadedCase, isInPlace: boolean): void {
    this.#all.push(item);
    this.#isInPlace.push(isInPlace);
  }
}

/**
 * Says that nothing is left to run, because all that was found are libraries.
 *
 * @param cases What was found.
 * @returns The error.
 *
 * @example Usage
 * ```ts
 * import { onlyLibraries } from "./load_suite.ts";
 * import { headAt } from "./verdict.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const location = { path: "lib.yaml", line: 1, column: 1 };
 * const library = {
 *   kind: "case" as const,
 *   value: {},
 *   location,
 *   locate: () => location,
 * };
 * const error = onlyLibraries([{ head: headAt(location), library }]);
 * assertStringIncludes(error.message, "only a library");
 * ```
 */
export function onlyLibraries(cases: readonly LoadedCase[]): UsageError {
  const [first] = cases;
  const { path = "", line = 0 } = first?.head.location ?? {};
  const what = cases.length === 1
    ? "there is only a library, at"
    : `there are only ${cases.length} libraries, the first at`;
  return new UsageError(
    `Cannot find any case: ${what} ${printable(path)}:${line}`,
    {
      remedy:
        "A library is not run: run the cases that name it in harness.spec_lang.library_paths",
    },
  );
}

function noCases(options: SelectionOptions): UsageError {
  const { paths = [], documents = [] } = options;
  const places = [...paths, ...documents.map(({ path }) => path)];
  return new UsageError(
    `Cannot find any case: no case block in ${places.map(quoted).join(", ")}`,
    { remedy: "A case is a fenced block whose info words are: yaml spec-test" },
  );
}

function read(path: string, host: Host): Uint8Array | CaseError {
  const file = readRegularFile(path, host);
  if (file.ok) return file.bytes;
  const { cause } = file;
  const isLink = cause instanceof HostError && cause.code === "ENOENT" &&
    isBrokenLink(path, host);
  const reason = isLink ? BROKEN_LINK : file.reason;
  const message = `cannot read the document: ${reason}`;
  return new CaseError("schema", message, { cause });
}
