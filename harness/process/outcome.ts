/**
 * What running a case's program came to, and how it is shown in a message.
 *
 * @module
 */

import { printable } from "../../text/printable.ts";

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

const FIRST_LINES = 4;
const LAST_LINES = 8;
const MAX_COLUMNS = 160;

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
 * Shows what a program printed below a message, shortened: standard error
 * first, because it says why.
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
export function showPrinted(printed: Printed): string {
  return showStream("stderr", printed.stderr) +
    showStream("stdout", printed.stdout);
}

function showStream(name: string, bytes: Uint8Array): string {
  if (bytes.length === 0) return "";
  const lines = decodeOutput(bytes).replace(/\r?\n$/, "").split("\n");
  const left = lines.length - FIRST_LINES - LAST_LINES;
  const shown = left <= 1 ? lines.map(showLine) : [
    ...lines.slice(0, FIRST_LINES).map(showLine),
    `  … ${left} lines left out`,
    ...lines.slice(-LAST_LINES).map(showLine),
  ];
  return [`\n${name}:`, ...shown].join("\n");
}

function showLine(line: string): string {
  const plain = line.endsWith("\r") ? line.slice(0, -1) : line;
  const characters = Array.from(plain.slice(0, 2 * MAX_COLUMNS + 2));
  const cut = characters.length > MAX_COLUMNS
    ? `${characters.slice(0, MAX_COLUMNS).join("")}…`
    : plain;
  return `  | ${printable(cut)}`.trimEnd();
}
