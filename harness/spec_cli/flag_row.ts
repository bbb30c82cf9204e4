/**
 * What the table of flags is made of.
 *
 * @module
 */

import type { NumberRange } from "./_flag_values.ts";
import type {
  ConformanceOptions,
  DoctorOptions,
  FmtOptions,
  ImageOptions,
} from "./options.ts";

/** The commands of `spec`, by the word that asks for them. */
export type SpecCommandName =
  | "run"
  | "watch"
  | "list"
  | "lint"
  | "conformance"
  | "merge"
  | "capabilities"
  | "fmt"
  | "schema"
  | "completions"
  | "doctor";

/** The commands of `image`. */
export type ImageCommandName =
  | "init"
  | "materialize"
  | "verify"
  | "completions"
  | "doctor";

/** A command by its whole name. */
export type CommandId =
  | `spec ${SpecCommandName}`
  | `image ${ImageCommandName}`;

/** Under which heading of a help text a flag stands. */
export type FlagSection =
  | "What is verified"
  | "What is written"
  | "Which cases"
  | "What is expected"
  | "How"
  | "Reports"
  | "Configuration"
  | "Other";

/** Everything that can be asked for by flags, by option. */
export interface FlagOptions
  extends
    Required<Omit<ConformanceOptions, "paths">>,
    DoctorOptions,
    Required<Pick<FmtOptions, "check">>,
    ImageOptions {}

/** What a row says of any flag. */
interface FlagWords {
  /** Its name, without dashes. */
  readonly name: string;
  /** What other tools call it: never understood, but answered. */
  readonly also?: readonly string[];
  /** Its heading. */
  readonly section: FlagSection;
  /** What it does: one line, no period; help texts wrap it. */
  readonly help: string;
  /** What counts if it is not given. */
  readonly default?: string;
  /**
   * Flags that make no sense beside it: given as a word, it takes them back from
   * a configuration.
   */
  readonly excludes?: readonly string[];
  /** False if it belongs to one call, and no configuration may give it. */
  readonly config?: false;
  /** The commands that take it. */
  readonly commands: readonly CommandId[];
}

/** How a flag is written. */
type FlagForm = {
  /** Given or not. */
  readonly kind: "switch";
} | {
  /** Takes a value, or may be given without one, too: `--name[=VALUE]`. */
  readonly kind: "value" | "optional";
  /** How its value is called, as `FILE`. */
  readonly metavar: string;
  /** What the value names, where that is not just text. */
  readonly names?: "number" | "file" | "folder" | "report";
  /** The numbers it may be, if it is one. */
  readonly range?: NumberRange;
  /** All the values there are; with commas between them if `list` is set. */
  readonly choices?: () => readonly string[];
  /** Whether a value is a list with commas. */
  readonly list?: true;
  /** Whether the flag may be given more than once. */
  readonly repeatable?: true;
};

/** Where the value of a flag goes. */
type FlagTarget =
  | { readonly option?: never }
  | {
    [Option in keyof FlagOptions]: {
      /** The option it sets. */
      readonly option: Option;
      /**
       * Reads what was given: a text for each time, none for a switch and for
       * a flag whose value may be left out.
       *
       * @throws {UsageError} If a value cannot be used.
       */
      readonly read: (given: readonly string[]) => FlagOptions[Option];
    };
  }[keyof FlagOptions];

/** One flag: everything that is known of it. */
export type FlagRow = FlagWords & FlagForm & FlagTarget;
