import { assertEquals, assertStringIncludes } from "@std/assert";
import type { CaseResult } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { failed, headAt, passed, skipped } from "../verdict.ts";
import { makerOf } from "./_suite_testing.ts";
import type { SuiteSummary, SuiteTask } from "./reporter.ts";
import { type TerminalOptions, terminalReporter } from "./terminal.ts";

const head = {
  ...headAt({ path: "a.spec.md", line: 7, column: 1 }),
  title: "says\nhello",
};
const RESULTS: readonly CaseResult[] = [
  passed({ ...head, id: "A-1" }, 1234),
  skipped({ ...head, id: "A-2" }, 'missing capability "terminal"'),
  failed(
    { ...head, id: "A-\x1b[2J3" },
    new CaseError("assertion", "wanted x\n  got \x1b[31m\ud800"),
  ),
];
const FACTS = { task: "run", program: "spec", version: "0.2.0" } as const;
const SUMMARY: SuiteSummary = {
  ...FACTS,
  total: 3,
  passed: 1,
  failed: 1,
  skipped: 1,
  categories: { schema: 0, assertion: 1, runtime: 0 },
  durationMs: 1250,
};

async function written(
  format: string,
  options: TerminalOptions = {},
  task: SuiteTask = "run",
): Promise<string> {
  let text = "";
  const make = await makerOf(format);
  const reporter = make({ write: (piece) => void (text += piece) }, options);
  reporter.start?.({ ...FACTS, task, total: RESULTS.length });
  for (const result of RESULTS) reporter.case(result);
  reporter.end({ ...SUMMARY, task });
  return text;
}

Deno.test("jsonReporter() writes version 1 with four keys per result", async () => {
  assertEquals(JSON.parse(await written("json")), {
    version: 1,
    results: [
      { id: "A-1", status: "pass", category: null, message: null },
      { id: "A-2", status: "skip", category: null, message: null },
      {
        id: "A-\x1b[2J3",
        status: "fail",
        category: "assertion",
        message: "a.spec.md:7:1: wanted x\n  got \x1b[31m\ud800",
      },
    ],
  });
});

Deno.test("terminalReporter() writes plain lines for logs", async () => {
  assertEquals((await written("terminal")).split("\n"), [
    "ok A-1",
    'skip A-2: missing capability "terminal"',
    "not ok A-\\x1b[2J3 (assertion)",
    "  says\\nhello",
    "  a.spec.md:7:1: wanted x",
    "    got \\x1b[31m\\u{d800}",
    "",
    "failed: A-\\x1b[2J3 (a.spec.md:7)",
    "1 passed, 1 failed, 1 skipped (1.3 s)",
    "",
  ]);
});

Deno.test("terminalReporter() with escapes keeps to one line of progress", async () => {
  const text = await written("terminal", { escapes: true });
  const clear = "\r\x1b[2K";
  assertEquals(text.startsWith(`${clear}0 of 3${clear}1 of 3${clear}`), true);
  assertStringIncludes(text, "\x1b[31mnot ok\x1b[0m A-\\x1b[2J3");
  assertEquals(text.includes("A-1"), false);
  assertStringIncludes(
    await written("terminal", { escapes: true, verbose: true }),
    "\x1b[32mok\x1b[0m A-1\n",
  );
  assertEquals(text.endsWith("\x1b[33m1 skipped\x1b[0m (1.3 s)\n"), true);
});

Deno.test("terminalReporter() when quiet shows failures and counts, and no progress", async () => {
  assertEquals((await written("terminal", { quiet: true })).split("\n"), [
    "not ok A-\\x1b[2J3 (assertion)",
    "  says\\nhello",
    "  a.spec.md:7:1: wanted x",
    "    got \\x1b[31m\\u{d800}",
    "",
    "1 passed, 1 failed, 1 skipped (1.3 s)",
    "",
  ]);
  const text = await written("terminal", { quiet: true, escapes: true });
  assertEquals(text.includes(" of 3"), false);
});

Deno.test("terminalReporter() speaks of what was not run in other words", async () => {
  assertEquals((await written("terminal", {}, "lint")).split("\n"), [
    'skip A-2: missing capability "terminal"',
    "wrong A-\\x1b[2J3 (assertion)",
    "  says\\nhello",
    "  a.spec.md:7:1: wanted x",
    "    got \\x1b[31m\\u{d800}",
    "",
    "wrong: A-\\x1b[2J3 (a.spec.md:7)",
    "2 checked: 1 right, 1 wrong, 1 skipped (1.3 s)",
    "",
  ]);
  const all = await written("terminal", { verbose: true }, "lint");
  assertEquals(all.startsWith("right A-1\n"), true);
  assertEquals(/pass|\bok\b/.test(all), false);
});

Deno.test("terminalReporter() says whether cases ended as expected", async () => {
  const text = await written("terminal", {}, "conformance");
  assertEquals(text.startsWith("ok A-1\n"), true);
  assertStringIncludes(text, "\n1 as expected, 1 not as expected, 1 skipped (");
});

Deno.test("jsonReporter() names the command of what is no run", async () => {
  const { version, command } = JSON.parse(await written("json", {}, "lint"));
  assertEquals([version, command], [1, "lint"]);
});

Deno.test("terminalReporter() names at most twenty failed cases again", () => {
  let text = "";
  const reporter = terminalReporter({
    write: (piece) => void (text += piece),
  });
  for (let i = 1; i <= 25; i++) {
    reporter.case(
      failed({ ...head, id: `A-${i}` }, new CaseError("schema", "no")),
    );
  }
  reporter.end({ ...SUMMARY, failed: 25 });
  assertEquals(text.match(/^failed: A-/gm)?.length, 20);
  assertStringIncludes(text, "failed: 5 more\n");
});

Deno.test("terminalReporter() says so when nothing was checked", () => {
  let text = "";
  const reporter = terminalReporter({
    write: (piece) => void (text += piece),
  });
  reporter.end({ ...SUMMARY, passed: 0, failed: 0 });
  assertStringIncludes(text, "nothing was checked: every case was skipped\n");
});

Deno.test("terminalReporter() when quiet parts failures and counts by a line, if there are any", () => {
  let text = "";
  const sink = { write: (piece: string) => void (text += piece) };
  const reporter = terminalReporter(sink, { quiet: true });
  reporter.case(passed({ ...head, id: "A-1" }, 1));
  reporter.end({ ...SUMMARY, failed: 0, skipped: 0 });
  assertEquals(text, "1 passed, 0 failed, 0 skipped (1.3 s)\n");
});

Deno.test("terminalReporter() tells how the cases were chosen, also when it is stopped", () => {
  const shard = { index: 1, total: 2, plan: "", part: "" };
  const run = { seed: 7, repeat: 3, shard, cases: 9 };
  const told =
    "shuffled with seed 7, each case 3 times, shard 1 of 2, 9 cases in all\n";
  for (const isStopped of [false, true]) {
    let text = "";
    const reporter = terminalReporter({
      write: (piece) => void (text += piece),
    });
    reporter.start?.({ ...FACTS, total: 3, run });
    if (isStopped) reporter.abort?.("why");
    else reporter.end({ ...SUMMARY, run });
    assertStringIncludes(text, told);
  }
});

Deno.test("dotReporter() begins a new row after eighty characters", async () => {
  let text = "";
  const make = await makerOf("dot");
  const reporter = make({ write: (piece) => void (text += piece) }, {});
  for (let i = 0; i < 170; i++) reporter.case(passed(head, 1));
  assertEquals(text, `${".".repeat(80)}\n${".".repeat(80)}\n..........`);
});
