/**
 * `spec fmt`: documents laid out in place. Loaded only if it is asked for.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { printable, quoted } from "../../text/printable.ts";
import { readRegularFile } from "../_read_file.ts";
import { complain, print, TOOL_EXIT_CODE } from "../command_line.ts";
import { discover, type SpecDocument } from "../discover.ts";
import { formatDocument, type LeftBlock } from "../layout/format_document.ts";
import { ReportFileError } from "../report/report_file_error.ts";
import { FileSink } from "../report/sinks.ts";
import { UsageError } from "../usage_error.ts";
import type { FmtOptions } from "./options.ts";

/**
 * Lays out the case blocks of documents.
 *
 * Standard output gets the path of each document that was changed or, with
 * `check`, would be; standard error what could not be read, and where the first
 * block is that was left as it is.
 *
 * @param options Which documents, and whether they are only looked at.
 * @param host The machine.
 * @returns The exit code: 1 if something could not be read or written, or, with
 * `check`, if a document would be changed.
 * @throws {UsageError} If there is no document.
 *
 * @example Usage
 * ```ts
 * import { fmt } from "./fmt.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "~~~yaml spec-test\nid:  A-1\ntype: text.file\n~~~\n";
 * const host = new MemoryHost({ files: { "/a.spec.md": text }, cwd: "/" });
 * assertEquals(fmt({ paths: ["a.spec.md"], check: true }, host), 1);
 * assertEquals(host.stdoutText, "a.spec.md\n");
 * ```
 */
export function fmt(options: FmtOptions, host: Host): number {
  const { paths, check = false, ...search } = options;
  const documents = discover(paths, host, search);
  refuseLines(documents);
  const left: LeftBlock[] = [];
  let isGood = true;
  for (const document of documents) {
    const outcome = formatFile(document, { check, host });
    left.push(...outcome.left);
    complain(outcome.problems.map((problem) => `spec: ${problem}`), host);
    isGood &&= outcome.problems.length === 0 && !(check && outcome.isChanged);
    if (outcome.isChanged) print(`${printable(document.path)}\n`, host);
  }
  tellLeft(left, host);
  return isGood ? TOOL_EXIT_CODE.ok : TOOL_EXIT_CODE.failed;
}

interface FileOutcome {
  readonly isChanged: boolean;
  readonly problems: readonly string[];
  readonly left: readonly LeftBlock[];
}

function formatFile(
  document: SpecDocument,
  { check, host }: { readonly check: boolean; readonly host: Host },
): FileOutcome {
  const { path } = document;
  const file = readRegularFile(path, host);
  if (!file.ok) return failure(`Cannot read ${quoted(path)}: ${file.reason}`);
  try {
    const { text, problems, left } = formatDocument(document, file.bytes);
    if (text !== undefined && !check) replace(path, text, host);
    return {
      isChanged: text !== undefined,
      problems: problems.map(({ location, message }) => {
        const { path, line, column } = location;
        return `${printable(path)}:${line}:${column}: ${message}`;
      }),
      left,
    };
  } catch (error) {
    if (error instanceof RangeError) {
      return failure(`Cannot format ${quoted(path)}: ${error.message}`);
    }
    if (error instanceof ReportFileError) return failure(error.message);
    throw error;
  }
}

function failure(problem: string): FileOutcome {
  return { isChanged: false, problems: [problem], left: [] };
}

function replace(path: string, text: string, host: Host): void {
  if (!host.mayAccess(host.realPath(path), "write")) {
    const { reason } = new HostError("EACCES", path);
    throw new ReportFileError(
      `Cannot write document ${quoted(path)}: ${reason}`,
    );
  }
  const sink = new FileSink(path, host, { noun: "document" });
  sink.write(text);
  sink.commit();
}

function refuseLines(documents: readonly SpecDocument[]): void {
  const one = documents.find(({ lines = [] }) => lines.length > 0);
  if (one === undefined) return;
  throw new UsageError(
    `Cannot format a part of ${quoted(one.path)}: a line was named`,
    { remedy: "Leave the line out: a document is formatted as a whole" },
  );
}

function tellLeft(left: readonly LeftBlock[], host: Host): void {
  const [first] = left;
  if (first === undefined) return;
  const { location: { path, line, column }, reason } = first;
  const what = left.length === 1
    ? "a block was left as it is, for"
    : `${left.length} blocks were left as they are, the first for`;
  const place = `${printable(path)}:${line}:${column}`;
  complain([`spec: ${place}: ${what} ${reason}`], host);
}
