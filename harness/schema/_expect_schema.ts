/** What `expect` has to be so that it can come true, as JSON Schema. */

import type { JsonObject } from "../json.ts";
import { where } from "./_refs.ts";

const NO_FAILURE = ["pass", "skip"];
const NOT_NULL = { not: { type: "null" } };

// A failure has a category; what is none has no category and no message.
const CONSISTENT = [
  {
    if: where("status", ["fail"]),
    then: { properties: { "category": NOT_NULL } },
  },
  {
    if: where("status", NO_FAILURE),
    then: {
      properties: {
        "category": { type: "null" },
        "message_tokens": { maxItems: 0 },
      },
    },
  },
];

const NO_STATUS = { not: { required: ["status"] } };

/** What holds of `expect` besides the shape of its keys. */
export const EXPECT_RULES: JsonObject = {
  properties: {
    "portable": { allOf: CONSISTENT },
    "impl": { additionalProperties: { allOf: CONSISTENT } },
  },
  allOf: [
    {
      if: { not: { required: ["portable"] } },
      then: {
        required: ["impl"],
        ...impl({ required: ["status"] }, { minProperties: 1 }),
      },
    },
    {
      if: portable(where("status", ["fail"])),
      then: impl({
        if: NO_STATUS,
        then: { properties: { "category": NOT_NULL } },
      }),
    },
    {
      if: portable(where("status", NO_FAILURE)),
      then: impl({ if: NO_STATUS, then: CONSISTENT[1]?.then ?? {} }),
    },
    {
      if: portable({ ...where("status", NO_FAILURE), required: ["category"] }),
      then: impl({
        if: where("status", ["fail"]),
        then: { required: ["category"] },
      }),
    },
  ],
};

function portable(schema: JsonObject): JsonObject {
  return { required: ["portable"], properties: { "portable": schema } };
}

function impl(each: JsonObject, all: JsonObject = {}): JsonObject {
  return { properties: { "impl": { ...all, additionalProperties: each } } };
}
