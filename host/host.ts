/**
 * The only door to the machine.
 *
 * Everything the tools need from the operating system is named here, so that
 * the rest can be tested, and used from a script, against
 * {@linkcode MemoryHost} just as against {@linkcode denoHost}. A function asks
 * for the part it uses: `Pick<Host, "readFile">`.
 *
 * @module
 */

/** What a path is. Devices, sockets and FIFOs are `other`. */
export type FileKind = "file" | "directory" | "symlink" | "other";

/** What {@linkcode Host.stat} tells about a path. */
export interface FileInfo {
  /** What it is. `stat` never says `symlink`, `lstat` may. */
  readonly kind: FileKind;
  /** Size in bytes. */
  readonly size: number;
  /** Permission bits with set-uid, set-gid and sticky: 0 to 0o7777. */
  readonly mode: number;
}

/** One name in a directory. */
export interface DirectoryEntry {
  /** The name alone, no path. */
  readonly name: string;
  /** What it is, symbolic links not followed. */
  readonly kind: FileKind;
}

/** Whose process this is. */
export interface UserIds {
  /** Real user id. */
  readonly uid: number;
  /** Effective user id. */
  readonly euid: number;
  /** Real group id. */
  readonly gid: number;
  /** Effective group id. */
  readonly egid: number;
}

/** What the caller would like to do with a path. */
export type Access = "read" | "write" | "execute";

/** Standard output or standard error. */
export type OutputDescriptor = 1 | 2;

/** How a child process ended: never a code for a signal. */
export type CommandEnd =
  | { readonly kind: "exit"; readonly code: number }
  | {
    readonly kind: "signal";
    readonly signal: string;
    readonly number: number;
  };

/** A program to start. */
export interface CommandRequest {
  /** The program, looked up in {@linkcode CommandRequest.searchPath} if it has no slash, and its arguments. */
  readonly argv: readonly string[];
  /** The complete environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** The `PATH` to find the program in; not handed to the child. */
  readonly searchPath: string;
  /** The working directory. Default: this process's. */
  readonly cwd?: string;
  /** What the child reads from standard input, then end of file. */
  readonly stdin: Uint8Array;
  /**
   * Whether standard input is a terminal, at which the input is typed. It is
   * not the terminal that controls the child: `/dev/tty` cannot be opened. Of
   * one line up to 4095 bytes are read. Default: a pipe.
   */
  readonly stdinIsTerminal?: boolean;
}

/** A file that is open for reading at any place. Closed when disposed of. */
export interface OpenFile extends Disposable {
  /** What it is. Only a `file` is to be read: others may wait, or never end. */
  readonly kind: "file" | "other";
  /**
   * Where it is, without symbolic links: not asked of the path it was opened
   * by, which may lead elsewhere by now. Behind the path of a file that is
   * there no more stands ` (deleted)`.
   */
  readonly realPath: string;
  /** Size in bytes when it was opened. */
  readonly size: number;
  /**
   * Reads some bytes.
   *
   * @param into Where they go.
   * @param offset Where in the file they begin.
   * @returns How many were read: fewer than fit in only now and then, 0 only at
   * the end.
   * @throws {HostError} If they cannot be read.
   */
  read(into: Uint8Array, offset: number): number;
}

/** What a {@linkcode HostError} is about if there is no terminal for a child. */
export const PSEUDO_TERMINAL = "a pseudo-terminal";

/** A started program, leader of a process group of its own. */
export interface RunningCommand {
  /** What it prints, drained by the caller. */
  readonly stdout: ReadableStream<Uint8Array>;
  /** What it complains, drained by the caller. */
  readonly stderr: ReadableStream<Uint8Array>;
  /** Its end. */
  readonly end: Promise<CommandEnd>;
  /**
   * Sends a signal to its whole process group; a group that is gone is fine.
   *
   * @param signal `SIGINT` or `SIGKILL`.
   */
  signalGroup(signal: "SIGINT" | "SIGKILL"): void;
}

/** A variable with a value that no other process has by chance. */
export interface ProcessMark {
  /** The variable's name. */
  readonly variable: string;
  /** Its value. */
  readonly value: string;
}

/** Processes that have a mark in their environment, in whatever group they are. */
export interface MarkedProcesses {
  /**
   * Kills all of them, with all that descends from them, and waits a moment for
   * their end.
   *
   * Not found are processes that have cleaned their environment once their
   * parents are gone, those of other users, and all of them where there is no
   * `/proc`.
   *
   * @returns How many were found.
   */
  killAll(): number;
}

