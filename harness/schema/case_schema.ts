/**
 * What a document of cases looks like, as JSON Schema for editors.
 *
 * @module
 */

import { COMMON, REQUIRES } from "../_case_shapes.ts";
import { COMMON_KEYS } from "../_case_keys.ts";
import { LIBRARY_TYPE } from "../_library_type.ts";
import { record, schemasOf } from "../_shape.ts";
import { capabilitySet } from "../capabilities.ts";
import type { JsonObject } from "../json.ts";
import { SPEC_LANG } from "../spec_lang_keys.ts";
import type { HarnessType } from "../types/harness_type.ts";
import {
  assertDefinitions,
  assertOf,
  operatorDefinitions,
} from "./_assert_schema.ts";
import { described } from "./_descriptions.ts";
import { EXPECT_RULES } from "./_expect_schema.ts";
import { expressionDefinitions } from "./_expression_schema.ts";
import { LIBRARY_CASE } from "./_library_case.ts";
import { type Definitions, oneOrMore, published, ref, where } from "./_refs.ts";

/**
 * Says what a block, or a YAML or JSON file, with cases of some types looks
 * like: one case or a list of them, libraries among them.
 *
 * It is made of the tables that the checks of a case go by. What cannot be said
 * in a schema is left open, and so is a case that is skipped because it requires
 * a capability that none of the types brings.
 *
 * @param types The case types, as a run takes them.
 * @returns A JSON Schema, draft 7.
 *
 * @example The schema of a type of your own
 * ```ts
 * import { caseSchema } from "./case_schema.ts";
 * import { BUILT_IN_TYPES, withTypes } from "../types/registry.ts";
 * import { textFile } from "../types/text_file.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const type = {
 *   ...textFile,
 *   name: "my.file",
 *   keys: ["lines"],
 *   schemas: { keys: { lines: { type: "integer" } }, required: ["lines"] },
 * };
 * const schema = caseSchema(withTypes(BUILT_IN_TYPES, [type]));
 * assertStringIncludes(JSON.stringify(schema), "my.file");
 * ```
 */
export function caseSchema(
  types: ReadonlyMap<string, HarnessType>,
): JsonObject {
  const all = [...types.values()];
  const names = [...types.keys(), LIBRARY_TYPE];
  return published(
    { name: "case", version: 1, title: "Cases of executable specifications" },
    {
      ...oneOrMore(ref("case")),
      definitions: {
        case: {
          type: "object",
          if: isSkipped(capabilitySet(all)),
          then: { properties: { "requires": record(REQUIRES).schema } },
          else: {
            required: ["id", "type"],
            properties: { "type": { enum: names } },
            allOf: [
              ref("common"),
              ...names.map((name) => ({
                if: where("type", [name]),
                then: ref(name),
              })),
            ],
          },
        },
        ...sharedDefinitions(),
        [LIBRARY_TYPE]: LIBRARY_CASE,
        ...Object.assign({}, ...all.map(typeDefinitions)),
      },
    },
  );
}

/** What cases of all types are made of. */
export function sharedDefinitions(): Definitions {
  const { expect, ...common } = schemasOf(COMMON);
  return {
    common: described({
      properties: { ...common, "expect": { ...expect, allOf: [EXPECT_RULES] } },
    }),
    ...operatorDefinitions(),
    ...expressionDefinitions(),
  };
}

// Of a case that is skipped nothing else is looked at; a library is no case.
function isSkipped(known: ReadonlySet<string>): JsonObject {
  const unknown = { not: { enum: [...known].toSorted() } };
  return {
    required: ["requires"],
    properties: {
      "type": { not: { const: LIBRARY_TYPE } },
      "requires": {
        type: "object",
        required: ["capabilities", "when_missing"],
        properties: {
          "when_missing": { const: "skip" },
          "capabilities": { type: "array", contains: unknown },
        },
      },
    },
  };
}

function typeDefinitions(type: HarnessType): Definitions {
  const { name, keys, harnessKeys, schemas = {} } = type;
  const { required = [], harness = {} } = schemas;
  const ofHarness = {
    ...schemas.harnessKeys,
    ...(harnessKeys.includes("spec_lang")
      ? { "spec_lang": record(SPEC_LANG).schema }
      : {}),
  };
  return {
    [name]: described({
      properties: {
        ...Object.fromEntries([...COMMON_KEYS].map((key) => [key, {}])),
        "assert": assertOf(type),
        "harness": {
          properties: chosen(harnessKeys, ofHarness),
          additionalProperties: false,
          allOf: [harness],
        },
        ...chosen(keys, schemas.keys),
      },
      patternProperties: { "^x-": {} },
      additionalProperties: false,
      required,
    }),
    ...assertDefinitions(type),
  };
}

function chosen(
  keys: readonly string[],
  schemas: Readonly<Record<string, JsonObject>> = {},
): JsonObject {
  return Object.fromEntries(
    keys.map((key) =>
      [key, Object.hasOwn(schemas, key) ? schemas[key] ?? {} : {}] as const
    ),
  );
}
