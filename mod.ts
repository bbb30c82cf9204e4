/**
 * The functions behind `runner`, `spec` and `image`, for use from a script.
 *
 * The entrypoint decides with pure functions and performs through a
 * {@linkcode Host}; the same functions run over {@linkcode denoHost}, the
 * machine, and over {@linkcode MemoryHost}, which needs none.
 *
 * @example Ask what the entrypoint would do
 * ```ts
 * import { dispatch } from "@runner/toolkit";
 * import { assertEquals } from "@std/assert";
 *
 * const noPlugins = { find: () => undefined, names: () => [] };
 * assertEquals(dispatch(["exec", "jq", "."], noPlugins).kind, "exec");
 * assertEquals(dispatch(["jq", "."], noPlugins).kind, "refuse");
 * ```
 *
 * @example Run a case from memory
 * ```ts
 * import { denoHost, runSuite } from "@runner/toolkit";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode(`
 * id: greeting
 * type: cli.run
 * argv: [hello]
 * harness: {entrypoint: echo}
 * assert:
 *   - target: stdout
 *     must:
 *       - contain: [hello]
 * `);
 * const summary = await runSuite({
 *   documents: [{ path: "greeting.spec.yaml", format: "yaml", bytes }],
 *   reporters: [],
 * }, denoHost());
 * assertEquals(summary.passed, 1);
 * ```
 *
 * @module
 */

export * from "./host/host.ts";
export { denoHost } from "./host/deno_host.ts";
export * from "./host/memory_host.ts";

export * from "./runner/commands.ts";
export * from "./runner/dispatch.ts";
export * from "./runner/env_file.ts";
export * from "./runner/exit_code.ts";
export * from "./runner/identity.ts";
export * from "./runner/manifest.ts";
export * from "./runner/paths.ts";
export * from "./runner/plugin_name.ts";
export * from "./runner/plugins.ts";
export * from "./runner/preconditions.ts";
export * from "./runner/refusal.ts";
export * from "./runner/render.ts";
export * from "./runner/render_json.ts";
export * from "./runner/runtime_info.ts";

export * from "./harness/case.ts";
export * from "./harness/case_error.ts";
export * from "./harness/changed.ts";
export * from "./harness/spec_tests.ts";
export * from "./harness/discover.ts";
export * from "./harness/json.ts";
export { type LintOptions, lintSuite } from "./harness/lint_suite.ts";
export {
  type ConformanceOptions,
  conformSuite,
} from "./harness/conformance.ts";
export * from "./harness/report/formats.ts";
export { jsonReporter } from "./harness/report/json.ts";
export * from "./harness/report/read_ndjson.ts";
export type { CallIo, CallReader, CallWriter } from "./harness/process/call.ts";
export * from "./harness/report/reporter.ts";
export * from "./harness/report/terminal.ts";
export {
  listSuite,
  type OpenCase,
  openSuite,
  runSuite,
} from "./harness/run_suite.ts";
export * from "./harness/merge.ts";
export type * from "./harness/selection.ts";
export type { Shard } from "./harness/shard.ts";
export { caseSchema } from "./harness/schema/case_schema.ts";
export * from "./harness/suite.ts";
export * from "./harness/types/harness_type.ts";
export type * from "./harness/types/hook.ts";
export { BUILT_IN_TYPES, withTypes } from "./harness/types/registry.ts";
export * from "./harness/usage_error.ts";
export type { CaseHead } from "./harness/verdict.ts";

export {
  ArchiveError,
  type ArchiveErrorOptions,
  type ArchivePlace,
} from "./harness/image/archive/archive_error.ts";
export * from "./harness/image/archive/limits.ts";
export {
  parsePlatform,
  type Platform,
} from "./harness/image/archive/platform.ts";
export * from "./harness/image/clauses.ts";
export * from "./harness/image/coverage.ts";
export {
  verifyArchive,
  type VerifyArchiveOptions,
} from "./harness/image/saved_image.ts";
export { EngineError, type FindEngineOptions } from "./harness/image/engine.ts";
export * from "./harness/image/engine_image.ts";
export * from "./harness/image/scaffold.ts";
export * from "./harness/image/tree.ts";
export * from "./harness/image/verify.ts";
