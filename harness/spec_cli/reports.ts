/**
 * The reports of one call, opened before anything runs.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { REPORT_FORMATS } from "../report/formats.ts";
import type { Reporter, SuiteTask } from "../report/reporter.ts";
import { FileSink, stdoutSink } from "../report/sinks.ts";
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
  /** What is done with the cases. Default `run`. */
  readonly task?: SuiteTask;
  /** Whether every case that passes gets a line. */
  readonly verbose: boolean;
  /** The machine. */
  readonly host: Host;
}

/**
 * Opens reports. Files are checked but not made.
 *
 * @param requests What was asked for.
 * @param options What is done with the cases, whether passes are shown, and the
 * machine.
 * @returns The reporters, and how to finish their files.
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
 * assertEquals(openReports(requests, { verbose: false, host }).reporters.length, 1);
 * ```
 */
export function openReports(
  requests: readonly ReportRequest[],
  options: ReportOptions,
): OpenReports {
  const { host, verbose, task = "run" } = options;
  const files: FileSink[] = [];
  const reporters = requests.flatMap(({ format, file }) => {
    const make = REPORT_FORMATS.get(format);
    if (make === undefined) return [];
    if (file === "-") {
      return [
        make(stdoutSink(host), { task, verbose, escapes: mayEscape(host) }),
      ];
    }
    const sink = new FileSink(file, host);
    files.push(sink);
    return [make(sink, { task, verbose })];
  });
  return {
    reporters,
    commit: () => files.forEach((sink) => sink.commit()),
  };
}

/** Source: https://no-color.org; a `dumb` terminal knows no sequences. */
function mayEscape(host: Host): boolean {
  const noColor = host.env("NO_COLOR") ?? "";
  return host.isTerminal(1) && noColor === "" && host.env("TERM") !== "dumb";
}
