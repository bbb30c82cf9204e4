/** No report takes the place of a specification. */

import { basename } from "@std/path";
import { type Host, HostError } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { documentNames, namePatterns } from "../_document_names.ts";
import { discover } from "../discover.ts";
import { UsageError } from "../usage_error.ts";
import type { ListOptions, ReportRequest } from "./options.ts";

/**
 * Refuses a report file that is a document of the run, or that the next run
 * would take for one.
 *
 * @param reports What was asked for.
 * @param options Where the run looks for documents.
 * @param host The machine.
 * @throws {UsageError} For the first such file; also if there is nothing to
 * run.
 */
export function refuseDocuments(
  reports: readonly ReportRequest[],
  options: ListOptions,
  host: Host,
): void {
  const files = reports.map(({ file }) => file)
    .filter((file) => file !== "-" && !isDevice(file, host));
  if (files.length === 0) return;
  const documents = new Set(
    discover(options.paths, host, options).map(({ path }) => real(path, host)),
  );
  const taken = files.find((file) => documents.has(real(file, host)));
  if (taken !== undefined) {
    throw refusal(taken, "it is a document of this run");
  }
  const { pattern = "*.spec.md", formats = ["md"] } = options;
  const patterns = namePatterns(pattern, formats);
  const isDocument = documentNames(patterns);
  const alike = files.find((file) => isDocument(basename(file)));
  if (alike !== undefined) {
    const names = patterns.map(quoted).join(" or ");
    throw refusal(alike, `its name is that of a document, ${names}`);
  }
}

function refusal(file: string, reason: string): UsageError {
  return new UsageError(`Cannot write report ${quoted(file)}: ${reason}`, {
    remedy: "Give the report a name of its own: --report json=report.json",
  });
}

function isDevice(path: string, host: Host): boolean {
  return attempt(() => host.stat(path).kind) === "other";
}

function real(path: string, host: Host): string {
  return attempt(() => host.realPath(path)) ?? path;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
