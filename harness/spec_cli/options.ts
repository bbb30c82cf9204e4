/**
 * Flags turned into what a run and a listing take.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import type { CaseFormat } from "../discover.ts";
import { REPORT_FORMATS } from "../report/formats.ts";
import type { SelectionOptions } from "../suite.ts";
import { UsageError } from "../usage_error.ts";
import type { Flags } from "./flags.ts";

/** One `--report`. */
export interface ReportRequest {
  /** A key of {@linkcode REPORT_FORMATS}. */
  readonly format: string;
  /** A file, or `-` for standard output. */
  readonly file: string;
}

/** What `spec list` was asked for. */
export type ListOptions =
  & Required<Pick<SelectionOptions, "paths">>
  & Omit<SelectionOptions, "documents" | "types" | "paths">;

/** What `spec run` was asked for. */
export interface RunOptions extends ListOptions {
  /** How many cases may run side by side. */
  readonly jobs?: number;
  /** Milliseconds after which a case is stopped. */
  readonly timeoutMs?: number;
  /** The folder no document may reach out of. */
  readonly contractRoot?: string;
  /** The reports, at least one, at most one of them to standard output. */
  readonly reports: readonly ReportRequest[];
  /** Whether every case that passes gets a line. */
  readonly verbose: boolean;
}

const MAX_JOBS = 1024;
const MAX_TIMEOUT_SECONDS = 86_400;
const CASE_FORMATS: readonly CaseFormat[] = ["md", "yaml", "json"];
const DEFAULT_REPORTS = [{ format: "terminal", file: "-" }];

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
  const contractRoot = one(flags, "contract-root");
  return {
    ...parseListOptions(flags),
    ...(jobs === undefined ? {} : { jobs: parseJobs(jobs) }),
    ...(timeout === undefined ? {} : { timeoutMs: parseTimeout(timeout) }),
    ...(contractRoot === undefined ? {} : { contractRoot }),
    reports: parseReports(flags.values.get("report") ?? []),
    verbose: flags.switches.has("verbose"),
  };
}

function one(flags: Flags, name: string): string | undefined {
  return flags.values.get(name)?.[0];
}

function parseJobs(text: string): number {
  const jobs = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  if (jobs >= 1 && jobs <= MAX_JOBS) return jobs;
  throw new UsageError(
    `Cannot use ${
      quoted(text)
    } as --jobs: wanted an integer from 1 to ${MAX_JOBS}`,
    { remedy: "Leave it out for one job per processor" },
  );
}

function parseTimeout(text: string): number {
  const seconds = /^[0-9]{1,6}(\.[0-9]{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) {
    return Math.round(seconds * 1000);
  }
  throw new UsageError(
    `Cannot use ${
      quoted(text)
    } as --timeout: wanted seconds above 0, at most ${MAX_TIMEOUT_SECONDS}`,
    { remedy: "Write seconds such as 90 or 0.5" },
  );
}

function parseFormats(text: string): CaseFormat[] {
  return text.split(",").map((word) => {
    const format = CASE_FORMATS.find((known) => known === word);
    if (format !== undefined) return format;
    const guess = nearest(word.trim().toLowerCase(), CASE_FORMATS);
    throw new UsageError(
      word === ""
        ? `Cannot use ${quoted(text)} as --case-formats: a format is empty`
        : `Cannot use ${quoted(word)} as --case-formats: unknown format`,
      {
        remedy: guess === undefined
          ? `Write one or more of ${CASE_FORMATS.join(",")}`
          : `Did you mean "${guess}"?`,
      },
    );
  });
}

function parseReports(words: readonly string[]): readonly ReportRequest[] {
  const reports = words.length === 0 ? DEFAULT_REPORTS : words.map(parseReport);
  const files = reports.map(({ file }) => file);
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice === undefined) return reports;
  throw new UsageError(
    twice === "-"
      ? "Cannot write two reports to standard output"
      : `Cannot write two reports to ${quoted(twice)}`,
    { remedy: "Give each report a file of its own: --report json=report.json" },
  );
}

function parseReport(word: string): ReportRequest {
  const known = [...REPORT_FORMATS.keys()];
  const cut = word.indexOf("=");
  const format = cut === -1 ? word : word.slice(0, cut);
  const file = cut === -1 ? "" : word.slice(cut + 1);
  if (!REPORT_FORMATS.has(format)) {
    const guess = nearest(format.toLowerCase(), known);
    throw new UsageError(
      `Cannot write report ${quoted(word)}: unknown format ${quoted(format)}`,
      {
        remedy: guess === undefined
          ? `Formats are ${known.join(" and ")}`
          : `Did you mean "${guess}"?`,
      },
    );
  }
  if (file !== "") return { format, file };
  throw new UsageError(
    `Cannot write report ${quoted(word)}: no file is named`,
    {
      remedy:
        `Write --report ${format}=FILE, or ${format}=- for standard output`,
    },
  );
}
