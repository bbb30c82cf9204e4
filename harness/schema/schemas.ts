/**
 * The schemas there are, by name.
 *
 * @module
 */

import type { JsonObject } from "../json.ts";
import { configSchema } from "../spec_cli/config_schema.ts";
import { ociImageType } from "../types/oci_image.ts";
import { BUILT_IN_TYPES, withTypes } from "../types/registry.ts";
import { caseSchema } from "./case_schema.ts";
import { librarySchema } from "./library_schema.ts";
import { eventsSchema, reportSchema } from "./report_schemas.ts";
import type { SchemaName } from "./schema_names.ts";

/** Makes each of them. */
const MAKERS: Readonly<Record<SchemaName, () => JsonObject>> = {
  case: () => caseSchema(withTypes(BUILT_IN_TYPES, [ociImageType({})])),
  library: librarySchema,
  report: reportSchema,
  events: eventsSchema,
  config: configSchema,
};

/**
 * Makes a schema as it is published: of cases, that of all types there are.
 *
 * @param name Which one.
 * @returns Its text, indented by two spaces, with a final newline.
 *
 * @example Usage
 * ```ts
 * import { schemaText } from "./schemas.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { $id } = JSON.parse(schemaText("case"));
 * assertEquals($id, "urn:runner:schema:case:1");
 * ```
 */
export function schemaText(name: SchemaName): string {
  return `${JSON.stringify(MAKERS[name](), null, 2)}\n`;
}
