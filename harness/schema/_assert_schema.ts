/** Assertion trees as JSON Schema: which operators a target takes, and where. */

import { GROUP_MODES } from "../assertions/compile.ts";
import { OPERATORS } from "../assertions/operators.ts";
import type { JsonObject } from "../json.ts";
import type { HarnessType, OperatorName } from "../types/harness_type.ts";
import { described } from "./_descriptions.ts";
import { EXPRESSION } from "./_expression_schema.ts";
import { type Definitions, ref, where } from "./_refs.ts";

/** What `assert` of a type looks like. */
export function assertOf({ name }: Pick<HarnessType, "name">): JsonObject {
  const node = ref(below(name));
  return {
    if: { type: "array" },
    then: { items: node },
    else: node,
  };
}

/** The operators, each with the values it takes. */
export function operatorDefinitions(): Definitions {
  return Object.fromEntries(
    Array.from(OPERATORS.values(), ({ name, takes }) => [operator(name), {
      type: "array",
      minItems: 1,
      items: { allOf: [takes.schema, EXPRESSION] },
    }]),
  );
}

/**
 * What stands in `assert` of a type, by the target that the groups around it
 * have set.
 */
export function assertDefinitions(
  { name, targets }: Pick<HarnessType, "name" | "targets">,
): Definitions {
  const known = Object.keys(targets);
  const inside = known.map((target) => [below(name, target), {
    type: "object",
    if: isGroup("anyOf"),
    then: groupOf(name, target),
    else: leafOf(targets[target] ?? []),
  }]);
  return Object.fromEntries([
    [below(name), { type: "object", ...groupOf(name) }],
    [group(name), targetRules(name, known)],
    ...inside,
  ]);
}

/** A group where the ones around it have set this target, or none. */
function groupOf(type: string, around?: string): JsonObject {
  return {
    allOf: [ref(group(type))],
    if: { not: { required: ["target"] } },
    then: branches(below(type, around)),
  };
}

/** What holds of every group: below one that sets a target, that one counts. */
function targetRules(type: string, targets: readonly string[]): JsonObject {
  const list = { type: "array", minItems: 1 };
  return described({
    ...isGroup("oneOf"),
    properties: {
      "target": targets.length === 0 ? { not: {} } : { enum: targets },
      ...Object.fromEntries(GROUP_MODES.map((mode) => [mode, list])),
    },
    additionalProperties: false,
    ...(targets.length === 0 ? {} : {
      allOf: targets.map((target) => ({
        if: where("target", [target]),
        then: branches(below(type, target)),
      })),
    }),
  });
}

function branches(definition: string): JsonObject {
  const list = { items: ref(definition) };
  return {
    properties: Object.fromEntries(GROUP_MODES.map((mode) => [mode, list])),
  };
}

function isGroup(keyword: "anyOf" | "oneOf"): JsonObject {
  return { [keyword]: GROUP_MODES.map((mode) => ({ required: [mode] })) };
}

function leafOf(operators: readonly OperatorName[]): JsonObject {
  return described({
    properties: Object.fromEntries(
      operators.map((name) => [name, ref(operator(name))]),
    ),
    additionalProperties: false,
    minProperties: 1,
  });
}

function operator(name: string): string {
  return `operator-${name}`;
}

function group(type: string): string {
  return `${type}-group`;
}

function below(type: string, target?: string): string {
  return target === undefined ? `${type}-assert` : `${type}-assert-${target}`;
}
