/** What a completion script is made from. */

import type { FlagRow } from "./flag_row.ts";
import type { Operand } from "./help.ts";

/** A program whose words are completed. */
export interface Completed {
  readonly program: string;
  readonly commands: readonly CompletedCommand[];
}

/** One of its commands. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly operand: Operand | undefined;
  readonly flags: readonly FlagRow[];
}

/** A flag that takes a value. */
export type ValueRow = Extract<FlagRow, { metavar: string }>;

/** A flag, and the commands that take it. */
export interface SharedFlag {
  readonly row: FlagRow;
  readonly commands: readonly string[];
}

/**
 * The flags of a program, each with its commands.
 *
 * @param program The program.
 */
export function sharedFlags({ commands }: Completed): readonly SharedFlag[] {
  const rows = new Set(commands.flatMap(({ flags }) => flags));
  return [...rows].map((row) => ({
    row,
    commands: commands.filter(({ flags }) => flags.includes(row))
      .map(({ name }) => name),
  }));
}

/**
 * Whether a flag takes a value.
 *
 * @param row The flag.
 */
export function takesValue(row: FlagRow): row is ValueRow {
  return row.kind !== "switch";
}
