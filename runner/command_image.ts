/**
 * From what a start was given to the command it is to become.
 *
 * @module
 */

import type { ProcessImage } from "./process.ts";
import { candidatePaths } from "./search_path.ts";
import { rawVariable, type StartState } from "./start_state.ts";

/**
 * Says what `runner exec COMMAND [ARGUMENT...]` becomes. The first word after
 * `exec` is the command, whatever it looks like.
 *
 * @param start What the process was started with.
 * @returns The program to become; without candidates if the command is empty.
 *
 * @example Usage
 * ```ts
 * import { commandImage } from "./command_image.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * const restore = { openFilesLimit: undefined, ignoreSigpipe: false };
 * const { candidates, argv, searched } = commandImage({
 *   words: [bytes("exec"), bytes("jq"), bytes(".")],
 *   environment: [bytes("PATH=/bin")],
 *   restore,
 * });
 * assertEquals(candidates, [bytes("/bin/jq")]);
 * assertEquals([argv, searched], [[bytes("jq"), bytes(".")], true]);
 * ```
 */
export function commandImage(
  { words, environment, restore }: StartState,
): ProcessImage {
  const argv = words.slice(1);
  const [command = new Uint8Array()] = argv;
  const candidates = candidatePaths(command, rawVariable(environment, "PATH"));
  const searched = candidates[0] !== command;
  return { candidates, searched, argv, environment, restore };
}
