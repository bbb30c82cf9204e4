/**
 * One invocation of the entrypoint: read, decide, perform.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { type Action, dispatch, type PluginCatalogue } from "./dispatch.ts";
import { EXIT_CODE, type ExitCode } from "./exit_code.ts";
import { loadIdentity } from "./identity.ts";
import { PLUGIN_DIRECTORY } from "./paths.ts";
import { type Outcome, perform, type RunnerHost } from "./perform.ts";
import { findPlugin, listPlugins } from "./plugins.ts";
import { checkPreconditions } from "./preconditions.ts";
import type { ProcessPort } from "./process.ts";
import { type Refusal, refuse, renderRefusal } from "./refusal.ts";

/**
 * Runs one invocation.
 *
 * If it ends in `exec`, `shell` or a plugin, it does not come back: the
 * process is the tool then.
 *
 * Source: Runner Platform Contract, "Execution model".
 *
 * @param host The machine.
 * @param process The process to read the words from and to replace.
 * @returns The exit code. It never throws: whatever goes wrong inside is a
 * defect of this program, which it reports and exits with 70.
 *
 * @example An invocation without a command
 * ```ts
 * import { main } from "./main.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({
 *   ids: { uid: 10001, euid: 10001, gid: 10001, egid: 10001 },
 *   files: {
 *     "/etc/runner/image.env":
 *       "RUNNER_IMAGE=base\nRUNNER_DOMAIN=base\nRUNNER_ROLE=base\n",
 *     "/usr/local/lib/runner.d": { kind: "directory", mode: 0o555 },
 *   },
 * });
 * const restore = { openFilesLimit: undefined, ignoreSigpipe: false };
 * const code = main(host, {
 *   start: () => ({ words: [], environment: [], restore }),
 *   replace: () => ({ code: "ENOENT", path: undefined }),
 * });
 * assertEquals(code, 64);
 * assertEquals(
 *   host.stderrText.split("\n")[0],
 *   "runner: Cannot run without a command: there is none",
 * );
 * ```
 */
export function main(host: RunnerHost, process: ProcessPort): ExitCode {
  const outcome = attempt(host, process);
  if (outcome.kind === "done") return EXIT_CODE.ok;
  report(host, outcome);
  return outcome.code;
}

function attempt(host: RunnerHost, process: ProcessPort): Outcome {
  try {
    return invoke(host, process);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refuse(
      EXIT_CODE.internal,
      `Defect of runner: ${message}`,
      "Please report this, with the command and the image",
    );
  }
}

function invoke(host: RunnerHost, process: ProcessPort): Outcome {
  const ready = checkPreconditions({
    ids: host.userIds(),
    identity: () => loadIdentity(host),
    hasPluginDirectory: () => isDirectory(host, PLUGIN_DIRECTORY),
  });
  if (ready.kind === "refuse") return ready;
  const start = readStart(process);
  if (start.kind === "refuse") return start;
  const action = decide(host, start.state.words);
  if (action.kind === "refuse") return action;
  return perform(action, {
    host,
    process,
    start: start.state,
    identity: ready.identity,
  });
}

function decide(host: RunnerHost, words: readonly Uint8Array[]): Action {
  const plugins: PluginCatalogue = {
    find: (name) => findPlugin(host, name),
    names: () => runnableNames(host),
  };
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return dispatch(words.map((word) => decoder.decode(word)), plugins);
}

function runnableNames(host: RunnerHost): string[] {
  const plugins = listPlugins(host);
  if (!plugins.ok) return [];
  return plugins.value.filter(({ kind }) => kind === "runnable")
    .map(({ name }) => name);
}

function isDirectory(host: RunnerHost, path: string): boolean {
  try {
    return host.stat(path).kind === "directory";
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function readStart(process: ProcessPort) {
  try {
    return { kind: "started", state: process.start() } as const;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return refuse(
      EXIT_CODE.internal,
      `Cannot read how this process was started: ${error.message}`,
      "The container needs /proc",
    );
  }
}

/** The last word; if even standard error is gone, the exit code must do. */
function report(host: Pick<Host, "write">, refusal: Refusal): void {
  const bytes = new TextEncoder().encode(renderRefusal(refusal));
  try {
    host.write(2, bytes);
  } catch {
    // Nobody is left to tell.
  }
}
