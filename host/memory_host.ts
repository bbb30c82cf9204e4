/**
 * A machine that exists only in memory: for tests, and for trying out what a
 * tool would do.
 *
 * @module
 */

import {
  type Access,
  type CommandEnd,
  type CommandRequest,
  type DirectoryEntry,
  type FileInfo,
  type Host,
  HostError,
  type MarkedProcesses,
  type OpenFile,
  type OutputDescriptor,
  type ProcessMark,
  type RunningCommand,
  type UserIds,
} from "./host.ts";
import { type MemoryFile, MemoryFiles } from "./_memory_files.ts";

export type { MemoryFile } from "./_memory_files.ts";

/** What a program in memory does with a request. */
export interface MemoryOutcome {
  /** What it prints. Default: nothing. */
  readonly stdout?: string | Uint8Array;
  /** What it complains. Default: nothing. */
  readonly stderr?: string | Uint8Array;
  /** How it ends: `hang` waits for a signal. Default: exit code 0. */
  readonly end?: CommandEnd | "hang";
  /** How many processes of it have left its group and go on. Default: none. */
  readonly strays?: number;
}

/** A program in memory. */
export type MemoryProgram = (request: CommandRequest) => MemoryOutcome;

/** What a machine in memory consists of. Everything has a sensible default. */
export interface MemoryHostOptions {
  /** Absolute path to content, or to a described node. Directories above are made. */
  readonly files?: Readonly<Record<string, string | Uint8Array | MemoryFile>>;
  /** The words after the program's name. Default: none. */
  readonly args?: readonly string[];
  /** The environment. Default: empty. */
  readonly env?: Readonly<Record<string, string>>;
  /** The working directory, made if missing. Default `/`. */
  readonly cwd?: string;
  /** The processor, as image platforms name it. Default `amd64`. */
  readonly architecture?: string;
  /** Whose process this is. Default: 1000 for each; given in part, effective follows real. */
  readonly ids?: Partial<UserIds>;
  /** What stands on standard input. Default: nothing. */
  readonly stdin?: string | Uint8Array;
  /** The descriptors that are terminals. Default: none. */
  readonly terminals?: readonly (0 | 1 | 2)[];
  /** Programs by absolute path, or by a name that any search path finds. */
  readonly programs?: Readonly<Record<string, MemoryProgram>>;
  /** The command of the runtime, a key of `programs`. Default: there is none. */
  readonly runtime?: string;
  /** The version of the runtime. Default `2.0.0`. */
  readonly runtimeVersion?: string;
  /** Modules by specifier. */
  readonly modules?: Readonly<Record<string, Record<string, unknown>>>;
  /** Descriptors whose writes fail, and with which error name. */
  readonly failWrites?: Readonly<Partial<Record<OutputDescriptor, string>>>;
  /** Paths, as the caller writes them, that fail to be read, and with which error name. */
  readonly failReads?: Readonly<Record<string, string>>;
}

interface MemoryProcess {
  readonly env: Readonly<Record<string, string>>;
  readonly kill: () => void;
}

const SIGNAL_NUMBERS = { SIGINT: 2, SIGKILL: 9 } as const;

/**
 * A machine in memory.
 *
 * Paths are resolved as Linux does it, symbolic links and permission bits
 * included; ids other than 0 obey them. What is written to the standard
 * streams is kept.
 *
 * @example Run something against files that do not exist
 * ```ts
 * import { MemoryHost } from "./memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({
 *   files: {
 *     "/etc/runner/image.env": "RUNNER_ROLE=tool\n",
 *     "/etc/runner.d/plan": { kind: "file", mode: 0o755 },
 *   },
 *   env: { HOME: "/home/user" },
 *   ids: { uid: 1000 },
 * });
 * host.write(1, host.readFile("/etc/runner/image.env"));
 * assertEquals(host.stdoutText, "RUNNER_ROLE=tool\n");
 * assertEquals(host.mayAccess("/etc/runner.d/plan", "execute"), true);
 * ```
 */
export class MemoryHost implements Host {
  /** The words after the program's name. */
  readonly args: readonly string[];
  readonly #options: MemoryHostOptions;
  readonly #ids: UserIds;
  readonly #files: MemoryFiles;
  readonly #written: Record<OutputDescriptor, number[]> = { 1: [], 2: [] };
  readonly #listeners: Set<(signal: string) => void> = new Set();
  readonly #processes: Set<MemoryProcess> = new Set();
  #clock = 0;
  #temporary = 0;

