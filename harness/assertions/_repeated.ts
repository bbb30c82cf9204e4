/** Which values of a list are the same. */

import { isJsonObject, type Json, type JsonObject } from "../json.ts";

/**
 * Finds values that stand in a list more than once. The order of keys in a
 * mapping does not matter.
 *
 * @param values The list.
 * @returns The indexes of each such value, by where it first stands.
 */
export function repeated(values: readonly Json[]): readonly number[][] {
  const places = Map.groupBy(
    values.keys(),
    (index) => fingerprint(values[index] ?? null),
  );
  return [...places.values()].filter(({ length }) => length > 1);
}

/** A text that two values share if they are the same. */
function fingerprint(value: Json): string {
  return JSON.stringify(
    value,
    (_key, part: Json) => isJsonObject(part) ? inOrder(part) : part,
  );
}

function inOrder(mapping: JsonObject): JsonObject {
  const entries = Object.entries(mapping);
  return Object.fromEntries(entries.toSorted(([a], [b]) => a < b ? -1 : 1));
}
