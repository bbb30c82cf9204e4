/**
 * From paths to the cases of a run, none of them looked into yet.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { quoted } from "../text/printable.ts";
import { readRegularFile } from "./_read_file.ts";
import { BROKEN_LINK, isBrokenLink } from "./_search.ts";
import type { SourceCase } from "./case.ts";
import { CaseError, type Location } from "./case_error.ts";
import { discover } from "./discover.ts";
import { parseDocument } from "./parse.ts";
import { selectById } from "./select.ts";
import type { SelectionOptions, SuiteDocument } from "./suite.ts";
import { UsageError } from "./usage_error.ts";
import { caseIdentity } from "./validate.ts";
import { type CaseHead, headAt, headOf } from "./verdict.ts";

/** A case of a run, or the failure that stands in its place. */
export type LoadedCase =
  | { readonly head: CaseHead; readonly source: SourceCase }
  | {
    readonly head: CaseHead;
    readonly error: CaseError;
    /** The case, if it can be read but cannot take its place. */
    readonly source?: SourceCase;
  };

/**
 * Finds, reads and parses documents.
 *
 * A document that cannot be read, and a block that cannot be parsed, stands in
 * the list as a failure. So does a case whose id an earlier one has: the later
 * one fails. The filter looks at ids only, also at the `FILE:LINE` of what has
 * none, so that what it leaves out does not fail a run.
 *
 * Source: spec format, sections 1 and 2.
 *
 * @param options Where to look, and which ids are wanted.
 * @param host The machine.
 * @returns The cases in discovery order, at least one.
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
 * const loaded = loadSuite({ documents }, new MemoryHost());
 * assertEquals(loaded.map((item) => "error" in item), [false, true]);
 * ```
 */
export function loadSuite(options: SelectionOptions, host: Host): LoadedCase[] {
  const { paths = [], documents = [], filter } = options;
  const wanted = filter === undefined ? undefined : selectById(filter);
  const found = paths.length === 0 && documents.length > 0
    ? []
    : discover(paths, host, options);
  const loaded = [
    ...found.flatMap((document) => {
      const bytes = read(document.path, host);
      return bytes instanceof CaseError
        ? [failure(bytes, { path: document.path, line: 1, column: 1 })]
        : parse({ ...document, bytes });
    }),
    ...documents.flatMap(parse),
  ];
  if (loaded.length === 0) throw noCases(options);
  const unique = refuseDuplicates(loaded);
  if (wanted === undefined) return unique;
  const chosen = unique.filter(({ head }) => wanted(head.id));
  if (chosen.length === 0) throw nothingWanted(filter ?? "", unique);
  return chosen;
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

function parse(document: SuiteDocument): LoadedCase[] {
  return parseDocument(document, document.bytes).map((item) => {
    if (item.kind === "case") return { head: headOf(item), source: item };
    const { message, location, id } = item;
    return failure(new CaseError("schema", message), location, id);
  });
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
    const { source } = item;
    if (source.value["id"] !== head.id) return item;
    const { path, line } = first;
    const message = `duplicate id ${
      quoted(head.id)
    }: it is already used at ${path}:${line}`;
    const location = source.locate(["id"]);
    const error = new CaseError("schema", message, { location });
    return { head, error, source };
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
