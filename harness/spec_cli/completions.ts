/**
 * Scripts that make a shell complete the words of a program. Loaded only if
 * they are asked for.
 *
 * @module
 */

import { bashScript } from "./_complete_bash.ts";
import { fishScript } from "./_complete_fish.ts";
import type { Completed } from "./_complete_shape.ts";
import { zshScript } from "./_complete_zsh.ts";
import { flagsOf } from "./flag_table.ts";
import type { ProgramPage } from "./help.ts";
import type { Shell } from "./shells.ts";

const SCRIPTS: Readonly<Record<Shell, (program: Completed) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/**
 * Writes the script of a shell: commands, flags, their values, and files.
 *
 * @param shell The shell.
 * @param page The program.
 * @returns The script.
 *
 * @example Usage
 * ```ts
 * import { completionScript } from "./completions.ts";
 * import { SPEC_PAGE } from "./spec_pages.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const script = completionScript("bash", SPEC_PAGE);
 * assertStringIncludes(script, "candidates=(none process)");
 * ```
 */
export function completionScript(shell: Shell, page: ProgramPage): string {
  const { program } = page;
  const commands = page.commands.map(({ command, usage, operands = [] }) => ({
    name: command.slice(program.length + 1),
    summary: usage[0]?.[1] ?? "",
    operand: operands[0],
    flags: flagsOf(command),
  }));
  return SCRIPTS[shell]({ program, commands });
}
