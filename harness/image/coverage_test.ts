import { assert, assertEquals } from "@std/assert";
import type { CaseResult, Status } from "../case.ts";
import type { Category } from "../case_error.ts";
import { CLAUSES } from "./clauses.ts";
import { type ClauseVerdict, judgeClauses, renderClauses } from "./coverage.ts";

function result(
  id: string,
  status: Status,
  category?: Category | null,
  skipReason?: string,
): CaseResult {
  return {
    id,
    status,
    category: category ?? null,
    message: status === "fail" ? "no" : null,
    location: { path: "a.spec.md", line: 1, column: 1 },
    type: "cli.run",
    title: undefined,
    tags: ["RP-USER-1", "not-a-clause"],
    skipReason,
    durationMs: 0,
  };
}

function verdictOf(results: readonly CaseResult[]): ClauseVerdict {
  const verdict = judgeClauses(results)
    .find(({ clause }) => clause.id === "RP-USER-1");
  assert(verdict !== undefined);
  return verdict;
}

const VERDICTS: readonly (readonly [
  string,
  readonly CaseResult[],
  ClauseVerdict["verdict"],
  readonly string[],
])[] = [
  ["no case", [], "unchecked", ["no case"]],
  ["a pass", [result("a", "pass")], "covered", []],
  [
    "a pass and a skip",
    [result("a", "pass"), result("b", "skip", null, "no terminal")],
    "covered",
    [],
  ],
  [
    "skips only",
    [
      result("a", "skip", null, "no terminal"),
      result("b", "skip", null, "no terminal"),
    ],
    "unchecked",
    ["no terminal"],
  ],
  [
    "a pass and a failure",
    [result("a", "pass"), result("b", "fail", "assertion")],
    "broken",
    ["b"],
  ],
  ["a broken case", [result("a", "fail", "schema")], "broken", ["a"]],
  [
    "a case that could not find out",
    [result("a", "pass"), result("b", "fail", "runtime")],
    "undecided",
    ["b"],
  ],
  [
    "both kinds of failure",
    [result("a", "fail", "runtime"), result("b", "fail", "assertion")],
    "broken",
    ["b"],
  ],
];

for (const [name, results, verdict, because] of VERDICTS) {
  Deno.test(`judgeClauses() with ${name}: ${verdict}`, () => {
    const actual = verdictOf(results);
    assertEquals(actual.verdict, verdict);
    assertEquals(actual.because, because);
  });
}

Deno.test("judgeClauses() gives every clause once, in order", () => {
  const ids = judgeClauses([]).map(({ clause }) => clause.id);
  assertEquals(ids, CLAUSES.map(({ id }) => id));
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("judgeClauses() does not ask images for what binds the project", () => {
  const policies = judgeClauses([]).filter(({ clause }) =>
    clause.kind === "policy"
  );
  assert(policies.length > 0);
  assertEquals(policies.every(({ verdict }) => verdict === "policy"), true);
});

Deno.test("renderClauses() names what is not covered, and counts", () => {
  const lines = renderClauses(judgeClauses([result("a", "fail", "assertion")]));
  assert(lines.some((line) => /^broken +RP-USER-1 .*\(a\)$/.test(line)));
  const binding = CLAUSES.filter(({ kind }) => kind !== "policy").length;
  assertEquals(
    lines.at(-1),
    `contract: ${binding} clauses: 0 covered, 1 broken, 0 undecided, ${
      binding - 1
    } unchecked`,
  );
});
