import { CaseError } from "../case_error.ts";
import type { KeyPath } from "../case.ts";
import type { Json } from "../json.ts";
import { DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";
import { compileAssertions } from "./compile.ts";
import { judge } from "./evaluate.ts";
import { pathText } from "./place.ts";
import type { OperatorName } from "../types/harness_type.ts";

const TARGETS: Readonly<Record<string, readonly OperatorName[]>> = {
  stdout: ["contain", "regex", "json_type", "evaluate"],
  stderr: ["contain", "regex", "json_type", "evaluate"],
  "stdout_path": ["exists"],
};

/** Options whose locations spell the key path they were asked for. */
export const OPTIONS = {
  caseId: "A-1",
  targets: TARGETS,
  budgets: DEFAULT_BUDGETS,
  host: { pathExists: (path: string) => path === "there", now: () => 0 },
  source: {
    locate: (path: KeyPath) => ({ path: pathText(path), line: 1, column: 1 }),
  },
};

/** How a tree ends against the given targets: the error, or nothing. */
export function outcome(
  assert: Json,
  targets: Readonly<Record<string, Json>> = {},
): CaseError | undefined {
  try {
    const tree = compileAssertions(assert, OPTIONS);
    judge(tree, (target) => {
      if (Object.hasOwn(targets, target)) return targets[target] ?? null;
      throw new CaseError("assertion", `no value for ${target}`);
    }, OPTIONS);
    return undefined;
  } catch (error) {
    if (error instanceof CaseError) return error;
    throw error;
  }
}
