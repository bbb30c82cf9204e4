/** Which keys a case and its `harness` may have. */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import { fault, optionalMapping, refuseUnknown } from "./_case_fields.ts";
import { COMMON } from "./_case_shapes.ts";
import type { SourceCase } from "./case.ts";
import type { Json, JsonObject } from "./json.ts";

/** What the common checks need to know of a case type. */
export interface CaseShape {
  /** What `type:` says. */
  readonly name: string;
  /** Top-level keys besides the ones common to all types. */
  readonly keys: readonly string[];
  /** Keys understood under `harness`. */
  readonly harnessKeys: readonly string[];
}

/** Keys that every case may have. */
export const COMMON_KEYS: ReadonlySet<string> = new Set(
  Object.keys(COMMON),
);

// How many keys a message names.
const MAX_NAMED = 5;

/** Keys that stand under `harness` and nowhere else. */
export const HARNESS_ONLY: ReadonlySet<string> = new Set([
  "stub_modules",
  "setup_files",
  "stdin_text",
  "stdin_isatty",
  "block_imports",
]);

/**
 * Refuses top-level keys that are not known.
 *
 * @param source The case.
 * @param shape What its type knows.
 * @returns The type's own keys and their values.
 * @throws {CaseError} At the first unknown key.
 */
export function checkKeys(source: SourceCase, shape: CaseShape): JsonObject {
  const body: Record<string, Json> = {};
  for (const [key, value] of Object.entries(source.value)) {
    if (COMMON_KEYS.has(key) || key.startsWith("x-")) continue;
    if (!shape.keys.includes(key)) refuseStrange(source, shape);
    body[key] = value;
  }
  return body;
}

// What is misplaced is told first, wherever it stands.
function refuseStrange(source: SourceCase, shape: CaseShape): void {
  const keys = Object.keys(source.value)
    .filter((key) => !key.startsWith("x-"));
  const misplaced = keys.filter((key) => HARNESS_ONLY.has(key));
  if (misplaced.length > 0) {
    throw fault(
      source,
      misplaced.slice(0, 1),
      `move harness-only keys under 'harness:': ${misplaced.join(", ")}`,
    );
  }
  refuseUnknown(source, keys, [...COMMON_KEYS, ...shape.keys]);
}

/**
 * Refuses keys under `harness` that are not known.
 *
 * @param source The case.
 * @param shape What its type knows.
 * @returns The mapping; empty if it is not there.
 * @throws {CaseError} At the first unknown key; the message names all.
 */
export function checkHarness(source: SourceCase, shape: CaseShape): JsonObject {
  const harness = optionalMapping(source, "harness");
  const unknown = Object.keys(harness)
    .filter((key) => !shape.harnessKeys.includes(key));
  const [first] = unknown;
  if (first === undefined) return harness;
  const named = unknown.slice(0, MAX_NAMED);
  const hints = named.map((key) => hintFor(key, shape));
  const names = named.map((key, index) => quoted(key) + (hints[index] ?? ""));
  if (unknown.length > named.length) {
    names.push(`and ${unknown.length - named.length} more`);
  }
  const known = hints.includes(undefined)
    ? `; ${knownKeys(shape.harnessKeys)}`
    : "";
  throw fault(
    source,
    ["harness", first],
    `unsupported harness key(s): ${names.join(", ")}${known}`,
  );
}

function knownKeys(keys: readonly string[]): string {
  return keys.length === 0
    ? "this type has none"
    : `known keys are ${keys.join(", ")}`;
}

function hintFor(key: string, shape: CaseShape): string | undefined {
  const guess = nearest(key, shape.harnessKeys);
  return guess === undefined ? undefined : ` (did you mean "${guess}"?)`;
}
