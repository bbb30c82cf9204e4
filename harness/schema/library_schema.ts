/**
 * What a library file looks like, as JSON Schema for editors.
 *
 * @module
 */

import { LIBRARY_TYPE } from "../_library_type.ts";
import type { JsonObject } from "../json.ts";
import { LIBRARY_CASE } from "./_library_case.ts";
import { oneOrMore, published, ref, where } from "./_refs.ts";
import { sharedDefinitions } from "./case_schema.ts";

/**
 * Says what a file looks like that holds nothing but libraries. One that holds
 * cases, too, is a document of cases.
 *
 * @returns A JSON Schema, draft 7.
 *
 * @example Usage
 * ```ts
 * import { librarySchema } from "./library_schema.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(librarySchema()["$id"], "urn:runner:schema:library:1");
 * ```
 */
export function librarySchema(): JsonObject {
  return published({
    name: "library",
    version: 1,
    title: "Libraries of executable specifications",
  }, {
    ...oneOrMore(ref("library")),
    definitions: {
      library: {
        type: "object",
        required: ["id", "type"],
        allOf: [
          where("type", [LIBRARY_TYPE]),
          ref("common"),
          ref(LIBRARY_TYPE),
        ],
      },
      ...sharedDefinitions(),
      [LIBRARY_TYPE]: LIBRARY_CASE,
    },
  });
}
