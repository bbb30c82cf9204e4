import { assertEquals, assertThrows } from "@std/assert";
import { CaseError } from "../case_error.ts";
import type { Json, JsonObject } from "../json.ts";
import { HOST, run } from "./_support_test.ts";
import { BUDGET_KEYS, DEFAULT_BUDGETS, parseBudgets } from "./budgets.ts";

Deno.test("parseBudgets() takes the defaults for what is absent", () => {
  assertEquals(parseBudgets({}), DEFAULT_BUDGETS);
  assertEquals(DEFAULT_BUDGETS, {
    maxSteps: 20_000,
    maxNodes: 20_000,
    maxLiteralBytes: 262_144,
    timeoutMs: 200,
  });
});

Deno.test("parseBudgets() reads each key into its field", () => {
  for (const { key, field, minimum } of BUDGET_KEYS) {
    for (const value of [minimum, 7, Number.MAX_SAFE_INTEGER]) {
      assertEquals(parseBudgets({ [key]: value }), {
        ...DEFAULT_BUDGETS,
        [field]: value,
      });
    }
  }
});

Deno.test("parseBudgets() takes 0 for no timeout and for nothing else", () => {
  assertEquals(parseBudgets({ "timeout_ms": 0 }).timeoutMs, 0);
  for (const key of ["max_steps", "max_nodes", "max_literal_bytes"]) {
    assertThrows(() => parseBudgets({ [key]: 0 }), CaseError);
  }
});

Deno.test("parseBudgets() ignores keys that are no limits", () => {
  const value: JsonObject = JSON.parse(
    '{"exports":["a"],"__proto__":{"max_steps":1},"constructor":1}',
  );
  assertEquals(parseBudgets(value), DEFAULT_BUDGETS);
});

/** A value that is no limit, and how the message shows it. */
const BAD: readonly (readonly [Json, string])[] = [
  [-1, "-1"],
  [1.5, "1.5"],
  ["5", '"5"'],
  [null, "null"],
  [true, "true"],
  [[1, 2], "a list"],
  [{}, "a mapping"],
  [2 ** 53, "9007199254740992"],
];

Deno.test("parseBudgets() refuses anything but integers and names the key in full", () => {
  for (const { key, minimum } of BUDGET_KEYS) {
    const below = minimum - 1;
    for (const [value, shown] of [...BAD, [below, `${below}`] as const]) {
      const error = assertThrows(
        () => parseBudgets({ [key]: value }),
        CaseError,
      );
      assertEquals(error.category, "schema");
      assertEquals(
        error.message,
        `harness.spec_lang.${key} must be an integer of at least ${minimum}, got ${shown}`,
      );
    }
  }
});

/** Limits that are too low, and what their errors say. */
const TOO_LOW: Readonly<Record<string, string>> = {
  "max_steps": "steps (more than 2 steps); raise harness.spec_lang.max_steps",
  "max_nodes": "nodes (more than 2 nodes); raise harness.spec_lang.max_nodes",
  "max_literal_bytes":
    "literal_size (more than 2 bytes of strings); raise harness.spec_lang.max_literal_bytes",
  "timeout_ms": "timeout (more than 2 ms); raise harness.spec_lang.timeout_ms",
};

Deno.test("a budget that is exceeded names its limit and the key that raises it", () => {
  const source: Json = ["contains", ["subject"], "text"];
  // Long enough for a look at the clock.
  const subject = "text".padEnd(1 << 20);
  for (const { key } of BUDGET_KEYS) {
    const within = (limits: JsonObject) => {
      let time = 0;
      const host = { ...HOST, now: () => time += 3 };
      const budgets = { ...parseBudgets({ "timeout_ms": 0, ...limits }) };
      return run(source, { subject, budgets, host }).value;
    };
    const { message } = assertThrows(() => within({ [key]: 2 }), CaseError);
    assertEquals(message, `spec_lang budget exceeded: ${TOO_LOW[key]}`);
    const [, named = ""] = /; raise harness\.spec_lang\.(\w+)$/.exec(message) ??
      [];
    assertEquals(within({ [named]: 100 }), true, named);
  }
});
