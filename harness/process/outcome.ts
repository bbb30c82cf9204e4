/**
 * What running a case's program came to, and how it is shown in a message.
 *
 * @module
 */

import { rowsOf, showStream } from "./_show_stream.ts";

/** What a program printed. */
export interface Printed {
  /** Standard output, undecoded. */
  readonly stdout: Uint8Array;
  /** Standard error, undecoded. */
  readonly stderr: Uint8Array;
}

/** What running a program came to. */
export interface Outcome extends Printed {
  /** Its exit code, 128 plus the signal's number if a signal ended it. */
  readonly exitCode: number;
  /** The number of the signal that ended it, if one did. */
  readonly signal?: number;
}

/** The most a program may print on one stream, in bytes. */
export const MAX_OUTPUT_BYTES: number = 64 * 1024 * 1024;

// Of a screen of 24, without what was wanted and two headings.
const ROWS = 18;

/**
 * Reads what a program printed as UTF-8.
 *
 * What is not UTF-8 becomes U+FFFD: a program that prints bytes can still be
 * judged by the rest of its text. A byte order mark is kept, line ends are
 * kept as they are.
 *
 * @param bytes What was printed.
 * @returns The text.
 *
 * @example Usage
 * ```ts
 * import { decodeOutput } from "./outcome.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decodeOutput(new Uint8Array([0x61, 0xff, 0x0a])), "a\ufffd\n");
 * ```
 */
export function decodeOutput(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/**
 * Shows what a program printed below a message, no more than fits on a screen:
 * standard error first, because it says why.
 *
 * @param printed What was printed.
 * @returns Lines that each begin with a line break, or nothing if nothing was
 * printed; characters that move a cursor are shown as escapes.
 *
 * @example Usage
 * ```ts
 * import { showPrinted } from "./outcome.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const stderr = new TextEncoder().encode("no such \x1b[1mfile\n");
 * assertEquals(
 *   showPrinted({ stdout: new Uint8Array(), stderr }),
 *   "\nstderr:\n  | no such \\x1b[1mfile",
 * );
 * ```
 */
export function showPrinted({ stdout, stderr }: Printed): string {
  const out = decodeOutput(stdout);
  const err = decodeOutput(stderr);
  const half = rowsOf(shown(out, ROWS / 2));
  const ofErr = shown(err, ROWS - half);
  const ofOut = shown(out, ROWS - rowsOf(ofErr));
  return section("stderr", ofErr) + section("stdout", ofOut);
}

function shown(text: string, rows: number): readonly string[] {
  return text === "" ? [] : showStream(text, rows);
}

function section(name: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`\n${name}:`, ...lines].join("\n");
}
