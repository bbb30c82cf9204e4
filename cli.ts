/**
 * `runner`: the single entrypoint of a tool image.
 *
 * It accepts explicit commands only, refuses to run as root or without a valid
 * image identity, and becomes the tool it is asked for: signals, terminal, exit
 * code and memory are the tool's own.
 *
 * ```sh
 * runner help
 * runner exec terraform version
 * ```
 *
 * This module is a program. The same functions are for use from a script in
 * `@runner/toolkit`.
 *
 * @module
 */

import { entrypoint } from "./runner/entrypoint.ts";

if (import.meta.main) Deno.exit(await entrypoint());
