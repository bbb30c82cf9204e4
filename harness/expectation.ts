/**
 * What a case expects to become of itself, for a comparison of
 * implementations.
 *
 * @module
 */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import {
  fault,
  oneOf,
  optionalMapping,
  optionalWords,
  own,
  refuseUnknown,
  wrong,
} from "./_case_fields.ts";
import { CATEGORIES, EXPECT, EXPECTED, STATUSES } from "./_case_shapes.ts";
import { shown } from "./_shown.ts";
import type { KeyPath, SourceCase, Status } from "./case.ts";
import type { Category } from "./case_error.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** The name of this implementation under `expect.impl`. */
export const IMPLEMENTATION = "deno";

/** What is expected of one case. */
export interface Expectation {
  /** How it ends. */
  readonly status: Status;
  /** Why it fails, null if it does not; undefined if any reason will do. */
  readonly category: Category | null | undefined;
  /** Words its message holds. */
  readonly messageTokens: readonly string[];
}

/**
 * Reads what a case expects of an implementation: `expect.portable`, and over
 * it, key by key, `expect.impl` of that name. An overlay whose status is no
 * failure does away with category and message, too.
 *
 * What is not portable may do without `expect.portable`.
 *
 * All of `expect` is checked, whoever it is for, also whether it can come true.
 *
 * Source: spec format, section 10.
 *
 * @param source The case as written.
 * @param implementation Whose expectation is wanted. Default `deno`.
 * @returns What is expected; nothing if the case does not say.
 * @throws {CaseError} `schema` if `expect` has the wrong shape, or could never
 * come true.
 *
 * @example An overlay
 * ```ts
 * import { readExpectation } from "./expectation.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = {
 *   expect: {
 *     portable: { status: "fail", category: "schema" },
 *     impl: { deno: { category: "runtime" } },
 *   },
 * };
 * const source = { kind: "case" as const, value, location, locate: () => location };
 * assertEquals(readExpectation(source)?.category, "runtime");
 * assertEquals(readExpectation(source, "python")?.category, "schema");
 * ```
 */
export function readExpectation(
  source: SourceCase,
  implementation: string = IMPLEMENTATION,
): Expectation | undefined {
  if (own(source.value, "expect") === undefined) return undefined;
  const expect = optionalMapping(source, "expect");
  refuseUnknown(source, Object.keys(expect), Object.keys(EXPECT), ["expect"]);
  const portable = readPortable(source, expect);
  const overlays = readOverlays(source, expect, portable);
  if (portable === undefined && overlays.size === 0) {
    throw wrong(source, ["expect"], 'has no "portable"');
  }
  return overlays.get(implementation) ?? portable;
}

function readPortable(
  source: SourceCase,
  expect: JsonObject,
): Expectation | undefined {
  const value = own(expect, "portable");
  if (value === undefined) return undefined;
  const path = ["expect", "portable"];
  return complete(source, readKeys(source, value, path), path);
}

function readOverlays(
  source: SourceCase,
  expect: JsonObject,
  portable: Expectation | undefined,
): ReadonlyMap<string, Expectation> {
  const around = ["expect", "impl"];
  const impl = own(expect, "impl");
  if (impl === undefined) return new Map();
  if (!isJsonObject(impl)) throw noMapping(source, impl, around);
  return new Map(
    Object.entries(impl).map(([name, value]) => {
      const path = [...around, name];
      refuseSlip(source, name, path);
      const keys = overlay(portable, readKeys(source, value, path));
      return [name, complete(source, keys, path)];
    }),
  );
}

// Category and message are those of a failure: where it is none, they end.
function overlay(
  portable: Expectation | undefined,
  keys: Partial<Expectation>,
): Partial<Expectation> {
  const { status = "fail" } = keys;
  const kept = status === "fail" ? portable : {};
  return { ...kept, ...keys };
}

function complete(
  source: SourceCase,
  keys: Partial<Expectation>,
  path: KeyPath,
): Expectation {
  const { status, category, messageTokens = [] } = keys;
  if (status === undefined) throw wrong(source, path, 'has no "status"');
  const expectation = { status, category, messageTokens };
  const what = impossibility(expectation);
  if (what !== undefined) throw wrong(source, path, what);
  return expectation;
}

// Any name may stand there, so that a slip would silently drop the overlay.
function refuseSlip(source: SourceCase, name: string, path: KeyPath): void {
  if (name === IMPLEMENTATION) return;
  if (nearest(name, [IMPLEMENTATION], { maxDistance: 1 }) === undefined) return;
  const message = `unknown implementation ${
    quoted(name)
  }: did you mean "${IMPLEMENTATION}"?`;
  throw fault(source, path, message);
}

/** The keys that are given, and no others. */
function readKeys(
  source: SourceCase,
  value: Json,
  path: KeyPath,
): Partial<Expectation> {
  if (!isJsonObject(value)) throw noMapping(source, value, path);
  refuseUnknown(source, Object.keys(value), Object.keys(EXPECTED), path);
  const keys: { -readonly [K in keyof Expectation]?: Expectation[K] } = {};
  const status = own(value, "status");
  const category = own(value, "category");
  const tokens = own(value, "message_tokens");
  if (status !== undefined) {
    const at = [...path, "status"];
    keys.status = oneOf(source, status, { path: at, known: STATUSES });
  }
  if (category !== undefined) {
    const at = [...path, "category"];
    keys.category = oneOf(source, category, { path: at, known: CATEGORIES });
  }
  if (tokens !== undefined) {
    const at = [...path, "message_tokens"];
    keys.messageTokens = optionalWords(source, tokens, at);
  }
  return keys;
}

function noMapping(source: SourceCase, value: Json, path: KeyPath) {
  return wrong(source, path, `must be a mapping, ${shown(value)} was given`);
}

function impossibility(expectation: Expectation): string | undefined {
  const { status, category, messageTokens } = expectation;
  const has = `has status "${status}"`;
  if (status === "fail") {
    return category === null
      ? `${has}, and a failure has a category: name it, or leave the key out if any will do`
      : undefined;
  }
  if (typeof category === "string") {
    return `${has}, and only a failure has a category: write "category: null" instead of "${category}"`;
  }
  return messageTokens.length > 0
    ? `${has}, and only a failure has a message: write "message_tokens: []"`
    : undefined;
}
