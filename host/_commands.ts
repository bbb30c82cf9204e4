/**
 * Programs started on this machine.
 *
 * @module
 */

import {
  type CommandEnd,
  type CommandRequest,
  HostError,
  type RunningCommand,
} from "./host.ts";
import { Terminal } from "./_terminal.ts";
import { attempt, denoReader, hostError } from "./deno_reader.ts";

/**
 * Starts a program in a process group of its own.
 *
 * @param request The program and what it is given.
 * @throws {HostError} If it cannot be started; `ENOENT` if there is none.
 */
export function start(request: CommandRequest): RunningCommand {
  const cwd = absolute(request.cwd ?? "", attempt(".", () => Deno.cwd()));
  requireDirectory(cwd);
  const [name = "", ...args] = request.argv;
  const program = findProgram(name, cwd, request.searchPath);
  const terminal = request.stdinIsTerminal === true
    ? new Terminal(request.stdin)
    : undefined;
  const command = new Deno.Command(program, {
    args,
    cwd,
    env: { ...request.env },
    clearEnv: true,
    detached: true,
    stdin: inputOf(request),
    stdout: "piped",
    stderr: "piped",
  });
  const child = attempt(name, () => spawn(command, terminal));
  if (terminal !== undefined) void terminal.attend(child.status);
  else if (request.stdin.length > 0) void feed(child.stdin, request.stdin);
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    end: child.status.then(commandEnd, endByUnnamedSignal),
    signalGroup: (signal) => signalGroup(child.pid, signal),
  };
}

function inputOf(request: CommandRequest): "inherit" | "null" | "piped" {
  if (request.stdinIsTerminal === true) return "inherit";
  return request.stdin.length === 0 ? "null" : "piped";
}

function spawn(
  command: Deno.Command,
  terminal: Terminal | undefined,
): Deno.ChildProcess {
  if (terminal === undefined) return command.spawn();
  try {
    return terminal.seat(() => command.spawn());
  } catch (error) {
    terminal.close();
    throw error;
  }
}

function requireDirectory(path: string): void {
  const info = attempt(path, () => Deno.statSync(path));
  if (!info.isDirectory) throw new HostError("ENOTDIR", path);
}

// A missing program and a missing directory are told apart here, and the
// caller's PATH counts, not this process's.
function findProgram(name: string, cwd: string, searchPath: string): string {
  if (name.includes("/")) return absolute(name, cwd);
  let code = "ENOENT";
  const folders = name === "" || searchPath === "" ? [] : searchPath.split(":");
  for (const folder of folders) {
    const candidate = `${absolute(folder, cwd)}/${name}`;
    if (!isFile(candidate)) continue;
    if (denoReader().mayAccess(candidate, "execute")) return candidate;
    code = "EACCES";
  }
  throw new HostError(code, name);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function absolute(path: string, cwd: string): string {
  if (path === "") return cwd;
  return path.startsWith("/") ? path : `${cwd}/${path}`;
}

// A child may end, or close its input, without reading it: that is its right.
async function feed(
  stdin: WritableStream<Uint8Array>,
  bytes: Uint8Array,
): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(bytes);
    await writer.close();
  } catch {
    await writer.abort().catch(() => {});
  }
}

function commandEnd(status: Deno.CommandStatus): CommandEnd {
  return status.signal === null
    ? { kind: "exit", code: status.code }
    : { kind: "signal", signal: status.signal, number: status.code - 128 };
}

// Deno has no name for a real-time signal and rejects with its number.
function endByUnnamedSignal(error: unknown): CommandEnd {
  const number = Number(/^Invalid signal: (\d+)$/.exec(messageOf(error))?.[1]);
  if (!(number > 0)) throw error;
  return { kind: "signal", signal: `SIG${number}`, number };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

function signalGroup(pid: number, signal: "SIGINT" | "SIGKILL"): void {
  try {
    Deno.kill(-pid, signal);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw hostError(error, `process group ${pid}`);
  }
}
