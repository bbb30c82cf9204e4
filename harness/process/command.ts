/**
 * Commands: a program in a process group of its own, watched until it is gone.
 *
 * Both streams are drained to their end before anything is judged. Nothing the
 * program started in the background survives it, unless it has left the
 * process group on purpose (`setsid`); such a process is not waited for.
 *
 * @module
 */

import {
  type CommandEnd,
  type CommandRequest,
  type Host,
  HostError,
  type RunningCommand,
} from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { clearTimeout, setTimeout } from "../_timers.ts";
import { CaseError } from "../case_error.ts";
import { Drain } from "./_drain.ts";
import { MAX_OUTPUT_BYTES, type Outcome, showPrinted } from "./outcome.ts";

/** How long a command may take and how much it may print. */
export interface CommandLimits {
  /** Milliseconds until it is stopped. */
  readonly timeoutMs: number;
  /** Bytes it may print on one stream. Default {@linkcode MAX_OUTPUT_BYTES}. */
  readonly maxOutputBytes?: number;
}

/** Between the interrupt and the kill. */
const GRACE_MS = 1000;
/** For what a command left behind to close the streams by itself. */
const LINGER_MS = 250;
/** For streams to end once everybody in the group is dead. */
const DRAIN_MS = 1000;

const live: Set<RunningCommand> = new Set();

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
  const command = startCommand(request, host);
  live.add(command);
  const max = limits.maxOutputBytes ?? MAX_OUTPUT_BYTES;
  const drains = [
    new Drain("stdout", command.stdout, max),
    new Drain("stderr", command.stderr, max),
  ] as const;
  try {
    return await watch(command, drains, { request, limits });
  } finally {
    live.delete(command);
    kill(command);
    await within(DRAIN_MS, [command.end]);
    await Promise.all(drains.map((drain) => drain.cancel()));
  }
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
  for (const command of live) kill(command);
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

interface Watched {
  readonly request: CommandRequest;
  readonly limits: CommandLimits;
}

type Drains = readonly [Drain, Drain];

async function watch(
  command: RunningCommand,
  drains: Drains,
  { request, limits }: Watched,
): Promise<Outcome> {
  const ended = await within<CommandEnd | true>(limits.timeoutMs, [
    command.end,
    ...drains.map((drain) => drain.overflow),
  ]);
  const printed = () => ({
    stdout: drains[0].bytes(),
    stderr: drains[1].bytes(),
  });
  if (ended === undefined) {
    const how = await stop(command);
    await settle(command, drains);
    throw new CaseError(
      "runtime",
      `timeout: ${named(request)} took longer than ${
        limits.timeoutMs / 1000
      } s and ${how}${showPrinted(printed())}`,
    );
  }
  await settle(command, drains);
  const full = drains.find((drain) => drain.isFull);
  if (full !== undefined) {
    throw new CaseError(
      "runtime",
      `Cannot keep what ${
        named(request)
      } prints: more than ${full.max} bytes on ${full.name}${
        showPrinted(printed())
      }`,
    );
  }
  return { ...endOf(await command.end), ...printed() };
}

function named(request: CommandRequest): string {
  return `command ${quoted(request.argv.join(" ").slice(0, 200))}`;
}

function endOf(end: CommandEnd): Pick<Outcome, "exitCode" | "signal"> {
  return end.kind === "exit"
    ? { exitCode: end.code }
    : { exitCode: 128 + end.number, signal: end.number };
}

/** Interrupts the group, and kills it if its leader does not give in. */
async function stop(command: RunningCommand): Promise<string> {
  trySignal(command, "SIGINT");
  const ended = await within(GRACE_MS, [command.end]);
  if (ended !== undefined) return "was interrupted";
  kill(command);
  await within(DRAIN_MS, [command.end]);
  return "was killed, an interrupt did not end it";
}

/**
 * Waits for both streams to end. The leader is gone; who else holds them open
 * is given a moment, then killed, then left alone if it left the group.
 */
async function settle(command: RunningCommand, drains: Drains): Promise<void> {
  const drained = Promise.all(drains.map((drain) => drain.done));
  await within(LINGER_MS, [drained]);
  kill(command);
  await within(DRAIN_MS, [drained]);
}

function kill(command: RunningCommand): void {
  trySignal(command, "SIGKILL");
}

// A process that has become someone else's cannot be signalled; the streams
// are let go of all the same.
function trySignal(
  command: RunningCommand,
  signal: "SIGINT" | "SIGKILL",
): void {
  try {
    command.signalGroup(signal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
}

// Longer delays would wrap around and fire at once.
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The first of some promises, or nothing when the time is up before. */
async function within<T>(
  milliseconds: number,
  promises: readonly Promise<T>[],
): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const delay = Math.min(milliseconds, MAX_DELAY_MS);
  const timer = setTimeout(() => resolve(undefined), delay);
  try {
    return await Promise.race([...promises, late]);
  } finally {
    clearTimeout(timer);
  }
}
