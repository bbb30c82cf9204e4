/**
 * The machine itself, behind the {@linkcode Host} interface.
 *
 * Loading this module does nothing and imports nothing but the interface: it
 * is on the start-up path of every container. The C library is opened on the
 * first question only it can answer.
 *
 * @module
 */

import {
  type CommandEnd,
  type CommandRequest,
  type Host,
  HostError,
  type OpenFile,
  type RunningCommand,
} from "./host.ts";
import { runtimeCommand } from "./_runtime_command.ts";
import { ProcProcesses } from "./_proc_processes.ts";
import { Terminal } from "./_terminal.ts";
import { attempt, denoReader, hostError } from "./deno_reader.ts";

const INTERRUPTS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const RETRY_MS = 2;

/**
 * Opens the door to this machine.
 *
 * @returns The host. Cheap: nothing is asked of the system yet.
 *
 * @example Ask for the working directory
 * ```ts
 * import { denoHost } from "./deno_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = denoHost();
 * assertEquals(host.stat(host.cwd()).kind, "directory");
 * ```
 */
export function denoHost(): Host {
  // As they are now: a call that is redirected later does not redirect this.
  const now = performance.now.bind(performance);
  const writers = {
    1: Deno.stdout.writeSync.bind(Deno.stdout),
    2: Deno.stderr.writeSync.bind(Deno.stderr),
  } as const;
  const { args } = Deno;
  return {
    ...denoReader(),
    args,
    env: (name) => /^[^=\0]+$/.test(name) ? Deno.env.get(name) : undefined,
    environment: () => Deno.env.toObject(),
    architecture: () => ARCHITECTURES[Deno.build.arch],
    openFile,
    now,
    realPath: (path) => attempt(path, () => Deno.realPathSync(path)),
    writeFile,
    rename: (from, to) => attempt(from, () => Deno.renameSync(from, to)),
    makeDirectory: (path) =>
      attempt(path, () => Deno.mkdirSync(path, { recursive: true })),
    makeTempDirectory,
    remove,
    write: (descriptor, bytes) =>
      write(
        { path: OUTPUTS[descriptor], writeSync: writers[descriptor] },
        bytes,
      ),
    start,
    runtimeCommand: () => ownRuntimeCommand(args),
    markedProcesses: (mark) => new ProcProcesses(mark),
    onInterrupt,
    importModule: (specifier) => import(specifier),
  };
}

const ARCHITECTURES = {
  x86_64: "amd64",
  aarch64: "arm64",
  riscv64gc: "riscv64",
} as const;

function openFile(path: string): OpenFile {
  const file = attempt(path, () => Deno.openSync(path));
  const info = attempt(path, () => file.statSync());
  return {
    size: info.size,
    read: (into, offset) =>
      attempt(path, () => {
        file.seekSync(offset, Deno.SeekMode.Start);
        return file.readSync(into) ?? 0;
      }),
    [Symbol.dispose]: () => file.close(),
  };
}

const OUTPUTS = { 1: "standard output", 2: "standard error" } as const;
function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

// Deno sets `mode` on a file that was there too, and past the umask.
function writeFile(
  path: string,
  bytes: Uint8Array,
  options: { readonly mode?: number } = {},
): void {
  const mode = exists(path) ? {} : { mode: options.mode ?? 0o644 };
  attempt(path, () => Deno.writeFileSync(path, bytes, mode));
}

function makeTempDirectory(prefix: string): string {
  return attempt(
    prefix,
    () => Deno.realPathSync(Deno.makeTempDirSync({ prefix })),
  );
}

function remove(path: string): void {
  attempt(path, () => {
    try {
      Deno.removeSync(path, { recursive: true });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
      openDirectories(path);
      Deno.removeSync(path, { recursive: true });
    }
  });
}

// A directory without write permission keeps what is in it.
function openDirectories(path: string): void {
  if (!Deno.lstatSync(path).isDirectory) return;
  Deno.chmodSync(path, 0o700);
  for (const entry of Deno.readDirSync(path)) {
    if (entry.isDirectory) openDirectories(`${path}/${entry.name}`);
  }
}

interface Output {
  readonly path: string;
  writeSync(bytes: Uint8Array): number;
}

// Deno takes a descriptor that is closed, or open for reading only, for one
// that swallows everything: EBADF never comes up here.
// A pipe set to non-blocking by whoever shares it takes what it can and then
// says EAGAIN: whatever it took is gone, so only the rest is tried again.
function write({ path, writeSync }: Output, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      const taken = writeSync(bytes.subarray(done));
      if (taken === 0) throw new HostError("EIO", path);
      done += taken;
    } catch (error) {
      const refusal = error instanceof HostError
        ? error
        : hostError(error, path);
      if (refusal.code !== "EAGAIN" && refusal.code !== "EINTR") throw refusal;
      pause(RETRY_MS);
    }
  }
}

function pause(milliseconds: number): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(cell, 0, 0, milliseconds);
}

function onInterrupt(callback: (signal: string) => void): () => void {
  const listeners = INTERRUPTS.map((signal) =>
    [signal, () => callback(signal)] as const
  );
  for (const [signal, listener] of listeners) {
    Deno.addSignalListener(signal, listener);
  }
  return () => {
    for (const [signal, listener] of listeners) {
      Deno.removeSignalListener(signal, listener);
    }
  };
}

function start(request: CommandRequest): RunningCommand {
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

function ownRuntimeCommand(
  args: readonly string[],
): readonly string[] | undefined {
  if (Deno.build.standalone) return undefined;
  const file = "/proc/self/cmdline";
  const words = attempt(file, () => Deno.readTextFileSync(file)).split("\0");
  return runtimeCommand({
    program: Deno.execPath(),
    words: words.slice(0, words.length - 1 - args.length),
    mainModule: Deno.mainModule,
    isFile: (path) => exists(path) && Deno.statSync(path).isFile,
  });
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
    if (!exists(candidate) || !Deno.statSync(candidate).isFile) continue;
    if (denoReader().mayAccess(candidate, "execute")) return candidate;
    code = "EACCES";
  }
  throw new HostError(code, name);
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
