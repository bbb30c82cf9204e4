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
import type { Libraries } from "./library/libraries.ts";
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
  /** Capabilities and case types that the run does not have, and why. */
  readonly unavailable?: ReadonlyMap<string, string>;
  /** What all cases of the run share. */
  readonly context: SuiteContext;
  /**
   * What is done about the health of assertions where neither the case nor
   * the environment says. Default `ignore`.
   */
  readonly health?: HealthMode;
  /** The libraries of the run. */
  readonly libraries: Libraries;
  /** Takes a warning: one line, without its end. */
  readonly warn: (line: string) => void;
}

type Prepared =
  | { readonly result: CaseResult }
  | { readonly compiled: CompiledCase };

/** A case with nothing left to check: it is settled, or only waits to run. */
export type PreparedCase =
  & { readonly loaded: LoadedCase }
  & Prepared;

/**
 * Makes every check that needs no run.
 *
 * What a case requires is looked at first: a case that is skipped may use
 * keys, types and operators that this implementation does not have.
 *
 * @param loaded The cases.
 * @param options What preparing them depends on.
 * @returns The same cases, in the same order. One that is already known to
 * fail, or to be skipped, has its result. A library is not among them, unless
 * it is broken.
 *
 * @example A case of an unknown type
 * ```ts
 * import { Libraries } from "./library/libraries.ts";
 * import { prepareCases } from "./prepare.ts";
 * import { headOf } from "./verdict.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = { id: "A-1", type: "no.such.type" };
 * const source = { kind: "case" as const, value, location, locate: () => location };
 * const host = new MemoryHost();
 * const context = {
 *   host,
 *   environment: {},
 *   contractRoot: undefined,
 *   timeoutMs: 1000,
 * };
 * const [prepared] = prepareCases([{ head: headOf(source), source }], {
 *   types: new Map(),
 *   capabilities: [],
 *   context,
 *   libraries: new Libraries({ host }),
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
  return prepareAll(loaded, options).filter((item) => !isSoundLibrary(item));
}

/**
 * Makes every check that needs no run, as {@linkcode prepareCases} does.
 *
 * @param loaded The cases.
 * @param options What preparing them depends on.
 * @returns The same cases, and every library: one with nothing wrong has
 * passed.
 */
export function prepareAll(
  loaded: readonly LoadedCase[],
  options: PrepareOptions,
): PreparedCase[] {
  const known = capabilitySet(options.types.values(), options.capabilities);
  return loaded.map((item) => ({
    loaded: item,
    ...prepare(item, { ...options, known }),
  }));
}

/**
 * Tells a library with nothing wrong: of a run it is no part.
 *
 * @param prepared What was prepared.
 * @returns Whether it is one.
 */
export function isSoundLibrary(prepared: PreparedCase): boolean {
  return "library" in prepared.loaded && "result" in prepared &&
    prepared.result.status === "pass";
}

/**
 * Makes a job of a prepared case.
 *
 * @param prepared The case.
 * @param context What all cases of the run share.
 * @returns A job that runs it; or that gives its result at once, if the case
 * is already known to fail, or to be skipped.
 */
export function jobOf(
  prepared: PreparedCase,
  context: SuiteContext,
): Job<CaseResult> {
  return "result" in prepared
    ? settledJob(prepared.result)
    : runningJob(prepared.loaded.head, prepared.compiled, context);
}

/**
 * Makes a job of what is known already.
 *
 * @param result The result.
 * @returns A job that says so at once.
 */
export function settledJob(result: CaseResult): Job<CaseResult> {
  return { exclusive: false, run: () => result };
}

type KnownOptions = PrepareOptions & { readonly known: ReadonlySet<string> };

function prepare(
  item: LoadedCase,
  options: KnownOptions,
): Prepared {
  const { head } = item;
  if ("error" in item) return { result: failed(head, item.error) };
  try {
    if ("library" in item) {
      options.libraries.check(item.library);
      return { result: passed(head, 0) };
    }
    const skip = skipReason(item, options);
    return skip === undefined
      ? { compiled: compile(item.source, options) }
      : { result: skipped(head, skip) };
  } catch (error) {
    return { result: failed(head, error) };
  }
}

const NOTHING_UNAVAILABLE: ReadonlyMap<string, string> = new Map();

function skipReason(
  { head, source }: Extract<LoadedCase, { readonly source: SourceCase }>,
  { known, unavailable = NOTHING_UNAVAILABLE }: KnownOptions,
): string | undefined {
  const reason = unavailable.get(head.type ?? "");
  if (reason !== undefined) return reason;
  const requires = validateRequires(source);
  const missing = missingCapabilities(requires, known, unavailable);
  if (missing === undefined || requires.whenMissing === "skip") return missing;
  const location = source.locate(["requires", "capabilities"]);
  throw new CaseError("runtime", missing, { location });
}

function compile(source: SourceCase, options: PrepareOptions): CompiledCase {
  const { types, context, libraries, warn, health = "ignore" } = options;
  const raw = validateCase(source, types);
  const type = types.get(raw.type);
  if (type === undefined) {
    throw new CaseError("runtime", `unknown spec-test type "${raw.type}"`);
  }
  const { environment } = context;
  const mode = healthMode(source, { environment, otherwise: health });
  const compiled = compileCase(raw, type, { ...context, libraries });
  const { assertsItself = false } = type;
  checkHealth(raw, { mode, assertsItself, warn });
  return compiled;
}

function runningJob(
  head: CaseHead,
  compiled: CompiledCase,
  context: SuiteContext,
): Job<CaseResult> {
  const { host } = context;
  const run = () => {
    const start = host.now();
    const pass = () => passed(head, host.now() - start);
    const fail = (error: unknown) => failed(head, error, host.now() - start);
    try {
      const ended = runCase(compiled, context);
      return ended === undefined ? pass() : ended.then(pass, fail);
    } catch (error) {
      return fail(error);
    }
  };
  return { exclusive: compiled.runnable.exclusive, run };
}
