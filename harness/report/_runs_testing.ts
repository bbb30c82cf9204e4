// Runs at random, for what must hold of every report.

import fc from "fast-check";
import type { CaseResult } from "../case.ts";
import type { RecordedRun } from "./read_ndjson.ts";

// Pieces that some format takes for its own.
const PIECES = [
  ...["a", " ", "  ", "\n", "\r", "\t", "#", "\\", "%", ":", ",", "|", "'"],
  ...[
    '"',
    "&",
    "<",
    ">",
    "]]>",
    "`",
    "```",
    "\n```\n",
    "\n````\n",
    "\n\n# x",
    "---",
    "...",
    "-",
    "*",
  ],
  ...["ok 1", "not ", "SKIP", "# TODO", "1..9", "Bail out!", "::error::x"],
  ...["##[error]", "%0A", "</details>", "<b>", "![](x)", "[a](b)", "]]", "=1"],
  ...["\ud800", "\udfff", "\u2028", "\0", "\x1b[2J", "\ufeff", "\uffff", "é"],
  ...["a.md:1:2: ", "{", "}", "[", "]", "?", "!", "@", "\x85", "\u00a0"],
];
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...PIECES) }),
);
const texts = fc.array(anyText, { maxLength: 3 });
const maybeText = fc.option(anyText, { nil: undefined });
const milliseconds = fc.double({
  min: 0,
  noDefaultInfinity: true,
  noNaN: true,
});
const optional = { requiredKeys: [] };

const head = fc.record({
  id: anyText,
  location: fc.record({
    path: anyText,
    line: fc.integer({ min: 1 }),
    column: fc.integer({ min: 1 }),
  }),
  type: maybeText,
  title: maybeText,
  tags: texts,
  durationMs: milliseconds,
});
const more = fc.record(
  { clauses: texts, place: fc.integer({ min: 1 }) },
  optional,
);
const outcome = fc.oneof(
  fc.constant(
    {
      status: "pass",
      category: null,
      message: null,
      skipReason: undefined,
    } as const,
  ),
  fc.record({
    status: fc.constant("skip" as const),
    category: fc.constant(null),
    message: fc.constant(null),
    skipReason: maybeText,
  }),
  fc.record({
    status: fc.constant("fail" as const),
    category: fc.constantFrom("schema", "assertion", "runtime"),
    message: anyText,
    skipReason: fc.constant(undefined),
  }),
);
const result: fc.Arbitrary<CaseResult> = fc.tuple(head, more, outcome)
  .map(([head, more, outcome]) => ({ ...head, ...more, ...outcome }));
const shard = fc.tuple(fc.integer({ min: 1 }), fc.nat(), anyText, anyText).map(
  ([index, more, plan, part]) => ({ index, total: index + more, plan, part }),
);
const run = fc.record({
  seed: fc.nat(),
  repeat: fc.integer({ min: 1 }),
  shard,
  suite: anyText,
  cases: fc.nat(),
  empty: anyText,
}, optional);
const facts = fc.record({
  task: fc.constantFrom("run", "lint", "conformance"),
  program: fc.constantFrom("spec", "image"),
  version: anyText,
  run,
}, { requiredKeys: ["task", "program", "version"] });
/** Any run at all, with whatever text. */
export const recordedRun: fc.Arbitrary<RecordedRun> = fc.tuple(
  facts,
  fc.array(result, { maxLength: 5 }),
  milliseconds,
  fc.record({ notes: texts }, optional),
).map(([facts, results, durationMs, notes]) => {
  const total = results.length;
  const count = (is: (result: CaseResult) => boolean) =>
    results.filter(is).length;
  const summary = {
    ...facts,
    total,
    passed: count(({ status }) => status === "pass"),
    failed: count(({ status }) => status === "fail"),
    skipped: count(({ status }) => status === "skip"),
    categories: {
      schema: count(({ category }) => category === "schema"),
      assertion: count(({ category }) => category === "assertion"),
      runtime: count(({ category }) => category === "runtime"),
    },
    durationMs,
    ...notes,
  };
  return { plan: { ...facts, total }, results, summary };
});