  /**
   * Makes a machine.
   *
   * @param options What it consists of.
   */
  constructor(options: MemoryHostOptions = {}) {
    const { uid = 1000, gid = 1000 } = options.ids ?? {};
    this.#options = options;
    this.#ids = { uid, euid: uid, gid, egid: gid, ...options.ids };
    this.args = options.args ?? [];
    this.#files = new MemoryFiles(this.#ids, this.cwd());
    this.#files.plant("/tmp", { kind: "directory", mode: 0o1777 });
    this.#files.plant(this.cwd(), { kind: "directory" });
    for (const [path, file] of Object.entries(options.files ?? {})) {
      const plain = typeof file === "string" || file instanceof Uint8Array;
      this.#files.plant(path, plain ? { kind: "file", content: file } : file);
    }
  }

  /** What was written to standard output so far, read as UTF-8. */
  get stdoutText(): string {
    return new TextDecoder().decode(new Uint8Array(this.#written[1]));
  }

  /** What was written to standard error so far, read as UTF-8. */
  get stderrText(): string {
    return new TextDecoder().decode(new Uint8Array(this.#written[2]));
  }

  /** How many processes go on: programs that hang, and what left their group. */
  get processes(): number {
    return this.#processes.size;
  }

  /**
   * Acts as if a signal had come in.
   *
   * @param signal `SIGINT`, `SIGTERM` or `SIGHUP`.
   */
  interrupt(signal: string): void {
    for (const listener of [...this.#listeners]) listener(signal);
  }

  /** Reads one environment variable. */
  env(name: string): string | undefined {
    const { env = {} } = this.#options;
    return Object.hasOwn(env, name) ? env[name] : undefined;
  }

  /** All environment variables. */
  environment(): Record<string, string> {
    return { ...this.#options.env };
  }

  /** The processor; `amd64` unless told otherwise. */
  architecture(): string {
    return this.#options.architecture ?? "amd64";
  }

  /** The version of the runtime; `2.0.0` unless told otherwise. */
  runtimeVersion(): string {
    return this.#options.runtimeVersion ?? "2.0.0";
  }

  /** The working directory. */
  cwd(): string {
    return this.#options.cwd ?? "/";
  }

  /** Whose process this is. */
  userIds(): UserIds {
    return { ...this.#ids };
  }

  /** Tells whether a descriptor is a terminal. */
  isTerminal(descriptor: 0 | 1 | 2): boolean {
    return this.#options.terminals?.includes(descriptor) ?? false;
  }

  /** A clock that steps one millisecond each time it is read. */
  now(): number {
    return this.#clock++;
  }

  /** Reads a whole file of at most `maxBytes`. */
  readFile(
    path: string,
    options: { readonly maxBytes?: number } = {},
  ): Uint8Array<ArrayBuffer> {
    const { failReads = {} } = this.#options;
    const code = Object.hasOwn(failReads, path) ? failReads[path] : undefined;
    if (code !== undefined) throw new HostError(code, path);
    const bytes = this.#files.read(path);
    const { maxBytes = Infinity } = options;
    if (bytes.length > maxBytes) throw new HostError("EFBIG", path);
    return bytes;
  }

  /** Opens a file; later writes do not show in it. */
  openFile(path: string): OpenFile {
    const content = this.readFile(path);
    return {
      kind: this.stat(path).kind === "file" ? "file" : "other",
      realPath: this.realPath(path),
      size: content.length,
      read(into, offset) {
        const piece = content.subarray(offset, offset + into.length);
        into.set(piece);
        return piece.length;
      },
      [Symbol.dispose]() {},
    };
  }

  /** Describes a path, symbolic links followed. */
  stat(path: string): FileInfo {
    return this.#files.stat(path, { follow: true });
  }

  /** Describes a path itself. */
  lstat(path: string): FileInfo {
    return this.#files.stat(path, { follow: false });
  }

  /** Lists a directory, sorted by code point. */
  readDirectory(path: string): DirectoryEntry[] {
    return this.#files.list(path);
  }

  /** Resolves every symbolic link in a path. */
  realPath(path: string): string {
    return this.#files.realPath(path);
  }

  /** Tells whether the effective user may do something with a path. */
  mayAccess(path: string, access: Access): boolean {
    return this.#files.mayAccess(path, access);
  }

  /** Writes a whole file, replacing what was there. */
  writeFile(
    path: string,
    bytes: Uint8Array,
    options: { readonly mode?: number } = {},
  ): void {
    this.#files.write(path, bytes, options.mode ?? 0o644);
  }

  /** Writes a new file below a directory. */
  writeFileBelow(directory: string, path: string, bytes: Uint8Array): void {
    this.#files.writeBelow(directory, path, bytes);
  }

  /** Renames a file or directory. */
  rename(from: string, to: string): void {
    this.#files.rename(from, to);
  }

  /** Makes a directory and the ones above it. */
  makeDirectory(path: string): void {
    this.#files.makeDirectory(path);
  }

  /** Makes a fresh directory under `/tmp`, numbered in order. */
  makeTempDirectory(prefix: string): string {
    const path = `/tmp/${prefix}${++this.#temporary}`;
    this.#files.plant(path, { kind: "directory", mode: 0o700 });
    return path;
  }

  /** Removes a file, or a directory with all that is in it. */
  remove(path: string): void {
    this.#files.remove(path);
  }

  /** Keeps what is written, or fails as told. */
  write(descriptor: OutputDescriptor, bytes: Uint8Array): void {
    const code = this.#options.failWrites?.[descriptor];
    const path = descriptor === 1 ? "standard output" : "standard error";
    if (code !== undefined) throw new HostError(code, path);
    for (const byte of bytes) this.#written[descriptor].push(byte);
  }

  /** Reads standard input to its end. */
  readInput(
    { maxBytes }: { readonly maxBytes: number },
  ): Uint8Array<ArrayBuffer> {
    const { stdin = "" } = this.#options;
    const bytes = typeof stdin === "string"
      ? new TextEncoder().encode(stdin)
      : Uint8Array.from(stdin);
    if (bytes.length > maxBytes) throw new HostError("EFBIG", "standard input");
    return bytes;
  }

  /** Runs a program of this machine. */
  start(request: CommandRequest): RunningCommand {
    const cwd = request.cwd ?? this.cwd();
    if (this.stat(cwd).kind !== "directory") {
      throw new HostError("ENOTDIR", cwd);
    }
    const outcome = this.#findProgram(request)(request);
    const { env } = request;
    for (let stray = 0; stray < (outcome.strays ?? 0); stray++) {
      this.#processes.add({ env, kill: () => {} });
    }
    const { promise, resolve } = Promise.withResolvers<CommandEnd>();
    const signalGroup = (signal: "SIGINT" | "SIGKILL") => {
      this.#processes.delete(leader);
      resolve({ kind: "signal", signal, number: SIGNAL_NUMBERS[signal] });
    };
    const leader = { env, kill: () => signalGroup("SIGKILL") };
    const end = outcome.end ?? { kind: "exit", code: 0 };
    if (end === "hang") this.#processes.add(leader);
    else resolve(end);
    return {
      stdout: streamOf(outcome.stdout ?? "", promise),
      stderr: streamOf(outcome.stderr ?? "", promise),
      end: promise,
      signalGroup,
    };
  }

  #findProgram(request: CommandRequest): MemoryProgram {
    const name = request.argv[0] ?? "";
    const folders = request.searchPath.split(":");
    const keys = name.includes("/")
      ? [name]
      : [...folders.map((folder) => `${folder}/${name}`), name];
    const { programs = {} } = this.#options;
    let code = "ENOENT";
    for (const key of keys) {
      const program = Object.hasOwn(programs, key) ? programs[key] : undefined;
      if (program !== undefined) return program;
      if (this.#files.isFile(key)) code = "EACCES";
    }
    throw new HostError(code, name);
  }

  /** The command of the runtime, if there is one. */
  runtimeCommand(): readonly string[] | undefined {
    const { runtime } = this.#options;
    return runtime === undefined ? undefined : [runtime];
  }

  /** Keeps an eye on processes with a mark. */
  markedProcesses({ variable, value }: ProcessMark): MarkedProcesses {
    return {
      killAll: () => {
        const found = [...this.#processes]
          .filter(({ env }) => env[variable] === value);
        for (const process of found) {
          this.#processes.delete(process);
          process.kill();
        }
        return found.length;
      },
    };
  }

  /** Calls back when {@linkcode MemoryHost.interrupt} is called. */
  onInterrupt(callback: (signal: string) => void): () => void {
    const listener = (signal: string) => callback(signal);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Hands out a module of this machine. */
  importModule(specifier: string): Promise<Record<string, unknown>> {
    const { modules = {} } = this.#options;
    const found = Object.hasOwn(modules, specifier)
      ? modules[specifier]
      : undefined;
    return found === undefined
      ? Promise.reject(new TypeError(`Module not found "${specifier}"`))
      : Promise.resolve(found);
  }
}

// Like a pipe: what was printed can be read at once, the end comes with the end.
function streamOf(
  content: string | Uint8Array,
  end: Promise<unknown>,
): ReadableStream<Uint8Array> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      end.then(() => controller.close()).catch(() => {});
    },
  });
}
