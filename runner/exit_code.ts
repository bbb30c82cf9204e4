/**
 * Exit codes of the entrypoint, after sysexits.h and the POSIX shell.
 *
 * @module
 */

/**
 * What the entrypoint itself may exit with.
 *
 * 125 belongs to container engines and is never used. Once the process has
 * been replaced, the exit code is the tool's own.
 *
 * @example Usage
 * ```ts
 * import { EXIT_CODE } from "./exit_code.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(EXIT_CODE.usage, 64);
 * ```
 */
export const EXIT_CODE = {
  /** The command did what it says. */
  ok: 0,
  /** A missing, unknown or misused command, a forbidden argument, no terminal for `shell`. */
  usage: 64,
  /** A defect of the entrypoint itself, or no `/proc`. */
  internal: 70,
  /** Output could not be written. */
  output: 74,
  /** Running as root. */
  root: 77,
  /** A contract file is missing, unreadable or invalid. */
  contract: 78,
  /** The command or plugin is there but cannot be executed. */
  notExecutable: 126,
  /** The command does not exist. */
  notFound: 127,
} as const;

/** One of the codes of {@linkcode EXIT_CODE}. */
export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
