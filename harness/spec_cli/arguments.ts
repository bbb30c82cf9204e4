/**
 * What the words behind `spec` ask for.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import { parseSchemaName, type SchemaName } from "../schema/schema_names.ts";
import { UsageError } from "../usage_error.ts";
import type { FlagOptions, SpecCommandName } from "./flag_row.ts";
import { flagShapes, flagsOf } from "./flag_table.ts";
import { type Flags, parseFlags } from "./flags.ts";
import type {
  ConformanceOptions,
  FmtOptions,
  LintOptions,
  ListOptions,
  MergeOptions,
  RunOptions,
  WatchOptions,
} from "./options.ts";
import { readOptions, REPORT_DEFAULTS } from "./read_options.ts";
import { parseShell, type Shell } from "./shells.ts";
import { suggestFlag } from "./suggest_flag.ts";
import { unknownCommand } from "./unknown_command.ts";

/** What the words ask for, as far as they are understood by themselves. */
export type SpecRequest =
  | { readonly kind: "help"; readonly topic: "spec" | SpecCommandName }
  | { readonly kind: "version" }
  | {
    readonly kind: "command";
    readonly name: SpecCommandName;
    readonly flags: Flags;
  };

/** What is to be done. */
export type SpecCommand =
  | { readonly kind: "run"; readonly options: RunOptions }
  | { readonly kind: "watch"; readonly options: WatchOptions }
  | { readonly kind: "list"; readonly options: ListOptions }
  | { readonly kind: "lint"; readonly options: LintOptions }
  | { readonly kind: "conformance"; readonly options: ConformanceOptions }
  | { readonly kind: "merge"; readonly options: MergeOptions }
  | { readonly kind: "capabilities" }
  | { readonly kind: "fmt"; readonly options: FmtOptions }
  | { readonly kind: "schema"; readonly name: SchemaName }
  | { readonly kind: "completions"; readonly shell: Shell }
  | {
    readonly kind: "doctor";
    readonly json: boolean;
    readonly paths: readonly string[];
  };

/** What was given, read as far as the table of flags goes. */
type Asked = Partial<FlagOptions> & Pick<Flags, "paths">;

const COMMANDS: Readonly<
  Record<SpecCommandName, (asked: Asked) => SpecCommand>
> = {
  run: (asked) => ({ kind: "run", options: { ...REPORT_DEFAULTS, ...asked } }),
  watch: (asked) => ({ kind: "watch", options: asked }),
  list: (asked) => ({ kind: "list", options: asked }),
  lint: (asked) => ({
    kind: "lint",
    options: { ...REPORT_DEFAULTS, ...asked },
  }),
  conformance: (asked) => ({
    kind: "conformance",
    options: { ...REPORT_DEFAULTS, ...asked },
  }),
  merge: (asked) => ({
    kind: "merge",
    options: { ...REPORT_DEFAULTS, ...asked },
  }),
  capabilities: readCapabilities,
  fmt: (asked) => ({ kind: "fmt", options: asked }),
  schema: ({ paths }) => ({ kind: "schema", name: parseSchemaName(paths) }),
  completions: ({ paths }) => ({
    kind: "completions",
    shell: parseShell(paths, "spec"),
  }),
  doctor: ({ paths, json = false }) => ({ kind: "doctor", json, paths }),
};

// What other tools call it.
const SYNONYMS: ReadonlyMap<string, SpecCommandName> = new Map([
  ["test", "run"],
  ["exec", "run"],
  ["ls", "list"],
  ["format", "fmt"],
  ["check", "lint"],
  ["validate", "lint"],
  ["join", "merge"],
]);

const NAMES = Object.keys(COMMANDS).filter(isCommand);
const KNOWN = {
  program: "spec",
  names: NAMES,
  synonyms: SYNONYMS,
  main: "run",
} as const;

/**
 * Splits the words behind `spec` into a command and its flags.
 *
 * @param words The words as typed.
 * @returns What they ask for.
 * @throws {UsageError} If they cannot be understood; nothing is guessed.
 *
 * @example Usage
 * ```ts
 * import { parseSpecArguments } from "./arguments.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = parseSpecArguments(["list", "specs/", "--recursive"]);
 * assertEquals(request, {
 *   kind: "command",
 *   name: "list",
 *   flags: {
 *     values: new Map(),
 *     switches: new Set(["recursive"]),
 *     paths: ["specs/"],
 *   },
 * });
 * ```
 */
export function parseSpecArguments(words: readonly string[]): SpecRequest {
  const [first, ...rest] = words;
  if (first === "--help" || first === "-h") {
    return { kind: "help", topic: "spec" };
  }
  if (first === "--version") return { kind: "version" };
  if (first === undefined || !isCommand(first)) {
    throw unknownCommand(first, KNOWN);
  }
  const command = `spec ${first}` as const;
  const flags = parseFlags(
    rest,
    flagShapes(command),
    (flag) => suggestFlag(flag, command),
  );
  if (flags.switches.has("help")) return { kind: "help", topic: first };
  if (flags.switches.has("version")) return { kind: "version" };
  return { kind: "command", name: first, flags };
}

/**
 * Reads the flags of a command.
 *
 * @param name The command.
 * @param flags What it was given in all.
 * @returns What is to be done.
 * @throws {UsageError} If a value cannot be used.
 *
 * @example Usage
 * ```ts
 * import { readSpecCommand } from "./arguments.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const command = readSpecCommand("list", {
 *   values: new Map([["filter", ["RUN-*"]]]),
 *   switches: new Set(),
 *   paths: ["specs/"],
 * });
 * assertEquals(command, {
 *   kind: "list",
 *   options: { paths: ["specs/"], filter: ["RUN-*"] },
 * });
 * ```
 */
export function readSpecCommand(
  name: SpecCommandName,
  flags: Flags,
): SpecCommand {
  const options = readOptions(flags, flagsOf(`spec ${name}`));
  return COMMANDS[name]({ paths: flags.paths, ...options });
}

function isCommand(word: string): word is SpecCommandName {
  return Object.hasOwn(COMMANDS, word);
}

function readCapabilities({ paths: [path] }: Asked): SpecCommand {
  if (path === undefined) return { kind: "capabilities" };
  throw new UsageError(
    `Cannot list capabilities of ${quoted(path)}: the command takes no path`,
    { remedy: "They are those of this program: spec capabilities" },
  );
}
