/**
 * What judging and explaining assertions depend on.
 *
 * @module
 */

import type { SourceCase } from "../case.ts";
import type { SymbolView } from "../library/link.ts";
import type { Budgets } from "../spec_lang/budgets.ts";
import type { MachineHost } from "../spec_lang/machine.ts";

/** What judging depends on besides the tree and the targets. */
export interface JudgeOptions {
  /** The case's id. */
  readonly caseId: string;
  /** What one evaluation may cost. */
  readonly budgets: Budgets;
  /** The library symbols that expressions may refer to; none if not given. */
  readonly view?: SymbolView | undefined;
  /** What expressions may ask of the world. */
  readonly host: MachineHost;
  /** When judging has to be over, on the host's clock. Default: never. */
  readonly deadline?: number;
  /** Finds where a key or item of the case stands. */
  readonly source: Pick<SourceCase, "locate">;
}
