import { assert, assertEquals, assertThrows } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import { CaseError } from "./case_error.ts";
import { readDurations, readFailedCases } from "./earlier_run.ts";
import { jsonReporter } from "./report/json.ts";
import { ndjsonReporter } from "./report/ndjson.ts";
import type { Reporter, Sink } from "./report/reporter.ts";
import { UsageError } from "./usage_error.ts";
import { failed, headAt, passed, skipped } from "./verdict.ts";

const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
const named = (id: string) => ({ ...head, id });
const no = new CaseError("assertion", "no");
const RESULTS = [
  passed(named("A"), 100),
  failed(named("B"), no, 30),
  skipped(named("C"), "no terminal"),
  failed(named("B"), no, 40),
  failed(head, no, 0),
];
const SUMMARY = {
  ...{ task: "run", program: "spec", version: "0.2.0" } as const,
  ...{ total: 5, passed: 1, failed: 3, skipped: 1, durationMs: 9 },
  categories: { schema: 0, assertion: 3, runtime: 0 },
};

function reportOf(make: (sink: Sink) => Reporter): string {
  let text = "";
  const reporter = make({ write: (piece) => void (text += piece) });
  reporter.start?.(SUMMARY);
  for (const result of RESULTS) reporter.case(result);
  reporter.end(SUMMARY);
  return text;
}

const NDJSON = reportOf(ndjsonReporter);
const hostWith = (text: string | Uint8Array) =>
  new MemoryHost({ files: { "/r": text } });

Deno.test("readFailedCases() reads both kinds of report", () => {
  for (const text of [reportOf(jsonReporter), NDJSON]) {
    assertEquals(readFailedCases("/r", hostWith(text)), {
      source: "/r",
      ids: new Set(["B", "a.spec.md:7"]),
    });
  }
});

Deno.test("readFailedCases() finds nothing where nothing failed", () => {
  const { ids } = readFailedCases("/r", hostWith('{"results":[]}'));
  assertEquals(ids.size, 0);
});

/** What is in a file, and what is said about it. */
const WRONG: Readonly<Record<string, string>> = {
  "": "it is no JSON",
  "not ok A\n": "it is no JSON",
  "[]": 'there is no list "results" in it',
  '{"results":{}}': 'there is no list "results" in it',
  '{"results":[{"id":"A"}]}': 'a result in it has no "id" and "status"',
  '{"results":["A"]}': 'a result in it has no "id" and "status"',
  [NDJSON.split("\n").slice(0, 3).join("\n")]:
    'line 3: incomplete: there is no "end" event',
  [NDJSON.replace('"status":"fail"', '"status":"skip"')]: 'line 3: "category"',
  [NDJSON.replace('"durationMs":30', '"durationMs":31')]: 'line 7: "digest"',
};

Deno.test("readFailedCases() refuses what is no whole report", () => {
  for (const [text, reason] of Object.entries(WRONG)) {
    const error = assertThrows(
      () => readFailedCases("/r", hostWith(text)),
      UsageError,
      'Cannot use "/r" for --last-failed: ',
    );
    assert(error.message.includes(reason), `${error.message}, not ${reason}`);
  }
  assertThrows(
    () => readFailedCases("/r", hostWith(Uint8Array.of(0xff))),
    UsageError,
    "--last-failed: ",
  );
  assertThrows(
    () => readFailedCases("/gone", hostWith("")),
    UsageError,
    'Cannot use "/gone" for --last-failed: no such file or directory',
  );
});

Deno.test("readDurations() knows what was run, and takes the last of several", () => {
  const host = new MemoryHost({
    files: { "/r": NDJSON, "/wrong": reportOf(jsonReporter) },
  });
  const durations = readDurations(["/r", "/r"], host);
  assertEquals([...durations], [["A", 100], ["B", 40], ["a.spec.md:7", 0]]);
  assertThrows(
    () => readDurations(["/r", "/wrong"], host),
    UsageError,
    'Cannot use "/wrong" for --timings: line 1: ',
  );
});