/**
 * A refusal of the operating system, by its error name.
 *
 * @example Tell a missing file from an unreadable one
 * ```ts
 * import { HostError } from "./host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new HostError("ENOENT", "/etc/runner/image.env");
 * assertEquals(error.code, "ENOENT");
 * assertEquals(error.reason, "no such file or directory");
 * ```
 */
export class HostError extends Error {
  /** The error name: `ENOENT`, `EACCES`, `ENOSPC`, …; `EIO` if unknown. */
  readonly code: string;
  /** The path or program it is about. */
  readonly path: string;
  /** The error in words, as the C library has them, in lower case. */
  readonly reason: string;

  /**
   * Makes a refusal.
   *
   * @param code The error name.
   * @param path The path or program it is about.
   * @param options The cause.
   */
  constructor(code: string, path: string, options: { cause?: unknown } = {}) {
    const reason = reasonOf(code) ?? code;
    super(`${path}: ${reason}`, options);
    this.name = "HostError";
    this.code = code;
    this.path = path;
    this.reason = reason;
  }
}

/**
 * The reason for an error's name, in words. The table is made when it is wanted:
 * a start that goes well needs none of it.
 */
function reasonOf(code: string): string | undefined {
  const reasons = new Map([
    ["E2BIG", "argument list too long"],
    ["EACCES", "permission denied"],
    ["EAGAIN", "resource temporarily unavailable"],
    ["EBADF", "bad file descriptor"],
    ["EBUSY", "device or resource busy"],
    ["EEXIST", "file exists"],
    ["EFBIG", "file too large"],
    ["EINVAL", "invalid argument"],
    ["EIO", "input/output error"],
    ["EISDIR", "is a directory"],
    ["ELIBBAD", "a corrupted shared library"],
    ["ELOOP", "too many levels of symbolic links"],
    ["EMFILE", "too many open files"],
    ["ENAMETOOLONG", "file name too long"],
    ["ENFILE", "too many open files in system"],
    ["ENODEV", "no such device"],
    ["ENOENT", "no such file or directory"],
    ["ENOEXEC", "exec format error"],
    ["ENOMEM", "cannot allocate memory"],
    ["ENOSPC", "no space left on device"],
    ["ENOTDIR", "not a directory"],
    ["ENOTEMPTY", "directory not empty"],
    ["ENXIO", "no such device or address"],
    ["EPERM", "operation not permitted"],
    ["EPIPE", "broken pipe"],
    ["EROFS", "read-only file system"],
    ["ESTALE", "stale file handle"],
    ["ETXTBSY", "text file busy"],
  ]);
  return reasons.get(code);
}

/** The machine, as far as the tools need it. */
export interface Host {
  /** The words after the program's name. */
  readonly args: readonly string[];

  /**
   * Reads one environment variable.
   *
   * @param name The variable's name.
   * @returns Its value, or nothing if it is not set.
   */
  env(name: string): string | undefined;

  /** All environment variables, in no particular order. */
  environment(): Record<string, string>;

  /** The processor, as image platforms name it: `amd64`, `arm64`. */
  architecture(): string;

  /** The version of the runtime, such as `2.9.6`. */
  runtimeVersion(): string;

  /**
   * The working directory.
   *
   * @throws {HostError} If it is gone or unreadable.
   */
  cwd(): string;

  /** Whose process this is. */
  userIds(): UserIds;

  /**
   * Tells whether a descriptor is a terminal.
   *
   * @param descriptor 0, 1 or 2.
   */
  isTerminal(descriptor: 0 | 1 | 2): boolean;

  /** Milliseconds on a clock that never steps back. */
  now(): number;

  /**
   * Reads a whole file.
   *
   * @param path The file.
   * @param options How many bytes it may have; any number if not given. A
   * file that grows while it is read is held to it, too.
   * @throws {HostError} If it cannot be read; `EFBIG` if it has more bytes.
   */
  readFile(
    path: string,
    options?: { readonly maxBytes?: number },
  ): Uint8Array<ArrayBuffer>;

  /**
   * Opens a file, to look at it before it is read, or because it is too large
   * to be held in memory. It never waits: not for a FIFO that nobody writes to
   * either, unless this process has not all permissions, and the FIFO took the
   * place of a file at this very moment.
   *
   * @param path The file.
   * @throws {HostError} If it cannot be opened, or is a directory.
   */
  openFile(path: string): OpenFile;

  /**
   * Describes a path, symbolic links followed.
   *
   * @param path The path.
   * @throws {HostError} If it cannot be reached.
   */
  stat(path: string): FileInfo;

