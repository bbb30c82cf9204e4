/**
 * What an `assert` tree lets through: assertions that hold whatever there is,
 * that stand there twice, or that mean something else elsewhere.
 *
 * @module
 */

import type { KeyPath } from "../case.ts";
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { shown } from "../_shown.ts";
import { unportableConstructs } from "../spec_lang/regex_portability.ts";
import type { OperatorName } from "../types/harness_type.ts";
import { repeated } from "./_repeated.ts";

/** The kinds of findings. */
export const HEALTH_CODES = [
  "AH001",
  "AH002",
  "AH003",
  "AH004",
  "AH005",
  "AH006",
] as const;

/** One of {@linkcode HEALTH_CODES}. */
export type HealthCode = typeof HEALTH_CODES[number];

/** Something in an `assert` tree that should be otherwise. */
export interface HealthFinding {
  /** Which kind it is of. */
  readonly code: HealthCode;
  /** The list it is about: an operator's, a group's, or the whole tree. */
  readonly keyPath: KeyPath;
  /** The value it is about, as far as it is about one. */
  readonly at: KeyPath;
  /** What was found, and what to do about it. */
  readonly message: string;
}

/** What {@linkcode findHealth} is told of a case besides its tree. */
export interface HealthOptions {
  /** Whether the case asserts something even without a tree. */
  readonly assertsItself: boolean;
}

const GROUPS: ReadonlySet<string> = new Set(["must", "can", "cannot"]);

// A closed list: the same case has to fare the same in every implementation.
const ALWAYS_MATCHES: ReadonlySet<unknown> = new Set([
  ".*",
  "^.*$",
  "\\A.*\\Z",
]);

const ROOT: KeyPath = ["assert"];

const NOTHING: HealthFinding = {
  code: "AH006",
  keyPath: ROOT,
  at: ROOT,
  message:
    'the case asserts nothing, so it passes whatever there is; say under "assert" what has to hold',
};

/** What may be wrong with one value of one operator. */
interface ValueRule {
  readonly code: HealthCode;
  readonly operator: OperatorName;
  /** Says what is wrong, if it is. */
  readonly fault: (value: Json) => string | undefined;
}

const VALUE_RULES: readonly ValueRule[] = [
  {
    code: "AH001",
    operator: "contain",
    fault: (value) =>
      value === ""
        ? "every text contains the empty text; write what has to be in it"
        : undefined,
  },
  {
    code: "AH002",
    operator: "regex",
    fault: (value) =>
      ALWAYS_MATCHES.has(value)
        ? `${shown(value)} ${
          value === ".*" ? "always matches" : "matches every text of one line"
        }; write a pattern that can fail`
        : undefined,
  },
  { code: "AH005", operator: "regex", fault: unportable },
];

/**
 * Looks through an `assert` tree. What has not the shape of one is passed
 * over: that is told where trees are compiled.
 *
 * Source: spec format, section 9.
 *
 * @param assert The tree as written; undefined if the case has none.
 * @param options What else is known of the case.
 * @returns The findings, in the order of the tree.
 *
 * @example Usage
 * ```ts
 * import { findHealth } from "./health.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tree = [{ target: "stdout", must: [{ contain: ["ready", ""] }] }];
 * const [finding] = findHealth(tree, { assertsItself: true });
 * assertEquals(finding?.code, "AH001");
 * assertEquals(finding?.keyPath, ["assert", 0, "must", 0, "contain"]);
 * ```
 */
export function findHealth(
  assert: Json | undefined,
  options: HealthOptions,
): readonly HealthFinding[] {
  if (isJsonList(assert) && assert.length > 0) {
    return [...ofBranches(assert, ROOT)];
  }
  if (isJsonObject(assert)) return [...ofNode(assert, ROOT)];
  return options.assertsItself ? [] : [NOTHING];
}

function* ofBranches(
  branches: readonly Json[],
  keyPath: KeyPath,
): Generator<HealthFinding> {
  for (const indexes of repeated(branches)) {
    yield twice("AH004", "the same item", { keyPath, indexes });
  }
  for (const [index, branch] of branches.entries()) {
    yield* ofNode(branch, [...keyPath, index]);
  }
}

function* ofNode(node: Json, keyPath: KeyPath): Generator<HealthFinding> {
  if (!isJsonObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (!isJsonList(value)) continue;
    const below = [...keyPath, key];
    yield* GROUPS.has(key)
      ? ofBranches(value, below)
      : ofValues(value, key, below);
  }
}

function* ofValues(
  values: readonly Json[],
  operator: string,
  keyPath: KeyPath,
): Generator<HealthFinding> {
  const rules = VALUE_RULES.filter((rule) => rule.operator === operator);
  for (const [index, value] of values.entries()) {
    for (const { code, fault } of rules) {
      const message = fault(value);
      if (message === undefined) continue;
      yield { code, keyPath, at: [...keyPath, index], message };
    }
  }
  for (const indexes of repeated(values)) {
    const what = shown(values[indexes[0] ?? 0]);
    yield twice("AH003", what, { keyPath, indexes });
  }
}

function twice(
  code: HealthCode,
  what: string,
  { keyPath, indexes }: {
    readonly keyPath: KeyPath;
    readonly indexes: readonly number[];
  },
): HealthFinding {
  const [first = 0, second = 0] = indexes;
  const message =
    `${what} stands here ${indexes.length} times, first at [${first}] and [${second}]; keep one of them`;
  return { code, keyPath, at: [...keyPath, second], message };
}

function unportable(pattern: Json): string | undefined {
  if (typeof pattern !== "string") return undefined;
  const found = unportableConstructs(pattern);
  if (found.size === 0) return undefined;
  const names = Array.from(found, ([name, at]) => `${name} at offset ${at}`);
  return `${shown(pattern)} is outside the portable subset: ${
    names.join(", ")
  }; write it without`;
}
