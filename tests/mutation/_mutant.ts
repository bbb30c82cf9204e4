/**
 * A change of the entrypoint that takes one rule away, and the cases that must
 * notice.
 *
 * @module
 */

import type { Mutation } from "../_tree.ts";

/** One rule that is taken away. */
export interface Mutant extends Mutation {
  /** What the changed entrypoint does. */
  readonly rule: string;
  /** The refusal that is taken away, by words of its message in the source. */
  readonly says?: string;
  /** Cases in `specs/platform/`: each of them must fail. */
  readonly cases: readonly string[];
  /**
   * Where they run: in this process over files in memory, or in the sandbox,
   * which a case needs that starts processes or looks at the machine.
   */
  readonly stage: "memory" | "sandbox";
}

/** A row of a table of mutants, which share file and stage. */
export type MutantRow = Omit<Mutant, "file" | "stage"> & Partial<Mutant>;

/** Makes mutants of one file. */
export function mutantsOf(
  file: string,
  stage: Mutant["stage"],
  rows: readonly MutantRow[],
): Mutant[] {
  return rows.map((row) => ({ file, stage, ...row }));
}
