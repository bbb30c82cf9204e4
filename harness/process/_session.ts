/**
 * One act of a module in this process, the load of it or a call: its input,
 * its output and its end, wherever that comes from.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import { clearTimeout, setTimeout } from "../_timers.ts";
import { CaseError } from "../case_error.ts";
import { type FunctionName, showThrown } from "./_function.ts";
import { Sink } from "./_sink.ts";
import type { OnPrint } from "./call.ts";
import { MAX_OUTPUT_BYTES, type Printed, showPrinted } from "./outcome.ts";

/** What an act is given. */
export interface SessionOptions {
  /** The function it is about. */
  readonly name: FunctionName;
  /** What is done: a module is loaded, or the function called as what it is. */
  readonly role: "load" | "program" | "hook";
  /** The words behind the program's name. */
  readonly argv: readonly string[];
  /** What it reads from standard input. */
  readonly stdin: Uint8Array;
  /** Whether standard input says that it is a terminal. */
  readonly stdinIsTerminal: boolean;
  /** Milliseconds until it is given up on. */
  readonly timeoutMs: number;
  /** Takes what it prints, as it does. */
  readonly onPrint?: OnPrint | undefined;
}

/** Thrown by `exit` to leave the function; the code counts wherever it ends up. */
export class Exit extends Error {
  /** Makes it. */
  constructor(code: number) {
    super(`exit(${code}) was called`);
    this.name = "Exit";
  }
}

// Longer delays would wrap around and fire at once.
const MAX_DELAY_MS = 2 ** 31 - 1;

/** One act, from its begin to its end. */
export class Session {
  /** Standard output of the act. */
  readonly stdout: Sink = new Sink(
    MAX_OUTPUT_BYTES,
    (bytes) => this.options.onPrint?.(1, bytes),
  );
  /** Standard error of the act. */
  readonly stderr: Sink = new Sink(
    MAX_OUTPUT_BYTES,
    (bytes) => this.options.onPrint?.(2, bytes),
  );
  /** What it is given. */
  readonly options: SessionOptions;
  /** Whether its case is over, and what it started should be gone. */
  isOver = false;
  readonly #ended: PromiseWithResolvers<number> = Promise.withResolvers();
  #unread: Uint8Array;
  #isExiting = false;

  constructor(options: SessionOptions) {
    this.options = options;
    this.#unread = options.stdin;
  }

  /**
   * Acts, and waits until that has come to an end, one way or another.
   *
   * @param act What to do.
   * @param onExit Makes a result of an exit code; without it, exiting fails.
   * @returns What it returned, or what was made of its exit code.
   * @throws {CaseError} `runtime` if it throws, here or where nobody waits for
   * it, takes too long, prints too much or is interrupted.
   */
  async run<T>(
    act: () => T | Promise<T>,
    onExit: (code: number) => T = (code) => {
      throw this.failure(`called exit(${code})`);
    },
  ): Promise<T> {
    const exited = this.#ended.promise.then(onExit);
    const timer = setTimeout(
      () => this.#ended.reject(this.#timeout()),
      Math.min(this.options.timeoutMs, MAX_DELAY_MS),
    );
    try {
      const value = await Promise.race([
        exited,
        this.#perform(act, exited),
      ]);
      if (!this.stdout.isFull && !this.stderr.isFull) return value;
      throw this.failure(`printed more than ${MAX_OUTPUT_BYTES} bytes`);
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

  /** Takes one line off the input, without its end; nothing if none is left. */
  readLine(): string | undefined {
    const end = this.#unread.indexOf(0x0a);
    const line = this.read(end < 0 ? undefined : end + 1);
    return line.length === 0
      ? undefined
      : new TextDecoder().decode(line).replace(/\r?\n$/, "");
  }

  /** Ends the act with an exit code; what is printed from now on is lost. */
  exit(code: unknown): never {
    const number = Math.trunc(Number(code)) & 0xff;
    this.#isExiting = true;
    this.#ended.resolve(number);
    this.#closeSinks();
    throw new Exit(number);
  }

  /**
   * Ends the act by something thrown where nobody waits for it. What `exit`
   * throws comes too late to change anything.
   */
  fail(error: unknown): void {
    this.#ended.reject(this.thrown(error));
  }

  /** Ends the act because the whole run is to end. */
  interrupt(): void {
    this.#ended.reject(this.failure("was interrupted"));
    this.#closeSinks();
  }

  /** What it printed so far. */
  printed(): Printed {
    return { stdout: this.stdout.bytes(), stderr: this.stderr.bytes() };
  }

  /** The failure of an act that threw. */
  thrown(error: unknown): CaseError {
    return this.failure(`threw ${showThrown(error)}`, error);
  }

  /** A failure of the act, with what it printed. */
  failure(text: string, cause?: unknown): CaseError {
    const { role, name } = this.options;
    const shown = quoted(`${name.specifier}:${name.attr.join(".")}`);
    const when = role === "load" ? " while it was loaded" : "";
    const message = `${shown} ${text}${when}${showPrinted(this.printed())}`;
    return new CaseError("runtime", message, { cause });
  }

  // Whatever comes of it, an exit code that was given counts.
  async #perform<T>(act: () => T | Promise<T>, exited: Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!this.#isExiting) throw this.thrown(error);
      return await exited;
    }
  }

  #closeSinks(): void {
    for (const sink of [this.stdout, this.stderr]) sink.close();
  }

  #timeout(): CaseError {
    const seconds = this.options.timeoutMs / 1000;
    return this.failure(
      `ran into the timeout: it took longer than ${seconds} s`,
    );
  }
}
