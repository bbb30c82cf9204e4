/**
 * `spec watch`: runs cases again whenever something they come from changes.
 *
 * Each run is a process of its own, so that every module is the one that was
 * written last.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import type { WatchPort } from "../../host/watch_port.ts";
import { printable } from "../../text/printable.ts";
import { clearTimeout, setTimeout } from "../_timers.ts";
import type { CaseResult } from "../case.ts";
import { complain, interruptible, TOOL_EXIT_CODE } from "../command_line.ts";
import { stopAllCommands } from "../process/command.ts";
import { readNdjson } from "../report/read_ndjson.ts";
import { stdoutSink } from "../report/sinks.ts";
import { terminalReporter } from "../report/terminal.ts";
import type { Flags } from "../spec_cli/flags.ts";
import { mayEscape } from "../spec_cli/reports.ts";
import type { WatchOptions } from "../spec_cli/options.ts";
import { childWords, runChild } from "./_child_run.ts";
import { touchedDocuments } from "./touched.ts";
import { WatchLoop } from "./watch_loop.ts";
import type { Wanted } from "./watch_state.ts";
import { WatchedFiles } from "./watched_files.ts";

/** What a watch was asked for. */
export interface WatchRequest {
  /** What was given, for the runs. */
  readonly flags: Flags;
  /** The same, understood. */
  readonly options: WatchOptions;
}

// An editor writes a file in several steps.
const QUIET_MS = 80;
const CLEAR_LINE = "\r\x1b[2K";

/**
 * Watches until the user has had enough.
 *
 * @param request What is watched.
 * @param host The machine.
 * @param port Where changes and keys come from.
 * @returns 0; 128 plus a signal's number if one ended it is thrown as its
 * error.
 * @throws {UsageError} If there is nothing to watch.
 */
export async function watchCommand(
  request: WatchRequest,
  host: Host,
  port: WatchPort,
): Promise<number> {
  await interruptible(
    host,
    (signal) => new Watch(request, host, port).run(signal),
  );
  return TOOL_EXIT_CODE.ok;
}

class Watch {
  readonly #request: WatchRequest;
  readonly #host: Host;
  readonly #port: WatchPort;
  readonly #files: WatchedFiles;
  readonly #isTerminal: boolean;
  readonly #loop: WatchLoop;
  readonly #pending = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopWatching = () => {};

  constructor(request: WatchRequest, host: Host, port: WatchPort) {
    this.#request = request;
    this.#host = host;
    this.#port = port;
    this.#files = new WatchedFiles(request.options, host);
    this.#isTerminal = host.isTerminal(0) && host.isTerminal(1);
    this.#loop = new WatchLoop({
      run: (wanted, filter) => this.#run(wanted, filter),
      stop: stopAllCommands,
      show: (status) => this.#show(status),
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.#files.scan();
    const stopKeys = this.#isTerminal
      ? this.#port.readKeys((key) => this.#loop.tell({ kind: "key", key }))
      : () => {};
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    try {
      this.#watch();
      await Promise.race([this.#loop.untilEnded(), ended]);
    } finally {
      stopAllCommands();
      clearTimeout(this.#timer);
      this.#stopWatching();
      stopKeys();
    }
  }

  #watch(): void {
    this.#stopWatching();
    this.#stopWatching = this.#port.watch(
      this.#files.directories(),
      (paths) => this.#changed(paths),
    );
  }

  #changed(paths: readonly string[]): void {
    for (const path of paths) this.#pending.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settled(), QUIET_MS);
  }

  async #settled(): Promise<void> {
    const written = this.#files.written([...this.#pending]);
    this.#pending.clear();
    if (written.length === 0) return;
    const before = touchedDocuments(written, this.#files.documents);
    try {
      await this.#files.scan(written);
      this.#watch();
    } catch (error) {
      // What is broken now is told by the run; a later change may mend it.
      if (!(error instanceof Error)) throw error;
    }
    const after = touchedDocuments(written, this.#files.documents);
    const documents = [...new Set([...before, ...after])]
      .filter((name) => this.#files.has(name));
    this.#loop.tell({ kind: "changed", documents });
  }

  async #run(
    wanted: Wanted,
    filter: string | undefined,
  ): Promise<readonly CaseResult[]> {
    const { flags } = this.#request;
    if (wanted.kind === "some") this.#tellWhy(wanted);
    const words = childWords(flags, {
      paths: wanted.kind === "all" ? flags.paths : wanted.paths,
      ...(filter === undefined ? {} : { filter }),
    });
    const { stdout, stderr } = await runChild(words, this.#host);
    complain(
      stderr.trimEnd().split("\n").filter((line) => line !== ""),
      this.#host,
    );
    return this.#report(stdout);
  }

  #tellWhy({ why, paths }: Extract<Wanted, { readonly kind: "some" }>): void {
    const [first = ""] = paths;
    const more = paths.length > 1 ? ` and ${paths.length - 1} more` : "";
    this.#print(`${why}: ${printable(first)}${more}\n`);
  }

  /** A run that was stopped, or could not begin, left no whole report. */
  #report(text: string): readonly CaseResult[] {
    try {
      const { plan, results, summary } = readNdjson(text, "the run");
      const { verbose = false } = this.#request.options;
      const reporter = terminalReporter(stdoutSink(this.#host), {
        escapes: mayEscape(this.#host),
        quiet: !verbose,
        verbose,
      });
      this.#print("");
      reporter.start?.(plan);
      for (const result of results) reporter.case(result);
      reporter.end(summary);
      return results;
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  }

  #print(text: string): void {
    stdoutSink(this.#host).write((this.#isTerminal ? CLEAR_LINE : "") + text);
  }

  #show(status: string): void {
    if (!this.#isTerminal) return;
    try {
      this.#print(status);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
}
