/**
 * What a function that is called in this process is given.
 *
 * @module
 */

import type { FunctionName } from "./_function.ts";

export type { FunctionName } from "./_function.ts";

/** What a program is started with. */
export interface CallInput {
  /** Its first argument. */
  readonly argv: readonly string[];
  /** The complete environment for the length of the call. */
  readonly env: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly stdin: Uint8Array;
  /** Whether standard input says that it is a terminal. Default: false. */
  readonly stdinIsTerminal?: boolean;
  /** The case's temporary directory. */
  readonly tmpDir: string;
  /** Milliseconds until it is given up on. */
  readonly timeoutMs: number;
  /** Takes what it prints, as it does. Default: it is only kept. */
  readonly onPrint?: OnPrint;
}

/** Takes what is printed on standard output (1) or standard error (2). */
export type OnPrint = (stream: 1 | 2, bytes: Uint8Array) => void;

/** A function to call, and what it is given. */
export interface Call extends FunctionName, CallInput {}

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
  /** Whether it says that it is a terminal. */
  isTerminal(): boolean;
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
