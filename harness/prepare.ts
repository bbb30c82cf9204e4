/**
 * From loaded cases to jobs: every check that needs no run is made here.
 *
 * @module
 */

import type { CaseResult, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { capabilitySet, missingCapabilities } from "./capabilities.ts";
import { checkHealth } from "./check_health.ts";
import { compileCase, type CompiledCase } from "./compile.ts";
import { type HealthMode, healthMode } from "./health_mode.ts";
import type { LoadedCase } from "./load_suite.ts";
import { runCase } from "./run_case.ts";
import type { Job } from "./schedule.ts";
import type { HarnessType, SuiteContext } from "./types/harness_type.ts";
import { validateCase, validateRequires } from "./validate.ts";
import { type CaseHead, failed, passed, skipped } from "./verdict.ts";

/** What preparing a case depends on. */
export interface PrepareOptions {
  /** Case types by name. */
  readonly types: ReadonlyMap<string, HarnessType>;
  /** What the caller of the run can do besides what is built in. */
  readonly capabilities: readonly string[];
  /** What all cases of the run share. */
  readonly context: SuiteContext;
  /**
   * What is done about the health of assertions where neither the case nor
   * the environment says. Default `ignore`.
   */
  readonly health?: HealthMode;
  /** Takes a warning: one line, without its end. */
  readonly warn: (line: string) => void;
}

/** A case with nothing left to check: it is settled, or only waits to run. */
export type PreparedCase =
  | { readonly head: CaseHead; readonly result: CaseResult }
  | { readonly head: CaseHead; readonly compiled: CompiledCase };

/**
 * Makes every check that needs no run.
 *
 * What a case requires is looked at first: a case that is skipped may use
 * keys, types and operators that this implementation does not have.
 *
 * @param loaded The cases.
 * @param options What preparing them depends on.
 * @returns The same cases, in the same order. One that is already known to
 * fail, or to be skipped, has its result.
 *
 * @example A case of an unknown type
 * ```ts
 * import { prepareCases } from "./prepare.ts";
 * import { headOf } from "./verdict.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = { id: "A-1", type: "no.such.type" };
 * const source = { kind: "case" as const, value, location, locate: () => location };
 * const context = {
 *   host: new MemoryHost(),
 *   environment: {},
 *   contractRoot: undefined,
 *   timeoutMs: 1000,
 * };
 * const [prepared] = prepareCases([{ head: headOf(source), source }], {
 *   types: new Map(),
 *   capabilities: [],
 *   context,
 *   warn: () => {},
 * });
 * assert(prepared !== undefined && "result" in prepared);
 * assertEquals(prepared.result.category, "runtime");
 * ```
 */
export function prepareCases(
  loaded: readonly LoadedCase[],
  options: PrepareOptions,
): PreparedCase[] {
  const known = capabilitySet(options.types.values(), options.capabilities);
  return loaded.map((item) => {
    const { head } = item;
    if ("error" in item) return { head, result: failed(head, item.error) };
    try {
      return prepare(head, item.source, { ...options, known });
    } catch (error) {
      return { head, result: failed(head, error) };
    }
  });
}

/**
 * Makes a job of every loaded case.
 *
 * @param loaded The cases.
 * @param options What preparing them depends on.
 * @returns A job for each, in the same order. A case that is already known to
 * fail, or to be skipped, has a job that says so at once.
 */
export function prepareJobs(
  loaded: readonly LoadedCase[],
  options: PrepareOptions,
): Job<CaseResult>[] {
  return prepareCases(loaded, options).map((prepared) =>
    "result" in prepared
      ? settledJob(prepared.result)
      : runningJob(prepared, options.context)
  );
}

/**
 * Makes a job of what is known already.
 *
 * @param result The result.
 * @returns A job that says so at once.
 */
export function settledJob(result: CaseResult): Job<CaseResult> {
  return { exclusive: false, run: () => Promise.resolve(result) };
}

function prepare(
  head: CaseHead,
  source: SourceCase,
  options: PrepareOptions & { readonly known: ReadonlySet<string> },
): PreparedCase {
  const { types, context } = options;
  const requires = validateRequires(source);
  const missing = missingCapabilities(requires, options.known);
  if (missing !== undefined) {
    if (requires.whenMissing === "skip") {
      return { head, result: skipped(head, missing) };
    }
    const location = source.locate(["requires", "capabilities"]);
    throw new CaseError("runtime", missing, { location });
  }
  const raw = validateCase(source, types);
  const type = types.get(raw.type);
  if (type === undefined) {
    throw new CaseError("runtime", `unknown spec-test type "${raw.type}"`);
  }
  const mode = healthMode(source, {
    environment: context.environment,
    otherwise: options.health ?? "ignore",
  });
  const compiled = compileCase(raw, type, context);
  const { assertsItself = false } = type;
  checkHealth(raw, { mode, assertsItself, warn: options.warn });
  return { head, compiled };
}

function runningJob(
  { head, compiled }: Extract<PreparedCase, { compiled: unknown }>,
  context: SuiteContext,
): Job<CaseResult> {
  const { host } = context;
  const run = async () => {
    const start = host.now();
    const elapsed = () => host.now() - start;
    try {
      await runCase(compiled, context);
      return passed(head, elapsed());
    } catch (error) {
      return failed(head, error, elapsed());
    }
  };
  return { exclusive: compiled.runnable.exclusive, run };
}
