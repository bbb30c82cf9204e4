/**
 * Reads back what the event report holds, strictly.
 *
 * @module
 */

import { printable, quoted } from "../../text/printable.ts";
import { Fingerprint } from "../_fingerprint.ts";
import { readJson } from "../_json.ts";
import { TextFault } from "../_text_fault.ts";
import type { CaseResult } from "../case.ts";
import type { Json } from "../json.ts";
import { FieldFault, JsonFields } from "./_json_fields.ts";
import { readEnd, readPlan, readReason, readResult } from "./_event_fields.ts";
import type { SuitePlan, SuiteSummary } from "./reporter.ts";

/** All that reporters were told in a run that came to its end. */
export interface RecordedRun {
  /** What `start` was told. */
  readonly plan: SuitePlan;
  /** What `case` was told, in that order. */
  readonly results: readonly CaseResult[];
  /** What `end` was told. */
  readonly summary: SuiteSummary;
}

/**
 * An event report that cannot be read, or does not hold a whole run.
 *
 * @example Usage
 * ```ts
 * import { readNdjson, ReportSyntaxError } from "./read_ndjson.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => readNdjson("{}\n", "1.ndjson"), ReportSyntaxError, "1.ndjson:1:1");
 * ```
 */
export class ReportSyntaxError extends SyntaxError {
  /** Its name, for those who print errors. */
  override readonly name = "ReportSyntaxError";
  /** The file, as the caller named it. */
  readonly path: string;
  /** The line, from 1. */
  readonly line: number;
  /** The column, in UTF-16 code units from 1. */
  readonly column: number;
  /** What was wanted and what was there. */
  readonly reason: string;

  /**
   * Makes an error.
   *
   * @param text What was wanted and what was there.
   * @param place Where.
   */
  constructor(
    text: string,
    place: {
      readonly path: string;
      readonly line: number;
      readonly column?: number;
    },
  ) {
    const { path, line, column = 1 } = place;
    super(
      `Cannot read report: ${printable(path)}:${line}:${column}: ${text}`,
    );
    this.path = path;
    this.line = line;
    this.column = column;
    this.reason = text;
  }
}

/**
 * Reads an event report.
 *
 * Nothing is passed over: an unknown key, a missing one, a count that does not
 * agree with the cases, a report that was changed are errors, and so is a run
 * that did not come to its end.
 *
 * @param text The report.
 * @param path The file it comes from, for errors.
 * @returns What the reporters of the run were told.
 * @throws {ReportSyntaxError} At the first line that is wrong, or after the
 * last one if something is missing.
 *
 * @example Usage
 * ```ts
 * import { readNdjson } from "./read_ndjson.ts";
 * import { ndjsonReporter } from "./ndjson.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = ndjsonReporter({ write: (piece) => void (text += piece) });
 * const facts = { task: "run", program: "spec", version: "0.2.0" } as const;
 * const categories = { schema: 0, assertion: 0, runtime: 0 };
 * const counts = { total: 0, passed: 0, failed: 0, skipped: 0, categories };
 * reporter.start?.({ ...facts, total: 0 });
 * reporter.end({ ...facts, ...counts, durationMs: 5 });
 * const { summary } = readNdjson(text, "report.ndjson");
 * assertEquals(summary, { ...facts, ...counts, durationMs: 5 });
 * ```
 */
export function readNdjson(text: string, path: string): RecordedRun {
  const lines = text.replace(/\n$/, "").split("\n");
  const events = new Events();
  for (const [index, line] of lines.entries()) {
    const place = { path, line: index + 1 };
    try {
      events.read(line);
    } catch (error) {
      if (error instanceof TextFault) {
        const column = error.offset + 1;
        throw new ReportSyntaxError(error.message, { ...place, column });
      }
      if (!(error instanceof FieldFault)) throw error;
      throw new ReportSyntaxError(error.message, place);
    }
  }
  const run = events.run();
  if (run !== undefined) return run;
  throw new ReportSyntaxError(
    'incomplete: there is no "end" event; the run was stopped, or it is still going on',
    { path, line: lines.length },
  );
}

class Events {
  #plan: SuitePlan | undefined;
  readonly #results: CaseResult[] = [];
  #summary: SuiteSummary | undefined;
  readonly #read = new Fingerprint();

  run(): RecordedRun | undefined {
    const [plan, summary] = [this.#plan, this.#summary];
    if (plan === undefined || summary === undefined) return undefined;
    return { plan, results: this.#results, summary };
  }

  read(line: string): void {
    const fields = new JsonFields(readJson(line).value as Json);
    const plan = this.#plan;
    if (plan === undefined) {
      fields.oneOf("event", ["start"]);
      this.#plan = readPlan(fields);
      this.#read.add(`${line}\n`);
      return;
    }
    if (this.#summary !== undefined) {
      throw new FieldFault('nothing may stand behind the "end" event');
    }
    const event = fields.oneOf("event", ["case", "end", "abort"]);
    if (event === "abort") {
      const reason = printable(readReason(fields));
      throw new FieldFault(`incomplete: the run stopped early: ${reason}`);
    }
    if (event === "case") this.#results.push(readResult(fields));
    else this.#summary = this.#readSummary(fields, { plan, line });
    this.#read.add(`${line}\n`);
  }

  #readSummary(
    fields: JsonFields,
    { plan, line }: { readonly plan: SuitePlan; readonly line: string },
  ): SuiteSummary {
    const { total: _, ...facts } = plan;
    const { summary, digest } = readEnd(fields, facts);
    for (const [name, said, there] of countsIn(summary, this.#results)) {
      if (said === there) continue;
      throw new FieldFault(
        `${quoted(name)} is ${said}, but ${there} came before it`,
      );
    }
    if (plan.total !== summary.total) {
      throw new FieldFault(
        `"total" is ${summary.total}, but the "start" event says ${plan.total}`,
      );
    }
    const covered = line.slice(0, Math.max(0, line.lastIndexOf(',"digest":')));
    const wanted = this.#read.add(covered).hex();
    if (digest === wanted) return summary;
    throw new FieldFault(
      `"digest": wanted "${wanted}", got ${
        quoted(digest)
      }: the report was changed after it was written`,
    );
  }
}

const CATEGORIES = ["schema", "assertion", "runtime"] as const;

/** Each count by name: what the summary says, and what is there. */
function countsIn(summary: SuiteSummary, results: readonly CaseResult[]) {
  const { categories, total, passed, failed, skipped } = summary;
  const status = Map.groupBy(results, ({ status }) => status);
  const category = Map.groupBy(results, ({ category }) => category);
  return [
    ["total", total, results.length],
    ["passed", passed, status.get("pass")?.length ?? 0],
    ["failed", failed, status.get("fail")?.length ?? 0],
    ["skipped", skipped, status.get("skip")?.length ?? 0],
    ...CATEGORIES.map((name) =>
      [
        `categories.${name}`,
        categories[name],
        category.get(name)?.length ?? 0,
      ] as const
    ),
  ] as const;
}
