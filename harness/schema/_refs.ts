/** What the schemas have in common: how they are named and point to parts. */

import type { JsonObject } from "../json.ts";

/** Parts of a schema by name. */
export type Definitions = Readonly<Record<string, JsonObject>>;

/** What editors understand best. */
export const DIALECT = "http://json-schema.org/draft-07/schema#";

/**
 * Points to a part of the schema.
 *
 * @param name Its name among the definitions.
 */
export function ref(name: string): JsonObject {
  const step = name.replaceAll("~", "~0").replaceAll("/", "~1");
  return { $ref: `#/definitions/${encodeURIComponent(step)}` };
}

/**
 * A schema that can be published.
 *
 * @param name What it is of, and the version of that.
 * @param schema What it says.
 */
export function published(
  { name, version, title }: {
    readonly name: string;
    readonly version: number;
    readonly title: string;
  },
  schema: JsonObject,
): JsonObject {
  return {
    $schema: DIALECT,
    $id: `urn:runner:schema:${name}:${version}`,
    title,
    ...schema,
  };
}

/** Holds where a key is there and has one of a few values. */
export function where(key: string, values: readonly string[]): JsonObject {
  return { required: [key], properties: { [key]: { enum: values } } };
}

/** One value, or a list of at least one. */
export function oneOrMore(item: JsonObject): JsonObject {
  return {
    if: { type: "array" },
    then: { minItems: 1, items: item },
    else: item,
  };
}
