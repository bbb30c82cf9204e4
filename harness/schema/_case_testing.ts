/** What the checks say of a case, for comparison with its schema. */

import { MemoryHost } from "../../host/memory_host.ts";
import { LIBRARY_TYPE } from "../_library_type.ts";
import type { SourceCase } from "../case.ts";
import type { JsonObject } from "../json.ts";
import { Libraries } from "../library/libraries.ts";
import type { LoadedCase } from "../load_suite.ts";
import { prepareAll } from "../prepare.ts";
import type { HarnessType } from "../types/harness_type.ts";
import { headOf } from "../verdict.ts";

/** What the checks refuse and a schema cannot, by words of their message. */
export const UNSAID: Readonly<Record<string, RegExp>> = {
  "ids that another case has": /duplicate id/,
  "an implementation whose name is almost this one's": /unknown implementation/,
  "quotes of a command line that are not closed, or hold no program":
    /is never closed|it names no program|backslash/,
  "lines too long for a terminal": /a terminal takes lines/,
  "paths that lead out, or to no file": /escapes|must name a file/,
  "two setup files with one path": /names the file that setup_files/,
  "library files, and names that they give or do not":
    /cannot load library|unknown symbol|is defined twice/,
  "names that nothing binds, or something binds twice":
    /undefined variable|occurs twice|before it is defined/,
  "patterns that cannot be read": /bad regex|unsupported regex/,
};

/** The same, of what is found out only as an expression runs. */
export const AS_IT_RUNS =
  /: wanted|: the function takes|number is out of range|invalid JSON/;

const ENTRYPOINT = { SPEC_RUNNER_ENTRYPOINT: "entrypoint" };
const FILES = {
  "/repo/a.spec.md": "",
  "/repo/lib.yaml":
    "{id: lib, type: spec_lang.library, functions: {one: [add, 0, 1]}}",
};

/** What the checks say of a case. */
export interface Judged {
  readonly category: string | undefined;
  readonly message: string;
}

/** Checks a case, as far as that goes without running it. */
export function judge(
  value: JsonObject,
  types: ReadonlyMap<string, HarnessType>,
): Judged {
  const host = new MemoryHost({ files: FILES, cwd: "/repo" });
  const location = { path: "/repo/a.spec.md", line: 1, column: 1 };
  const source: SourceCase = {
    kind: "case",
    value,
    location,
    locate: () => location,
  };
  const head = headOf(source);
  const loaded: LoadedCase = value["type"] === LIBRARY_TYPE
    ? { head, library: source }
    : { head, source };
  const [prepared] = prepareAll([loaded], {
    types,
    capabilities: [],
    context: {
      host,
      environment: ENTRYPOINT,
      contractRoot: "/repo",
      timeoutMs: 1000,
    },
    libraries: new Libraries({
      host,
      contractRoot: "/repo",
      documents: [{ path: location.path, items: [source] }],
    }),
    warn: () => {},
  });
  if (prepared === undefined || !("result" in prepared)) {
    return { category: undefined, message: "" };
  }
  const { category, message } = prepared.result;
  return { category: category ?? undefined, message: message ?? "" };
}
