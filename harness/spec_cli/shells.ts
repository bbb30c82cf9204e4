/**
 * The shells that words are completed in.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";

/** A shell that words are completed in. */
export type Shell = "bash" | "zsh" | "fish";

/**
 * The shells, as `completions` takes them.
 *
 * @example Usage
 * ```ts
 * import { SHELLS } from "./shells.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(SHELLS, ["bash", "zsh", "fish"]);
 * ```
 */
export const SHELLS: readonly Shell[] = ["bash", "zsh", "fish"];

/**
 * Reads the words behind `completions`.
 *
 * @param words The words.
 * @param program Who was asked.
 * @returns The one shell they name.
 * @throws {UsageError} If they name none, or more.
 *
 * @example Usage
 * ```ts
 * import { parseShell } from "./shells.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseShell(["zsh"], "spec"), "zsh");
 * ```
 */
export function parseShell(
  words: readonly string[],
  program: "spec" | "image",
): Shell {
  const [word, extra] = words;
  if (word === undefined || extra !== undefined) {
    throw new UsageError(
      `Cannot print completions: wanted one shell, got ${
        word === undefined ? "none" : words.length
      }`,
      { remedy: `${program} completions ${SHELLS.join("|")}` },
    );
  }
  const shell = SHELLS.find((known) => known === word);
  if (shell !== undefined) return shell;
  const guess = nearest(word, SHELLS);
  throw new UsageError(
    `Cannot print completions for ${quoted(word)}: unknown shell`,
    {
      remedy: guess === undefined
        ? `Shells are ${SHELLS.join(", ")}`
        : `Did you mean "${guess}"?`,
    },
  );
}
