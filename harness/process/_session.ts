/**
 * One call of a function: its input, its output and its end, wherever that
 * comes from.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";
import {
  describe,
  exitCodeOf,
  type FunctionName,
  loadFunction,
  showThrown,
} from "./_function.ts";
import { Sink } from "./_sink.ts";
import { MAX_OUTPUT_BYTES, type Outcome, showPrinted } from "./outcome.ts";

/** A function to call, and what it is given. */
export interface Call extends FunctionName {
  /** Its first argument. */
  readonly argv: readonly string[];
  /** The complete environment for the length of the call. */
  readonly env: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly stdin: Uint8Array;
  /** The case's temporary directory. */
  readonly tmpDir: string;
  /** Milliseconds until it is given up on. */
  readonly timeoutMs: number;
}

/** Takes output; text is written as UTF-8. Returns the number of bytes. */
export interface CallWriter {
  /** Writes all of the data at once. */
  write(data: string | Uint8Array): number;
}

/** Gives input: what is left of it, each time. */
export interface CallReader {
  /** The input as bytes. */
  bytes(): Uint8Array;
  /** The input as UTF-8. */
  text(): string;
}

/** The second argument of a function that is called. */
export interface CallIo {
  /** Standard input. */
  readonly stdin: CallReader;
  /** Standard output. */
  readonly stdout: CallWriter;
  /** Standard error. */
  readonly stderr: CallWriter;
  /** The environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The case's temporary directory. */
  readonly tmpDir: string;
}

/** Thrown by `exit` to leave the function; the code counts wherever it ends up. */
class Exit extends Error {
  constructor(code: number) {
    super(`exit(${code}) was called`);
    this.name = "Exit";
  }
}

// Longer delays would wrap around and fire at once.
const MAX_DELAY_MS = 2 ** 31 - 1;

/** One call, from the import of its module to its exit code. */
export class Session {
  /** Standard output of the call. */
  readonly stdout: Sink = new Sink(MAX_OUTPUT_BYTES);
  /** Standard error of the call. */
  readonly stderr: Sink = new Sink(MAX_OUTPUT_BYTES);
  /** What is called. */
  readonly call: Call;
  readonly #ended: PromiseWithResolvers<number> = Promise.withResolvers();
  #unread: Uint8Array;
  #isLoading = true;

  constructor(call: Call) {
    this.call = call;
    this.#unread = call.stdin;
  }

  /**
   * Calls the function and waits until it has come to an end, one way or
   * another.
   *
   * @param host The machine.
   * @param defaultExitCode Tells the exit code of a function that returns nothing.
   */
  async run(
    host: Pick<Host, "importModule">,
    defaultExitCode: () => number,
  ): Promise<Outcome> {
    const timer = setTimeout(
      () => this.#ended.reject(this.#timeout()),
      Math.min(this.call.timeoutMs, MAX_DELAY_MS),
    );
    try {
      const exitCode = await Promise.race([
        this.#ended.promise,
        this.#invoke(host, defaultExitCode),
      ]);
      return this.#outcome(exitCode);
    } finally {
      clearTimeout(timer);
      this.#closeSinks();
    }
  }

  /** Takes up to a number of bytes off the input. Default: all that is left. */
  read(size: number = this.#unread.length): Uint8Array {
    const taken = this.#unread.slice(0, size);
    this.#unread = this.#unread.subarray(taken.length);
    return taken;
  }

  /** Ends the call with an exit code; what is printed from now on is lost. */
  exit(code: unknown): never {
    const number = Math.trunc(Number(code)) & 0xff;
    if (this.#isLoading) {
      const text = `called exit(${number}) while it was loaded`;
      this.#ended.reject(this.#failure(text));
    } else {
      this.#ended.resolve(number);
    }
    this.#closeSinks();
    throw new Exit(number);
  }

  /**
   * Ends the call by something thrown where nobody waits for it. What `exit`
   * throws comes too late to change anything.
   */
  fail(error: unknown): void {
    this.#ended.reject(this.#thrown(error));
  }

  /** Ends the call because the whole run is to end. */
  interrupt(): void {
    this.#ended.reject(this.#failure("was interrupted"));
    this.#closeSinks();
  }

  async #invoke(
    host: Pick<Host, "importModule">,
    defaultExitCode: () => number,
  ): Promise<number> {
    const main = await loadFunction(this.call, host);
    for (const sink of [this.stdout, this.stderr]) sink.clear();
    this.#isLoading = false;
    let result: unknown;
    try {
      result = await main([...this.call.argv], this.#io());
    } catch (error) {
      throw this.#thrown(error);
    }
    const code = exitCodeOf(result, defaultExitCode());
    if (code !== undefined) return code;
    const wanted = "an exit code from 0 to 255 or nothing";
    throw this.#failure(`returned ${describe(result)}, wanted ${wanted}`);
  }

  #io(): CallIo {
    const { env, tmpDir } = this.call;
    return {
      stdin: {
        bytes: () => this.read(),
        text: () => new TextDecoder().decode(this.read()),
      },
      stdout: { write: (data) => this.stdout.write(data) },
      stderr: { write: (data) => this.stderr.write(data) },
      env: { ...env },
      tmpDir,
    };
  }

  #outcome(exitCode: number): Outcome {
    if (this.stdout.isFull || this.stderr.isFull) {
      throw this.#failure(`printed more than ${MAX_OUTPUT_BYTES} bytes`);
    }
    return { exitCode, ...this.#printed() };
  }

  #printed(): { stdout: Uint8Array; stderr: Uint8Array } {
    return { stdout: this.stdout.bytes(), stderr: this.stderr.bytes() };
  }

  #closeSinks(): void {
    for (const sink of [this.stdout, this.stderr]) sink.close();
  }

  #timeout(): CaseError {
    const seconds = this.call.timeoutMs / 1000;
    return this.#failure(
      `ran into the timeout: it took longer than ${seconds} s`,
    );
  }

  #thrown(error: unknown): CaseError {
    return this.#failure(`threw ${showThrown(error)}`, error);
  }

  #failure(text: string, cause?: unknown): CaseError {
    const { specifier, attr } = this.call;
    const name = quoted(`${specifier}:${attr.join(".")}`);
    const message = `${name} ${text}${showPrinted(this.#printed())}`;
    return new CaseError("runtime", message, { cause });
  }
}
