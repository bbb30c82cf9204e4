/** Reads single keys of a case, and fails at their place. */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import { FILLED } from "./_shape.ts";
import { shown } from "./_shown.ts";
import { pathText } from "./_values.ts";
import type { KeyPath, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "./json.ts";

/**
 * A key's own value.
 *
 * @param value A mapping.
 * @param key The key.
 */
export function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * A string that must be there.
 *
 * @param source The case.
 * @param key The key.
 * @throws {CaseError} If it is missing, blank or no string.
 */
export function requiredText(source: SourceCase, key: string): string {
  const value = own(source.value, key);
  if (value === undefined) throw missing(source, key);
  if (typeof value !== "string") {
    throw noText(source, [key], "must be a string", value);
  }
  if (FILLED.fits(value)) return value;
  throw wrong(source, [key], "must not be empty");
}

/**
 * A string that may be there.
 *
 * @param source The case.
 * @param key The key.
 * @throws {CaseError} If it is no string.
 */
export function optionalText(
  source: SourceCase,
  key: string,
): string | undefined {
  const value = own(source.value, key);
  if (value === undefined || typeof value === "string") return value;
  throw noText(source, [key], "must be a string", value);
}

/**
 * A mapping that may be there.
 *
 * @param source The case.
 * @param key The key.
 * @returns The mapping, empty if it is not there.
 * @throws {CaseError} If it is no mapping.
 */
export function optionalMapping(source: SourceCase, key: string): JsonObject {
  const value = own(source.value, key);
  if (value === undefined) return {};
  if (isJsonObject(value)) return value;
  throw wrong(source, [key], `must be a mapping, ${shown(value)} was given`);
}

/**
 * A list of strings that may be there.
 *
 * @param source The case.
 * @param value The value.
 * @param path Where it stands.
 * @returns The strings, none if the list is not there.
 * @throws {CaseError} If it is no list, or an item is blank or no string.
 */
export function optionalWords(
  source: SourceCase,
  value: Json | undefined,
  path: KeyPath,
): readonly string[] {
  if (value === undefined) return [];
  if (!isJsonList(value)) {
    throw wrong(source, path, `must be a list, ${shown(value)} was given`);
  }
  return value.map((item, index) => {
    if (FILLED.fits(item)) return item;
    const what = "must be a string that is not empty";
    throw noText(source, [...path, index], what, item);
  });
}

/**
 * A value that is one of a few.
 *
 * @param source The case.
 * @param value The value.
 * @param wanted Where it stands, and what it may be.
 * @throws {CaseError} If it is anything else.
 */
export function oneOf<T extends string | null>(
  source: SourceCase,
  value: Json,
  { path, known }: { readonly path: KeyPath; readonly known: readonly T[] },
): T {
  const found = known.find((word) => word === value);
  if (found !== undefined) return found;
  const what = `must be one of: ${known.map(String).join(", ")}`;
  throw wrong(source, path, `${what}; ${shown(value)} was given`);
}

/**
 * Refuses every key but the known ones.
 *
 * @param source The case.
 * @param keys The keys that are there.
 * @param known The keys that may be there.
 * @param path The mapping they are in.
 * @throws {CaseError} At the first unknown key.
 */
export function refuseUnknown(
  source: SourceCase,
  keys: readonly string[],
  known: readonly string[],
  path: KeyPath = [],
): void {
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const guess = nearest(unknown, known);
  const where = path.length === 0 ? "" : ` in ${pathText(path)}`;
  const hint = guess === undefined
    ? `known keys are ${known.join(", ")}`
    : `did you mean "${guess}"?`;
  const message = `unknown key ${quoted(unknown)}${where}: ${hint}`;
  throw fault(source, [...path, unknown], message);
}

/**
 * A schema failure about a key.
 *
 * @param source The case.
 * @param path The key.
 * @param what What is wrong with it.
 */
export function wrong(
  source: SourceCase,
  path: KeyPath,
  what: string,
): CaseError {
  return fault(source, path, `${pathText(path)} ${what}`);
}

/**
 * A schema failure at a key.
 *
 * @param source The case.
 * @param path The key.
 * @param message The whole message.
 */
export function fault(
  source: SourceCase,
  path: KeyPath,
  message: string,
): CaseError {
  return new CaseError("schema", message, { location: source.locate(path) });
}

function noText(
  source: SourceCase,
  path: KeyPath,
  wanted: string,
  value: Json,
): CaseError {
  const isWord = typeof value === "number" || typeof value === "boolean";
  const remedy = isWord ? "; write it in quotes" : "";
  return wrong(source, path, `${wanted}, ${shown(value)} was given${remedy}`);
}

function missing(source: SourceCase, key: string): CaseError {
  const guess = nearest(key, Object.keys(source.value));
  return guess === undefined
    ? fault(source, [], `case has no ${quoted(key)}`)
    : fault(
      source,
      [guess],
      `case has no ${quoted(key)}, but ${
        quoted(guess)
      }: did you mean "${key}"?`,
    );
}
