/**
 * The report formats by name.
 *
 * @module
 */

import { jsonReporter } from "./json.ts";
import { junitReporter } from "./junit.ts";
import type { Reporter, Sink } from "./reporter.ts";
import { type TerminalOptions, terminalReporter } from "./terminal.ts";

/** Makes a reporter of one format; a format ignores options it does not know. */
export type MakeReporter = (sink: Sink, options: TerminalOptions) => Reporter;

/**
 * The report formats by name, as `--report` takes them.
 *
 * @example Usage
 * ```ts
 * import { REPORT_FORMATS } from "./formats.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...REPORT_FORMATS.keys()], ["terminal", "json", "junit"]);
 * ```
 */
export const REPORT_FORMATS: ReadonlyMap<string, MakeReporter> = new Map<
  string,
  MakeReporter
>([
  ["terminal", terminalReporter],
  ["json", jsonReporter],
  ["junit", junitReporter],
]);
