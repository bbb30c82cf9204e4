/**
 * Words split into flags and paths, nothing lost and nothing guessed.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";

/** Which flags a command has, without their dashes. */
export interface FlagTable {
  /** Flags that take a value. */
  readonly values: readonly string[];
  /** Flags that take none. */
  readonly switches: readonly string[];
  /** Flags of `values` that may be given more than once. */
  readonly repeatable: readonly string[];
}

/** What was given. */
export interface Flags {
  /** The values of each flag, as typed, none of them empty. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The switches that were given. */
  readonly switches: ReadonlySet<string>;
  /** The other words, in order. */
  readonly paths: readonly string[];
}

/**
 * Splits words into flags and paths.
 *
 * A value stands behind `=` or is the next word; one that begins with `-` must
 * stand behind `=`. What follows `--` is a path, whatever it looks like.
 *
 * @param words The words behind the command.
 * @param table The command's flags.
 * @returns What was given. Values are not looked into.
 * @throws {UsageError} If a flag is unknown, lacks its value, has one too
 * many, or is given twice.
 *
 * @example Usage
 * ```ts
 * import { parseFlags } from "./flags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const table = { values: ["jobs"], switches: ["help"], repeatable: [] };
 * const flags = parseFlags(["--jobs", "4", "specs/", "--", "-x"], table);
 * assertEquals(flags.values.get("jobs"), ["4"]);
 * assertEquals(flags.paths, ["specs/", "-x"]);
 * ```
 */
export function parseFlags(words: readonly string[], table: FlagTable): Flags {
  const { values, switches } = table;
  const flagWords = beforeDashes(words);
  refuseSwitchValues(flagWords, switches);
  const unknown: string[] = [];
  const parsed = parseArgs(flagWords.map(shortHelp), {
    boolean: switches,
    string: ["_", ...values],
    collect: values,
    unknown: (word, key) => {
      if (key !== undefined) unknown.push(word);
      return key === undefined;
    },
  });
  const [stray] = unknown;
  if (stray !== undefined) throw unknownFlag(stray, [...values, ...switches]);
  const given = values.map((name) => [name, strings(parsed[name])] as const);
  for (const [name, list] of given) refuseList(name, list, table);
  return {
    values: new Map(given.filter(([, list]) => list.length > 0)),
    switches: new Set(switches.filter((name) => parsed[name] === true)),
    paths: [...parsed._.map(String), ...words.slice(flagWords.length + 1)],
  };
}

function beforeDashes(words: readonly string[]): readonly string[] {
  const dashes = words.indexOf("--");
  return dashes === -1 ? words : words.slice(0, dashes);
}

function shortHelp(word: string): string {
  return word === "-h" ? "--help" : word;
}

// The parser would take any value of a switch for true.
function refuseSwitchValues(
  words: readonly string[],
  switches: readonly string[],
): void {
  for (const word of words) {
    const name = /^--([^=]+)=/.exec(word)?.[1] ?? "";
    if (!switches.includes(name)) continue;
    throw new UsageError(
      `Cannot use ${quoted(word)}: --${name} takes no value`,
      { remedy: `Write --${name}, or leave it out` },
    );
  }
}

function refuseList(
  name: string,
  list: readonly string[],
  table: FlagTable,
): void {
  if (list.includes("")) {
    throw new UsageError(`Cannot use --${name}: its value is empty`, {
      remedy:
        `Write --${name}=VALUE; that also takes a value that begins with "-"`,
    });
  }
  if (list.length > 1 && !table.repeatable.includes(name)) {
    throw new UsageError(
      `Cannot use --${name} ${list.length} times: ${
        list.map(quoted).join(" and ")
      }`,
      { remedy: "Give it once" },
    );
  }
}

function unknownFlag(word: string, known: readonly string[]): UsageError {
  const name = word.replace(/=.*$/s, "");
  const guess = nearest(name, known.map((flag) => `--${flag}`));
  return new UsageError(`Cannot run: unknown flag ${quoted(name)}`, {
    remedy: guess === undefined
      ? 'See --help; to name a path that begins with "-", write it behind "--"'
      : `Did you mean "${guess}"?`,
  });
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