  /**
   * Describes a path itself, the last symbolic link not followed.
   *
   * @param path The path.
   * @throws {HostError} If it cannot be reached.
   */
  lstat(path: string): FileInfo;

  /**
   * Lists a directory, sorted by code point.
   *
   * @param path The directory.
   * @throws {HostError} If it cannot be read.
   */
  readDirectory(path: string): DirectoryEntry[];

  /**
   * Resolves every symbolic link in a path.
   *
   * @param path The path, relative to the working directory or absolute.
   * @throws {HostError} If it cannot be reached.
   */
  realPath(path: string): string;

  /**
   * Tells whether the effective user may do something with a path.
   *
   * @param path The path, symbolic links followed.
   * @param access What would be done.
   * @returns False also for a path that cannot be reached.
   */
  mayAccess(path: string, access: Access): boolean;

  /**
   * Writes a whole file, replacing what was there.
   *
   * @param path The file.
   * @param bytes The content.
   * @param options Permission bits for a new file, 0o644 by default.
   * @throws {HostError} If it cannot be written.
   */
  writeFile(
    path: string,
    bytes: Uint8Array,
    options?: { readonly mode?: number },
  ): void;

  /**
   * Writes a new file below a directory, and makes the directories on the way.
   * Below that directory no symbolic link is followed, not even one that is put
   * there meanwhile, unless this process has not all permissions.
   *
   * @param directory A directory, without symbolic links.
   * @param path The file's path from there, without `.` and `..`.
   * @param bytes The content.
   * @throws {HostError} If it cannot be written: `EEXIST` if something is there,
   * `ENOTDIR` if what is on the way is no directory, be it a link to one.
   */
  writeFileBelow(directory: string, path: string, bytes: Uint8Array): void;

  /**
   * Renames a file or directory, replacing a file that is there.
   *
   * @param from The old path.
   * @param to The new path, on the same file system.
   * @throws {HostError} If it cannot be renamed.
   */
  rename(from: string, to: string): void;

  /**
   * Makes a directory and the ones above it; one that exists is fine.
   *
   * @param path The directory.
   * @throws {HostError} If it cannot be made.
   */
  makeDirectory(path: string): void;

  /**
   * Makes a fresh directory under the system's temporary directory.
   *
   * @param prefix How its name begins.
   * @returns Its absolute path.
   * @throws {HostError} If it cannot be made.
   */
  makeTempDirectory(prefix: string): string;

  /**
   * Removes a file, or a directory with all that is in it.
   *
   * @param path The path; one that is gone is fine.
   * @throws {HostError} If it cannot be removed.
   */
  remove(path: string): void;

  /**
   * Writes all bytes to standard output or standard error, and waits until
   * they are taken.
   *
   * @param descriptor 1 or 2.
   * @param bytes What to write.
   * @throws {HostError} If they cannot be written: `EPIPE`, `ENOSPC`, `EBADF`, ….
   */
  write(descriptor: OutputDescriptor, bytes: Uint8Array): void;

  /**
   * Reads standard input to its end, however long that takes.
   *
   * @param options How many bytes it may have.
   * @throws {HostError} If it cannot be read; `EFBIG` if it has more bytes.
   */
  readInput(options: { readonly maxBytes: number }): Uint8Array<ArrayBuffer>;

  /**
   * Starts a program in a process group of its own.
   *
   * @param request The program and what it is given.
   * @throws {HostError} If it cannot be started; `ENOENT` if there is none.
   */
  start(request: CommandRequest): RunningCommand;

  /**
   * The command that runs a module as this process would run it: with the same
   * configuration and import map. To be started in the working directory this
   * process was started in; further words are the module's.
   *
   * @param module What is run: a module on standard input, or the main module
   * of this process again. Default `stdin`.
   * @returns The program and its words; nothing if this program was compiled,
   * and has no runtime beside it.
   * @throws {HostError} `EACCES` if this process has not all permissions.
   */
  runtimeCommand(module?: "main" | "stdin"): readonly string[] | undefined;

  /**
   * Begins to keep an eye on processes that will be started with a mark.
   *
   * @param mark What tells them from all others; nobody has it yet.
   */
  markedProcesses(mark: ProcessMark): MarkedProcesses;

  /**
   * Calls back on an interrupt from the terminal or a request to end.
   *
   * @param callback Called with `SIGINT`, `SIGTERM` or `SIGHUP`.
   * @returns A function that stops listening.
   */
  onInterrupt(callback: (signal: string) => void): () => void;

  /**
   * Imports a module.
   *
   * @param specifier An absolute URL or a name of the import map.
   * @returns The module's exports.
   */
  importModule(specifier: string): Promise<Record<string, unknown>>;
}
