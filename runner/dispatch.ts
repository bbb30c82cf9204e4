/**
 * From words to an action: the whole decision, and no effect.
 *
 * @module
 */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import {
  CORE_COMMANDS,
  type CoreCommandName,
  isCoreCommand,
} from "./commands.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { parsePluginName, type PluginName } from "./plugin_name.ts";
import type { PluginEntry } from "./plugins.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** To print something about the image. */
export type PrintAction =
  | { readonly kind: "help" }
  | { readonly kind: "about" | "info" | "version"; readonly json: boolean };

/** To become another program. */
export type ReplaceAction =
  | { readonly kind: "exec" }
  | { readonly kind: "shell" }
  | {
    readonly kind: "plugin";
    readonly name: PluginName;
    /** The absolute path to execute. */
    readonly path: string;
  };

/** What an invocation will do. */
export type Action = PrintAction | ReplaceAction | Refusal;

/** What dispatch may ask about plugins; it asks only where it must. */
export interface PluginCatalogue {
  /**
   * Looks at one plugin.
   *
   * @param name The name, already known to be possible.
   * @returns What there is under the name, or nothing.
   */
  find(name: PluginName): PluginEntry | undefined;
  /** The names of all plugins, for a suggestion only. */
  names(): readonly string[];
}

const SEE_HELP = 'See "runner help"';

/**
 * Decides what the words after `runner` mean.
 *
 * A core command, else a plugin, else a refusal. No option is understood
 * before the command, nothing is guessed, and a suggestion is never run.
 *
 * Source: Runner Platform Contract, "Explicit invocation", "Failure behavior"
 * and "Plugin invocation".
 *
 * @param words The words as typed, without the program's name.
 * @param plugins The image's plugins.
 * @returns The action, as data.
 *
 * @example A system command is never run by its bare name
 * ```ts
 * import { dispatch } from "./dispatch.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const noPlugins = { find: () => undefined, names: () => [] };
 * assertEquals(dispatch(["exec", "ls"], noPlugins), { kind: "exec" });
 * assertEquals(dispatch(["ls"], noPlugins), {
 *   kind: "refuse",
 *   code: 64,
 *   message: 'Unknown command "ls": it is neither a core command nor a plugin of this image',
 *   remedy: 'To run a system command, say "runner exec COMMAND". See "runner help"',
 * });
 * ```
 */
export function dispatch(
  words: readonly string[],
  plugins: PluginCatalogue,
): Action {
  const [command, ...rest] = words;
  if (command === undefined || command === "") {
    const what = command === undefined ? "there is none" : "it is empty";
    return refuse(
      EXIT_CODE.usage,
      `Cannot run without a command: ${what}`,
      `Usage: runner COMMAND [ARGUMENT...]. ${SEE_HELP}`,
    );
  }
  return isCoreCommand(command)
    ? CORE_ACTIONS[command](rest)
    : dispatchPlugin(command, plugins);
}

const CORE_ACTIONS: Readonly<
  Record<CoreCommandName, (rest: readonly string[]) => Action>
> = {
  help: (rest) => takesNothing("help", rest) ?? { kind: "help" },
  about: (rest) => takesJson("about", rest),
  info: (rest) => takesJson("info", rest),
  exec: (rest) =>
    rest.length > 0
      ? { kind: "exec" }
      : misused("exec", "it needs the command to become"),
  shell: (rest) => takesNothing("shell", rest) ?? { kind: "shell" },
  version: (rest) => takesJson("version", rest),
};

function takesNothing(
  name: CoreCommandName,
  [stray]: readonly string[],
): Refusal | undefined {
  if (stray === undefined) return undefined;
  return misused(name, `it takes no arguments, got ${quoted(stray)}`);
}

function takesJson(
  name: "about" | "info" | "version",
  [option, extra]: readonly string[],
): Action {
  const json = option === "--json";
  const stray = json ? extra : option;
  if (stray === undefined) return { kind: name, json };
  return misused(name, `it takes "--json" at most, got ${quoted(stray)}`);
}

function misused(name: CoreCommandName, reason: string): Refusal {
  return refuse(
    EXIT_CODE.usage,
    `Cannot run ${quoted(name)}: ${reason}`,
    `Usage: runner ${CORE_COMMANDS.get(name)?.usage}`,
  );
}

function dispatchPlugin(word: string, plugins: PluginCatalogue): Action {
  const parsed = parsePluginName(word);
  if (!parsed.ok) return unknownCommand(word, []);
  const entry = plugins.find(parsed.name);
  if (entry === undefined) return unknownCommand(word, plugins.names());
  if (entry.kind === "runnable") {
    return { kind: "plugin", name: entry.name, path: entry.path };
  }
  return refuse(
    EXIT_CODE.notExecutable,
    `Cannot run plugin ${quoted(entry.name)}: it ${entry.reason}`,
    "The image is broken: a plugin is a regular executable file that its user cannot write",
  );
}

function unknownCommand(word: string, plugins: readonly string[]): Refusal {
  const suggestion = nearest(word, [...CORE_COMMANDS.keys(), ...plugins]);
  const remedy = suggestion === undefined
    ? `To run a system command, say "runner exec COMMAND". ${SEE_HELP}`
    : `Did you mean ${quoted(suggestion)}? ${SEE_HELP}`;
  return refuse(
    EXIT_CODE.usage,
    `Unknown command ${
      quoted(word)
    }: it is neither a core command nor a plugin of this image`,
    remedy,
  );
}
