/**
 * What `--help` of `doctor` tells: nearly the same for both programs.
 *
 * @module
 */

import type { CommandPage } from "./help.ts";

const ABOUT = {
  spec: "what commands, functions and terminals need",
  image: "what a sandbox and container engines need",
} as const;

/**
 * The page of a program's `doctor`.
 *
 * @param program The program.
 * @returns The page.
 *
 * @example Usage
 * ```ts
 * import { doctorPage } from "./doctor_page.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(doctorPage("spec").command, "spec doctor");
 * ```
 */
export function doctorPage(program: "spec" | "image"): CommandPage {
  return {
    command: `${program} doctor`,
    title: "Say what this machine can do, and what to install for the rest.",
    about:
      `Each line begins with ok, missing or broken, and what to do about it stands
below: ${ABOUT[program]}.
Nothing is changed, and no question takes longer than a few seconds.`,
    usage: [[`${program} doctor [--json]`, "say what this machine can do"]],
    exits: [
      ["0", "all that is needed is here"],
      ["1", "something that is needed is missing or broken"],
      ["2", "the command cannot be understood"],
      ["128 plus the signal's number", "stopped by a signal"],
    ],
    examples: [`${program} doctor`, `${program} doctor --json`],
  };
}
