/**
 * What became of cases, held against what they expect to become of them.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import { quoted } from "../text/printable.ts";
import type { CaseResult, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { driveSuite } from "./drive_suite.ts";
import {
  type Expectation,
  IMPLEMENTATION,
  readExpectation,
} from "./expectation.ts";
import { isJsonObject } from "./json.ts";
import type { LoadedCase } from "./load_suite.ts";
import {
  isSoundLibrary,
  jobOf,
  prepareAll,
  type PreparedCase,
  settledJob,
} from "./prepare.ts";
import { outcomeDifference } from "./outcome_difference.ts";
import type { SuiteSummary } from "./report/reporter.ts";
import type { Job } from "./schedule.ts";
import type { SuiteOptions } from "./suite.ts";
import type { SuiteContext } from "./types/harness_type.ts";
import { UsageError } from "./usage_error.ts";
import { failed, passed, unexpected } from "./verdict.ts";

/** What {@linkcode conformSuite} is asked to do. */
export interface ConformanceOptions extends SuiteOptions {
  /** Whose overlay under `expect.impl` counts. Default `deno`. */
  readonly implementation?: string;
}

/**
 * Runs every case that is found and compares what became of it with its
 * `expect`. A result passes if the two agree, whatever became of the case.
 *
 * A case names its own entrypoint: that of the environment is not taken, so
 * that the comparison comes out the same wherever it is made.
 *
 * Source: spec format, section 10; harness contract, "Entrypoint".
 *
 * @param options What to run and whom to tell.
 * @param host The machine.
 * @returns How many cases ended as they expect.
 * @throws {UsageError} If there is nothing to run, or nobody expects anything
 * of the implementation.
 * @throws What {@linkcode runSuite} throws.
 *
 * @example A case that is to fail, and does
 * ```ts
 * import { conformSuite } from "./conformance.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = JSON.stringify({
 *   id: "A-1",
 *   type: "no.such.type",
 *   expect: {
 *     portable: {
 *       status: "fail",
 *       category: "runtime",
 *       message_tokens: ["unknown spec-test type"],
 *     },
 *   },
 * });
 * const bytes = new TextEncoder().encode(text);
 * const { passed } = await conformSuite({
 *   documents: [{ path: "a.spec.json", format: "json", bytes }],
 *   reporters: [],
 * }, new MemoryHost());
 * assertEquals(passed, 1);
 * ```
 */
export function conformSuite(
  options: ConformanceOptions,
  host: Host,
): Promise<SuiteSummary> {
  const { implementation = IMPLEMENTATION } = options;
  const drive = {
    ...options,
    task: "conformance" as const,
    inspect: (wanted: readonly LoadedCase[]) =>
      refuseUnknown(implementation, wanted),
  };
  return driveSuite(drive, host, (loaded, prepare) => {
    const context = { ...prepare.context, explicitEntrypoint: true };
    return prepareAll(loaded, { ...prepare, context })
      .filter((one) => !isSoundLibrary(one) || expects(one.loaded))
      .map((one) => comparingJob(one, context, implementation));
  });
}

/** A slip in the name would silently compare with what is portable. */
function refuseUnknown(
  implementation: string,
  loaded: readonly LoadedCase[],
): void {
  const isKnown = implementation === IMPLEMENTATION ||
    loaded.map(sourceOf).some((source) =>
      source !== undefined && hasOverlay(source, implementation)
    );
  if (isKnown) return;
  throw new UsageError(
    `Cannot compare with implementation ${
      quoted(implementation)
    }: no case expects anything of it under "expect.impl"`,
    { remedy: `Leave it out for ${quoted(IMPLEMENTATION)}` },
  );
}

function hasOverlay({ value }: SourceCase, implementation: string): boolean {
  const { impl } = isJsonObject(value["expect"]) ? value["expect"] : {};
  return isJsonObject(impl) && Object.hasOwn(impl, implementation);
}

/** A library need not expect anything. */
function expects(loaded: LoadedCase): boolean {
  const source = sourceOf(loaded);
  return source !== undefined && Object.hasOwn(source.value, "expect");
}

function sourceOf(loaded: LoadedCase): SourceCase | undefined {
  return "library" in loaded ? loaded.library : loaded.source;
}

function comparingJob(
  prepared: PreparedCase,
  context: SuiteContext,
  implementation: string,
): Job<CaseResult> {
  const { loaded } = prepared;
  const job = jobOf(prepared, context);
  const source = sourceOf(loaded);
  // What cannot be read cannot expect anything: it fails as it is.
  if (source === undefined) return job;
  if ("library" in loaded && !expects(loaded)) return job;
  try {
    const expectation = expectationOf(source, implementation);
    const run = async () => compare(await job.run(), { expectation, source });
    return { exclusive: job.exclusive, run };
  } catch (error) {
    return settledJob(failed(loaded.head, error));
  }
}

function expectationOf(
  source: SourceCase,
  implementation: string,
): Expectation {
  const expectation = readExpectation(source, implementation);
  if (expectation !== undefined) return expectation;
  throw new CaseError(
    "schema",
    'conformance needs "expect": say under "expect.portable" how the case ends',
  );
}

interface Comparison {
  readonly expectation: Expectation;
  readonly source: SourceCase;
}

function compare(
  result: CaseResult,
  { expectation, source }: Comparison,
): CaseResult {
  const difference = outcomeDifference(expectation, result);
  if (difference.length === 0) return passed(result, result.durationMs);
  return unexpected(result, difference, source.locate(["expect"]));
}
