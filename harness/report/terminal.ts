/**
 * The report for people: at a terminal, or later in the log of a CI job.
 *
 * @module
 */

import { printable, shortened } from "../../text/printable.ts";
import type { CaseResult } from "../case.ts";
import {
  countsText,
  isUnchecked,
  NOTHING_CHECKED,
  type Paint,
  runText,
  WORDS,
  type Words,
} from "./_words.ts";
import type { Reporter, Sink, SuitePlan, SuiteSummary } from "./reporter.ts";

/** How {@linkcode terminalReporter} writes. */
export interface TerminalOptions {
  /**
   * Whether escape sequences may be used: for colours, and for a line of
   * progress that stands in for the cases that pass. Default false.
   */
  readonly escapes?: boolean;
  /** Whether every case that passes gets a line even so. Default false. */
  readonly verbose?: boolean;
  /** Whether only failures and the counts are shown. Default false. */
  readonly quiet?: boolean;
}

const CLEAR_LINE = "\r\x1b[2K";
const COLOURS = { red: 31, green: 32, yellow: 33 } as const;
const MAX_FAILED_NAMES = 20;

/**
 * Makes a reporter for people.
 *
 * Without escape sequences each case is a line, `ok ID`, `skip ID: REASON` or
 * `not ok ID`, the last with its category, title and message below it. The
 * end repeats which cases failed and gives the counts on the last line.
 *
 * @param sink Where the report goes.
 * @param options How it is written.
 * @returns The reporter.
 *
 * @example What a CI log shows
 * ```ts
 * import { terminalReporter } from "./terminal.ts";
 * import { failed, headAt, passed } from "../verdict.ts";
 * import { CaseError } from "../case_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = terminalReporter({ write: (piece) => void (text += piece) });
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * reporter.case(passed({ ...head, id: "A-1" }, 3));
 * reporter.case(failed({ ...head, id: "A-2" }, new CaseError("schema", "no")));
 * reporter.end({
 *   ...{ task: "run", program: "spec", version: "0.2.0" },
 *   total: 2,
 *   passed: 1,
 *   failed: 1,
 *   skipped: 0,
 *   categories: { schema: 1, assertion: 0, runtime: 0 },
 *   durationMs: 12,
 * });
 * assertEquals(text.split("\n"), [
 *   "ok A-1",
 *   "not ok A-2 (schema)",
 *   "  a.spec.md:7:1: no",
 *   "",
 *   "failed: A-2 (a.spec.md:7)",
 *   "1 passed, 1 failed, 0 skipped (12 ms)",
 *   "",
 * ]);
 * ```
 */
export function terminalReporter(
  sink: Sink,
  options: TerminalOptions = {},
): Reporter {
  return new TerminalReporter(sink, options);
}

class TerminalReporter implements Reporter {
  readonly #sink: Sink;
  readonly #escapes: boolean;
  readonly #verbose: boolean;
  readonly #quiet: boolean;
  readonly #failed: string[] = [];
  #words: Words = WORDS.run;
  #run: string | undefined;
  #total = 0;
  #done = 0;

  constructor(sink: Sink, options: TerminalOptions) {
    const { escapes = false, verbose = false, quiet = false } = options;
    this.#sink = sink;
    this.#escapes = escapes;
    this.#verbose = verbose;
    this.#quiet = quiet;
  }

  start({ task, total, run }: SuitePlan): void {
    this.#words = WORDS[task];
    this.#run = runText(run);
    this.#total = total;
    this.#write([]);
  }

  case(result: CaseResult): void {
    this.#done++;
    this.#write(this.#linesOf(result));
  }

  end(summary: SuiteSummary): void {
    this.#total = 0;
    const again = this.#failedNames();
    this.#write([
      ...(this.#quiet && again.length === 0 ? [] : [""]),
      ...(this.#quiet ? [] : again),
      ...(summary.notes ?? []).map(printable),
      ...(isUnchecked(summary) ? [NOTHING_CHECKED] : []),
      ...this.#runLine(),
      countsText(summary, this.#paint),
    ]);
  }

  abort(reason: string): void {
    const progress = `${this.#done} of ${this.#total} cases were done`;
    this.#total = 0;
    const stopped = `stopped: ${printable(reason)}; ${progress}`;
    this.#write(["", ...this.#runLine(), stopped]);
  }

  #runLine(): readonly string[] {
    return this.#run === undefined ? [] : [this.#run];
  }

  #linesOf(result: CaseResult): string[] {
    const id = printable(shortened(result.id));
    const { status, category, title } = result;
    const { case: [pass, fail], again } = this.#words;
    if (status === "pass") {
      return this.#showsPasses() ? [`${this.#paint("green", pass)} ${id}`] : [];
    }
    if (status === "skip") {
      if (this.#quiet) return [];
      const reason = printable(result.skipReason ?? "no reason given");
      return [`${this.#paint("yellow", "skip")} ${id}: ${reason}`];
    }
    const { path, line } = result.location;
    this.#failed.push(`${again}: ${id} (${printable(path)}:${line})`);
    return [
      `${this.#paint("red", fail)} ${id} (${category})`,
      ...(title === undefined ? [] : [`  ${printable(shortened(title))}`]),
      ...(result.message ?? "").split("\n").map((text) =>
        `  ${printable(text)}`
      ),
    ];
  }

  #showsPasses(): boolean {
    if (this.#verbose) return true;
    return !this.#quiet && !this.#escapes && this.#words.showsPasses;
  }

  #failedNames(): string[] {
    const more = this.#failed.length - MAX_FAILED_NAMES;
    const names = this.#failed.slice(0, MAX_FAILED_NAMES);
    return more > 0 ? [...names, `${this.#words.again}: ${more} more`] : names;
  }

  #write(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\n`).join("");
    const isLive = this.#escapes && !this.#quiet;
    const progress = isLive && this.#total > 0
      ? `${this.#done} of ${this.#total}`
      : "";
    const piece = (isLive ? CLEAR_LINE : "") + text + progress;
    if (piece !== "") this.#sink.write(piece);
  }

  readonly #paint: Paint = (colour, text) =>
    this.#escapes ? `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : text;
}
