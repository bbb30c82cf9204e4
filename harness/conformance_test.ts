import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import type { CaseResult } from "./case.ts";
import { type ConformanceOptions, conformSuite } from "./conformance.ts";
import type { JsonObject } from "./json.ts";
import { exitCodeOf } from "./suite.ts";
import { UsageError } from "./usage_error.ts";

async function conform(
  cases: readonly unknown[],
  change: Partial<ConformanceOptions> = {},
) {
  const started: string[] = [];
  const results: CaseResult[] = [];
  const echo = ({ argv }: { readonly argv: readonly string[] }) => {
    const stdout = argv.slice(1).join(" ");
    started.push(stdout);
    return { stdout };
  };
  const bytes = new TextEncoder().encode(JSON.stringify(cases, null, 1));
  const summary = await conformSuite({
    documents: [{ path: "a.spec.json", format: "json", bytes }],
    environment: { PATH: "/bin" },
    reporters: [{ case: (result) => void results.push(result), end() {} }],
    ...change,
  }, new MemoryHost({ programs: { echo } }));
  return {
    started,
    ends: results.map(({ status, category }) => category ?? status),
    messages: results.map(({ message }) => message),
    code: exitCodeOf(summary),
  };
}

/** A case that prints what its `argv` says, and expects to print "ready". */
const printing = (argv: string, more: JsonObject = {}): JsonObject => ({
  id: `says-${argv}`,
  type: "cli.run",
  argv,
  harness: { entrypoint: "echo" },
  assert: { target: "stdout", must: [{ contain: ["ready"] }] },
  ...more,
});
const expecting = (portable: JsonObject, impl: JsonObject = {}) => ({
  expect: { portable, impl },
});
const PASS = expecting({ status: "pass", category: null });
const FAIL = expecting({
  status: "fail",
  category: "assertion",
  "message_tokens": ["assert_path=assert.must[0]"],
});

Deno.test("conformSuite() passes a case that ends as it expects, whichever way", async () => {
  const missing = { capabilities: ["time.travel"] };
  const { ends, messages, code } = await conform([
    printing("ready", PASS),
    printing("not yet", FAIL),
    {
      id: "skipped",
      type: "of.tomorrow",
      requires: { ...missing, "when_missing": "skip" },
      ...expecting({ status: "skip" }),
    },
    {
      id: "missing",
      type: "of.tomorrow",
      requires: missing,
      ...expecting({ status: "fail", category: "runtime" }),
    },
    {
      id: "wrong",
      type: "cli.run",
      arvg: [],
      ...expecting({
        status: "fail",
        category: "schema",
        "message_tokens": ['unknown key "arvg"', "a.spec.json:"],
      }),
    },
    printing("ready", { id: "again", ...PASS }),
    printing("ready", {
      id: "again",
      ...expecting({
        status: "fail",
        category: "schema",
        "message_tokens": ["duplicate id"],
      }),
    }),
    { type: "cli.run", ...expecting({ status: "fail", category: "schema" }) },
  ]);
  assertEquals(messages.filter((message) => message !== null), []);
  assertEquals(ends, Array(8).fill("pass"));
  assertEquals(code, 0);
});

Deno.test("conformSuite() tells what was wanted, what it got, and the whole message", async () => {
  const { ends, messages, code } = await conform([
    printing("ready", FAIL),
    printing("not yet", PASS),
    printing("no", expecting({ status: "fail", "message_tokens": ["yes"] })),
  ]);
  assertEquals(ends, ["assertion", "assertion", "assertion"]);
  assertEquals(code, 1);
  assertEquals(messages[0]?.split("\n"), [
    "a.spec.json:19:3: case_id=says-ready: it did not end as expected",
    "  status: wanted fail, got pass",
    "  category: wanted assertion, got none",
    '  message: wanted "assert_path=assert.must[0]" in it, got none',
  ]);
  assertEquals(messages[1]?.split("\n").slice(1), [
    "  status: wanted pass, got fail",
    "  category: wanted none, got assertion",
    "  the whole message:",
    '    | a.spec.json:42:7: case_id=says-not yet assert_path=assert.must[0] target=stdout op=contain: wanted text that contains "ready"',
    "    |   the text begins:",
    "    |     1 | not yet",
  ]);
  assertStringIncludes(messages[2] ?? "", '  message: wanted "yes" in it\n');
});

