/**
 * Commands: a program that is started, watched until it is gone, and judged by
 * its end.
 *
 * @module
 */

import {
  type CommandRequest,
  type Host,
  HostError,
  type RunningCommand,
} from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";
import {
  type CommandLimits,
  killAllWatched,
  watchCommand,
  type WatchedEnd,
} from "./_watch.ts";
import { type Outcome, showPrinted } from "./outcome.ts";

export type { CommandLimits } from "./_watch.ts";

/**
 * Runs a command to its end.
 *
 * @param request The program and what it is given. A relative path with a
 * slash, and the child's working directory, are taken from the working
 * directory of this process unless the request says otherwise.
 * @param limits When to stop it.
 * @param host The machine.
 * @returns Its exit code and everything it printed.
 * @throws {CaseError} `runtime` if it cannot be started, takes too long or
 * prints too much.
 *
 * @example Usage
 * ```ts
 * import { runCommand } from "./command.ts";
 * import { decodeOutput } from "./outcome.ts";
 * import { denoHost } from "../../host/deno_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const outcome = await runCommand(
 *   {
 *     argv: ["sh", "-c", "cat; exit 3"],
 *     env: {},
 *     searchPath: "/usr/bin:/bin",
 *     stdin: new TextEncoder().encode("hello"),
 *   },
 *   { timeoutMs: 5000 },
 *   denoHost(),
 * );
 * assertEquals(outcome.exitCode, 3);
 * assertEquals(decodeOutput(outcome.stdout), "hello");
 * ```
 */
export async function runCommand(
  request: CommandRequest,
  limits: CommandLimits,
  host: Pick<Host, "start" | "stat">,
): Promise<Outcome> {
  const end = await watchCommand(startCommand(request, host), limits);
  if (end.kind === "exit") return outcomeOf(end);
  const shown = showPrinted(end.printed);
  throw new CaseError("runtime", `${failureOf(end, request, limits)}${shown}`);
}

/**
 * Kills every command that is running: for whoever handles an interrupt.
 *
 * A command has a process group of its own, so that an interrupt from the
 * terminal does not reach it.
 *
 * @example Usage
 * ```ts
 * import { runCommand, stopAllCommands } from "./command.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ programs: { hang: () => ({ end: "hang" }) } });
 * const outcome = runCommand(
 *   { argv: ["hang"], env: {}, searchPath: "", stdin: new Uint8Array() },
 *   { timeoutMs: 5000 },
 *   host,
 * );
 * stopAllCommands();
 * assertEquals((await outcome).exitCode, 137);
 * ```
 */
export function stopAllCommands(): void {
  killAllWatched();
}

function startCommand(
  request: CommandRequest,
  host: Pick<Host, "start" | "stat">,
): RunningCommand {
  try {
    return host.start(request);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new CaseError("runtime", startFailure(error, request, host), {
      cause: error,
    });
  }
}

function startFailure(
  error: HostError,
  request: CommandRequest,
  host: Pick<Host, "stat">,
): string {
  const program = request.argv[0] ?? "";
  const said = `Cannot start ${quoted(program)}: `;
  if (error.path !== program) return said + error.message;
  if (error.code === "EACCES") {
    return `${said}permission denied; is it an executable file?`;
  }
  if (error.code !== "ENOENT") return said + error.reason;
  if (!program.includes("/")) {
    return `${said}there is no such program in PATH ${
      quoted(request.searchPath)
    }`;
  }
  return exists(program, host)
    ? `${said}the interpreter its first line names does not exist`
    : `${said}no such file; relative paths begin at the working directory`;
}

function exists(path: string, host: Pick<Host, "stat">): boolean {
  try {
    host.stat(path);
    return true;
  } catch {
    return false;
  }
}

function failureOf(
  end: Exclude<WatchedEnd, { readonly kind: "exit" }>,
  request: CommandRequest,
  limits: CommandLimits,
): string {
  const named = `command ${quoted(request.argv.join(" ").slice(0, 200))}`;
  if (end.kind === "overflow") {
    return `Cannot keep what ${named} prints: more than ${end.max} bytes on ${end.stream}`;
  }
  const seconds = limits.timeoutMs / 1000;
  const how = end.gaveIn
    ? "was interrupted"
    : "was killed, an interrupt did not end it";
  return `timeout: ${named} took longer than ${seconds} s and ${how}`;
}

function outcomeOf(
  { end, printed }: Extract<WatchedEnd, { readonly kind: "exit" }>,
): Outcome {
  return end.kind === "exit"
    ? { exitCode: end.code, ...printed }
    : { exitCode: 128 + end.number, signal: end.number, ...printed };
}
