/**
 * The JUnit report: XML that CI systems show beside a change.
 *
 * @module
 */

import { printable } from "../../text/printable.ts";
import type { CaseResult } from "../case.ts";
import type { Reporter, Sink, SuiteSummary } from "./reporter.ts";

/**
 * Makes a reporter that writes a JUnit report in one piece at the end. A run
 * that stops early writes nothing.
 *
 * A document is a test suite, a case a test case. An assertion that does not
 * hold is a `failure`; a case that could not be read or could not find out is
 * an `error`.
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
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(countsOf(results, summary.durationMs))}>`,
    ...[...documents].flatMap(([path, cases]) => suiteLines(path, cases)),
    "</testsuites>",
    "",
  ].join("\n");
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

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

function suiteLines(path: string, cases: readonly CaseResult[]): string[] {
  const durationMs = cases.reduce((sum, one) => sum + one.durationMs, 0);
  const counts = countsOf(cases, durationMs);
  return [
    `  <testsuite${attributes({ name: path, ...counts })}>`,
    ...cases.flatMap((one) => caseLines(path, one)),
    "  </testsuite>",
  ];
}

function caseLines(path: string, result: CaseResult): string[] {
  const { id, location, durationMs } = result;
  const opening = attributes({
    name: id,
    classname: path,
    file: path,
    line: location.line,
    time: seconds(durationMs),
  });
  return [
    `    <testcase${opening}>`,
    ...propertyLines(result),
    ...outcomeLines(result),
    "    </testcase>",
  ];
}

function propertyLines({ type, title, tags }: CaseResult): string[] {
  const properties: readonly (readonly [string, string | undefined])[] = [
    ["type", type],
    ["title", title],
    ...tags.map((tag) => ["tag", tag] as const),
  ];
  const lines = properties.flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`        <property${attributes({ name, value })}/>`]
  );
  return lines.length === 0
    ? []
    : ["      <properties>", ...lines, "      </properties>"];
}

function outcomeLines({ status, category, ...result }: CaseResult): string[] {
  if (status === "pass") return [];
  if (status === "skip") {
    return [`      <skipped${attributes({ message: result.skipReason })}/>`];
  }
  const element = category === "assertion" ? "failure" : "error";
  const message = result.message ?? "";
  const [first = ""] = message.split("\n");
  const opening = attributes({ message: first, type: category ?? undefined });
  const text = message.split("\n").map(printable).join("\n");
  return [`      <${element}${opening}>${escaped(text)}</${element}>`];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Attributes): string {
  return Object.entries(values).map(([name, value]) =>
    value === undefined ? "" : ` ${name}="${escaped(printable(`${value}`))}"`
  ).join("");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

// `printable` has taken away what XML cannot hold, but for two non-characters.
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ENTITIES.get(c) ?? c)
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}
