/**
 * Where reports go: a standard stream as they are written, or a file that is
 * there whole or not at all.
 *
 * @module
 */

import { basename, dirname, join } from "@std/path";
import { type Host, HostError } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { ReportFileError } from "./report_file_error.ts";
import type { Sink } from "./reporter.ts";

/** The part of the machine that a file is written with. */
export type FileSinkHost = Pick<
  Host,
  "stat" | "realPath" | "mayAccess" | "writeFile" | "rename" | "remove"
>;

/**
 * Makes a sink that hands every piece to standard output at once.
 *
 * @param host The machine.
 * @returns The sink; writing throws a `HostError` if nobody reads any more.
 *
 * @example Usage
 * ```ts
 * import { stdoutSink } from "./sinks.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost();
 * stdoutSink(host).write("ok A-1\n");
 * assertEquals(host.stdoutText, "ok A-1\n");
 * ```
 */
export function stdoutSink(host: Pick<Host, "write">): Sink {
  const encoder = new TextEncoder();
  return { write: (text) => host.write(1, encoder.encode(text)) };
}

/**
 * A report file. It holds its text back until it is complete.
 *
 * The text is written beside the file and renamed into its place, so that a
 * reader finds the old file, or the whole new one. A device or a pipe is
 * written to as it is.
 *
 * @example Usage
 * ```ts
 * import { FileSink } from "./sinks.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/out/old.txt": "" }, ids: { uid: 0 } });
 * const sink = new FileSink("/out/report.json", host);
 * sink.write("{}\n");
 * assertEquals(host.readDirectory("/out").length, 1);
 * sink.commit();
 * assertEquals(new TextDecoder().decode(host.readFile("/out/report.json")), "{}\n");
 * ```
 */
export class FileSink implements Sink {
  readonly #path: string;
  readonly #host: FileSinkHost;
  readonly #target: Target;
  /** How a message begins. */
  readonly #what: string;
  #text = "";

  /**
   * Checks that the file could be written, and writes nothing.
   *
   * @param path The file, as typed.
   * @param host The part of the machine it is written with.
   * @param options What the file is, for messages. Default `report`.
   * @throws {ReportFileError} If it is a directory, or its directory is
   * missing or not writable.
   */
  constructor(
    path: string,
    host: FileSinkHost,
    { noun = "report" }: { readonly noun?: string } = {},
  ) {
    this.#path = path;
    this.#host = host;
    this.#what = `Cannot write ${noun} ${quoted(path)}`;
    this.#target = this.#guard(() => findTarget(path, host, this.#what));
  }

  /**
   * Keeps a piece of text.
   *
   * @param text The text.
   */
  write(text: string): void {
    this.#text += text;
  }

  /**
   * Puts the file into its place.
   *
   * @throws {ReportFileError} If it cannot be written; what was there before
   * is still there.
   */
  commit(): void {
    const bytes = new TextEncoder().encode(this.#text);
    this.#guard(() => this.#put(bytes));
  }

  #guard<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      if (!(cause instanceof HostError)) throw cause;
      const why = cause.path === this.#path ? cause.reason : cause.message;
      throw new ReportFileError(`${this.#what}: ${why}`, { cause });
    }
  }

  #put(bytes: Uint8Array): void {
    const { path, mode, replace } = this.#target;
    if (!replace) return this.#host.writeFile(path, bytes);
    const name = `.${basename(path)}.${crypto.randomUUID()}.tmp`;
    const beside = join(dirname(path), name);
    try {
      this.#host.writeFile(beside, bytes, mode === undefined ? {} : { mode });
      this.#host.rename(beside, path);
    } catch (error) {
      this.#host.remove(beside);
      throw ofReport(error, { beside, path });
    }
  }
}

// Names of open streams. A file behind one is still being written to.
const STREAM = /^\/(?:dev\/(?:stdout|stderr|fd\/\d+)|proc\/[^/]+\/fd\/\d+)$/;

interface Target {
  readonly path: string;
  readonly mode: number | undefined;
  readonly replace: boolean;
}

function findTarget(path: string, host: FileSinkHost, what: string): Target {
  const existing = statOrNothing(path, host);
  if (existing?.kind === "directory") throw new HostError("EISDIR", path);
  if (existing?.kind === "file" && STREAM.test(path)) {
    throw new ReportFileError(
      `${what}: the file this stream is redirected to would be replaced; write "-" for standard output, or name the file`,
    );
  }
  if (existing?.kind === "other") {
    return { path, mode: undefined, replace: false };
  }
  const parent = dirname(path);
  if (host.stat(parent).kind !== "directory") {
    throw new HostError("ENOTDIR", parent);
  }
  const real = existing === undefined ? path : host.realPath(path);
  if (!host.mayAccess(dirname(real), "write")) {
    throw new HostError("EACCES", dirname(real));
  }
  const mode = existing === undefined ? undefined : existing.mode & 0o777;
  return { path: real, mode, replace: true };
}

function statOrNothing(path: string, host: FileSinkHost) {
  try {
    return host.stat(path);
  } catch (error) {
    if (error instanceof HostError && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The name of the file beside it is random, and gone: nobody is told. */
function ofReport(
  error: unknown,
  { beside, path }: { readonly beside: string; readonly path: string },
): unknown {
  return error instanceof HostError && error.path === beside
    ? new HostError(error.code, path, { cause: error })
    : error;
}
