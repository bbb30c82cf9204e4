/**
 * A refusal: the one way in which the entrypoint says no.
 *
 * @module
 */

import { printable } from "../text/printable.ts";
import type { ExitCode } from "./exit_code.ts";

/** Why an invocation is refused, and what it exits with. */
export interface Refusal {
  /** Tells a refusal from what may be performed. */
  readonly kind: "refuse";
  /** The exit code. */
  readonly code: ExitCode;
  /** Action, what was wanted, what was there; one sentence, no final period. */
  readonly message: string;
  /** What to do about it, where there is a sensible answer. */
  readonly remedy?: string;
}

/**
 * Makes a refusal.
 *
 * @param code The exit code.
 * @param message Action, what was wanted, what was there.
 * @param remedy What to do about it, if there is a sensible answer.
 * @returns The refusal as a value; nothing is printed.
 *
 * @example Usage
 * ```ts
 * import { refuse } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(refuse(64, "Unknown command").code, 64);
 * ```
 */
export function refuse(
  code: ExitCode,
  message: string,
  remedy?: string,
): Refusal {
  return remedy === undefined
    ? { kind: "refuse", code, message }
    : { kind: "refuse", code, message, remedy };
}

/**
 * Writes a refusal as it goes to standard error.
 *
 * @param refusal The refusal.
 * @returns One line beginning `runner: `, and one with the remedy if there is
 * one; control characters are visible escapes, so it is never more lines.
 *
 * @example Usage
 * ```ts
 * import { refuse, renderRefusal } from "./refusal.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   renderRefusal(refuse(64, "Unknown command \x1b", "Try help")),
 *   "runner: Unknown command \\x1b\nTry help\n",
 * );
 * ```
 */
export function renderRefusal(refusal: Refusal): string {
  const lines = [`runner: ${refusal.message}`];
  if (refusal.remedy !== undefined) lines.push(refusal.remedy);
  return lines.map((line) => printable(line) + "\n").join("");
}
