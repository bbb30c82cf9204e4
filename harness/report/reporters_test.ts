// What holds of every report.

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Parser as TapParser } from "tap-parser";
import { HostError } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { runSuite } from "../run_suite.ts";
import { makerOf, recordSuite, reportOf } from "./_suite_testing.ts";
import { REPORT_FORMATS } from "./formats.ts";

const FORMATS = [...REPORT_FORMATS.keys()];
const suite = await recordSuite();

// deno-lint-ignore no-control-regex -- control characters are the subject
const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

/** What a format writes of a run that is stopped after its second case. */
async function stopped(format: string): Promise<string> {
  let text = "";
  const make = await makerOf(format);
  const reporter = make({ write: (piece) => void (text += piece) }, {});
  reporter.start?.(suite.plan);
  for (const result of suite.results.slice(0, 2)) reporter.case(result);
  reporter.abort?.("interrupted by\nSIGINT");
  return text;
}

Deno.test("every report is the same for the same results", async () => {
  for (const format of FORMATS) {
    const text = await reportOf(format, suite);
    assertEquals(await reportOf(format, suite), text, format);
  }
});

Deno.test("every report ends its last line and lets no control character through", async () => {
  for (const format of FORMATS) {
    for (const text of [await reportOf(format, suite), await stopped(format)]) {
      assertEquals(/^$|\n$/.test(text), true, format);
      assertEquals(CONTROLS.test(text), false, format);
    }
  }
});

Deno.test("every report of a run without cases says how it ended", async () => {
  const categories = { schema: 0, assertion: 0, runtime: 0 };
  const counts = { total: 0, passed: 0, failed: 0, skipped: 0, categories };
  const plan = { ...suite.plan, total: 0 };
  const summary = { ...plan, ...counts, durationMs: 1 };
  for (const format of FORMATS) {
    const text = await reportOf(format, { plan, results: [], summary });
    assertEquals(text.endsWith("\n"), true, format);
  }
});

/** The last line of a report that is written as the run goes on. */
const LAST_LINES: Readonly<Record<string, string>> = {
  terminal: "stopped: interrupted by\\nSIGINT; 2 of 8 cases were done",
  dot: "stopped: interrupted by\\nSIGINT; 2 of 8 cases were done",
  tap: "Bail out! interrupted by\\nSIGINT",
  github: "::error title=Stopped::interrupted by%0ASIGINT",
  ndjson: '{"event":"abort","reason":"interrupted by\\nSIGINT"}',
};

Deno.test("a run that is stopped leaves a whole report that says so, or none", async () => {
  for (const format of FORMATS) {
    const last = LAST_LINES[format];
    const text = await stopped(format);
    assertEquals(text.split("\n").at(-2), last, format);
  }
  const events = TapParser.parse(await stopped("tap"));
  assertStringIncludes(JSON.stringify(events), '["bailout","interrupted by');
});

Deno.test("a report that cannot be written stops the run", async () => {
  const bytes = new TextEncoder().encode('{"id":"A-1","type":"text.file"}');
  const documents = [{ path: "a.spec.json", format: "json", bytes }] as const;
  for (const format of FORMATS) {
    const make = await makerOf(format);
    const refusal = new HostError("EPIPE", "standard output");
    const sink = {
      write() {
        throw refusal;
      },
    };
    const error = await assertRejects(() =>
      runSuite({ documents, reporters: [make(sink, {})] }, new MemoryHost())
    );
    assertEquals(error, refusal, format);
  }
});
