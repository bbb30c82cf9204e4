/**
 * What the command line tools have in common: how they print, how a signal
 * ends them, and how an error becomes words and an exit code.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { printable } from "../text/printable.ts";
import { ReportFileError } from "./report/report_file_error.ts";
import { UsageError } from "./usage_error.ts";

/** Exit codes the tools share. */
export const TOOL_EXIT_CODE = {
  /** What was asked for is done, and it is good. */
  ok: 0,
  /** Something failed. */
  failed: 1,
  /** The command cannot be understood, or there is nothing to do. */
  usage: 2,
} as const;

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

/** The part of the machine that talking to the user needs. */
export type Terminal = Pick<Host, "write">;

/**
 * Prints text on standard output.
 *
 * @param text The text, whole lines.
 * @param host Where it goes.
 * @throws {HostError} If it cannot be written.
 *
 * @example Usage
 * ```ts
 * import { print } from "./command_line.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost();
 * print("spec 0.2.0\n", host);
 * assertEquals(host.stdoutText, "spec 0.2.0\n");
 * ```
 */
export function print(text: string, host: Terminal): void {
  host.write(1, new TextEncoder().encode(text));
}

/**
 * Prints lines on standard error; if nobody listens any more, that is fine.
 *
 * @param lines The lines, without line ends.
 * @param host Where they go.
 *
 * @example Usage
 * ```ts
 * import { complain } from "./command_line.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost();
 * complain(["spec: something is wrong"], host);
 * assertEquals(host.stderrText, "spec: something is wrong\n");
 * ```
 */
export function complain(lines: readonly string[], host: Terminal): void {
  const text = lines.map((line) => `${line}\n`).join("");
  try {
    host.write(2, new TextEncoder().encode(text));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
}

/**
 * Runs something that a signal can stop.
 *
 * @param host The machine that tells of signals.
 * @param work What to run; its signal is aborted when the process is asked to
 * end, and it then throws the reason.
 * @returns What the work returns.
 * @throws What the work throws.
 *
 * @example Usage
 * ```ts
 * import { interruptible } from "./command_line.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const work = (signal: AbortSignal) => Promise.resolve(signal.aborted);
 * assertEquals(await interruptible(new MemoryHost(), work), false);
 * ```
 */
export async function interruptible<T>(
  host: Pick<Host, "onInterrupt">,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const unlisten = host.onInterrupt((name) =>
    controller.abort(new Interrupted(name))
  );
  try {
    return await work(controller.signal);
  } finally {
    unlisten();
  }
}

/**
 * Turns what was thrown into words on standard error, and an exit code.
 *
 * @param error What was thrown.
 * @param program The name that begins the line.
 * @param host Where the words go.
 * @returns 1, 2, or 128 plus the signal's number. A reader that went away
 * gets no words.
 *
 * @example Usage
 * ```ts
 * import { explain } from "./command_line.ts";
 * import { UsageError } from "./usage_error.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost();
 * assertEquals(explain(new UsageError("No cases"), "spec", host), 2);
 * assertEquals(host.stderrText, "spec: No cases\n");
 * ```
 */
export function explain(
  error: unknown,
  program: string,
  host: Terminal,
): number {
  if (error instanceof Interrupted) {
    const { message, signal } = error;
    complain(
      [`${program}: ${message}; report files were left as they were`],
      host,
    );
    return 128 + (SIGNALS.get(signal) ?? 0);
  }
  if (error instanceof UsageError) {
    const { message, remedy } = error;
    const lines = remedy === undefined ? [] : [remedy];
    complain([`${program}: ${message}`, ...lines], host);
    return TOOL_EXIT_CODE.usage;
  }
  if (error instanceof HostError && error.code === "EPIPE") {
    return TOOL_EXIT_CODE.failed;
  }
  complain([`${program}: ${inWords(error)}`], host);
  return TOOL_EXIT_CODE.failed;
}

function inWords(error: unknown): string {
  if (error instanceof ReportFileError) return error.message;
  if (!(error instanceof HostError)) {
    return `unexpected error: ${printable(String(error))}`;
  }
  return error.path === "standard output"
    ? `Cannot write to standard output: ${error.reason}`
    : error.message;
}
