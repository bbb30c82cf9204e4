/**
 * Every rule that is taken away.
 *
 * @module
 */

import { BECOMING } from "./_becoming.ts";
import { BEFORE } from "./_before.ts";
import { CONTRACT_FILES } from "./_contract_files.ts";
import { ENV_FILE } from "./_env_file.ts";
import type { Mutant } from "./_mutant.ts";
import { PLUGINS } from "./_plugins.ts";
import { WORDS } from "./_words.ts";

/** Every mutant. */
export const MUTANTS: readonly Mutant[] = [
  ...BEFORE,
  ...WORDS,
  ...PLUGINS,
  ...ENV_FILE,
  ...CONTRACT_FILES,
  ...BECOMING,
];

/** Succeeds with every mutant: one that only crashes proves nothing. */
export const CONTROL = "platform.about.json";

/** The only mutant for which nothing succeeds. */
export const NOTHING_SUCCEEDS = "exit code 0 is another";
