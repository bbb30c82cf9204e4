/**
 * From paths to the cases of a run, none of them looked into yet.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { printable, quoted } from "../text/printable.ts";
import { isLibrary } from "./_library_type.ts";
import { readRegularFile } from "./_read_file.ts";
import { BROKEN_LINK, isBrokenLink } from "./_search.ts";
import type { Problem, SourceCase } from "./case.ts";
import { CaseError, type Location } from "./case_error.ts";
import { discover } from "./discover.ts";
import type { ReadDocument } from "./library/libraries.ts";
import { parseDocument } from "./parse.ts";
import { selectById } from "./select.ts";
import type { SelectionOptions, SuiteDocument } from "./suite.ts";
import { UsageError } from "./usage_error.ts";
import { caseIdentity } from "./validate.ts";
import { type CaseHead, headAt, headOf } from "./verdict.ts";

/** A case or library of a run, or the failure that stands in its place. */
export type LoadedCase =
  | { readonly head: CaseHead; readonly source: SourceCase }
  | {
    readonly head: CaseHead;
    readonly library: SourceCase;
    readonly source?: undefined;
  }
  | {
    readonly head: CaseHead;
    readonly error: CaseError;
    /** The case, if it can be read but cannot take its place. */
    readonly source?: SourceCase;
  };

/** What was found to run. */
export interface LoadedSuite {
  /** What is wanted, in discovery order; at least one. */
  readonly cases: readonly LoadedCase[];
  /** All documents that could be read, whatever is wanted of them. */
  readonly documents: readonly ReadDocument[];
}

/**
 * Finds, reads and parses documents.
 *
 * A document that cannot be read, and a block that cannot be parsed, stands in
 * the list as a failure. So does a case whose id an earlier one has: the later
 * one fails. The filter looks at ids only, also at the `FILE:LINE` of what has
 * none, so that what it leaves out does not fail a run. A library is in the
 * list although it is not run: it has an id, and may be broken.
 *
 * Source: spec format, sections 1 and 2.
 *
 * @param options Where to look, and which ids are wanted.
 * @param host The machine.
 * @returns The cases, and the documents they are in.
 * @throws {UsageError} If nothing is found, or nothing the filter wants.
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
  const { paths = [], documents: given = [], filter } = options;
  const wanted = filter === undefined ? undefined : selectById(filter);
  const found = paths.length === 0 && given.length > 0
    ? []
    : discover(paths, host, options);
  const documents: ReadDocument[] = [];
  const take = (document: SuiteDocument) => {
    const { path } = document;
    const items = parseDocument(document, document.bytes);
    documents.push({ path, items });
    return items.map(loaded);
  };
  const all = [
    ...found.flatMap((document) => {
      const bytes = read(document.path, host);
      return bytes instanceof CaseError
        ? [failure(bytes, { path: document.path, line: 1, column: 1 })]
        : take({ ...document, bytes });
    }),
    ...given.flatMap(take),
  ];
  if (all.length === 0) throw noCases(options);
  const unique = refuseDuplicates(all);
  if (wanted === undefined) return { cases: unique, documents };
  const isWanted = ({ head }: LoadedCase) => wanted(head.id);
  if (!unique.some(isWanted)) throw nothingWanted(filter ?? "", unique);
  const cases = unique.filter((item) => isWanted(item) || isNameless(item));
  return { cases, documents };
}

/** It could be one that is wanted: who could tell, if it cannot be read? */
function isNameless({ head }: LoadedCase): boolean {
  return head.id === headAt(head.location).id;
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

function loaded(item: SourceCase | Problem): LoadedCase {
  if (item.kind === "problem") {
    const { message, location, id } = item;
    return failure(new CaseError("schema", message), location, id);
  }
  const head = headOf(item);
  return isLibrary(item) ? { head, library: item } : { head, source: item };
}

function failure(
  error: CaseError,
  location: Location,
  id?: string,
): LoadedCase {
  const value = id === undefined ? {} : { id };
  const named = { id: caseIdentity({ value, location }) };
  return { head: { ...headAt(location), ...named }, error };
}

function refuseDuplicates(loaded: readonly LoadedCase[]): LoadedCase[] {
  const seen = new Map<string, Location>();
  return loaded.map((item) => {
    const { head } = item;
    const first = seen.get(head.id);
    if (first === undefined) seen.set(head.id, head.location);
    if (first === undefined || "error" in item) return item;
    const written = "library" in item ? item.library : item.source;
    if (written.value["id"] !== head.id) return item;
    const { path, line } = first;
    const message = `duplicate id ${
      quoted(head.id)
    }: it is already used at ${path}:${line}`;
    const location = written.locate(["id"]);
    const error = new CaseError("schema", message, { location });
    return "library" in item
      ? { head, error }
      : { head, error, source: item.source };
  });
}

function noCases(options: SelectionOptions): UsageError {
  const { paths = [], documents = [] } = options;
  const places = [...paths, ...documents.map(({ path }) => path)];
  return new UsageError(
    `Cannot find any case: no case block in ${places.map(quoted).join(", ")}`,
    { remedy: "A case is a fenced block whose info words are: yaml spec-test" },
  );
}

function nothingWanted(
  filter: string,
  loaded: readonly LoadedCase[],
): UsageError {
  const broken = loaded.filter((item) => "error" in item).length;
  return new UsageError(
    `Cannot find any case: none of ${loaded.length} ids matches ${
      quoted(filter)
    }`,
    {
      remedy: broken === 0
        ? 'See the ids with "spec list", or use wildcards: "*word*"'
        : `${broken} could not be read: see them with "spec list"`,
    },
  );
}
