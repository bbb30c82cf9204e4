/**
 * The published JSON Schemas, read by a validator that is not ours.
 *
 * @module
 */

import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import about from "../runner/schemas/about.schema.json" with { type: "json" };
import info from "../runner/schemas/info.schema.json" with { type: "json" };
import version from "../runner/schemas/version.schema.json" with {
  type: "json",
};

/** The commands that print JSON, each with its schema. */
export const SCHEMAS = { about, info, version } as const;

/** A command that prints JSON. */
export type JsonCommand = keyof typeof SCHEMAS;

/** Strict: what the validator does not understand in a schema is an error. */
const OPTIONS = {
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
} as const;

/**
 * Holds a document against the published schema.
 *
 * @returns What is wrong, each with its place; nothing if it is valid.
 */
export function faults(command: JsonCommand, document: unknown): string[] {
  return validate(PUBLISHED[command], document);
}

/**
 * The same, and a key that the schema does not describe is a fault: what is
 * printed is described completely, while readers let unknown keys pass.
 */
export function undescribed(command: JsonCommand, document: unknown): string[] {
  return validate(CLOSED[command], document);
}

function validate(check: ValidateFunction, document: unknown): string[] {
  check(document);
  return (check.errors ?? []).map(({ instancePath, message }) =>
    `${instancePath}: ${message}`
  );
}

function compiled(
  change: (schema: object) => object,
): Readonly<Record<JsonCommand, ValidateFunction>> {
  const compile = (schema: object) =>
    new Ajv2020(OPTIONS).compile(change(schema));
  return {
    about: compile(about),
    info: compile(info),
    version: compile(version),
  };
}

/** Closes every object that the schema describes key by key. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema)
    .map(([key, value]) => [key, closed(value)]);
  const isOpen = "type" in schema && schema.type === "object" &&
    !("additionalProperties" in schema);
  return Object.fromEntries(
    isOpen ? [...entries, ["additionalProperties", false]] : entries,
  );
}

const PUBLISHED = compiled((schema) => schema);
const CLOSED = compiled(closed);
