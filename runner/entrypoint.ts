/**
 * The entrypoint on this machine: {@linkcode main} with the real host and the
 * real process, whatever form it is built to.
 *
 * @module
 */

import { denoReader } from "../host/deno_reader.ts";
import { writeDirectly } from "../host/direct_output.ts";
import type { ExitCode } from "./exit_code.ts";
import { main } from "./main.ts";
import { ownProcess } from "./process.ts";

/**
 * Runs this process's invocation.
 *
 * @returns The exit code, if the process was not replaced; a promise of it if
 * something is printed.
 *
 * @example Usage
 * ```ts no-assert
 * import { entrypoint } from "./entrypoint.ts";
 *
 * console.log(typeof entrypoint);
 * ```
 */
export function entrypoint(): ExitCode | Promise<ExitCode> {
  return main({ ...denoReader(), write: writeDirectly }, ownProcess);
}
