/** Results for tests of the HTML report: usual ones, many, and hostile ones. */

import type { CaseResult } from "../../case.ts";
import { CaseError, type Category } from "../../case_error.ts";
import { failed, headAt, passed, skipped } from "../../verdict.ts";
import type { SuiteSummary } from "../reporter.ts";

const CATEGORIES = ["schema", "assertion", "runtime"] as const;

/** What a run with these results came to. */
export function summaryOf(
  results: readonly CaseResult[],
  rest: Partial<SuiteSummary> = {},
): SuiteSummary {
  const count = (is: (result: CaseResult) => boolean) =>
    results.filter(is).length;
  const categories = Object.fromEntries(
    CATEGORIES.map((
      name,
    ) => [name, count(({ category }) => category === name)]),
  ) as Record<Category, number>;
  return {
    task: "run",
    program: "spec",
    version: "0.0.0",
    total: results.length,
    passed: count(({ status }) => status === "pass"),
    failed: count(({ status }) => status === "fail"),
    skipped: count(({ status }) => status === "skip"),
    categories,
    durationMs: 1234,
    ...rest,
  };
}

/** What a result may say, in one place. */
export interface Saying {
  readonly id: string;
  readonly path?: string;
  readonly line?: number;
  readonly title?: string;
  readonly type?: string;
  readonly tags?: readonly string[];
  readonly durationMs?: number;
}

function headFor({ id, path = "a.spec.md", line = 7, ...rest }: Saying) {
  const head = headAt({ path, line, column: 3 });
  const { title, type = "cli.run", tags = [] } = rest;
  return { ...head, id, title, type, tags };
}

/** A case that passed. */
export function pass(saying: Saying): CaseResult {
  return passed(headFor(saying), saying.durationMs ?? 5);
}

/** A case that was skipped. */
export function skip(saying: Saying, reason: string): CaseResult {
  return skipped(headFor(saying), reason);
}

/** A case that failed. */
export function fail(
  saying: Saying,
  category: Category,
  message: string,
): CaseResult {
  const error = new CaseError(category, message);
  return failed(headFor(saying), error, saying.durationMs ?? 5);
}

const A = "docs/a.spec.md";
const B = "docs/b.spec.md";

/** A run with every outcome, in two documents. */
export const EVERY_OUTCOME: readonly CaseResult[] = [
  pass({ id: "A-1", path: A, title: "Greets", tags: ["slow"], durationMs: 70 }),
  fail(
    { id: "A-2", path: A, title: "Shouts", tags: ["loud", "slow"] },
    "assertion",
    'case_id=A-2 assert_path=assert[0].must[0] target=stdout op=contain: wanted text that contains "HELLO"\n' +
      "    1 | Hello Ada\n      | ^ here, but in other letter case",
  ),
  skip({ id: "A-3", path: A, tags: ["loud"] }, 'missing capability "terminal"'),
  fail({ id: "B-1", path: B }, "schema", 'unknown key "exitcode"'),
  fail(
    { id: "B-2", path: B, tags: ["slow"], durationMs: 1200 },
    "runtime",
    'case_id=B-2: Cannot start "terrafrom": no such program',
  ),
  pass({ id: "B-3", path: B, title: "Says good bye", durationMs: 20 }),
];

/** Many results, a failure in every so many. */
export function manyResults(count: number, every: number): CaseResult[] {
  return Array.from({ length: count }, (_, index) => {
    const path = `docs/${index % 7}.spec.md`;
    const tags = [`T-${index % 30}`];
    const title = `The number ${index} is what it is`;
    const saying = { id: `CASE-${index}`, path, title, tags };
    return index % every === 0
      ? fail(saying, "assertion", `wanted ${index}\n  got ${index + 1}`)
      : pass({ ...saying, durationMs: index % 90 });
  });
}

/** Texts that try to be more than text. */
export const HOSTILE: readonly string[] = [
  "</script><script>hit()</script>",
  "</style><style>*{display:none}</style>",
  "</title></pre></ul></main><h1>Passed</h1>",
  "<img src=x onerror=hit()>",
  "<svg onload=hit()><iframe srcdoc='<script>parent.hit()</script>'>",
  '"><input autofocus onfocus="hit()">',
  "' onmouseover='hit()",
  "<!-- <!DOCTYPE html> <![CDATA[ --> <?php",
  "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
  "<base href=http://127.0.0.1:9/><link rel=stylesheet href=x.css>",
  "&lt;script&gt; &amp;#39; &#x3c;b&#x3e; &nbsp",
  "javascript:hit() ${hit()} `hit()` {{hit()}} \\u003cscript\\u003e",
  "up\u202eside\u202c \u2066down\u2069 \u200eleft\u200f \u061c",
  "bell\x07 clear\x1b[2J\x1b]0;title\x07 null\x00 back\b\x7f\x9b31m",
  "lone \ud800 and \udfff, none \ufffe\uffff\ufdd0 \u{1fffe}, mark \ufeff",
  "lines\u2028and\u2029paragraphs\r\nand\ttabs",
  "\u05e9\u05dc\u05d5\u05dd mixed \u0645\u0631\u062d\u0628\u0627 1 2 3",
  `Z${"\u0351\u0363".repeat(40)}algo`,
  `__proto__ constructor ${"w".repeat(5000)}`,
  "",
];

/** Hostile text in every place that a result has. */
export const HOSTILE_RESULTS: readonly CaseResult[] = HOSTILE.flatMap(
  (text) => {
    const saying = {
      id: text,
      path: text,
      title: text,
      type: text,
      tags: [text],
    };
    return [
      pass(saying),
      skip(saying, text),
      fail(saying, "assertion", `${text}\n  ${text}`),
    ];
  },
);
