/**
 * The keys of a `cli.run` case that are about standard input, checked.
 *
 * @module
 */

import type { RawCase } from "../case.ts";
import { inQuotes, kindOf, own, wrong } from "./_case_key.ts";

/** What a case says about standard input. */
export interface InputKeys {
  /** What the program reads from it. */
  readonly stdin: Uint8Array;
  /** Whether it is a terminal. */
  readonly stdinIsTerminal: boolean;
}

// The system drops what is typed behind it.
const MAX_TERMINAL_LINE_BYTES = 4095;

/**
 * Checks the keys about standard input.
 *
 * @param raw The case.
 * @returns What it says; an empty pipe if it says nothing.
 * @throws {CaseError} `schema` if a key is wrong.
 */
export function readInput(raw: RawCase): InputKeys {
  return { stdin: readStdin(raw), stdinIsTerminal: readIsTerminal(raw) };
}

function readStdin(raw: RawCase): Uint8Array {
  const value = own(raw.harness, "stdin_text") ?? "";
  if (typeof value === "string") return new TextEncoder().encode(value);
  throw wrong(
    raw,
    ["harness", "stdin_text"],
    `harness.stdin_text must be a string, found ${kindOf(value)}${
      inQuotes(value)
    }`,
  );
}

function readIsTerminal(raw: RawCase): boolean {
  const value = own(raw.harness, "stdin_isatty") ?? false;
  if (typeof value === "boolean") return value;
  throw wrong(
    raw,
    ["harness", "stdin_isatty"],
    `harness.stdin_isatty must be true or false, found ${kindOf(value)}`,
  );
}

/**
 * Refuses input that cannot be typed at the terminal of a command.
 *
 * @param raw The case.
 * @param keys What it says.
 * @throws {CaseError} `schema` if a line is too long.
 */
export function refuseLongLines(raw: RawCase, { stdin }: InputKeys): void {
  const lines = new TextDecoder().decode(stdin).split("\n");
  for (const [index, line] of lines.entries()) {
    const size = new TextEncoder().encode(line).length;
    if (size <= MAX_TERMINAL_LINE_BYTES) continue;
    throw wrong(
      raw,
      ["harness", "stdin_text"],
      `harness.stdin_text: a terminal takes lines of up to ${MAX_TERMINAL_LINE_BYTES} bytes, line ${
        index + 1
      } has ${size}`,
    );
  }
}
