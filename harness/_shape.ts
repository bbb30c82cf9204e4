/**
 * What values may look like, said once: for the checks of a case, and as JSON
 * Schema for editors.
 */

import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "./json.ts";

/** What a value may look like. */
export interface Shape<T extends Json = Json> {
  /** The rule as JSON Schema, draft 7. */
  readonly schema: JsonObject;
  /** The rule as a check. */
  readonly fits: (value: Json) => value is T;
}

/** What no system hands over: text ends there. */
// deno-lint-ignore no-control-regex -- the character is the subject
export const NUL = /\u0000/u;

/** Any value. */
export const ANYTHING: Shape = shape({}, () => true);

/** `true` or `false`. */
export const BOOLEAN: Shape<boolean> = shape(
  { type: "boolean" },
  (value) => typeof value === "boolean",
);

/** Nothing. */
export const NULL: Shape<null> = shape(
  { type: "null" },
  (value) => value === null,
);

/**
 * Text.
 *
 * @param rules A pattern that is found in it, and one that is not; both are
 * read with the flag `u`.
 */
export function text(
  { has, lacks }: { readonly has?: RegExp; readonly lacks?: RegExp } = {},
): Shape<string> {
  const wanted = has && new RegExp(has.source, "u");
  const refused = lacks && new RegExp(lacks.source, "u");
  const schema = {
    type: "string",
    ...(has && { pattern: has.source }),
    ...(lacks && { not: { pattern: lacks.source } }),
  };
  return shape(
    schema,
    (value) =>
      typeof value === "string" && wanted?.test(value) !== false &&
      refused?.test(value) !== true,
  );
}

/** Text that is not blank. */
export const FILLED: Shape<string> = text({ has: /\S/u });

/** Text that a program can be given. */
export const NO_NUL: Shape<string> = text({ lacks: NUL });

/**
 * One of a few values.
 *
 * @param known The values.
 */
export function oneOf<const T extends string | boolean | null>(
  known: readonly T[],
): Shape<T> {
  const words: readonly Json[] = known;
  return shape({ enum: [...known] }, (value) => words.includes(value));
}

/**
 * An integer.
 *
 * @param range The least and the most.
 */
export function integer(
  { least, most = Number.MAX_SAFE_INTEGER }: {
    readonly least: number;
    readonly most?: number;
  },
): Shape<number> {
  return shape(
    { type: "integer", minimum: least, maximum: most },
    (value) =>
      typeof value === "number" && Number.isInteger(value) &&
      value >= least && value <= most,
  );
}

/**
 * A list.
 *
 * @param item What each item looks like.
 * @param options How many there are at least. Default 0.
 */
export function list<T extends Json>(
  item: Shape<T>,
  { least = 0 }: { readonly least?: number } = {},
): Shape<readonly T[]> {
  const schema = { type: "array", items: item.schema };
  return shape(
    least === 0 ? schema : { ...schema, minItems: least },
    (value) =>
      isJsonList(value) && value.length >= least && value.every(item.fits),
  );
}

/**
 * A mapping of names to values of one kind.
 *
 * @param value What each value looks like.
 * @param options What each name looks like, and how many there are at least.
 */
export function mapping<T extends Json>(
  value: Shape<T>,
  { names, least = 0 }: {
    readonly names?: Shape<string>;
    readonly least?: number;
  } = {},
): Shape<{ readonly [name: string]: T }> {
  const schema = {
    type: "object",
    ...(least === 0 ? {} : { minProperties: least }),
    ...(names && { propertyNames: names.schema }),
    additionalProperties: value.schema,
  };
  return shape(schema, (given) => {
    if (!isJsonObject(given)) return false;
    const entries = Object.entries(given);
    return entries.length >= least &&
      entries.every(([name, item]) =>
        names?.fits(name) !== false && value.fits(item)
      );
  });
}

/** Keys, and what the value of each looks like. */
export type Shapes = Readonly<Record<string, Shape>>;

/**
 * A mapping with known keys.
 *
 * @param shapes The keys.
 * @param required Those that must be there. Default none.
 */
export function record(
  shapes: Shapes,
  required: readonly string[] = [],
): Shape<JsonObject> {
  const schema = {
    type: "object",
    properties: schemasOf(shapes),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
  return shape(schema, (given) => {
    if (!isJsonObject(given)) return false;
    return required.every((key) => Object.hasOwn(given, key)) &&
      Object.entries(given).every(([key, value]) =>
        Object.hasOwn(shapes, key) && shapes[key]?.fits(value)
      );
  });
}

/**
 * A value of one kind or another.
 *
 * @param shapes The kinds.
 */
export function either<T extends Json>(
  ...shapes: readonly Shape<T>[]
): Shape<T> {
  return shape(
    { anyOf: shapes.map(({ schema }) => schema) },
    (value) => shapes.some(({ fits }) => fits(value)),
  );
}

/**
 * The schemas of several keys.
 *
 * @param shapes The keys.
 */
export function schemasOf(
  shapes: Shapes,
): Readonly<Record<string, JsonObject>> {
  return Object.fromEntries(
    Object.entries(shapes).map(([key, { schema }]) => [key, schema]),
  );
}

/**
 * A shape out of its two forms.
 *
 * @param schema As JSON Schema.
 * @param fits As a check; whoever writes both sees to it that they agree.
 */
export function shape<T extends Json>(
  schema: JsonObject,
  fits: (value: Json) => boolean,
): Shape<T> {
  return { schema, fits: fits as Shape<T>["fits"] };
}
