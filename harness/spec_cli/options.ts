/**
 * Flags turned into what each command takes.
 *
 * @module
 */

import type { SelectionOptions } from "../suite.ts";
import type { Isolation } from "../types/harness_type.ts";
import {
  parseFormats,
  parseIsolation,
  parseJobs,
  parseReports,
  parseTimeout,
  type ReportRequest,
} from "./_flag_values.ts";
import type { Flags } from "./flags.ts";

export type { ReportRequest };

/** What `spec list` was asked for. */
export type ListOptions =
  & Required<Pick<SelectionOptions, "paths">>
  & Omit<SelectionOptions, "documents" | "types" | "paths">;

/** What `spec lint` was asked for. */
export interface LintOptions extends ListOptions {
  /** The folder no document may reach out of. */
  readonly contractRoot?: string;
  /** The reports, at least one, at most one of them to standard output. */
  readonly reports: readonly ReportRequest[];
  /** Whether every case that passes gets a line. */
  readonly verbose: boolean;
}

/** What `spec run` was asked for. */
export interface RunOptions extends LintOptions {
  /** How many cases may run side by side. */
  readonly jobs?: number;
  /** Milliseconds after which a case is stopped. */
  readonly timeoutMs?: number;
  /** Where functions are called. */
  readonly isolate?: Isolation;
}

/** What `spec conformance` was asked for. */
export interface ConformanceOptions extends RunOptions {
  /** Whose expectations count. */
  readonly implementation?: string;
}

/**
 * Reads the flags of `spec list`.
 *
 * @param flags What was given.
 * @returns What was asked for; a flag that was not given has no key.
 * @throws {UsageError} If a value cannot be used.
 *
 * @example Usage
 * ```ts
 * import { parseListOptions } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const options = parseListOptions({
 *   values: new Map([["case-formats", ["md,yaml"]]]),
 *   switches: new Set(["recursive"]),
 *   paths: ["specs/"],
 * });
 * assertEquals(options, {
 *   paths: ["specs/"],
 *   formats: ["md", "yaml"],
 *   recursive: true,
 * });
 * ```
 */
export function parseListOptions(flags: Flags): ListOptions {
  const filter = one(flags, "filter");
  const pattern = one(flags, "case-file-pattern");
  const formats = one(flags, "case-formats");
  return {
    paths: flags.paths,
    ...(filter === undefined ? {} : { filter }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(formats === undefined ? {} : { formats: parseFormats(formats) }),
    ...(flags.switches.has("recursive") ? { recursive: true } : {}),
  };
}

/**
 * Reads the flags of `spec lint`.
 *
 * @param flags What was given.
 * @returns What was asked for; a flag that was not given has no key.
 * @throws {UsageError} If a value cannot be used.
 *
 * @example Usage
 * ```ts
 * import { parseLintOptions } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const options = parseLintOptions({
 *   values: new Map(),
 *   switches: new Set(["verbose"]),
 *   paths: ["specs/"],
 * });
 * assertEquals(options, {
 *   paths: ["specs/"],
 *   reports: [{ format: "terminal", file: "-" }],
 *   verbose: true,
 * });
 * ```
 */
export function parseLintOptions(flags: Flags): LintOptions {
  const contractRoot = one(flags, "contract-root");
  return {
    ...parseListOptions(flags),
    ...(contractRoot === undefined ? {} : { contractRoot }),
    reports: parseReports(flags.values.get("report") ?? []),
    verbose: flags.switches.has("verbose"),
  };
}

/**
 * Reads the flags of `spec run`.
 *
 * @param flags What was given.
 * @returns What was asked for; a flag that was not given has no key.
 * @throws {UsageError} If a value cannot be used.
 *
 * @example Usage
 * ```ts
 * import { parseRunOptions } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const options = parseRunOptions({
 *   values: new Map([["timeout", ["0.5"]], ["report", ["json=-"]]]),
 *   switches: new Set(),
 *   paths: ["specs/"],
 * });
 * assertEquals(options.timeoutMs, 500);
 * assertEquals(options.reports, [{ format: "json", file: "-" }]);
 * ```
 */
export function parseRunOptions(flags: Flags): RunOptions {
  const jobs = one(flags, "jobs");
  const timeout = one(flags, "timeout");
  const isolate = one(flags, "isolate");
  return {
    ...parseLintOptions(flags),
    ...(jobs === undefined ? {} : { jobs: parseJobs(jobs) }),
    ...(timeout === undefined ? {} : { timeoutMs: parseTimeout(timeout) }),
    ...(isolate === undefined ? {} : { isolate: parseIsolation(isolate) }),
  };
}

/**
 * Reads the flags of `spec conformance`.
 *
 * @param flags What was given.
 * @returns What was asked for; a flag that was not given has no key.
 * @throws {UsageError} If a value cannot be used.
 *
 * @example Usage
 * ```ts
 * import { parseConformanceOptions } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const options = parseConformanceOptions({
 *   values: new Map([["implementation", ["python"]]]),
 *   switches: new Set(),
 *   paths: ["specs/"],
 * });
 * assertEquals(options.implementation, "python");
 * ```
 */
export function parseConformanceOptions(flags: Flags): ConformanceOptions {
  const implementation = one(flags, "implementation");
  return {
    ...parseRunOptions(flags),
    ...(implementation === undefined ? {} : { implementation }),
  };
}

function one(flags: Flags, name: string): string | undefined {
  return flags.values.get(name)?.[0];
}
