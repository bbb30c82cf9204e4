/**
 * From a raw case to one that is completely checked and only waits to run.
 *
 * @module
 */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import type { Assertion } from "./assertions/assertion.ts";
import { compileAssertions } from "./assertions/compile.ts";
import type { RawCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { isJsonObject } from "./json.ts";
import {
  BUDGET_KEYS,
  type Budgets,
  DEFAULT_BUDGETS,
  parseBudgets,
} from "./spec_lang/budgets.ts";
import type {
  HarnessType,
  RunnableCase,
  SuiteContext,
} from "./types/harness_type.ts";

/** A case that only waits to run. */
export interface CompiledCase {
  /** The case it came from. */
  readonly raw: RawCase;
  /** What its type made of it. */
  readonly runnable: RunnableCase;
  /** What must hold; nothing if the case says nothing. */
  readonly assertion: Assertion | undefined;
  /** What one evaluation may cost. */
  readonly budgets: Budgets;
}

const KEYS: readonly string[] = BUDGET_KEYS.map(({ key }) => key);
const LATER_KEYS: readonly string[] = ["library_paths", "exports"];

/**
 * Compiles everything in a case: its budgets, its assertions, and what its
 * type makes of the rest. Nothing is run.
 *
 * Source: spec format, sections 6 and 7.
 *
 * @param raw The case, its common keys checked.
 * @param type Its type.
 * @param context What all cases of the run share.
 * @returns The case, ready to be run.
 * @throws {CaseError} For the first fault, with its place where it is known.
 *
 * @example Budgets are read from the case
 * ```ts
 * import { compileCase } from "./compile.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const raw = {
 *   id: "A-1",
 *   type: "demo",
 *   title: undefined,
 *   purpose: undefined,
 *   tags: [],
 *   requires: { capabilities: [], whenMissing: "fail" as const },
 *   harness: { "spec_lang": { "max_steps": 50 } },
 *   assert: undefined,
 *   body: {},
 *   source: { kind: "case" as const, value: {}, location, locate: () => location },
 * };
 * const type = {
 *   name: "demo",
 *   keys: [],
 *   harnessKeys: ["spec_lang"],
 *   targets: {},
 *   capabilities: [],
 *   compile: () => ({ exclusive: false, run: () => Promise.resolve() }),
 * };
 * const context = {
 *   host: new MemoryHost(),
 *   environment: {},
 *   contractRoot: undefined,
 *   timeoutMs: 1000,
 * };
 * const compiled = compileCase(raw, type, context);
 * assertEquals(compiled.budgets.maxSteps, 50);
 * assertEquals(compiled.assertion, undefined);
 * ```
 */
export function compileCase(
  raw: RawCase,
  type: HarnessType,
  context: SuiteContext,
): CompiledCase {
  const budgets = compileBudgets(raw);
  const { id: caseId, source } = raw;
  const { targets } = type;
  const options = { caseId, source, targets, budgets };
  const assertion = raw.assert === undefined
    ? undefined
    : compileAssertions(raw.assert, options);
  return { raw, assertion, budgets, runnable: type.compile(raw, context) };
}

function compileBudgets(raw: RawCase): Budgets {
  if (!Object.hasOwn(raw.harness, "spec_lang")) return DEFAULT_BUDGETS;
  const value = raw.harness["spec_lang"];
  if (!isJsonObject(value)) {
    throw fault(raw, [], "harness.spec_lang must be a mapping");
  }
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key)) throw fault(raw, [key], strangeKey(key));
  }
  try {
    return parseBudgets(value);
  } catch (cause) {
    if (!(cause instanceof CaseError)) throw cause;
    const named = KEYS.filter((key) =>
      cause.message.includes(`harness.spec_lang.${key} `)
    );
    throw fault(raw, named, cause.message);
  }
}

function strangeKey(key: string): string {
  if (LATER_KEYS.includes(key)) {
    return `harness.spec_lang.${key} is part of the format, but not supported by this version, which has no libraries yet: write the functions into the case`;
  }
  const guess = nearest(key, [...KEYS, ...LATER_KEYS]);
  return `unknown key ${quoted(key)} in "harness.spec_lang": ` +
    (guess === undefined
      ? `known keys are ${KEYS.join(", ")}`
      : `did you mean "${guess}"?`);
}

function fault(
  raw: RawCase,
  steps: readonly string[],
  message: string,
): CaseError {
  const location = raw.source.locate(["harness", "spec_lang", ...steps]);
  return new CaseError("schema", message, { location });
}
