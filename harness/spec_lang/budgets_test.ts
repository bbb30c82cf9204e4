import { assertEquals, assertThrows } from "@std/assert";
import { CaseError } from "../case_error.ts";
import type { Json, JsonObject } from "../json.ts";
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
