import { assertEquals, assertExists, assertStringIncludes } from "@std/assert";
import type { CaseResult } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { failed, headAt, passed, skipped } from "../verdict.ts";
import { type MakeReporter, REPORT_FORMATS } from "./formats.ts";
import { junitReporter } from "./junit.ts";
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

async function makerOf(format: string): Promise<MakeReporter> {
  const load = REPORT_FORMATS.get(format);
  assertExists(load);
  return await load();
}

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

// deno-lint-ignore no-control-regex -- control characters are the subject
const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

Deno.test("every report is the same for the same results", async () => {
  for (const format of REPORT_FORMATS.keys()) {
    assertEquals(await written(format), await written(format), format);
  }
});

Deno.test("every report ends its last line and lets no control character through", async () => {
  for (const format of REPORT_FORMATS.keys()) {
    const text = await written(format);
    assertEquals(text.endsWith("\n"), true, format);
    assertEquals(CONTROLS.test(text), false, format);
  }
});

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
    "1 passed, 1 failed, 1 skipped (1.3 s)",
    "",
  ]);
  const text = await written("terminal", { quiet: true, escapes: true });
  assertEquals(text.includes(" of 3"), false);
});

Deno.test("terminalReporter() when quiet shows failures and counts, and no progress", async () => {
  assertEquals((await written("terminal", { quiet: true })).split("\n"), [
    "not ok A-\\x1b[2J3 (assertion)",
    "  says\\nhello",
    "  a.spec.md:7:1: wanted x",
    "    got \\x1b[31m\\u{d800}",
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

Deno.test("an interrupted run leaves no JSON and tells people how far it came", async () => {
  for (
    const [format, wanted] of [["json", ""], [
      "terminal",
      [
        "ok A-1",
        "",
        "stopped: interrupted by SIGINT; 1 of 3 cases were done",
        "",
      ].join("\n"),
    ]] as const
  ) {
    let text = "";
    const make = await makerOf(format);
    const reporter = make({ write: (piece) => void (text += piece) }, {});
    reporter.start?.({ ...FACTS, total: 3 });
    for (const result of RESULTS.slice(0, 1)) reporter.case(result);
    reporter.abort?.("interrupted by SIGINT");
    assertEquals(text, wanted);
  }
});

Deno.test("junitReporter() writes a suite for each document and a test case for each result", () => {
  const results: readonly CaseResult[] = [
    passed({ ...head, id: "A-1", type: "cli.run", tags: ["x", "y"] }, 1234),
    ...RESULTS.slice(1),
    failed(
      { ...headAt({ path: 'b"<&>.spec.md', line: 1, column: 1 }), id: "B-1" },
      new CaseError("runtime", "took too long \uffff"),
    ),
  ];
  let text = "";
  const reporter = junitReporter({ write: (piece) => void (text += piece) });
  for (const result of results) reporter.case(result);
  reporter.end({ ...SUMMARY, total: 4, failed: 2 });
  assertEquals(
    text,
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" errors="1" skipped="1" time="1.250">
  <testsuite name="a.spec.md" tests="3" failures="1" errors="0" skipped="1" time="1.234">
    <testcase name="A-1" classname="a.spec.md" file="a.spec.md" line="7" time="1.234">
      <properties>
        <property name="type" value="cli.run"/>
        <property name="title" value="says\\nhello"/>
        <property name="tag" value="x"/>
        <property name="tag" value="y"/>
      </properties>
    </testcase>
    <testcase name="A-2" classname="a.spec.md" file="a.spec.md" line="7" time="0.000">
      <properties>
        <property name="title" value="says\\nhello"/>
      </properties>
      <skipped message="missing capability &quot;terminal&quot;"/>
    </testcase>
    <testcase name="A-\\x1b[2J3" classname="a.spec.md" file="a.spec.md" line="7" time="0.000">
      <properties>
        <property name="title" value="says\\nhello"/>
      </properties>
      <failure message="a.spec.md:7:1: wanted x" type="assertion">a.spec.md:7:1: wanted x
  got \\x1b[31m\\u{d800}</failure>
    </testcase>
  </testsuite>
  <testsuite name="b&quot;&lt;&amp;&gt;.spec.md" tests="1" failures="0" errors="1" skipped="0" time="0.000">
    <testcase name="B-1" classname="b&quot;&lt;&amp;&gt;.spec.md" file="b&quot;&lt;&amp;&gt;.spec.md" line="1" time="0.000">
      <error message="b&quot;&lt;&amp;&gt;.spec.md:1:1: took too long \ufffd" type="runtime">b&quot;&lt;&amp;&gt;.spec.md:1:1: took too long \ufffd</error>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
});
