/** JSON Schemas of what a reader reads: each key it asks for becomes a rule. */

import type { JsonObject } from "../json.ts";
import type { Fields } from "../report/_json_fields.ts";

/** What a reader is told of some keys; of others, whatever is the first choice. */
export type Told = Readonly<Record<string, string | number>>;

/** Writes down what it is asked for. */
export class SchemaFields implements Fields {
  readonly #told: Told;
  readonly #properties = new Map<string, () => JsonObject>();
  readonly #optional = new Set<string>();
  #isClosed = false;

  /**
   * Begins a mapping.
   *
   * @param told Values on which the reader decides what else it reads. A key
   * with such a value has it in the schema, too.
   */
  constructor(told: Told = {}) {
    this.#told = told;
  }

  text(key: string): string {
    return this.#take(key, { type: "string" }, "");
  }

  oneOf<T extends string>(key: string, words: readonly T[]): T {
    const told = words.find((word) => word === this.#told[key]);
    const [first] = words;
    if (first === undefined) throw new RangeError(`No word for "${key}"`);
    return this.#take(key, { enum: [...words] }, told ?? first);
  }

  whole(key: string, least = 0): number {
    const maximum = Number.MAX_SAFE_INTEGER;
    const schema = { type: "integer", minimum: least, maximum };
    return this.#take(key, schema, Number(this.#told[key] ?? least));
  }

  milliseconds(key: string): number {
    return this.#take(key, { type: "number", minimum: 0 }, 0);
  }

  texts(key: string): readonly string[] {
    const schema = { type: "array", items: { type: "string" } };
    return this.#take(key, schema, []);
  }

  nothing(key: string): null {
    return this.#take(key, { type: "null" }, null);
  }

  fields(key: string): Fields {
    const inner = new SchemaFields();
    this.#properties.set(key, () => inner.schema());
    return inner;
  }

  list<T>(key: string, read: (item: Fields) => T): readonly T[] {
    // A result is one of three kinds, told apart by its status.
    const kinds = ["pass", "skip", "fail"].map((status) =>
      schemaOf(read, { status })
    );
    const items = { type: "object", anyOf: kinds };
    return this.#take(key, { type: "array", items }, []);
  }

  optional<T>(key: string, read: (key: string) => T): T {
    this.#optional.add(key);
    return read(key);
  }

  close(): void {
    this.#isClosed = true;
  }

  /** What was asked for. */
  schema(): JsonObject {
    const properties = Array.from(
      this.#properties,
      ([key, schema]) => [key, schema()] as const,
    );
    return {
      type: "object",
      properties: Object.fromEntries(properties),
      required: properties.map(([key]) => key)
        .filter((key) => !this.#optional.has(key)),
      ...(this.#isClosed ? { additionalProperties: false } : {}),
    };
  }

  #take<T>(key: string, schema: JsonObject, value: T): T {
    const told = this.#told[key];
    const rule = told === undefined ? schema : { const: told };
    this.#properties.set(key, () => rule);
    return value;
  }
}

/**
 * The schema of what a reader reads.
 *
 * @param read The reader.
 * @param told Values on which it decides what else it reads.
 */
export function schemaOf(
  read: (fields: Fields) => unknown,
  told: Told = {},
): JsonObject {
  const fields = new SchemaFields(told);
  read(fields);
  return fields.schema();
}
