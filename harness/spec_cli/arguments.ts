/**
 * What the words behind `spec` ask for.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { printable, quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";
import { type Flags, parseFlags } from "./flags.ts";
import { parseListOptions, parseRunOptions } from "./options.ts";
import type { ListOptions, RunOptions } from "./options.ts";

/** What is to be done. */
export type SpecCommand =
  | { readonly kind: "help"; readonly topic: "spec" | "run" | "list" }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly options: RunOptions }
  | { readonly kind: "list"; readonly options: ListOptions };

const COMMANDS = ["run", "list"] as const;

// Commands of the format that come with a later version.
const LATER: ReadonlySet<string> = new Set(["lint", "conformance"]);

const SELECTION = {
  values: ["filter", "case-file-pattern", "case-formats"],
  switches: ["recursive", "help"],
} as const;

const FLAGS = {
  run: {
    values: [
      ...SELECTION.values,
      "report",
      "jobs",
      "timeout",
      "contract-root",
    ],
    switches: [...SELECTION.switches, "verbose"],
    repeatable: ["report"],
  },
  list: { ...SELECTION, repeatable: [] },
} as const;

/**
 * Reads the words behind `spec`.
 *
 * @param words The words as typed.
 * @returns What is to be done.
 * @throws {UsageError} If they cannot be understood; nothing is guessed.
 *
 * @example Usage
 * ```ts
 * import { parseSpecArguments } from "./arguments.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const command = parseSpecArguments(["list", "specs/", "--filter=RUN-*"]);
 * assertEquals(command, {
 *   kind: "list",
 *   options: { paths: ["specs/"], filter: "RUN-*" },
 * });
 * ```
 */
export function parseSpecArguments(words: readonly string[]): SpecCommand {
  const [first, ...rest] = words;
  if (first === undefined) {
    throw new UsageError("Cannot run: no command was given", {
      remedy: "Commands are run and list; see spec --help",
    });
  }
  if (first === "--help" || first === "-h") {
    return { kind: "help", topic: "spec" };
  }
  if (first === "--version") return { kind: "version" };
  const command = COMMANDS.find((name) => name === first);
  if (command === undefined) throw unknownCommand(first);
  const flags = parseFlags(rest, FLAGS[command]);
  if (flags.switches.has("help")) return { kind: "help", topic: command };
  return parseCommand(command, flags);
}

function parseCommand(command: "run" | "list", flags: Flags): SpecCommand {
  return command === "run"
    ? { kind: "run", options: parseRunOptions(flags) }
    : { kind: "list", options: parseListOptions(flags) };
}

function unknownCommand(word: string): UsageError {
  if (LATER.has(word)) {
    return new UsageError(
      `Cannot run ${quoted(word)}: this command is not part of this version`,
      { remedy: "Commands are run and list; see spec --help" },
    );
  }
  if (word.startsWith("-")) {
    return new UsageError(
      `Cannot run: unknown flag ${quoted(word)} before the command`,
      { remedy: "Flags stand behind a command: spec run --help" },
    );
  }
  if (/[./]/.test(word)) {
    return new UsageError(
      `Cannot run ${quoted(word)}: the first word is a command, not a path`,
      { remedy: `Did you mean "spec run ${printable(word)}"?` },
    );
  }
  const guess = nearest(word, COMMANDS);
  return new UsageError(`Cannot run ${quoted(word)}: unknown command`, {
    remedy: guess === undefined
      ? "Commands are run and list; see spec --help"
      : `Did you mean "${guess}"?`,
  });
}
