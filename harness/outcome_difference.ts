/**
 * The difference between what a case expects and what became of it.
 *
 * @module
 */

import { quoted } from "../text/printable.ts";
import type { CaseResult } from "./case.ts";
import type { Expectation } from "./expectation.ts";

/** The part of a result that is compared. */
export type Outcome = Pick<
  CaseResult,
  "status" | "category" | "message" | "skipReason"
>;

/**
 * Compares what became of a case with what it expects.
 *
 * Source: spec format, section 10.
 *
 * @param expected What it expects.
 * @param actual What became of it.
 * @returns A line for each difference, then the whole message, if there is
 * one; nothing if there is no difference.
 *
 * @example The wrong reason
 * ```ts
 * import { outcomeDifference } from "./outcome_difference.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const expected = {
 *   status: "fail",
 *   category: "schema",
 *   messageTokens: ["did you mean"],
 * } as const;
 * const actual = {
 *   status: "fail",
 *   category: "runtime",
 *   message: "a.spec.md:7:1: no such program",
 *   skipReason: undefined,
 * } as const;
 * assertEquals(outcomeDifference(expected, actual), [
 *   "category: wanted schema, got runtime",
 *   'message: wanted "did you mean" in it',
 *   "the whole message:",
 *   "  | a.spec.md:7:1: no such program",
 * ]);
 * ```
 */
export function outcomeDifference(
  expected: Expectation,
  actual: Outcome,
): readonly string[] {
  const { status, category, message } = actual;
  const differences = [
    ...(expected.status === status
      ? []
      : [`status: wanted ${expected.status}, got ${statusText(actual)}`]),
    ...(expected.category === undefined || expected.category === category
      ? []
      : [
        `category: wanted ${expected.category ?? "none"}, got ${
          category ?? "none"
        }`,
      ]),
    ...expected.messageTokens
      .filter((token) => message?.includes(token) !== true)
      .map((token) =>
        `message: wanted ${quoted(token)} in it${
          message === null ? ", got none" : ""
        }`
      ),
  ];
  if (differences.length === 0 || message === null) return differences;
  const lines = message.split("\n").map((line) => `  | ${line}`);
  return [...differences, "the whole message:", ...lines];
}

function statusText({ status, skipReason }: Outcome): string {
  return skipReason === undefined ? status : `${status}: ${skipReason}`;
}
