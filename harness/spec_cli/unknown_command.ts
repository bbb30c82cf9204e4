/**
 * What was meant by a first word that is no command.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { printable, quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";

/** What a program has to offer instead. */
export interface KnownCommands {
  /** The program. */
  readonly program: "spec" | "image";
  /** Its commands. */
  readonly names: readonly string[];
  /** What other tools call them. */
  readonly synonyms: ReadonlyMap<string, string>;
  /** The command that takes what looks like a path or an image. */
  readonly main: string;
}

const FLAG_WORDS = ["help", "version"];

/**
 * Says that there is no such command, and which one was meant.
 *
 * @param word The first word; nothing if there is none.
 * @param known What the program has to offer.
 * @returns The error.
 *
 * @example Usage
 * ```ts
 * import { unknownCommand } from "./unknown_command.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const names = ["run", "list"];
 * const synonyms = new Map([["test", "run"]]);
 * const known = { program: "spec", main: "run", names, synonyms } as const;
 * const remedy = (word: string) => unknownCommand(word, known).remedy;
 * assertEquals(remedy("test"), 'Did you mean "run"?');
 * assertEquals(remedy("specs/"), 'Did you mean "spec run specs/"?');
 * assertEquals(remedy("help"), 'Did you mean "spec --help"?');
 * ```
 */
export function unknownCommand(
  word: string | undefined,
  { program, names, synonyms, main }: KnownCommands,
): UsageError {
  const known = `Commands are ${names.slice(0, -1).join(", ")} and ${
    names.at(-1)
  }; see ${program} --help`;
  if (word === undefined) {
    return new UsageError("Cannot run: no command was given", {
      remedy: known,
    });
  }
  if (word.startsWith("-")) {
    return new UsageError(
      `Cannot run: unknown flag ${quoted(word)} before the command`,
      { remedy: `Flags stand behind a command: ${program} ${main} --help` },
    );
  }
  if (/[./:]/.test(word)) {
    const what = program === "spec" ? "a path" : "an image";
    return new UsageError(
      `Cannot run ${quoted(word)}: the first word is a command, not ${what}`,
      { remedy: `Did you mean "${program} ${main} ${printable(word)}"?` },
    );
  }
  const guess = FLAG_WORDS.includes(word)
    ? `${program} --${word}`
    : synonyms.get(word) ?? nearest(word, names);
  return new UsageError(`Cannot run ${quoted(word)}: unknown command`, {
    remedy: guess === undefined ? known : `Did you mean "${guess}"?`,
  });
}
