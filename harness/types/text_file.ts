/**
 * The case type `text.file`: the text of a file.
 *
 * @module
 */

import { HostError } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { RELATIVE_PATH } from "../_case_shapes.ts";
import { schemasOf, type Shapes } from "../_shape.ts";
import type { RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import {
  absolute,
  besideDocument,
  findContractRoot,
  resolveInside,
} from "../contract_root.ts";
import type { Json } from "../json.ts";
import { type NeighbourHost, neighbourOf } from "../_neighbour.ts";
import type { FileHost } from "../_read_file.ts";
import { readUtf8 } from "./_read_text.ts";
import type {
  HarnessType,
  RunnableCase,
  SuiteContext,
} from "./harness_type.ts";

const KEYS: Shapes = { "path": RELATIVE_PATH };

/**
 * The case type `text.file`.
 *
 * `path` is relative to the document and stays inside its contract root, also
 * after symbolic links; without it the subject is the document itself, as it
 * was when its cases were read. Where the file is, is looked at once more when
 * it is open: what is read is inside.
 *
 * Source: spec format, section 4, "text.file"; harness contract, "Path Safety".
 *
 * @example Usage
 * ```ts
 * import { textFile } from "./text_file.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "/repo/a.spec.md", line: 1, column: 1 };
 * const raw = {
 *   id: "A-1",
 *   type: "text.file",
 *   title: undefined,
 *   purpose: undefined,
 *   tags: [],
 *   requires: { capabilities: [], whenMissing: "fail" as const },
 *   harness: {},
 *   assert: undefined,
 *   body: { path: "README.md" },
 *   source: { kind: "case" as const, value: {}, location, locate: () => location },
 * };
 * const host = new MemoryHost({ files: { "/repo/README.md": "# Title\n" } });
 * const context = {
 *   host,
 *   environment: {},
 *   contractRoot: undefined,
 *   timeoutMs: 5000,
 * };
 * await textFile.compile(raw, context).run(context, (read) => {
 *   assertEquals(read("text"), "# Title\n");
 * });
 * ```
 */
export const textFile: HarnessType = {
  name: "text.file",
  keys: Object.keys(KEYS),
  harnessKeys: ["spec_lang"],
  schemas: { keys: schemasOf(KEYS) },
  targets: { text: ["contain", "regex", "evaluate"] },
  capabilities: ["text.file"],
  compile(raw: RawCase, context: SuiteContext): RunnableCase {
    const own = ownText(raw);
    if (own === undefined) checkedPlace(raw, context);
    return {
      exclusive: false,
      // The path is resolved again: what it leads to may have changed since.
      run: (context, judge) => {
        const text = own?.() ??
          readText(checkedPlace(raw, context), raw, context.host);
        judge((target) => {
          if (target === "text") return text;
          const message = `unknown assert target: ${quoted(target)}`;
          throw new CaseError("schema", message);
        });
      },
    };
  },
};

/** The text of the document, which was read already; unless there is a path. */
function ownText({ body, source }: RawCase): (() => string) | undefined {
  return Object.hasOwn(body, "path") ? undefined : source.text;
}

/** Where the subject is. */
interface Place {
  readonly path: string;
  /** The folder it has to be in. The document itself may be anywhere. */
  readonly inside: string | undefined;
}

function checkedPlace(raw: RawCase, context: SuiteContext): Place {
  const { host, cwd = host.cwd(), contractRoot } = context;
  const documentPath = absolute(raw.source.location.path, { cwd: () => cwd });
  const path = Object.hasOwn(raw.body, "path") ? raw.body["path"] : undefined;
  if (path === undefined) return { path: documentPath, inside: undefined };
  const problem = pathProblem(path);
  if (problem !== undefined) throw wrongPath(raw, problem);
  const root = findContractRoot(documentPath, host, contractRoot);
  const wanted = besideDocument(String(path), documentPath, host);
  const real = resolveInside(wanted, root, host);
  if (real !== undefined) return { path: real, inside: root };
  throw escapes(raw, String(path));
}

function escapes(raw: RawCase, path: string): CaseError {
  return wrongPath(
    raw,
    `text.file path escapes contract root: ${
      quoted(path)
    }; move the file inside or choose the root with --contract-root`,
  );
}

function pathProblem(path: Json): string | undefined {
  if (RELATIVE_PATH.fits(path)) return undefined;
  return typeof path === "string" && /^\/[^\0]*$/.test(path)
    ? `text.file path must be relative, found ${quoted(path)}`
    : "text.file path must be a non-empty string";
}

function whereFrom(
  cause: unknown,
  path: string,
  raw: RawCase,
  host: NeighbourHost,
): string {
  const isMissing = cause instanceof HostError && cause.code === "ENOENT";
  return isMissing && Object.hasOwn(raw.body, "path")
    ? `; ${neighbourOf(path, host) ?? "paths begin at the document's folder"}`
    : "";
}

function wrongPath(raw: RawCase, message: string): CaseError {
  const location = raw.source.locate(["path"]);
  return new CaseError("schema", message, { location });
}

function readText(
  { path, inside }: Place,
  raw: RawCase,
  host: FileHost & NeighbourHost,
): string {
  const written = Object.hasOwn(raw.body, "path")
    ? String(raw.body["path"])
    : raw.source.location.path;
  const result = readUtf8(path, host, { inside });
  if (result.ok) return result.text;
  if (result.escapes === true) throw escapes(raw, written);
  throw new CaseError(
    "runtime",
    `Cannot read ${quoted(written)}: ${result.reason}${
      whereFrom(result.cause, path, raw, host)
    }`,
    { location: raw.source.locate(["path"]), cause: result.cause },
  );
}
