/** Expressions as JSON Schema: which operators there are, and their arguments. */

import type { JsonObject } from "../json.ts";
import { BUILTINS } from "../spec_lang/builtins.ts";
import { type Form, FORMS } from "../spec_lang/forms.ts";
import { type Definitions, ref } from "./_refs.ts";

type Head = Pick<Form, "min" | "max" | "first">;

/** An expression. */
export const EXPRESSION: JsonObject = ref("expression");

const NAME = { type: "string", minLength: 1 };

const FIRST: Readonly<Record<NonNullable<Head["first"]>, JsonObject>> = {
  name: NAME,
  names: { type: "array", items: NAME, uniqueItems: true },
  bindings: {
    type: "array",
    items: {
      type: "array",
      items: [NAME, EXPRESSION],
      minItems: 2,
      maxItems: 2,
    },
  },
};

/** What expressions are made of. */
export function expressionDefinitions(): Definitions {
  const heads = new Map<string, Head>([
    ...FORMS,
    ...BUILTINS.map((builtin) => [builtin.name, builtin] as const),
  ]);
  // Operators with the same arguments share a rule.
  const alike = Map.groupBy(
    heads,
    ([, { min, max, first }]) => `${min} ${max} ${first}`,
  );
  return {
    expression: {
      description: "An expression: a value, or an operator and its arguments.",
      if: { type: "array" },
      then: ref("call"),
      else: { type: ["null", "boolean", "number", "string"] },
    },
    call: {
      type: "array",
      minItems: 1,
      items: [{ enum: [...heads.keys()] }],
      allOf: Array.from(alike.values(), (group) => ({
        if: { items: [{ enum: group.map(([name]) => name) }] },
        then: argumentsOf(group[0]?.[1]),
      })),
    },
  };
}

function argumentsOf(head: Head = { min: 0, max: Infinity }): JsonObject {
  const { min, max, first } = head;
  return {
    minItems: min + 1,
    ...(max === Infinity ? {} : { maxItems: max + 1 }),
    items: [{}, ...(first === undefined ? [] : [FIRST[first]])],
    additionalItems: EXPRESSION,
  };
}
