/**
 * The machine itself, behind the {@linkcode Host} interface.
 *
 * Loading this module does nothing and imports nothing but the interface: it
 * is on the start-up path of every container. The C library is opened on the
 * first question only it can answer.
 *
 * @module
 */

import { type Host, HostError } from "./host.ts";
import { start } from "./_commands.ts";
import { openFile, writeFileBelow } from "./_descriptors.ts";
import { ProcProcesses } from "./_proc_processes.ts";
import { runtimeCommand } from "./_runtime_command.ts";
import { attempt, denoReader, hostError, readToEnd } from "./deno_reader.ts";

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
    runtimeVersion: () => Deno.version.deno,
    openFile,
    now,
    realPath: (path) => attempt(path, () => Deno.realPathSync(path)),
    writeFile,
    writeFileBelow,
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
    readInput,
    start,
    runtimeCommand: (module = "stdin") => ownRuntimeCommand(args, module),
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
// that swallows everything: EBADF never comes up here. What a pipe that does
// not block has taken is gone, so only the rest is tried again.
function write({ path, writeSync }: Output, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    const taken = whenReady(path, () => writeSync(bytes.subarray(done)));
    if (taken === 0) throw new HostError("EIO", path);
    done += taken;
  }
}

function readInput(
  { maxBytes }: { readonly maxBytes: number },
): Uint8Array<ArrayBuffer> {
  const path = "standard input";
  const read = (into: Uint8Array) =>
    whenReady(path, () => Deno.stdin.readSync(into));
  return readToEnd(read, { path, size: 0, maxBytes });
}

// Whoever shares a descriptor may have set it to non-blocking.
function whenReady<T>(path: string, action: () => T): T {
  while (true) {
    try {
      return action();
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

function ownRuntimeCommand(
  args: readonly string[],
  module: "main" | "stdin",
): readonly string[] | undefined {
  if (Deno.build.standalone) return undefined;
  const file = "/proc/self/cmdline";
  const words = attempt(file, () => Deno.readTextFileSync(file)).split("\0");
  return runtimeCommand({
    program: Deno.execPath(),
    words: words.slice(0, words.length - 1 - args.length),
    mainModule: Deno.mainModule,
    module,
    isFile: (path) => exists(path) && Deno.statSync(path).isFile,
  });
}
