/**
 * Replacing this process by the tool: execve(2), and what must be put right
 * before it.
 *
 * Everything here is synchronous on purpose: a child process, a signal
 * listener, a read of standard input or a suspended promise before execve
 * would leave a trace in the tool.
 *
 * @module
 */

import { HostError } from "../host/host.ts";
import { errorReader, fileLibc, libc } from "../host/libc.ts";
import {
  readStartState,
  type Restore,
  type StartState,
} from "./start_state.ts";

/** The program to become. */
export interface ProcessImage {
  /** The paths to try, in order. */
  readonly candidates: readonly Uint8Array[];
  /** Whether the candidates come from a search: then a missing one says nothing. */
  readonly searched: boolean;
  /** The arguments, the program's own name first. */
  readonly argv: readonly Uint8Array[];
  /** The environment's entries. */
  readonly environment: readonly Uint8Array[];
  /** What the runtime changed and the tool must get back. */
  readonly restore: Restore;
}

/** Why the process could not be replaced. */
export interface ReplaceFailure {
  /** The error name; `ENOENT` if a search found nothing. */
  readonly code: string;
  /** The path it is about, nothing if a search found nothing. */
  readonly path: Uint8Array | undefined;
}

/** The two things the entrypoint asks of its own process. */
export interface ProcessPort {
  /**
   * Reads what this process was started with, and goes back to the working
   * directory if the runtime could not start there.
   *
   * @throws {HostError} If the kernel does not tell, as without `/proc`.
   */
  start(): StartState;
  /**
   * Becomes another program. Comes back only if that failed.
   *
   * @param image The program to become.
   * @returns Why it failed.
   */
  replace(image: ProcessImage): ReplaceFailure;
}

const SIGPIPE = 13;
const SIG_DFL = 0n;
const SIG_IGN = 1n;
const RLIMIT_NOFILE = 7;
const F_SETFD = 2;
const FD_CLOEXEC = 1;

/** Failures that say "not here": the search goes on. */
const NOT_HERE: ReadonlySet<string> = new Set([
  "EACCES",
  "ENODEV",
  "ENOENT",
  "ENOTDIR",
]);

/**
 * The process of this program.
 *
 * @example Usage
 * ```ts no-assert
 * import { ownProcess } from "./process.ts";
 *
 * const { words } = ownProcess.start();
 * console.log(`started with ${words.length} words`);
 * ```
 */
export const ownProcess: ProcessPort = {
  start() {
    const state = readOwnStart();
    const { workDirectory } = state.restore;
    if (workDirectory !== undefined) returnTo(workDirectory);
    return state;
  },
  replace,
};

/**
 * Reads what this process was started with, and changes nothing.
 *
 * @returns Words, environment and what must be restored.
 * @throws {HostError} If the kernel does not tell, as without `/proc`.
 *
 * @example Usage
 * ```ts no-assert
 * import { readOwnStart } from "./process.ts";
 *
 * const { words } = readOwnStart();
 * console.log(`started with ${words.length} words`);
 * ```
 */
export function readOwnStart(): StartState {
  return readStartState({
    commandLine: readProc("/proc/self/cmdline"),
    environment: readProc("/proc/self/environ"),
    form: Deno.build.standalone ? "compiled" : "script",
    wordCount: Deno.args.length,
  });
}

function readProc(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause && cause.code;
    throw new HostError(typeof code === "string" ? code : "EIO", path, {
      cause,
    });
  }
}

/** Goes back to a directory that has no path and so cannot be named. */
function returnTo(descriptor: number): void {
  const { close, fchdir } = fileLibc();
  const result = fchdir(descriptor);
  close(descriptor);
  if (result !== 0) throw new Error("Cannot return to the working directory");
}

function replace(image: ProcessImage): ReplaceFailure {
  const memory = layOut(image);
  restoreLimit(image.restore.openFilesLimit);
  restoreClosed(image.restore.closed);
  const { signal } = libc();
  signal(SIGPIPE, image.restore.ignoreSigpipe ? SIG_IGN : SIG_DFL);
  const failure = tryCandidates(image, memory);
  signal(SIGPIPE, SIG_IGN);
  return failure;
}

/**
 * Tries the candidates in order. In a search a missing one is passed over, and
 * one that may not be executed is remembered: it says more than "not found".
 *
 * A failure other than "not here" ends the search: execvp(3) would hand a file
 * without `#!` to a shell at this point, which is a silent fallback.
 */
function tryCandidates(
  image: ProcessImage,
  memory: ProcessMemory,
): ReplaceFailure {
  const { execve } = libc();
  const lastError = errorReader();
  let failure: ReplaceFailure = { code: "ENOENT", path: undefined };
  for (const [index, path] of image.candidates.entries()) {
    execve(memory.candidate(index), memory.argv, memory.environment);
    const code = lastError();
    if (!image.searched || !NOT_HERE.has(code)) return { code, path };
    if (code === "EACCES") failure = { code, path };
  }
  return failure;
}

/** The runtime raises the soft limit to the hard one; the tool gets its own. */
function restoreLimit(soft: bigint | undefined): void {
  if (soft === undefined) return;
  const { getrlimit, setrlimit } = libc();
  const limit = new BigUint64Array(2);
  if (getrlimit(RLIMIT_NOFILE, limit) !== 0) return;
  limit[0] = soft;
  setrlimit(RLIMIT_NOFILE, limit);
}

/** Closed by execve itself, so that a failure can still be reported. */
function restoreClosed(closed: readonly number[] = []): void {
  for (const descriptor of closed) {
    fileLibc().fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  }
}

interface ProcessMemory {
  /**
   * The whole buffer, which begins with the argument table. Being handed over
   * as a buffer, it cannot be collected while the kernel reads it.
   */
  readonly argv: Uint8Array<ArrayBuffer>;
  readonly environment: Deno.PointerValue;
  candidate(index: number): Deno.PointerValue;
}

/** Builds both pointer tables and every C string in one buffer. */
function layOut(image: ProcessImage): ProcessMemory {
  const { candidates, argv, environment } = image;
  const strings = [...argv, ...environment, ...candidates];
  const slots = argv.length + environment.length + 2;
  let size = slots * SLOT_BYTES;
  for (const text of strings) size += text.length + 1;
  const bytes = new Uint8Array(size);
  const base = Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
  const addresses: bigint[] = [];
  let offset = slots * SLOT_BYTES;
  for (const text of strings) {
    bytes.set(text, offset);
    addresses.push(base + BigInt(offset));
    offset += text.length + 1;
  }
  const environmentSlot = argv.length + 1;
  const candidatesStart = argv.length + environment.length;
  const table = new BigUint64Array(bytes.buffer, 0, slots);
  table.set(addresses.slice(0, argv.length));
  table.set(addresses.slice(argv.length, candidatesStart), environmentSlot);
  return {
    argv: bytes,
    environment: pointerTo(base + BigInt(environmentSlot * SLOT_BYTES)),
    candidate: (index) => pointerTo(addresses[candidatesStart + index] ?? 0n),
  };
}

const SLOT_BYTES = BigUint64Array.BYTES_PER_ELEMENT;
const pointerTo = Deno.UnsafePointer.create;
