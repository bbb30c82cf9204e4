/**
 * Every flag of `spec` and `image`, once.
 *
 * How words are parsed, what `--help` tells and what is suggested all come from
 * here: a new flag is a row, and an option in `options.ts`.
 *
 * @module
 */

import { CASE_FLAGS } from "./_rows_cases.ts";
import { IMAGE_FLAGS } from "./_rows_image.ts";
import { REPORT_FLAGS } from "./_rows_reports.ts";
import { RUNNING_FLAGS } from "./_rows_running.ts";
import { ALL } from "./_row_values.ts";
import type { CommandId, FlagRow } from "./flag_row.ts";

/**
 * The flags, in the order help texts tell them.
 *
 * @example Usage
 * ```ts
 * import { FLAGS } from "./flag_table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const jobs = FLAGS.find(({ name }) => name === "jobs");
 * assertEquals(jobs?.help, "cases side by side");
 * ```
 */
export const FLAGS: readonly FlagRow[] = [
  ...IMAGE_FLAGS,
  ...CASE_FLAGS,
  ...RUNNING_FLAGS,
  ...REPORT_FLAGS,
  {
    name: "help",
    section: "Other",
    help: "print this, or that of the command",
    commands: ALL,
    kind: "switch",
  },
  {
    name: "version",
    section: "Other",
    help: "print the version",
    commands: ALL,
    kind: "switch",
  },
];

/**
 * The flags of a command.
 *
 * @param command Its whole name.
 * @returns The rows, in the order of the table.
 *
 * @example Usage
 * ```ts
 * import { flagsOf } from "./flag_table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const names = flagsOf("image init").map(({ name }) => name);
 * assertEquals(names, ["out", "help", "version"]);
 * ```
 */
export function flagsOf(command: CommandId): readonly FlagRow[] {
  return FLAGS.filter(({ commands }) => commands.includes(command));
}