Deno.test("conformSuite() runs no case without a usable expectation, and fails it as schema", async () => {
  const { ends, messages, started } = await conform([
    printing("1"),
    printing("2", { expect: { portable: { status: "passed" } } }),
    printing("3", { expect: {} }),
    5,
  ]);
  assertEquals(ends, ["schema", "schema", "schema", "schema"]);
  assertEquals(started, []);
  assertStringIncludes(messages[0] ?? "", 'conformance needs "expect"');
  assertStringIncludes(messages[1] ?? "", "must be one of: pass, skip, fail");
});

Deno.test("conformSuite() takes no entrypoint from the environment", async () => {
  const variable = "SPEC_RUNNER_ENTRYPOINT";
  const { ends, started } = await conform([
    printing("ready", { ...PASS, harness: {} }),
    printing("own", {
      harness: { env: { [variable]: "echo" } },
      ...expecting({
        status: "fail",
        category: "runtime",
        "message_tokens": [
          "cli.run requires harness.entrypoint or SPEC_RUNNER_ENTRYPOINT",
          "each case has to name its own",
        ],
      }),
    }),
  ], { environment: { [variable]: "echo" } });
  assertEquals(ends, ["assertion", "pass"]);
  assertEquals(started, []);
});

Deno.test("conformSuite() takes findings of health for what became of a case", async () => {
  const weak = { assert: { target: "stdout", must: [{ regex: [".*"] }] } };
  const health = (mode: string) => ({ "assert_health": { mode } });
  const found = expecting({
    status: "fail",
    category: "assertion",
    "message_tokens": ["assertion health check failed", "AH002@"],
  });
  const warnings: string[] = [];
  const { ends, started } = await conform([
    printing("1", { ...weak, ...health("error"), ...found }),
    printing("2", { ...weak, ...health("warn"), ...PASS }),
    printing("3", { ...weak, ...PASS }),
  ], { warn: (line) => void warnings.push(line) });
  assertEquals(ends, ["pass", "pass", "pass"]);
  assertEquals(started, ["2", "3"]);
  assertEquals(warnings.length, 1);
});

Deno.test("conformSuite() compares with the overlay of the implementation that is asked for", async () => {
  const overlay = expecting({ status: "pass" }, {
    python: { status: "fail", "message_tokens": ["ready"] },
  });
  const cases = [printing("not yet", overlay), printing("ready", PASS)];
  assertEquals((await conform(cases)).ends, ["assertion", "pass"]);
  const python = await conform(cases, { implementation: "python" });
  assertEquals(python.ends, ["pass", "pass"]);
  await assertRejects(
    () => conform(cases, { implementation: "pyhton" }),
    UsageError,
    'Cannot compare with implementation "pyhton": no case expects anything of it',
  );
});

Deno.test("conformSuite() compares a library that expects something, and no other", async () => {
  const library = (id: string, value: unknown, more: JsonObject = {}) => ({
    id,
    type: "spec_lang.library",
    functions: { [id]: value },
    ...more,
  });
  const broken = expecting({
    status: "fail",
    category: "schema",
    "message_tokens": ["undefined variable"],
  });
  const { ends, messages } = await conform([
    library("sound", 1),
    library("broken", ["var", "gone"]),
    library("sound-as-expected", 1, PASS),
    library("broken-as-expected", ["var", "gone"], broken),
    library("sound-but", 1, broken),
    printing("ready", PASS),
  ]);
  assertEquals(ends, ["schema", "pass", "pass", "assertion", "pass"]);
  assertStringIncludes(messages[0] ?? "", 'undefined variable "gone"');
});

Deno.test("conformSuite() cuts no message", async () => {
  const lines = Array.from({ length: 60 }, (_, at) => `line ${at}`);
  const { messages } = await conform([
    printing("not yet", {
      assert: {
        target: "stdout",
        must: lines.map((line) => ({ regex: [line] })),
      },
      ...expecting({ status: "fail", "message_tokens": lines }),
    }),
  ]);
  assertStringIncludes(messages[0] ?? "", 'message: wanted "line 59" in it\n');
  assertStringIncludes(messages[0] ?? "", "\n    |     1 | not yet");
});
