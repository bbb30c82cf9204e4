/**
 * Flags turned into what a command takes.
 *
 * @module
 */

import { parseReports } from "./_flag_values.ts";
import type { FlagOptions, FlagRow } from "./flag_row.ts";
import type { Flags } from "./flags.ts";
import type { LintOptions } from "./options.ts";

/**
 * Reads flags into what they ask for.
 *
 * @param flags What was given.
 * @param rows The command's flags.
 * @returns The options; a flag that was not given has no key.
 * @throws {UsageError} If a value cannot be used.
 *
 * @example Usage
 * ```ts
 * import { flagsOf } from "./flag_table.ts";
 * import { readOptions } from "./read_options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const flags = {
 *   values: new Map([["timeout", ["0.5"]], ["case-formats", ["md,yaml"]]]),
 *   switches: new Set(["recursive"]),
 *   paths: [],
 * };
 * assertEquals(readOptions(flags, flagsOf("spec run")), {
 *   formats: ["md", "yaml"],
 *   recursive: true,
 *   timeoutMs: 500,
 * });
 * ```
 */
export function readOptions(
  flags: Flags,
  rows: readonly FlagRow[],
): Partial<FlagOptions> {
  const options: Partial<FlagOptions> = {};
  for (const row of rows) {
    if (row.option === undefined) continue;
    const given = flags.switches.has(row.name)
      ? []
      : flags.values.get(row.name);
    if (given === undefined) continue;
    Object.assign(options, { [row.option]: row.read(given) });
  }
  return options;
}

/**
 * What a command that reports does if nothing else is asked for.
 *
 * @example Usage
 * ```ts
 * import { REPORT_DEFAULTS } from "./read_options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(REPORT_DEFAULTS.reports, [{ format: "terminal", file: "-" }]);
 * ```
 */
export const REPORT_DEFAULTS: Pick<
  LintOptions,
  "reports" | "quiet" | "verbose"
> = {
  reports: parseReports([]),
  quiet: false,
  verbose: false,
};
