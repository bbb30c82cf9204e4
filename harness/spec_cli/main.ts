/**
 * One call of the spec command, from words to an exit code.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { printable } from "../../text/printable.ts";
import { ReportFileError } from "../report/sinks.ts";
import { listSuite, runSuite } from "../run_suite.ts";
import { exitCodeOf, type SuiteListing } from "../suite.ts";
import { UsageError } from "../usage_error.ts";
import { VERSION } from "../version.ts";
import { parseSpecArguments, type SpecCommand } from "./arguments.ts";
import { HELP } from "./help.ts";
import type { ListOptions, RunOptions } from "./options.ts";
import { openReports } from "./reports.ts";

const FAILED = 1;
const USAGE = 2;
const SIGNALS: ReadonlyMap<string, number> = new Map([
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGTERM", 15],
]);

/** The end of a run by a signal. */
class Interrupted extends Error {
  readonly signal: string;

  constructor(signal: string) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }
}

/**
 * Carries out one call of the spec command.
 *
 * Reports go to standard output, everything else to standard error. On a
 * signal commands are stopped, directories removed, and report files left as
 * they were.
 *
 * Source: spec format, section 1.
 *
 * @param host The machine; its `args` are the words behind `spec`.
 * @returns The exit code: 0, 1, 2, or 128 plus a signal's number. Never throws.
 *
 * @example Usage
 * ```ts
 * import { specMain } from "./main.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const host = new MemoryHost({ args: ["rnu", "specs/"] });
 * assertEquals(await specMain(host), 2);
 * assertStringIncludes(host.stderrText, 'Did you mean "run"?');
 * ```
 */
export async function specMain(host: Host): Promise<number> {
  try {
    return await perform(parseSpecArguments(host.args), host);
  } catch (error) {
    return explain(error, host);
  }
}

function perform(
  command: SpecCommand,
  host: Host,
): number | Promise<number> {
  switch (command.kind) {
    case "help":
      return print(HELP[command.topic], host);
    case "version":
      return print(`spec ${VERSION}\n`, host);
    case "list":
      return list(command.options, host);
    case "run":
      return run(command.options, host);
  }
}

function print(text: string, host: Host): 0 {
  host.write(1, new TextEncoder().encode(text));
  return 0;
}

function complain(lines: readonly string[], host: Host): void {
  const text = lines.map((line) => `${line}\n`).join("");
  try {
    host.write(2, new TextEncoder().encode(text));
  } catch (error) {
    // Nobody is left to be told.
    if (!(error instanceof HostError)) throw error;
  }
}

function list(options: ListOptions, host: Host): number {
  const listing: SuiteListing = listSuite(options, host);
  const lines = listing.cases.map(({ id, type, path, line }) =>
    `${[id, type, `${path}:${line}`].map(printable).join("\t")}\n`
  );
  print(lines.join(""), host);
  const messages = listing.problems.map(({ message }) => message ?? "");
  complain(messages.map((message) => `spec: ${message}`), host);
  return messages.length === 0 ? 0 : FAILED;
}

async function run(options: RunOptions, host: Host): Promise<number> {
  const { reports, verbose, ...suite } = options;
  const { reporters, commit } = openReports(reports, { verbose, host });
  const controller = new AbortController();
  const { signal } = controller;
  const unlisten = host.onInterrupt((name) =>
    controller.abort(new Interrupted(name))
  );
  try {
    const summary = await runSuite({ ...suite, reporters, signal }, host);
    commit();
    if (summary.skipped === summary.total) {
      complain(["spec: nothing was checked: every case was skipped"], host);
    }
    return exitCodeOf(summary);
  } finally {
    unlisten();
  }
}

/** Turns what was thrown into words on standard error, and an exit code. */
function explain(error: unknown, host: Host): number {
  if (error instanceof Interrupted) {
    const { message, signal } = error;
    complain([`spec: ${message}; report files were left as they were`], host);
    return 128 + (SIGNALS.get(signal) ?? 0);
  }
  if (error instanceof UsageError) {
    const { message, remedy } = error;
    const lines = remedy === undefined ? [] : [remedy];
    complain([`spec: ${message}`, ...lines], host);
    return USAGE;
  }
  if (error instanceof HostError && error.code === "EPIPE") return FAILED;
  const known = error instanceof ReportFileError || error instanceof HostError;
  complain([
    known
      ? `spec: ${error.message}`
      : `spec: unexpected error: ${printable(String(error))}`,
  ], host);
  return FAILED;
}
