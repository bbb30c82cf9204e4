/**
 * Every flag of `spec` and `image`, once.
 *
 * How words are parsed, what `--help` tells and what is suggested all come from
 * here: a new flag is a row, and an option in `options.ts`. The table of the
 * guide is rewritten from it: `deno run -A tools/cli_page.ts`.
 *
 * @module
 */

import { CASE_FLAGS } from "./_rows_cases.ts";
import { CHOICE_FLAGS, ORDER_FLAGS } from "./_rows_choice.ts";
import { IMAGE_FLAGS } from "./_rows_image.ts";
import { REPORT_FLAGS } from "./_rows_reports.ts";
import { RUNNING_FLAGS } from "./_rows_running.ts";
import { ALL, CONFIGURED } from "./_row_values.ts";
import type { CommandId, FlagRow } from "./flag_row.ts";
import type { FlagShape } from "./flags.ts";

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
  ...CHOICE_FLAGS,
  ...RUNNING_FLAGS,
  ...ORDER_FLAGS,
  ...REPORT_FLAGS,
  {
    name: "config",
    section: "Configuration",
    help: "read it from FILE",
    default: 'the nearest runner.json, or deno.json with the key "runner"',
    config: false,
    commands: CONFIGURED,
    kind: "value",
    metavar: "FILE",
    names: "file",
  },
  {
    name: "no-config",
    section: "Configuration",
    help: "go without; --no-FLAG takes back a single switch of it",
    config: false,
    commands: CONFIGURED,
    kind: "switch",
  },
  {
    name: "help",
    section: "Other",
    config: false,
    help: "print this, or that of the command",
    commands: ALL,
    kind: "switch",
  },
  {
    name: "version",
    section: "Other",
    config: false,
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

/**
 * The flags of a command as words are split by them: with `--no-FLAG`, which
 * takes back what a configuration gives.
 *
 * @param command Its whole name.
 * @returns The flags.
 *
 * @example Usage
 * ```ts
 * import { flagShapes } from "./flag_table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const names = flagShapes("spec list").map(({ name }) => name);
 * assertEquals(names.includes("no-recursive"), true);
 * ```
 */
export function flagShapes(command: CommandId): readonly FlagShape[] {
  const rows = flagsOf(command);
  if (!rows.some(({ name }) => name === "config")) return rows;
  return [
    ...rows,
    ...rows.filter(mayBeTakenBack).map(({ name }) =>
      ({ name: `no-${name}`, kind: "switch" }) as const
    ),
  ];
}

function mayBeTakenBack({ config, kind }: FlagRow): boolean {
  return config !== false && kind !== "value";
}
