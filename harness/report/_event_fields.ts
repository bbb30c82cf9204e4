/** What the events of an event report hold, key by key. */

import type { CaseResult } from "../case.ts";
import { FieldFault, type Fields } from "./_json_fields.ts";
import { NDJSON_VERSION } from "./ndjson.ts";
import type {
  RunFacts,
  SuiteFacts,
  SuitePlan,
  SuiteSummary,
} from "./reporter.ts";

/** What events are called. */
export const EVENTS = ["start", "case", "end", "abort"] as const;

/** Reads what stands in an `abort` event besides its name. */
export function readReason(fields: Fields): string {
  const reason = fields.text("reason");
  fields.close();
  return reason;
}

/** Reads what stands in a `start` event besides its name. */
export function readPlan(fields: Fields): SuitePlan {
  const version = fields.whole("version", 1);
  if (version !== NDJSON_VERSION) {
    throw new FieldFault(
      `"version": wanted ${NDJSON_VERSION}, got ${version}: the report is of another version of this program`,
    );
  }
  const program = fields.fields("program");
  const facts: SuiteFacts = {
    task: fields.oneOf("task", ["run", "lint", "conformance"]),
    program: program.oneOf("name", ["spec", "image"]),
    version: program.text("version"),
  };
  program.close();
  const total = fields.whole("total");
  const run = fields.optional("run", (key) => readRun(fields.fields(key)));
  fields.close();
  return { ...facts, total, ...defined({ run }) };
}

function readRun(fields: Fields): RunFacts {
  const whole = (least: number) => (key: string) => fields.whole(key, least);
  const run = {
    seed: fields.optional("seed", whole(0)),
    repeat: fields.optional("repeat", whole(1)),
    shard: fields.optional("shard", (key) => readShard(fields.fields(key))),
    suite: fields.optional("suite", (key) => fields.text(key)),
    cases: fields.optional("cases", whole(0)),
    empty: fields.optional("empty", (key) => fields.text(key)),
  };
  fields.close();
  return defined(run);
}

function readShard(fields: Fields) {
  const total = fields.whole("total", 1);
  const index = fields.whole("index", 1);
  const plan = fields.text("plan");
  const part = fields.text("part");
  fields.close();
  if (index <= total) return { index, total, plan, part };
  throw new FieldFault(
    `"run.shard.index": wanted at most ${total}, got ${index}`,
  );
}

/** Reads what stands in a `case` event besides its name. */
export function readResult(fields: Fields): CaseResult {
  const status = fields.oneOf("status", ["pass", "skip", "fail"]);
  const text = (key: string) => fields.text(key);
  const texts = (key: string) => fields.texts(key);
  const result = {
    id: fields.text("id"),
    status,
    ...readFailure(fields, status === "fail"),
    location: readLocation(fields.fields("location")),
    type: fields.optional("type", text),
    title: fields.optional("title", text),
    tags: fields.texts("tags"),
    ...defined({
      clauses: fields.optional("clauses", texts),
      place: fields.optional("place", (key) => fields.whole(key, 1)),
    }),
    skipReason: status === "skip"
      ? fields.optional("skipReason", text)
      : undefined,
    durationMs: fields.milliseconds("durationMs"),
  };
  fields.close();
  return result;
}

/** Reads why a case failed, or that it did not. */
export function readFailure(fields: Fields, isFailure: boolean) {
  return isFailure
    ? {
      category: fields.oneOf("category", ["schema", "assertion", "runtime"]),
      message: fields.text("message"),
    }
    : {
      category: fields.nothing("category"),
      message: fields.nothing("message"),
    };
}

function readLocation(fields: Fields) {
  const path = fields.text("path");
  const line = fields.whole("line", 1);
  const column = fields.whole("column", 1);
  fields.close();
  return { path, line, column };
}

/** What stands in an `end` event. */
export interface RecordedEnd {
  /** What the run came to. */
  readonly summary: SuiteSummary;
  /** A fingerprint of all that stands in front of it. */
  readonly digest: string;
}

/** Reads what stands in an `end` event; `facts` stood in the first one. */
export function readEnd(fields: Fields, facts: SuiteFacts): RecordedEnd {
  const digest = fields.text("digest");
  const categories = fields.fields("categories");
  const summary = {
    ...facts,
    total: fields.whole("total"),
    passed: fields.whole("passed"),
    failed: fields.whole("failed"),
    skipped: fields.whole("skipped"),
    categories: {
      schema: categories.whole("schema"),
      assertion: categories.whole("assertion"),
      runtime: categories.whole("runtime"),
    },
    durationMs: fields.milliseconds("durationMs"),
    ...defined({ notes: fields.optional("notes", (key) => fields.texts(key)) }),
  };
  categories.close();
  fields.close();
  return { summary, digest };
}

/** The keys that have a value. */
type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  const kept = Object.entries(values).filter(([, value]) =>
    value !== undefined
  );
  return Object.fromEntries(kept) as Defined<T>;
}
