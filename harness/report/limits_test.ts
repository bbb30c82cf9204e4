// Reports that others hold to a size.

import { assertEquals, assertStringIncludes } from "@std/assert";
import type { CaseResult } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { failed, headAt, skipped } from "../verdict.ts";
import { githubReporter } from "./github.ts";
import { markdownReporter } from "./markdown.ts";
import type { SuiteSummary } from "./reporter.ts";

const LOCATION = { path: "a.spec.md", line: 7, column: 1 };
const FACTS = { task: "run", program: "spec", version: "0.2.0" } as const;

function failure(index: number, message = "no"): CaseResult {
  const head = { ...headAt(LOCATION), id: `A-${index}` };
  return failed(head, new CaseError("assertion", message));
}

function summaryOf(failed: number, skipped = 0): SuiteSummary {
  const categories = { schema: 0, assertion: failed, runtime: 0 };
  const total = failed + skipped;
  const counts = { total, passed: 0, failed, skipped, categories };
  return { ...FACTS, ...counts, durationMs: 1 };
}

function commands(count: number): string[] {
  let text = "";
  const reporter = githubReporter({ write: (piece) => void (text += piece) });
  for (let index = 1; index <= count; index++) reporter.case(failure(index));
  reporter.end(summaryOf(count));
  return text.split("\n").slice(0, -2);
}

Deno.test("githubReporter() writes ten commands at most, the last one names the rest", () => {
  const start = "::error file=a.spec.md,line=7,col=1,title=";
  const wanted = Array.from({ length: 10 }, (_, i) => `A-${i + 1} (assertion)`);
  assertEquals(
    commands(10),
    wanted.map((title) => `${start}${title}::no`),
  );
  assertEquals(commands(12), [
    ...wanted.slice(0, 9).map((title) => `${start}${title}::no`),
    "::error title=3 more failed::A-10 (a.spec.md:7)%0AA-11 (a.spec.md:7)%0AA-12 (a.spec.md:7)",
  ]);
  const last = commands(200).at(-1) ?? "";
  assertStringIncludes(last, "title=191 more failed::A-10 ");
  assertStringIncludes(last, "%0AA-109 (a.spec.md:7)%0A91 more");
  assertEquals(last.includes("A-110"), false);
});

Deno.test("githubReporter() leaves room for why a run was stopped", () => {
  let text = "";
  const reporter = githubReporter({ write: (piece) => void (text += piece) });
  reporter.start?.({ ...FACTS, task: "lint", total: 50 });
  for (let index = 1; index <= 20; index++) reporter.case(failure(index));
  reporter.abort?.("why");
  const lines = text.trimEnd().split("\n");
  assertEquals(lines.length, 10);
  assertStringIncludes(lines.at(-2) ?? "", "::error title=12 more wrong::A-9 ");
  assertEquals(lines.at(-1), "::error title=Stopped::why");
});

Deno.test("markdownReporter() stays below a mebibyte, and says what it leaves out", () => {
  let text = "";
  const reporter = markdownReporter({ write: (piece) => void (text += piece) });
  const long = `\u202e${"漢".repeat(300)}`;
  const wide = failure(1, "漢".repeat(500));
  for (let index = 1; index <= 4000; index++) {
    reporter.case({ ...wide, id: `A-${index}`, title: "x" });
    reporter.case(
      skipped(
        { ...headAt(LOCATION), id: "S" },
        `${index} ${"\x1b".repeat(999)}`,
      ),
    );
  }
  const notes = Array.from({ length: 4000 }, () => long);
  reporter.end({ ...summaryOf(4000, 4000), notes });
  const bytes = new TextEncoder().encode(text).length;
  assertEquals(bytes < 1 << 20, true, `${bytes}`);
  const shown = text.match(/<summary><code>A-/g)?.length ?? 0;
  assertEquals(shown > 400, true, `${shown}`);
  assertStringIncludes(
    text,
    `\n${4000 - shown} more failed: too many for this page.\n`,
  );
  assertStringIncludes(text, "<td>3950 more</td>");
  assertEquals(/\n\d+ more lines\n```/.test(text), true);
});

Deno.test("markdownReporter() counts a failure that is too long for any page", () => {
  let text = "";
  const reporter = markdownReporter({ write: (piece) => void (text += piece) });
  reporter.case({ ...failure(1), message: "漢".repeat(300_000) });
  reporter.end(summaryOf(1));
  assertStringIncludes(text, "\n1 more failed: too many for this page.\n");
});
