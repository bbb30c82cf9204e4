/** A library among cases, as JSON Schema. */

import { COMMON_KEYS } from "../_case_keys.ts";
import { schemasOf } from "../_shape.ts";
import type { JsonObject } from "../json.ts";
import { LIBRARY } from "../library/library.ts";
import { described } from "./_descriptions.ts";
import { EXPRESSION } from "./_expression_schema.ts";

const OWN = schemasOf(LIBRARY);

/** A library: the keys common to all cases, but for `assert`, and its own. */
export const LIBRARY_CASE: JsonObject = described({
  properties: {
    ...Object.fromEntries(
      [...COMMON_KEYS].filter((key) => key !== "assert")
        .map((key) => [key, {}]),
    ),
    "harness": { maxProperties: 0 },
    ...OWN,
    "functions": { ...OWN["functions"], additionalProperties: EXPRESSION },
  },
  patternProperties: { "^x-": {} },
  additionalProperties: false,
  required: ["functions"],
});
