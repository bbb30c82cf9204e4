/**
 * What `--help` of `completions` tells: the same for both programs.
 *
 * @module
 */

import type { CommandPage } from "./help.ts";
import { SHELLS } from "./shells.ts";

/**
 * The page of a program's `completions`.
 *
 * @param program The program.
 * @returns The page.
 *
 * @example Usage
 * ```ts
 * import { completionsPage } from "./completions_page.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(completionsPage("image").command, "image completions");
 * ```
 */
export function completionsPage(program: "spec" | "image"): CommandPage {
  const call = `${program} completions`;
  return {
    command: `${program} completions`,
    title: "Print a script that makes a shell complete words.",
    about:
      `Commands, flags, the values of flags that have only so many, and files. The
script stands for itself: it starts no program.`,
    usage: [[
      `${call} ${SHELLS.join("|")}`,
      "print a script that completes words in a shell",
    ]],
    operands: [{
      name: "SHELL",
      section: "What is written",
      help: "the shell it is for",
      choices: SHELLS,
    }],
    exits: [["0", "printed"], ["2", "the command cannot be understood"]],
    notes: `bash: source <(${call} bash)
zsh:  ${call} zsh > a folder of $fpath/_${program}
fish: ${call} fish > ~/.config/fish/completions/${program}.fish`,
    examples: [
      `${call} bash >> ~/.local/share/bash-completion/completions/${program}`,
      `${call} fish | source`,
    ],
  };
}
