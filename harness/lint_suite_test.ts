import { assertEquals, assertStringIncludes } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import type { CaseResult } from "./case.ts";
import { lintSuite } from "./lint_suite.ts";
import { exitCodeOf } from "./suite.ts";

/** A machine where nothing may be started or made. */
class StillHost extends MemoryHost {
  override start(): never {
    throw new TypeError("a process was started");
  }
  override makeTempDirectory(): never {
    throw new TypeError("a directory was made");
  }
}

/** Lints cases on such a machine. */
async function lint(
  cases: readonly unknown[],
  environment: Record<string, string> = {},
) {
  const results: CaseResult[] = [];
  const warnings: string[] = [];
  const bytes = new TextEncoder().encode(JSON.stringify(cases));
  const summary = await lintSuite({
    documents: [{ path: "a.spec.json", format: "json", bytes }],
    environment,
    reporters: [{ case: (result) => void results.push(result), end() {} }],
    warn: (line) => void warnings.push(line),
  }, new StillHost({ cwd: "/repo" }));
  return {
    ends: results.map(({ status, category }) => category ?? status),
    messages: results.map(({ message }) => message ?? ""),
    warnings,
    code: exitCodeOf(summary),
  };
}

const SOUND = { target: "stdout", must: [{ contain: ["ready"] }] };
const WEAK = { target: "stdout", must: [{ contain: [""] }] };

Deno.test("lintSuite() finds cases right without anything they are about", async () => {
  const { ends, messages, warnings, code } = await lint([
    { id: "A", type: "cli.run", harness: { entrypoint: "not there" } },
    { id: "B", type: "cli.run", harness: { entrypoint: "./gone.ts:main" } },
    { id: "C", type: "cli.run", assert: SOUND },
    {
      id: "H",
      type: "cli.run",
      harness: { hook_before: "./gone.ts:before", hook_after: "gone.mod:x" },
    },
    {
      id: "D",
      type: "text.file",
      path: "gone.txt",
      assert: { target: "text", must: [{ contain: ["x"] }] },
    },
    {
      id: "E",
      type: "of.tomorrow",
      requires: { capabilities: ["tomorrow"], "when_missing": "skip" },
    },
  ]);
  assertEquals(
    ends,
    ["pass", "pass", "pass", "pass", "pass", "skip"],
    messages.join(),
  );
  assertEquals(warnings, []);
  assertEquals(code, 0);
});

Deno.test("lintSuite() checks libraries, also where there is nothing else", async () => {
  const library = (id: string, functions: Record<string, unknown>) => ({
    id,
    type: "spec_lang.library",
    functions,
  });
  const { ends, messages, code } = await lint([
    library("SOUND", { one: 1 }),
    library("BROKEN", { two: ["var", "gone"] }),
  ]);
  assertEquals(ends, ["pass", "schema"]);
  assertStringIncludes(messages[1] ?? "", 'undefined variable "gone"');
  assertEquals(code, 1);
  assertEquals((await lint([library("SOUND", { one: 1 })])).code, 0);
});

/** What is wrong with a case, and what is said of it. */
const WRONG: readonly (readonly [Record<string, unknown>, string, string])[] = [
  [{ type: "cli.run", arvg: [] }, "schema", 'did you mean "argv"?'],
  [{ type: "cli.rnu" }, "runtime", 'did you mean "cli.run"?'],
  [{ type: "text.file", path: "/etc/x" }, "schema", "must be relative"],
  [{ type: "text.file", path: "../../x" }, "schema", "escapes contract root"],
  [
    { type: "cli.run", harness: { entrypoint: "'open" } },
    "schema",
    "never closed",
  ],
  [
    { type: "cli.run", harness: { setup_files: { path: "../x", text: "" } } },
    "schema",
    "setup_files item path escapes tmp_path",
  ],
  [
    { type: "cli.run", harness: { hook_before: "no function" } },
    "schema",
    "hook_before",
  ],
  [
    { type: "cli.run", assert: { target: "stdout", must: [{ regex: ["("] }] } },
    "schema",
    "bad regex",
  ],
  [
    { type: "cli.run", requires: { capabilities: ["assert.op.regexp"] } },
    "runtime",
    'did you mean "assert.op.regex"?',
  ],
  [
    {
      type: "cli.run",
      harness: { spec_lang: { max_nodes: 1 } },
      assert: SOUND,
    },
    "runtime",
    "spec_lang budget exceeded: nodes",
  ],
  [{ type: "cli.run", expect: { portable: {} } }, "schema", 'no "status"'],
  [
    { type: "cli.run", assert: WEAK, assert_health: { mode: "error" } },
    "assertion",
    "AH001@",
  ],
];

Deno.test("lintSuite() finds what is wrong with a case as written", async () => {
  for (const [value, category, message] of WRONG) {
    const { ends, messages, code } = await lint([{ id: "A", ...value }]);
    assertEquals(ends, [category], message);
    assertStringIncludes(messages[0] ?? "", message);
    assertEquals(code, 1);
  }
});

Deno.test("lintSuite() warns of poor health, unless it is told otherwise", async () => {
  const weak = { type: "cli.run", assert: WEAK };
  const cases = [
    { ...weak, id: "A" },
    { ...weak, id: "B", assert_health: { mode: "ignore" } },
  ];
  const variable = "SPEC_RUNNER_ASSERT_HEALTH";
  const ends = async (environment: Record<string, string>) => {
    const { ends, warnings, code } = await lint(cases, environment);
    return [...ends, warnings.length, code];
  };
  assertEquals(await ends({}), ["pass", "pass", 1, 0]);
  assertEquals(await ends({ [variable]: "ignore" }), ["pass", "pass", 0, 0]);
  assertEquals(await ends({ [variable]: "error" }), [
    "assertion",
    "pass",
    0,
    1,
  ]);
  assertEquals(await ends({ [variable]: "x" }), ["schema", "pass", 0, 1]);
});

Deno.test("lintSuite() says the same in safe mode and with another entrypoint", async () => {
  const { ends } = await lint([{ id: "A", type: "cli.run" }], {
    SPEC_RUNNER_SAFE_MODE: "1",
    SPEC_RUNNER_ENTRYPOINT: "'open",
  });
  assertEquals(ends, ["pass"]);
});

Deno.test("lintSuite() finds nothing right where it skips everything", async () => {
  const requires = { capabilities: ["x"], "when_missing": "skip" };
  const { ends, code } = await lint([{ id: "A", type: "y", requires }]);
  assertEquals([...ends, code], ["skip", 1]);
});
