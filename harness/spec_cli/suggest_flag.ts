/**
 * What was meant by a flag that the command does not have.
 *
 * @module
 */

import type { CommandId } from "./flag_row.ts";
import { FLAGS, flagsOf } from "./flag_table.ts";

/**
 * Says what to do about a flag that is not known: other tools call one of ours
 * like that, other commands have it, or it is the letter of a long one.
 *
 * @param flag The flag as typed, without its value.
 * @param command The command's whole name.
 * @returns What to do; nothing if none of that is so.
 *
 * @example Usage
 * ```ts
 * import { suggestFlag } from "./suggest_flag.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   suggestFlag("--workers", "spec run"),
 *   'Did you mean "--jobs"?',
 * );
 * assertEquals(
 *   suggestFlag("--implementation", "spec list"),
 *   "It is a flag of spec conformance; see spec list --help",
 * );
 * assertEquals(suggestFlag("-j", "spec run"), 'Did you mean "--jobs"?');
 * ```
 */
export function suggestFlag(
  flag: string,
  command: CommandId,
): string | undefined {
  const [, name = ""] = /^--(.+)$/.exec(flag) ?? [];
  const rows = flagsOf(command);
  const meant = rows.find(({ also }) => also?.includes(name));
  if (meant !== undefined) return asked([meant.name]);
  const [program = ""] = command.split(" ");
  const owners = FLAGS.find((row) => row.name === name)?.commands
    .filter((owner) => owner.startsWith(`${program} `)) ?? [];
  if (owners.length > 0) {
    return `It is a flag of ${joined(owners, "and")}; see ${command} --help`;
  }
  if (!/^-[a-z]$/.test(flag)) return undefined;
  const long = rows.map((row) => row.name)
    .filter((long) => long.startsWith(flag.slice(1)));
  return long.length > 0 ? asked(long) : undefined;
}

function asked(names: readonly string[]): string {
  return `Did you mean ${joined(names.map((name) => `"--${name}"`), "or")}?`;
}

function joined(words: readonly string[], by: string): string {
  return words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(", ")} ${by} ${words.at(-1)}`;
}
