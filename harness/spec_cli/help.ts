/**
 * What `--help` prints, put together from the table of flags and a page for
 * each command. Loaded only if it is asked for.
 *
 * @module
 */

import type { CommandId, FlagRow, FlagSection } from "./flag_row.ts";
import { flagsOf } from "./flag_table.ts";

/** What is told of a command besides its flags. */
export interface CommandPage {
  /** Its whole name. */
  readonly command: CommandId;
  /** The first line: what it does. */
  readonly title: string;
  /** What else there is to say, wrapped. */
  readonly about?: string;
  /** How it is called, and what that does. */
  readonly usage: readonly (readonly [words: string, summary: string])[];
  /** The words that are no flags. */
  readonly operands?: readonly Operand[];
  /** What ends with which exit code. */
  readonly exits: readonly (readonly [code: string, when: string])[];
  /** What else counts, such as variables, wrapped. */
  readonly notes?: string;
  /** Whole calls. */
  readonly examples: readonly string[];
}

/** A word that is no flag. */
export interface Operand {
  /** How it is called. */
  readonly name: string;
  /** Its heading. */
  readonly section: FlagSection;
  /** What it is. */
  readonly help: string;
  /** Whether it names a file or folder. */
  readonly names?: "file";
  /** All the values there are. */
  readonly choices?: readonly string[];
}

/** What is told of a program. */
export interface ProgramPage {
  /** Its name. */
  readonly program: "spec" | "image";
  /** The first line: what it is for. */
  readonly title: string;
  /** Its commands. */
  readonly commands: readonly CommandPage[];
  /** Whole calls. */
  readonly examples: readonly string[];
}

const WIDTH = 80;
const FLAG_COLUMN = 31;
const EXIT_COLUMN = 5;

const SECTIONS: readonly FlagSection[] = [
  "What is verified",
  "What is written",
  "Which cases",
  "What is expected",
  "How",
  "Reports",
  "Configuration",
  "Other",
];

/**
 * Says how a flag is written.
 *
 * @param row The flag.
 * @returns Its name with dashes, and what stands behind it.
 *
 * @example Usage
 * ```ts
 * import { flagUsage } from "./help.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const flag = { name: "shuffle", kind: "optional", metavar: "SEED" } as const;
 * assertEquals(flagUsage(flag), "--shuffle[=SEED]");
 * assertEquals(flagUsage({ ...flag, kind: "value" }), "--shuffle SEED");
 * ```
 */
export function flagUsage(
  row:
    | Pick<FlagRow & { kind: "switch" }, "name" | "kind">
    | Pick<FlagRow & { metavar: string }, "name" | "kind" | "metavar">,
): string {
  const name = row.name === "help" ? "--help, -h" : `--${row.name}`;
  if (row.kind === "switch") return name;
  return row.kind === "value"
    ? `${name} ${row.metavar}`
    : `${name}[=${row.metavar}]`;
}

/**
 * Writes the help text of a command.
 *
 * @param page What is told of it besides its flags.
 * @returns The text, at most 80 columns wide.
 *
 * @example Usage
 * ```ts
 * import { commandHelp } from "./help.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const help = commandHelp({
 *   command: "image init",
 *   title: "Begin a derived image.",
 *   usage: [["image init NAME [--out DIR]", "begin a derived image"]],
 *   exits: [["0", "written"]],
 *   examples: ["image init jq"],
 * });
 * assertStringIncludes(help, "--out DIR                    the folder to write");
 * ```
 */
export function commandHelp(page: CommandPage): string {
  const { command, title, about, usage, operands = [], notes } = page;
  const flags = flagsOf(command);
  const sections = SECTIONS.map((section) =>
    [
      section,
      [
        ...operands.filter((operand) => operand.section === section)
          .map(({ name, help }) => [name, help] as const),
        ...flags.filter((row) => row.section === section)
          .map((row) => [flagUsage(row), flagHelp(row)] as const),
      ],
    ] as const
  );
  return paragraphs([
    title,
    about,
    headed("Usage", usage.map(([words]) => `  ${words}`)),
    ...sections.filter(([, rows]) => rows.length > 0).map(([section, rows]) =>
      headed(section, rows.map((row) => inColumns(row, FLAG_COLUMN)))
    ),
    headed("Exit codes", page.exits.map(exitLine)),
    notes,
    headed("Examples", page.examples.map((example) => `  ${example}`)),
  ]);
}

/**
 * Writes the help text of a program.
 *
 * @param page What is told of it.
 * @returns The text, at most 80 columns wide.
 *
 * @example Usage
 * ```ts
 * import { programHelp } from "./help.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const page = { title: "Run cases.", commands: [], examples: ["spec run x"] };
 * const help = programHelp({ program: "spec", ...page });
 * assertStringIncludes(help, "  spec --version   print the version\n");
 * ```
 */
export function programHelp(page: ProgramPage): string {
  const { program, title, commands, examples } = page;
  const usage = [
    ...commands.flatMap(({ usage }) => usage),
    [`${program} --version`, "print the version"] as const,
  ];
  const column = Math.max(...usage.map(([words]) => words.length)) + 5;
  return paragraphs([
    title,
    headed("Usage", usage.map((row) => inColumns(row, column))),
    headed("Examples", examples.map((example) => `  ${example}`)),
    `"${program} COMMAND --help" tells the flags of a command, and its exit codes.`,
  ]);
}

function paragraphs(parts: readonly (string | undefined)[]): string {
  const told = parts.filter((part) => part !== undefined);
  return `${told.join("\n\n")}\n`;
}

function headed(heading: string, lines: readonly string[]): string {
  return [`${heading}:`, ...lines].join("\n");
}

function flagHelp(row: FlagRow): string {
  const { help, default: otherwise } = row;
  const formats = row.kind !== "switch" && row.names === "report"
    ? `. FORMAT is ${orList(row.choices?.() ?? [])}`
    : "";
  const again = row.kind !== "switch" && row.repeatable === true
    ? "; may be given more than once"
    : "";
  const default_ = otherwise === undefined ? "" : ` (default: ${otherwise})`;
  return `${help}${formats}${again}${default_}`;
}

function orList(words: readonly string[]): string {
  return words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function exitLine([code, when]: readonly [string, string]): string {
  return code.length < 3
    ? inColumns([code, when], EXIT_COLUMN)
    : wrapped(`${code}: ${when}`, 2).map((line) => `  ${line}`).join("\n");
}

/** Two columns; what is too wide for the first one gets a line of its own. */
function inColumns(
  [left, right]: readonly [string, string],
  column: number,
): string {
  const lines = wrapped(right, column);
  const first = `  ${left}`;
  const rest = lines.map((line) => `${" ".repeat(column)}${line}`);
  if (first.length + 2 > column) return [first, ...rest].join("\n");
  return [first.padEnd(column) + lines[0], ...rest.slice(1)].join("\n");
}

function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
