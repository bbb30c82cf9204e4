/**
 * One invocation of the entrypoint: read, decide, perform.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { asciiText } from "../text/ascii.ts";
import { become } from "./become.ts";
import {
  type Action,
  dispatch,
  type PluginCatalogue,
  type PrintAction,
} from "./dispatch.ts";
import { EXIT_CODE, type ExitCode } from "./exit_code.ts";
import { loadIdentity } from "./identity.ts";
import { PLUGIN_DIRECTORY } from "./paths.ts";
import { findPlugin, listPlugins } from "./plugins.ts";
import { checkPreconditions } from "./preconditions.ts";
import type { Scene } from "./print.ts";
import type { ProcessPort } from "./process.ts";
import { type Refusal, refuse, renderRefusal } from "./refusal.ts";
import type { RunnerHost } from "./runner_host.ts";

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
 * @returns The exit code, or a promise of it if something is to be printed: the
 * modules for that are loaded then. It never throws: whatever goes wrong inside
 * is a defect of this program, which it reports and exits with 70.
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
export function main(
  host: RunnerHost,
  process: ProcessPort,
): ExitCode | Promise<ExitCode> {
  try {
    const decided = invoke(host, process);
    return decided.kind === "print"
      ? printLater(decided, host)
      : report(host, decided);
  } catch (error) {
    return report(host, defect(error));
  }
}

/** To print, which nothing on the way to a tool needs the modules of. */
interface PrintJob {
  readonly kind: "print";
  readonly action: PrintAction;
  readonly scene: Scene;
}

function invoke(host: RunnerHost, process: ProcessPort): PrintJob | Refusal {
  const ready = checkPreconditions({
    ids: host.userIds(),
    identity: () => loadIdentity(host),
    hasPluginDirectory: () => isDirectory(host, PLUGIN_DIRECTORY),
  });
  if (ready.kind === "refuse") return ready;
  const started = readStart(process);
  if (started.kind === "refuse") return started;
  const { state: start } = started;
  const action = decide(host, start.words);
  switch (action.kind) {
    case "refuse":
      return action;
    case "exec":
    case "shell":
    case "plugin":
      return become(action, { host, process, start });
    default: {
      const { environment } = start;
      const scene = { host, identity: ready.identity, environment };
      return { kind: "print", action, scene };
    }
  }
}

async function printLater(
  { action, scene }: PrintJob,
  host: RunnerHost,
): Promise<ExitCode> {
  try {
    const { print } = await import("./print.ts");
    const outcome = print(action, scene);
    return outcome.kind === "done" ? EXIT_CODE.ok : report(host, outcome);
  } catch (error) {
    return report(host, defect(error));
  }
}

function defect(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  return refuse(
    EXIT_CODE.internal,
    `Defect of runner: ${message}`,
    "Please report this, with the command and the image",
  );
}

function decide(host: RunnerHost, words: readonly Uint8Array[]): Action {
  const plugins: PluginCatalogue = {
    find: (name) => findPlugin(host, name),
    names: () => runnableNames(host),
  };
  return dispatch(words.map(decode), plugins);
}

function decode(word: Uint8Array): string {
  return asciiText(word) ??
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(word);
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
function report(host: Pick<Host, "write">, refusal: Refusal): ExitCode {
  const bytes = new TextEncoder().encode(renderRefusal(refusal));
  try {
    host.write(2, bytes);
  } catch {
    // Nobody is left to tell.
  }
  return refusal.code;
}
