import { assertEquals } from "@std/assert";
import type { Expectation } from "./expectation.ts";
import { type Outcome, outcomeDifference } from "./outcome_difference.ts";

const PASS: Outcome = {
  status: "pass",
  category: null,
  message: null,
  skipReason: undefined,
};
const SKIP: Outcome = { ...PASS, status: "skip", skipReason: "no terminal" };
const FAIL: Outcome = {
  status: "fail",
  category: "schema",
  message: 'a.md:1:1: unknown key "x"\n  in "harness"',
  skipReason: undefined,
};
const WHOLE = [
  "the whole message:",
  '  | a.md:1:1: unknown key "x"',
  '  |   in "harness"',
];

const TABLE: readonly (readonly [
  Partial<Expectation>,
  Outcome,
  readonly string[],
])[] = [
  [{ status: "pass" }, PASS, []],
  [{ status: "pass", category: null }, PASS, []],
  [{ status: "skip" }, SKIP, []],
  [{ status: "fail" }, FAIL, []],
  [{ status: "fail", category: "schema" }, FAIL, []],
  [
    { status: "fail", messageTokens: ['key "x"\n', "in", 'unknown key "x"'] },
    FAIL,
    [],
  ],
  [
    { status: "pass", category: null },
    FAIL,
    [
      "status: wanted pass, got fail",
      "category: wanted none, got schema",
      ...WHOLE,
    ],
  ],
  [{ status: "pass" }, SKIP, ["status: wanted pass, got skip: no terminal"]],
  [{ status: "skip" }, PASS, ["status: wanted skip, got pass"]],
  [
    {
      status: "fail",
      category: "runtime",
      messageTokens: ["a", "UNKNOWN", "b"],
    },
    FAIL,
    [
      "category: wanted runtime, got schema",
      'message: wanted "UNKNOWN" in it',
      'message: wanted "b" in it',
      ...WHOLE,
    ],
  ],
  [
    { status: "fail", category: "schema", messageTokens: ["a\nb"] },
    PASS,
    [
      "status: wanted fail, got pass",
      "category: wanted schema, got none",
      'message: wanted "a\\nb" in it, got none',
    ],
  ],
];

Deno.test("outcomeDifference() tells each difference of status, category and token", () => {
  for (const [expected, actual, wanted] of TABLE) {
    const expectation = {
      status: "pass",
      category: undefined,
      messageTokens: [],
      ...expected,
    } as const;
    assertEquals(
      outcomeDifference(expectation, actual),
      wanted,
      JSON.stringify(expected),
    );
  }
});
