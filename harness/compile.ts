/**
 * From a raw case to one that is completely checked and only waits to run.
 *
 * @module
 */

import { inItsName, requireRunnable } from "./_type_mistake.ts";
import type { Assertion } from "./assertions/assertion.ts";
import { compileAssertions } from "./assertions/compile.ts";
import type { RawCase } from "./case.ts";
import type { Libraries, SymbolView } from "./library/libraries.ts";
import type { Budgets } from "./spec_lang/budgets.ts";
import { readSpecLang } from "./spec_lang_keys.ts";
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
  /** The library symbols that its expressions may refer to. */
  readonly view: SymbolView;
}

/** What compiling a case depends on. */
export interface CompileContext extends SuiteContext {
  /** The libraries of the run. */
  readonly libraries: Libraries;
}

/**
 * Compiles everything in a case: its budgets, the libraries it uses, its
 * assertions, and what its type makes of the rest. Nothing is run.
 *
 * Source: spec format, sections 4, 6 and 7.
 *
 * @param raw The case, its common keys checked.
 * @param type Its type.
 * @param context What all cases of the run share, its libraries among it.
 * @returns The case, ready to be run.
 * @throws {CaseError} For the first fault, with its place where it is known.
 *
 * @example Budgets are read from the case
 * ```ts
 * import { compileCase } from "./compile.ts";
 * import { Libraries } from "./library/libraries.ts";
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
 * const host = new MemoryHost();
 * const context = {
 *   host,
 *   libraries: new Libraries({ host }),
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
  context: CompileContext,
): CompiledCase {
  const { budgets, ...wanted } = readSpecLang(raw);
  const { id: caseId, source } = raw;
  const view = context.libraries.symbolsFor(source, wanted);
  const { targets } = type;
  const options = { caseId, source, targets, budgets, view };
  const assertion = raw.assert === undefined
    ? undefined
    : compileAssertions(raw.assert, options);
  const runnable = compileType(raw, type, context);
  return { raw, assertion, budgets, view, runnable };
}

function compileType(
  raw: RawCase,
  type: HarnessType,
  context: CompileContext,
): RunnableCase {
  try {
    const runnable = type.compile(raw, context);
    requireRunnable(raw.type, runnable);
    return runnable;
  } catch (error) {
    throw inItsName(raw.type, "compile()", error);
  }
}
