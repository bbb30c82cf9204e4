/**
 * The core commands: the stable interface of every runner image.
 *
 * @module
 */

/** One row of {@linkcode CORE_COMMANDS}. */
export interface CoreCommand {
  /** How it is called, with its arguments. */
  readonly usage: string;
  /** One line for `help`. */
  readonly summary: string;
}

/** The name of a core command. */
export type CoreCommandName =
  | "help"
  | "about"
  | "info"
  | "exec"
  | "shell"
  | "version";

/**
 * The core commands in the order in which `help` lists them.
 *
 * Source: Runner Platform Contract, "Core command interface".
 *
 * @example Usage
 * ```ts
 * import { CORE_COMMANDS } from "./commands.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(CORE_COMMANDS.get("about")?.usage, "about [--json]");
 * ```
 */
export const CORE_COMMANDS: ReadonlyMap<CoreCommandName, CoreCommand> = new Map<
  CoreCommandName,
  CoreCommand
>([
  ["help", {
    usage: "help",
    summary: "List the commands and plugins of this image",
  }],
  ["about", {
    usage: "about [--json]",
    summary: "Show the identity of this image",
  }],
  ["info", {
    usage: "info [--json]",
    summary: "Show user, runtime, plugins and tools",
  }],
  ["exec", {
    usage: "exec COMMAND [ARGUMENT...]",
    summary: "Become a system command",
  }],
  ["shell", {
    usage: "shell",
    summary: "Become an interactive shell, for people at a terminal",
  }],
  ["version", {
    usage: "version [--json]",
    summary: "Show the versions of runner, contract and tools",
  }],
]);

/**
 * Tells whether a word names a core command.
 *
 * @param word The word as typed: case and white space count.
 * @returns Whether it is one of the six.
 *
 * @example Usage
 * ```ts
 * import { isCoreCommand } from "./commands.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isCoreCommand("help"), true);
 * assertEquals(isCoreCommand("--help"), false);
 * ```
 */
export function isCoreCommand(word: string): word is CoreCommandName {
  return (CORE_COMMANDS as ReadonlyMap<string, CoreCommand>).has(word);
}
