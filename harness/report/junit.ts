/**
 * The JUnit report: XML that CI systems show beside a change.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import { plainLine, plainText } from "./_plain.ts";
import type { Reporter, Sink, SuiteSummary } from "./reporter.ts";

/**
 * Makes a reporter that writes a JUnit report in one piece at the end. A run
 * that stops early writes nothing.
 *
 * A document is a test suite, a case a test case. An assertion that does not
 * hold is a `failure`; a case that could not be read or could not find out is
 * an `error`. Type, title, tags and clauses of a case stand in its output, as
 * `[[PROPERTY|NAME=VALUE]]`: the schema has no other place for them.
 *
 * There is no timestamp, so that but for durations the same run gives the same
 * report.
 *
 * Source: the schema of Jenkins, beside the tests; https://github.com/testmoapp/junitxml
 *
 * @param sink Where the report goes.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { junitReporter } from "./junit.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * let text = "";
 * const reporter = junitReporter({ write: (piece) => void (text += piece) });
 * const categories = { schema: 0, assertion: 0, runtime: 0 };
 * const counts = { total: 0, passed: 0, failed: 0, skipped: 0, categories };
 * const facts = { task: "run", program: "spec", version: "0.2.0" } as const;
 * reporter.end({ ...facts, ...counts, durationMs: 1 });
 * assertStringIncludes(text, '<testsuites tests="0"');
 * ```
 */
export function junitReporter(sink: Sink): Reporter {
  const results: CaseResult[] = [];
  return {
    case(result) {
      results.push(result);
    },
    end(summary) {
      sink.write(junitReport(results, summary));
    },
  };
}

function junitReport(
  results: readonly CaseResult[],
  summary: SuiteSummary,
): string {
  const documents = Map.groupBy(results, ({ location }) => location.path);
  const { skipped: _, ...counts } = countsOf(results, summary.durationMs);
  const run = runProperties(summary);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(counts)}>`,
    ...[...documents].flatMap(([path, cases]) => suiteLines(path, cases, run)),
    "</testsuites>",
    "",
  ].join("\n");
}

type Attributes = Readonly<Record<string, string | number | undefined>>;
type Property = readonly [name: string, value: string | number | undefined];

function runProperties({ program, version, task, run = {} }: SuiteSummary) {
  const { seed, repeat, shard } = run;
  const properties: readonly Property[] = [
    ["program", `${program} ${version}`],
    ["task", task],
    ["seed", seed],
    ["repeat", repeat],
    ["shard", shard === undefined ? shard : `${shard.index}/${shard.total}`],
  ];
  return [
    "    <properties>",
    ...properties.filter(([, value]) => value !== undefined)
      .map(([name, value]) =>
        `      <property${attributes({ name, value })}/>`
      ),
    "    </properties>",
  ];
}

function countsOf(results: readonly CaseResult[], durationMs: number) {
  const count = (is: (result: CaseResult) => boolean) =>
    results.filter(is).length;
  return {
    tests: results.length,
    failures: count(({ category }) => category === "assertion"),
    errors: count(({ status, category }) =>
      status === "fail" && category !== "assertion"
    ),
    skipped: count(({ status }) => status === "skip"),
    time: seconds(durationMs),
  };
}

function suiteLines(
  path: string,
  cases: readonly CaseResult[],
  properties: readonly string[],
): string[] {
  const durationMs = cases.reduce((sum, one) => sum + one.durationMs, 0);
  const counts = countsOf(cases, durationMs);
  return [
    `  <testsuite${attributes({ name: path, ...counts })}>`,
    ...properties,
    ...cases.flatMap((one) => caseLines(path, one)),
    "  </testsuite>",
  ];
}

function caseLines(path: string, result: CaseResult): string[] {
  const { id, durationMs } = result;
  const time = seconds(durationMs);
  return [
    `    <testcase${attributes({ name: id, classname: path, time })}>`,
    ...outcomeLines(result),
    ...propertyLines(result),
    "    </testcase>",
  ];
}

function outcomeLines({ status, category, ...result }: CaseResult): string[] {
  if (status === "pass") return [];
  if (status === "skip") {
    const { skipReason = "no reason given" } = result;
    return [`      <skipped>${escaped(plainLine(skipReason))}</skipped>`];
  }
  const element = category === "assertion" ? "failure" : "error";
  const text = plainText(result.message ?? "");
  const [message = ""] = text.split("\n");
  const opening = attributes({ type: category ?? undefined, message });
  return [`      <${element}${opening}>${escaped(text)}</${element}>`];
}

// The schema has no place for properties of a test case. This is how the
// readers of such reports find them in its output.
function propertyLines(result: CaseResult): string[] {
  const { type, title, tags, clauses = [], location } = result;
  const properties: readonly Property[] = [
    ["type", type],
    ["title", title],
    ...tags.map((tag) => ["tag", tag] as const),
    ...clauses.map((clause) => ["clause", clause] as const),
    ["line", location.line],
  ];
  const lines = properties.filter(([, value]) => value !== undefined)
    .map(([name, value]) => `[[PROPERTY|${name}=${plainLine(`${value}`)}]]`);
  return [`      <system-out>${escaped(lines.join("\n"))}</system-out>`];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Attributes): string {
  return Object.entries(values).map(([name, value]) =>
    value === undefined ? "" : ` ${name}="${escaped(plainLine(`${value}`))}"`
  ).join("");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ENTITIES.get(c) ?? c);
}
