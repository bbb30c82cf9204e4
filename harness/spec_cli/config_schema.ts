/**
 * What `runner.json` looks like, as JSON Schema for editors.
 *
 * @module
 */

import type { JsonObject } from "../json.ts";
import { published } from "../schema/_refs.ts";
import { configKeys, type ConfiguredProgram } from "./config.ts";
import type { FlagRow } from "./flag_row.ts";

type ValueRow = Extract<FlagRow, { metavar: string }>;

/**
 * Says what a configuration looks like: it is made of the table of flags.
 *
 * @returns A JSON Schema, draft 7.
 *
 * @example Usage
 * ```ts
 * import { configSchema } from "./config_schema.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(configSchema()["$id"], "urn:runner:schema:config:1");
 * ```
 */
export function configSchema(): JsonObject {
  return published({
    name: "config",
    version: 1,
    title: "runner.json: flags of spec and image",
  }, {
    type: "object",
    properties: {
      "$schema": { description: "Where this schema is." },
      "spec": {
        description: "Flags of spec, by their long names.",
        ...section("spec"),
      },
      "image": {
        description: "Flags of image verify, by their long names.",
        ...section("image"),
      },
    },
    additionalProperties: false,
  });
}

function section(program: ConfiguredProgram): JsonObject {
  const rows = configKeys(program);
  return {
    type: "object",
    properties: Object.fromEntries(
      rows.map((row) => [row.name, {
        description: told(row),
        ...(row.kind === "switch" ? { type: "boolean" } : value(row)),
      }]),
    ),
    additionalProperties: false,
  };
}

function told({ help, default: otherwise }: FlagRow): string {
  const text = `${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
  return otherwise === undefined ? text : `${text} Default: ${otherwise}.`;
}

function value(row: ValueRow): JsonObject {
  const { kind, names, list = false, repeatable = false } = row;
  const number = numberOf(row);
  if (names === "number") {
    return kind === "optional"
      ? { anyOf: [{ type: "boolean" }, number] }
      : number;
  }
  const text = textOf(row);
  const forms: JsonObject[] = [text];
  if (list || repeatable) {
    forms.push({ type: "array", minItems: 1, items: text });
  }
  if (kind === "optional") forms.unshift({ type: "boolean" }, number);
  return forms.length === 1 ? text : { anyOf: forms };
}

function numberOf({ range }: ValueRow): JsonObject {
  if (range === undefined) return { type: "number" };
  const { least, most, whole } = range;
  const type = whole ? "integer" : "number";
  return { type, minimum: least, maximum: most };
}

function textOf({ name, names, choices, list }: ValueRow): JsonObject {
  // A configuration cannot read standard input.
  if (name === "paths") {
    return { type: "string", minLength: 1, not: { const: "-" } };
  }
  const known = choices?.();
  if (known === undefined) return { type: "string", minLength: 1 };
  const word = `(?:${known.join("|")})`;
  if (names === "report") {
    return { type: "string", pattern: `^${word}=[\\s\\S]` };
  }
  return list
    ? { type: "string", pattern: `^${word}(?:,${word})*$` }
    : { enum: known };
}
