/**
 * Words split into flags and paths, nothing lost and nothing guessed.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";

/** A flag, as far as splitting goes. */
export interface FlagShape {
  /** Its name, without dashes. */
  readonly name: string;
  /** Whether it takes a value: none, one, or one that may be left out. */
  readonly kind: "switch" | "value" | "optional";
  /** Whether it may be given more than once. Default false. */
  readonly repeatable?: boolean;
}

/** What was given. */
export interface Flags {
  /**
   * The values of each flag, as typed, none of them empty; no value if it was
   * left out where it may be.
   */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The switches that were given. */
  readonly switches: ReadonlySet<string>;
  /** The other words, in order. */
  readonly paths: readonly string[];
  /** The flags that stand in a configuration only. Default: none. */
  readonly configured?: ReadonlySet<string>;
}

/**
 * Splits words into flags and paths.
 *
 * A value stands behind `=` or is the next word; one that begins with `-` must
 * stand behind `=`, and so must one that may be left out. What follows `--` is
 * a path, whatever it looks like.
 *
 * @param words The words behind the command.
 * @param shapes The command's flags.
 * @param suggest What to do about a flag that is not known, by its name with
 * dashes. Default: what is nearest.
 * @returns What was given. Values are not looked into.
 * @throws {UsageError} If a flag is unknown, lacks its value, has one too
 * many, or is given twice.
 *
 * @example Usage
 * ```ts
 * import { parseFlags } from "./flags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const flags = parseFlags(["--jobs", "4", "--shuffle", "specs/", "--", "-x"], [
 *   { name: "jobs", kind: "value" },
 *   { name: "shuffle", kind: "optional" },
 *   { name: "help", kind: "switch" },
 * ]);
 * assertEquals(flags.values.get("jobs"), ["4"]);
 * assertEquals(flags.values.get("shuffle"), []);
 * assertEquals(flags.paths, ["specs/", "-x"]);
 * ```
 */
export function parseFlags(
  words: readonly string[],
  shapes: readonly FlagShape[],
  suggest: (flag: string) => string | undefined = () => undefined,
): Flags {
  const named = (...kinds: readonly FlagShape["kind"][]) =>
    shapes.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const switches = named("switch");
  const optional = named("optional");
  const flagWords = beforeDashes(words);
  refuseSwitchValues(flagWords, switches);
  refuseEmptyValues(flagWords, optional);
  const unknown: string[] = [];
  const parsed = parseArgs(flagWords.map((word) => alike(word, optional)), {
    boolean: switches,
    string: ["_", ...named("value", "optional")],
    collect: named("value", "optional"),
    unknown: (word, key) => {
      if (key !== undefined) unknown.push(word);
      return key === undefined;
    },
  });
  const [stray] = unknown;
  if (stray !== undefined) {
    const flag = stray.replace(/=.*$/s, "");
    const remedy = suggest(flag) ?? nearestFlag(flag, shapes);
    throw new UsageError(`Cannot run: unknown flag ${quoted(flag)}`, {
      remedy,
    });
  }
  const given = shapes.filter(({ kind }) => kind !== "switch")
    .map((shape) => [shape.name, valuesOf(shape, parsed[shape.name])] as const)
    .flatMap(([name, list]) =>
      list === undefined ? [] : [[name, list] as const]
    );
  return {
    values: new Map(given),
    switches: new Set(switches.filter((name) => parsed[name] === true)),
    paths: [
      ...parsed._.map(String),
      ...words.slice(flagWords.length + 1).map(asFile),
    ],
  };
}

function beforeDashes(words: readonly string[]): readonly string[] {
  const dashes = words.indexOf("--");
  return dashes === -1 ? words : words.slice(0, dashes);
}

/** Behind `--` nothing has a meaning of its own, not even `-`. */
function asFile(word: string): string {
  return word === "-" ? "./-" : word;
}

/** A value that may be left out stands behind `=`: an empty one is none. */
function alike(word: string, optional: readonly string[]): string {
  if (word === "-h") return "--help";
  return optional.some((name) => word === `--${name}`) ? `${word}=` : word;
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

function refuseEmptyValues(
  words: readonly string[],
  optional: readonly string[],
): void {
  const name = optional.find((name) => words.includes(`--${name}=`));
  if (name !== undefined) throw emptyValue(name, `--${name} or `);
}

function emptyValue(name: string, bare = ""): UsageError {
  return new UsageError(`Cannot use --${name}: its value is empty`, {
    remedy:
      `Write ${bare}--${name}=VALUE; that also takes a value that begins with "-"`,
  });
}

/** What was given for a flag: nothing at all, or a list. */
function valuesOf(
  { name, kind, repeatable = false }: FlagShape,
  value: unknown,
): readonly string[] | undefined {
  const list = Array.isArray(value) ? value.map(String) : [];
  if (list.length === 0) return undefined;
  if (list.length > 1 && !repeatable) {
    throw new UsageError(
      `Cannot use --${name} ${list.length} times: ${
        list.map(quoted).join(" and ")
      }`,
      { remedy: "Give it once" },
    );
  }
  if (kind === "optional") return list.filter((word) => word !== "");
  if (list.includes("")) throw emptyValue(name);
  return list;
}

function nearestFlag(flag: string, shapes: readonly FlagShape[]): string {
  const guess = nearest(flag, shapes.map(({ name }) => `--${name}`));
  return guess === undefined
    ? 'See --help; to name a path that begins with "-", write it behind "--"'
    : `Did you mean "${guess}"?`;
}
