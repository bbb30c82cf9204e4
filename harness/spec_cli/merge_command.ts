/**
 * `spec merge`, from its files to an exit code.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { printable, quoted } from "../../text/printable.ts";
import { decodeUtf8 } from "../_utf8.ts";
import { complain, TOOL_EXIT_CODE } from "../command_line.ts";
import { mergeRuns, type ShardReport } from "../merge.ts";
import {
  readNdjson,
  type RecordedRun,
  ReportSyntaxError,
} from "../report/read_ndjson.ts";
import type { Reporter } from "../report/reporter.ts";
import { exitCodeOf } from "../suite.ts";
import { UsageError } from "../usage_error.ts";
import type { MergeOptions, ReportRequest } from "./options.ts";
import { openReports } from "./reports.ts";

const REMEDY =
  "Give the ndjson report of each shard once, all of them from one run of one suite";

/**
 * Joins the reports of shards, and reports what one run would have.
 *
 * @param options The files, and the reports to write.
 * @param host The machine.
 * @returns 0 if nothing failed and a case passed; 1 otherwise, and if the
 * reports do not make a whole: then none is written.
 * @throws {UsageError} If no file is named, or one of them would be replaced.
 *
 * @example A shard that is missing
 * ```ts
 * import { mergeCommand } from "./merge_command.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const host = new MemoryHost();
 * const shown = { quiet: false, verbose: false };
 * const options = { paths: ["1.ndjson"], reports: [], ...shown };
 * assertEquals(await mergeCommand(options, host), 1);
 * assertStringIncludes(host.stderrText, "1.ndjson: no such file or directory");
 * ```
 */
export async function mergeCommand(
  options: MergeOptions,
  host: Host,
): Promise<number> {
  const { paths, reports, quiet, verbose } = options;
  if (paths.length === 0) {
    throw new UsageError("Cannot merge: no report was given", {
      remedy: "spec merge shard-*.ndjson",
    });
  }
  refuseOwn(reports, paths, host);
  const read = paths.map((path) => readShard(path, host));
  const unreadable = read.filter((one) => typeof one === "string");
  if (unreadable.length > 0) return refuse(paths, unreadable, host);
  const merged = mergeRuns(read.filter((one) => typeof one !== "string"));
  if (!merged.ok) return refuse(paths, merged.reasons, host);
  const open = await openReports(reports, { quiet, verbose, host });
  for (const reporter of open.reporters) retell(merged.run, reporter);
  open.commit();
  return exitCodeOf(merged.run.summary);
}

function readShard(path: string, host: Host): ShardReport | string {
  try {
    const decoded = decodeUtf8(host.readFile(path));
    if (!decoded.ok) return `${printable(path)}: ${decoded.message}`;
    return { path, run: readNdjson(decoded.text, path) };
  } catch (error) {
    if (error instanceof ReportSyntaxError) {
      const { line, reason } = error;
      return `${printable(path)}:${line}: ${reason}`;
    }
    if (!(error instanceof HostError)) throw error;
    return `${printable(path)}: ${error.reason}`;
  }
}

function retell({ plan, results, summary }: RecordedRun, reporter: Reporter) {
  reporter.start?.(plan);
  for (const result of results) reporter.case(result);
  reporter.end(summary);
}

function refuse(
  paths: readonly string[],
  reasons: readonly string[],
  host: Host,
): number {
  const what = paths.length === 1 ? "1 report" : `${paths.length} reports`;
  const lines = reasons.map((reason) => `  ${reason}`);
  complain([`spec: Cannot merge ${what}:`, ...lines, REMEDY], host);
  return TOOL_EXIT_CODE.failed;
}

function refuseOwn(
  reports: readonly ReportRequest[],
  paths: readonly string[],
  host: Host,
): void {
  const given = new Set(paths.map((path) => real(path, host)));
  const own = reports.find(({ file }) =>
    file !== "-" && given.has(real(file, host))
  );
  if (own === undefined) return;
  throw new UsageError(
    `Cannot write report ${quoted(own.file)}: it is one of those to be merged`,
    { remedy: "Give the report a name of its own" },
  );
}

function real(path: string, host: Host): string {
  try {
    return host.realPath(path);
  } catch (error) {
    if (error instanceof HostError) return path;
    throw error;
  }
}
