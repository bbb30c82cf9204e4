import {
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { compileAssertions } from "./compile.ts";
import { judge } from "./evaluate.ts";
import { OPTIONS, outcome } from "./_testing.ts";

const holds: Json = { contain: ["a"] };
const misses: Json = { contain: ["b"] };
const broken: Json = { "json_type": ["dict"] };
const endless: Json = {
  evaluate: [[
    "let",
    [["f", ["fn", [], ["call", ["var", "f"]]]]],
    ["call", ["var", "f"]],
  ]],
};

/** A group's mode and branches, and how it ends against the text `a`. */
const GROUPS: readonly (readonly [string, Json[], string])[] = [
  ["must", [holds], "pass"],
  ["must", [holds, misses], "assertion"],
  ["must", [misses, broken], "assertion"],
  ["must", [holds, broken], "schema"],
  ["can", [misses, holds], "pass"],
  ["can", [misses, misses], "assertion"],
  ["can", [misses, broken], "schema"],
  ["can", [broken, holds], "schema"],
  ["can", [holds, broken], "schema"],
  ["can", [holds, endless], "runtime"],
  ["cannot", [misses], "pass"],
  ["cannot", [misses, holds], "assertion"],
  ["cannot", [broken], "schema"],
  ["cannot", [holds, broken], "schema"],
  ["cannot", [endless], "runtime"],
];

Deno.test("judge() lets only assertion failures count inside groups", () => {
  for (const [mode, branches, wanted] of GROUPS) {
    const error = outcome({ target: "stdout", [mode]: branches }, {
      stdout: "a",
    });
    assertEquals(error?.category ?? "pass", wanted, JSON.stringify(branches));
  }
});

Deno.test("judge() takes a target without a value for an assertion failure", () => {
  const group = (mode: string) => ({ target: "stdout", [mode]: [holds] });
  assertEquals(
    outcome(group("must"))?.message,
    "case_id=A-1 assert_path=assert.must[0] target=stdout op=contain: no value for stdout",
  );
  assertEquals(outcome(group("can"))?.category, "assertion");
  assertEquals(outcome(group("cannot")), undefined);
});

Deno.test("judge() wants every item of a list and every value of an operator", () => {
  const all = (values: string[]) => [
    { target: "stdout", must: [{ contain: values, regex: ["^a"] }] },
    { target: "stdout_path", must: [{ exists: [true, null] }] },
  ];
  const targets = { stdout: "abc", "stdout_path": "there" };
  assertEquals(outcome([], targets), undefined);
  assertEquals(outcome(all(["a", "b"]), targets), undefined);
  const error = outcome(all(["a", "z"]), targets);
  assertEquals(error?.location?.path, "assert[0].must[0].contain[1]");
  assertEquals(
    outcome(all(["a"]), { ...targets, "stdout_path": "gone" })?.message,
    "case_id=A-1 assert_path=assert[1].must[0] target=stdout_path op=exists: " +
      'wanted a path that exists, nothing is at "gone"',
  );
});

Deno.test("judge() explains a can by its branches", () => {
  const tree = { target: "stdout", can: [misses, { can: [misses] }] };
  assertEquals(outcome(tree, { stdout: "some\ntext" })?.message.split("\n"), [
    "case_id=A-1 assert_path=assert target=stdout: can: no branch holds, wanted at least one of 2",
    '  assert.can[0]: wanted text that contains "b"',
    "  assert.can[1]: can: no branch holds, wanted at least one of 1",
    '    assert.can[1].can[0]: wanted text that contains "b"',
    "  the text begins:",
    "    1 | some",
    "    2 | text",
  ]);
});

Deno.test("judge() explains a cannot by what holds", () => {
  const tree = { target: "stdout", cannot: [misses, { contain: ["am"] }] };
  assertEquals(outcome(tree, { stdout: "I am here" })?.message.split("\n"), [
    "case_id=A-1 assert_path=assert target=stdout: cannot: 1 branch of 2 holds, wanted none",
    '  assert.cannot[1]: the text contains "am"',
    "      1 | I am here",
    "        |   ^ here",
  ]);
});

Deno.test("judge() explains a cannot down to what holds in its groups", () => {
  const tree = {
    target: "stdout",
    cannot: [
      { must: [{ contain: ["am"] }, { regex: ["h.r"] }] },
      { can: [misses, { contain: ["I"] }] },
      { cannot: [misses, misses] },
      { must: [misses] },
    ],
  };
  assertEquals(outcome(tree, { stdout: "I am here" })?.message.split("\n"), [
    "case_id=A-1 assert_path=assert target=stdout: cannot: 3 branches of 4 hold, wanted none",
    "  assert.cannot[0]: must: all 2 hold",
    '    assert.cannot[0].must[0]: the text contains "am"',
    "        1 | I am here",
    "          |   ^ here",
    '    assert.cannot[0].must[1]: the text matches "h.r"',
    "        1 | I am here",
    "          |      ^ here",
    "  assert.cannot[1]: can: 1 of 2 hold",
    '    assert.cannot[1].can[1]: the text contains "I"',
    "        1 | I am here",
    "          | ^ here",
    "  assert.cannot[2]: cannot: none of 2 holds, so this does",
  ]);
});

Deno.test("judge() shows each text once, however many branches are about it", () => {
  const tree = {
    can: [
      { target: "stdout", must: [misses] },
      { target: "stderr", can: [misses, misses] },
    ],
  };
  const texts = { stdout: "one", stderr: "" };
  assertEquals(outcome(tree, texts)?.message.split("\n").slice(-4), [
    '    assert.can[1].can[1]: wanted text that contains "b"',
    "  the text of stdout begins:",
    "    1 | one",
    "  the text of stderr is empty",
  ]);
});

Deno.test("judge() tells as many branches as fit, and how many do not", () => {
  const branches = Array.from({ length: 1000 }, (_, at) => ({
    contain: [`none ${at}`],
  }));
  const near = Array.from({ length: 1000 }, () => ({ contain: ["lane"] }));
  const stdout = "line\n".repeat(10);
  const lines = (can: Json[]) =>
    outcome({ target: "stdout", can }, { stdout })?.message.split("\n") ?? [];
  const far = lines(branches);
  assertEquals(far.length, 24);
  assertEquals(far[0]?.endsWith("wanted at least one of 1000"), true);
  assertEquals(far.slice(15), [
    '  assert.can[14]: wanted text that contains "none 14"',
    "  (985 more branches)",
    "  the text begins:",
    ...[1, 2, 3, 4, 5].map((line) => `    ${line} | line`),
    "      | (5 more lines)",
  ]);
  const close = lines(near);
  assertEquals(close.length <= 24, true);
  assertEquals(close.at(-1), "  (994 more branches)");
});

Deno.test("judge() never says more than a screen", () => {
  const subject = "line\n".repeat(10_000) + "x".repeat(100_000);
  const many = Array.from({ length: 50 }, (_, i) => ({ contain: [`no ${i}`] }));
  for (const group of [{ can: many }, { cannot: [{ regex: ["^line"] }] }]) {
    const error = outcome({ target: "stdout", ...group }, { stdout: subject });
    const lines = error?.message.split("\n") ?? [];
    assertEquals(lines.length <= 24, true, `${lines.length} lines`);
    assertEquals(lines.every((line) => line.length < 200), true);
  }
});

Deno.test("judge() shows control characters as escapes", () => {
  const tree = { target: "stdout", must: [{ contain: ["\x1b[31mred!"] }] };
  const error = outcome(tree, { stdout: "\x1b[31mred\x07\r\n" });
  assertStringIncludes(error?.message ?? "", "\\x1b[31mred!");
  assertStringIncludes(error?.message ?? "", "\\x1b[31mred\\x07\\r");
  // deno-lint-ignore no-control-regex -- control characters are the subject
  assertEquals(/[\x00-\x09\x0b-\x1f]/.test(error?.message ?? ""), false);
});

/** A clock that goes on by a millisecond each time it is read. */
function tickingHost() {
  let time = 0;
  return { pathExists: () => false, now: () => time++ };
}

Deno.test("judge() ends with its deadline, also inside a search and without a budget [not SF-BUDGET-6]", () => {
  const budgets = { ...OPTIONS.budgets, timeoutMs: 0 };
  const options = { ...OPTIONS, budgets, host: tickingHost(), deadline: 20 };
  const judgeBy = (branches: Json[], text: string) => {
    const tree = compileAssertions(
      { target: "stdout", must: branches },
      options,
    );
    return assertThrows(() => judge(tree, () => text, options), CaseError);
  };
  const inSearch = judgeBy([{ regex: ["(a+)+$"] }], `${"a".repeat(60)}b`);
  const between = judgeBy(Array(50).fill(holds), "a");
  for (const error of [inSearch, between]) {
    assertEquals(error.category, "runtime");
    assertMatch(
      error.message,
      /spec_lang budget exceeded: timeout \(the time of the whole case is over.*\); raise --timeout$/,
    );
  }
});

Deno.test("judge() spends the time of one evaluation on all its explanations", () => {
  const depth = 400;
  let asked = 0;
  const pathExists = () => ++asked > 0;
  let expression: Json = ["eq", 1, 2];
  for (let level = 0; level < depth; level++) {
    expression = ["and", ["path_exists", "p"], expression];
  }
  const options = { ...OPTIONS, host: { ...tickingHost(), pathExists } };
  const tree = compileAssertions({
    target: "stdout",
    must: [{ evaluate: [expression] }],
  }, options);
  const error = assertThrows(() => judge(tree, () => "a", options), CaseError);
  assertEquals(error.category, "assertion");
  // Each level tells its inner ones again: eighty thousand questions in all.
  assertEquals(asked < 150 * depth, true, `${asked}`);
});
