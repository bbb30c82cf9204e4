/**
 * What the words behind `spec` ask for.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { printable, quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";
import { type Flags, type FlagTable, parseFlags } from "./flags.ts";
import {
  type ConformanceOptions,
  type LintOptions,
  type ListOptions,
  parseConformanceOptions,
  parseLintOptions,
  parseListOptions,
  parseRunOptions,
  type RunOptions,
} from "./options.ts";

/** The commands, by the word that asks for them. */
export type CommandName =
  | "run"
  | "list"
  | "lint"
  | "conformance"
  | "capabilities";

/** What is to be done. */
export type SpecCommand =
  | { readonly kind: "help"; readonly topic: "spec" | CommandName }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly options: RunOptions }
  | { readonly kind: "list"; readonly options: ListOptions }
  | { readonly kind: "lint"; readonly options: LintOptions }
  | { readonly kind: "conformance"; readonly options: ConformanceOptions }
  | { readonly kind: "capabilities" };

const LIST: FlagTable = {
  values: ["filter", "case-file-pattern", "case-formats"],
  switches: ["recursive", "help"],
  repeatable: [],
};
const LINT: FlagTable = {
  values: [...LIST.values, "report", "contract-root"],
  switches: [...LIST.switches, "verbose"],
  repeatable: ["report"],
};
const RUN: FlagTable = {
  ...LINT,
  values: [...LINT.values, "jobs", "timeout", "isolate"],
};
const CONFORMANCE: FlagTable = {
  ...RUN,
  values: [...RUN.values, "implementation"],
};
const CAPABILITIES: FlagTable = {
  values: [],
  switches: ["help"],
  repeatable: [],
};

/** A command's flags, and how they are read. */
interface Command {
  readonly flags: FlagTable;
  readonly read: (flags: Flags) => SpecCommand;
}

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  run: {
    flags: RUN,
    read: (flags) => ({ kind: "run", options: parseRunOptions(flags) }),
  },
  list: {
    flags: LIST,
    read: (flags) => ({ kind: "list", options: parseListOptions(flags) }),
  },
  lint: {
    flags: LINT,
    read: (flags) => ({ kind: "lint", options: parseLintOptions(flags) }),
  },
  conformance: {
    flags: CONFORMANCE,
    read: (flags) => ({
      kind: "conformance",
      options: parseConformanceOptions(flags),
    }),
  },
  capabilities: { flags: CAPABILITIES, read: readCapabilities },
};

// What other tools call it.
const SYNONYMS: ReadonlyMap<string, CommandName> = new Map([
  ["test", "run"],
  ["exec", "run"],
  ["ls", "list"],
  ["check", "lint"],
  ["validate", "lint"],
]);

const NAMES = Object.keys(COMMANDS).filter(isCommand);
const KNOWN = `Commands are ${NAMES.slice(0, -1).join(", ")} and ${
  NAMES.at(-1)
}; see spec --help`;

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
      remedy: KNOWN,
    });
  }
  if (first === "--help" || first === "-h") {
    return { kind: "help", topic: "spec" };
  }
  if (first === "--version") return { kind: "version" };
  if (!isCommand(first)) throw unknownCommand(first);
  const command = COMMANDS[first];
  const flags = parseFlags(rest, command.flags);
  if (flags.switches.has("help")) return { kind: "help", topic: first };
  return command.read(flags);
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

function readCapabilities({ paths: [path] }: Flags): SpecCommand {
  if (path === undefined) return { kind: "capabilities" };
  throw new UsageError(
    `Cannot list capabilities of ${quoted(path)}: the command takes no path`,
    { remedy: "They are those of this program: spec capabilities" },
  );
}

function unknownCommand(word: string): UsageError {
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
  const guess = SYNONYMS.get(word) ?? nearest(word, NAMES);
  return new UsageError(`Cannot run ${quoted(word)}: unknown command`, {
    remedy: guess === undefined ? KNOWN : `Did you mean "${guess}"?`,
  });
}
