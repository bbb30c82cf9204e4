/** What stands behind flags, one function for each kind of value. */

import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import type { CaseFormat } from "../discover.ts";
import { REPORT_FORMATS } from "../report/formats.ts";
import { parseSeed } from "../order.ts";
import type { Isolation } from "../types/harness_type.ts";
import { UsageError } from "../usage_error.ts";

/** One `--report`. */
export interface ReportRequest {
  /** A key of {@linkcode REPORT_FORMATS}. */
  readonly format: string;
  /** A file, or `-` for standard output. */
  readonly file: string;
}

/** The numbers a flag takes. */
export interface NumberRange {
  /** The least. */
  readonly least: number;
  /** The most. */
  readonly most: number;
  /** Whether they are integers. */
  readonly whole: boolean;
}

/** What `--jobs` takes. */
export const JOBS: NumberRange = { least: 1, most: 1024, whole: true };
/** What `--timeout` takes, in seconds. */
export const TIMEOUT: NumberRange = {
  least: 0.001,
  most: 86_400,
  whole: false,
};
/** What flags that count take. */
export const COUNT: NumberRange = { least: 1, most: 1_000_000, whole: true };
/** What `--shuffle` takes. */
export const SEED: NumberRange = {
  least: 0,
  most: Number.MAX_SAFE_INTEGER,
  whole: true,
};
/** What `--isolate` takes. */
export const ISOLATIONS: readonly Isolation[] = ["none", "process"];
/** What `--case-formats` is made of. */
export const CASE_FORMATS: readonly CaseFormat[] = ["md", "yaml", "json"];
// Its names as a file: a report is the only one who may write there.
const STANDARD_OUTPUT = /^\/(?:dev\/(?:stdout|fd\/1)|proc\/self\/fd\/1)$/;
const DEFAULT_REPORTS = [{ format: "terminal", file: "-" }];

/**
 * Reads `--jobs`.
 *
 * @param text The value as typed.
 * @throws {UsageError} If it is no number of jobs.
 */
export function parseJobs(text: string): number {
  const jobs = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  if (jobs >= JOBS.least && jobs <= JOBS.most) return jobs;
  throw new UsageError(
    `Cannot use ${
      quoted(text)
    } as --jobs: wanted an integer from ${JOBS.least} to ${JOBS.most}`,
    { remedy: "Leave it out for one job per processor" },
  );
}

/**
 * Reads a flag that counts.
 *
 * @param text The value as typed.
 * @param name The flag.
 * @throws {UsageError} If it is no number of times.
 */
export function parseCount(text: string, name: string): number {
  const count = /^[0-9]{1,7}$/.test(text) ? Number(text) : 0;
  if (count >= COUNT.least && count <= COUNT.most) return count;
  throw new UsageError(
    `Cannot use ${
      quoted(text)
    } as --${name}: wanted an integer from ${COUNT.least} to ${COUNT.most}`,
    { remedy: "Leave it out, or write a number" },
  );
}

/**
 * Reads `--shuffle`.
 *
 * @param words The value, if there is one.
 * @returns The seed, or that one is to be drawn.
 * @throws {UsageError} If it is no seed.
 */
export function parseShuffle([text]: readonly string[]): number | "draw" {
  return text === undefined ? "draw" : parseSeed(text);
}

/**
 * Reads `--timeout`.
 *
 * @param text The value as typed, in seconds.
 * @returns Milliseconds.
 * @throws {UsageError} If it is no time.
 */
export function parseTimeout(text: string): number {
  const seconds = /^[0-9]{1,6}(\.[0-9]{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds >= TIMEOUT.least && seconds <= TIMEOUT.most) {
    return Math.round(seconds * 1000);
  }
  throw new UsageError(
    `Cannot use ${
      quoted(text)
    } as --timeout: wanted seconds above 0, at most ${TIMEOUT.most}`,
    { remedy: "Write seconds such as 90 or 0.5" },
  );
}

/**
 * Reads `--isolate`.
 *
 * @param text The value as typed.
 * @throws {UsageError} If it is no isolation.
 */
export function parseIsolation(text: string): Isolation {
  const isolation = ISOLATIONS.find((known) => known === text);
  if (isolation !== undefined) return isolation;
  const guess = nearest(text.trim().toLowerCase(), ISOLATIONS);
  throw new UsageError(
    `Cannot use ${quoted(text)} as --isolate: wanted ${
      ISOLATIONS.join(" or ")
    }`,
    {
      remedy: guess === undefined
        ? "Write process to call each function in a process of its own"
        : `Did you mean "${guess}"?`,
    },
  );
}

/**
 * Reads `--case-formats`.
 *
 * @param text The value as typed.
 * @throws {UsageError} At the first word that is no format.
 */
export function parseFormats(text: string): CaseFormat[] {
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

/**
 * Reads every `--report`.
 *
 * @param words The values as typed.
 * @returns The reports, at least one, each to a place of its own.
 * @throws {UsageError} At the first that cannot be written.
 */
export function parseReports(
  words: readonly string[],
): readonly ReportRequest[] {
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
          ? `Formats are ${known.join(", ")}`
          : `Did you mean "${guess}"?`,
      },
    );
  }
  if (STANDARD_OUTPUT.test(file)) return { format, file: "-" };
  if (file !== "") return { format, file };
  throw new UsageError(
    `Cannot write report ${quoted(word)}: no file is named`,
    {
      remedy:
        `Write --report ${format}=FILE, or ${format}=- for standard output`,
    },
  );
}
