/**
 * The reports of one call, opened before anything runs.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { type MakeReporter, REPORT_FORMATS } from "../report/formats.ts";
import type { Reporter } from "../report/reporter.ts";
import { FileSink, stdoutSink } from "../report/sinks.ts";
import { UsageError } from "../usage_error.ts";
import type { ReportRequest } from "./options.ts";

/** The reports of one call. */
export interface OpenReports {
  /** A reporter for each, in the order asked for. */
  readonly reporters: readonly Reporter[];
  /**
   * Puts the report files into their places.
   *
   * @throws {ReportFileError} If one cannot be written.
   */
  readonly commit: () => void;
}

/** How {@linkcode openReports} goes about it. */
export interface ReportOptions {
  /** Whether every case that passes gets a line. */
  readonly verbose?: boolean;
  /** Whether only failures and the counts are shown. */
  readonly quiet?: boolean;
  /** The machine. */
  readonly host: Host;
}

/**
 * Opens reports. Files are checked but not made.
 *
 * @param requests What was asked for.
 * @param options What is shown to people, and the machine.
 * @returns The reporters, and how to finish their files.
 * @throws {UsageError} If it is to be both verbose and quiet.
 * @throws {ReportFileError} If a file could not be written.
 *
 * @example Usage
 * ```ts
 * import { openReports } from "./reports.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost();
 * const requests = [{ format: "json", file: "-" }];
 * assertEquals((await openReports(requests, { host })).reporters.length, 1);
 * ```
 */
export async function openReports(
  requests: readonly ReportRequest[],
  { host, ...shown }: ReportOptions,
): Promise<OpenReports> {
  if (shown.verbose === true && shown.quiet === true) {
    throw new UsageError("Cannot use --verbose and --quiet at once", {
      remedy: "Give one of them",
    });
  }
  const files: FileSink[] = [];
  const reporters = requests.map(async ({ format, file }) => {
    if (file === "-") {
      const make = await importFormat(format);
      return make(stdoutSink(host), { ...shown, escapes: mayEscape(host) });
    }
    const sink = new FileSink(file, host);
    files.push(sink);
    return (await importFormat(format))(sink, shown);
  });
  return {
    reporters: await Promise.all(reporters),
    commit: () => files.forEach((sink) => sink.commit()),
  };
}

function importFormat(format: string): Promise<MakeReporter> {
  const load = REPORT_FORMATS.get(format);
  if (load !== undefined) return load();
  throw new TypeError(`Cannot write report: unknown format ${quoted(format)}`);
}

/**
 * Whether standard output takes escape sequences.
 *
 * Source: https://no-color.org; a `dumb` terminal knows no sequences.
 *
 * @param host The machine.
 * @returns Whether it does.
 */
export function mayEscape(host: Pick<Host, "env" | "isTerminal">): boolean {
  const noColor = host.env("NO_COLOR") ?? "";
  return host.isTerminal(1) && noColor === "" && host.env("TERM") !== "dumb";
}
