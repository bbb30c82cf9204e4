import { assertEquals } from "@std/assert";
import { Ajv } from "ajv";
import fc from "fast-check";
import type { JsonObject } from "../json.ts";
import {
  EVENTS,
  readEnd,
  readPlan,
  readReason,
  readResult,
} from "../report/_event_fields.ts";
import { FieldFault, JsonFields } from "../report/_json_fields.ts";
import { readReport } from "../report/_report_fields.ts";
import { recordedRun } from "../report/_runs_testing.ts";
import { replay } from "../report/_suite_testing.ts";
import { jsonReporter } from "../report/json.ts";
import { ndjsonReporter } from "../report/ndjson.ts";
import type { Reporter, Sink } from "../report/reporter.ts";
import type { RecordedRun } from "../report/read_ndjson.ts";
import { mutated } from "./_mutated_case_testing.ts";
import { eventsSchema, reportSchema } from "./report_schemas.ts";

const OPTIONS = { strict: true, strictTypes: false } as const;
const isEvent = new Ajv(OPTIONS).compile(eventsSchema());
const isReport = new Ajv(OPTIONS).compile(reportSchema());

function written(
  run: RecordedRun,
  reporter: (sink: Sink) => Reporter,
): string {
  let text = "";
  replay(run, reporter({ write: (piece) => void (text += piece) }));
  return text;
}

const events: fc.Arbitrary<JsonObject> = fc.tuple(recordedRun, fc.nat())
  .map(([run, at]) => {
    const lines = written(run, ndjsonReporter).trim().split("\n");
    return JSON.parse(lines[at % lines.length] ?? "");
  });
const reports: fc.Arbitrary<JsonObject> = recordedRun
  .map((run) => JSON.parse(written(run, jsonReporter)));

/** Reads one event; whether it is in its place is a matter of the others. */
function readEvent(value: JsonObject): void {
  const fields = new JsonFields(value);
  const facts = { task: "run", program: "spec", version: "" } as const;
  switch (fields.oneOf("event", EVENTS)) {
    case "start":
      return void readPlan(fields);
    case "case":
      return void readResult(fields);
    case "end":
      return void readEnd(fields, facts);
    case "abort":
      readReason(fields);
  }
}

/** Why a reader refuses a value; nothing if it does not. */
function refusal(
  value: JsonObject,
  read: (value: JsonObject) => void,
): string | undefined {
  try {
    read(value);
    return undefined;
  } catch (error) {
    if (error instanceof FieldFault) return error.message;
    throw error;
  }
}

/** No schema can compare two numbers. */
const UNSAID = /"run\.shard\.index": wanted at most/;

Deno.test("eventsSchema() accepts and refuses what the reader does, for events at random", () => {
  const agrees = (value: JsonObject) => {
    const reason = refusal(value, readEvent);
    if (reason !== undefined && UNSAID.test(reason)) return;
    const told = `${JSON.stringify(value)}: ${reason}`;
    assertEquals(isEvent(value), reason === undefined, told);
  };
  fc.assert(fc.property(events, agrees), { numRuns: 200 });
  fc.assert(fc.property(mutated(events), agrees), { numRuns: 1000 });
  agrees({ event: "abort", reason: "interrupted by SIGINT" });
  agrees({ event: "abort" });
  agrees({ event: "begin" });
});

Deno.test("reportSchema() accepts and refuses what a reader would, for reports at random", () => {
  const agrees = (value: JsonObject) => {
    const reason = refusal(value, (value) => {
      readReport(new JsonFields(value));
    });
    const isVersion = value["version"] === 1;
    const told = `${JSON.stringify(value)}: ${reason}`;
    assertEquals(isReport(value), reason === undefined && isVersion, told);
  };
  fc.assert(fc.property(reports, agrees), { numRuns: 200 });
  fc.assert(fc.property(mutated(reports), agrees), { numRuns: 1000 });
  const result = { id: "A", status: "pass", category: null, message: null };
  const report = { version: 1, results: [result], later: {} };
  assertEquals(isReport(report), true);
  const failed = { ...result, status: "fail" };
  assertEquals(isReport({ ...report, results: [failed] }), false);
  assertEquals(isReport({ ...report, results: [{ ...result, x: 1 }] }), false);
  assertEquals(isReport({ ...report, version: 2 }), false);
});

Deno.test("every report that is written validates", () => {
  fc.assert(
    fc.property(recordedRun, (run) => {
      assertEquals(isReport(JSON.parse(written(run, jsonReporter))), true);
      for (const line of written(run, ndjsonReporter).trim().split("\n")) {
        assertEquals(isEvent(JSON.parse(line)), true, line);
      }
    }),
    { numRuns: 100 },
  );
});
