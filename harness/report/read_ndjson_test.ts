import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { recordedRun } from "./_runs_testing.ts";
import { replay } from "./_suite_testing.ts";
import { ndjsonReporter } from "./ndjson.ts";
import {
  readNdjson,
  type RecordedRun,
  ReportSyntaxError,
} from "./read_ndjson.ts";

function reportOf(run: RecordedRun): string {
  let text = "";
  replay(run, ndjsonReporter({ write: (piece) => void (text += piece) }));
  return text;
}

Deno.test("readNdjson() gives back what ndjsonReporter() was told, whatever it was", () => {
  fc.assert(fc.property(recordedRun, (recorded) => {
    const report = reportOf(recorded);
    assertEquals(readNdjson(report, "a.ndjson"), recorded);
    assertEquals(reportOf(readNdjson(report, "a.ndjson")), report);
  }));
});

Deno.test("readNdjson() refuses every report that is cut off", () => {
  fc.assert(
    fc.property(recordedRun, fc.nat(), (recorded, at) => {
      const report = reportOf(recorded);
      // Without its last line end alone it is still whole.
      const cut = report.slice(0, at % (report.length - 1));
      assertThrows(() => readNdjson(cut, "a.ndjson"), ReportSyntaxError);
    }),
  );
});

Deno.test("readNdjson() refuses every report of which a character was changed", () => {
  const character = fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(recordedRun, fc.nat(), character, (recorded, at, other) => {
      const report = reportOf(recorded);
      const place = at % report.length;
      fc.pre(!report.slice(place).startsWith(other));
      const changed = report.slice(0, place) + other + report.slice(place + 1);
      assertThrows(() => readNdjson(changed, "a.ndjson"), ReportSyntaxError);
    }),
  );
});

const START =
  '{"event":"start","version":1,"program":{"name":"spec","version":"0.2.0"},"task":"run","total":1}';
const CASE =
  '{"event":"case","id":"A-1","status":"fail","category":"schema","message":"a.md:1:1: no","location":{"path":"a.md","line":1,"column":1},"tags":[],"durationMs":3}';
const END =
  '{"event":"end","total":1,"passed":0,"failed":1,"skipped":0,"categories":{"schema":1,"assertion":0,"runtime":0},"durationMs":5,"digest":"9a16a2fa5f77e11d"}';

function change(line: string, from: string, to: string): string {
  assertEquals(line.includes(from), true, `${from} in ${line}`);
  return line.replace(from, to);
}

/** What is wrong with a report, by what is said about it. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  '1:1: "event": wanted "start", got nothing': ["{}"],
  '1:1: "event": wanted "start", got "case"': [CASE, END],
  "1:1: the line: wanted a mapping, got a list": ["[]"],
  "1:2: invalid JSON": ["{", CASE],
  "1:14: invalid JSON: duplicate key": ['{"event":"x","event":"x"}'],
  '1:1: "version": wanted 1, got 2': [change(START, ":1,", ":2,")],
  '1:1: "program.name": wanted "spec" or "image", got "sepc"': [
    change(START, '"spec"', '"sepc"'),
  ],
  '1:1: "run.shard.index": wanted at most 2, got 3': [
    change(
      START,
      "}",
      '},"run":{"shard":{"index":3,"total":2,"plan":"","part":""}}',
    ),
  ],
  '1:1: unknown key "run.sede": did you mean "seed"?': [
    change(START, "}", '},"run":{"sede":3}'),
  ],
  '2:1: unknown key "tittle": did you mean "title"?': [
    START,
    change(CASE, '"tags"', '"tittle":"x","tags"'),
  ],
  '2:1: "location.line": wanted a whole number of at least 1, got 0': [
    START,
    change(CASE, '"line":1', '"line":0'),
  ],
  '2:1: "durationMs": wanted milliseconds of at least 0, got Infinity': [
    START,
    change(CASE, "3}", "3e999}"),
  ],
  '2:1: "tags": wanted a list of text, got a list': [
    START,
    change(CASE, "[]", "[1]"),
  ],
  '2:1: "category": wanted null, got "schema"': [
    START,
    change(CASE, '"fail"', '"pass"'),
  ],
  '2:1: unknown key "skipReason"': [
    START,
    change(CASE, '"tags"', '"skipReason":"x","tags"'),
  ],
  '2:1: "event": wanted "case" or "end" or "abort", got "start"': [
    START,
    START,
  ],
  "2:1: incomplete: the run stopped early: interrupted by SIGINT\\x1b": [
    START,
    '{"event":"abort","reason":"interrupted by SIGINT\\u001b"}',
  ],
  '2:1: "total" is 1, but 0 came before it': [START, END],
  '2:1: incomplete: there is no "end" event': [START, CASE],
  '3:1: "passed" is 1, but 0 came before it': [
    START,
    CASE,
    change(END, '"passed":0', '"passed":1'),
  ],
  '3:1: "categories.runtime" is 1, but 0 came before it': [
    START,
    CASE,
    change(END, '"runtime":0', '"runtime":1'),
  ],
  '3:1: "total" is 1, but the "start" event says 2': [
    change(START, '"total":1', '"total":2'),
    CASE,
    END,
  ],
  '3:1: "digest": wanted "9a16a2fa5f77e11d", got "0a16a2fa5f77e11d": the report was changed':
    [
      START,
      CASE,
      change(END, "9a16", "0a16"),
    ],
  '4:1: nothing may stand behind the "end" event': [START, CASE, END, END],
};

Deno.test("readNdjson() says what is wrong, and where", () => {
  const whole = `${[START, CASE, END].join("\n")}\n`;
  assertEquals(readNdjson(whole, "a.ndjson").results.length, 1);
  for (const [says, lines] of Object.entries(WRONG)) {
    const error = assertThrows(
      () => readNdjson(`${lines.join("\n")}\n`, "a\n.ndjson"),
      ReportSyntaxError,
      `Cannot read report: a\\n.ndjson:${says}`,
    );
    assertEquals(says.startsWith(`${error.line}:${error.column}:`), true);
  }
});
