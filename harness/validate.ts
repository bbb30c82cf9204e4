/**
 * From a mapping as written to a case whose common keys are known to be right.
 *
 * @module
 */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import {
  oneOf,
  optionalMapping,
  optionalText,
  optionalWords,
  own,
  refuseUnknown,
  requiredText,
  wrong,
} from "./_case_fields.ts";
import { type CaseShape, checkHarness, checkKeys } from "./_case_keys.ts";
import { COMMON, REQUIRES, USABLE_ID, WHEN_MISSING } from "./_case_shapes.ts";
import { LIBRARY_TYPE } from "./_library_type.ts";
import { shown } from "./_shown.ts";
import type { RawCase, Requirements, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { readExpectation } from "./expectation.ts";
import { ownHealthMode } from "./health_mode.ts";
import type { JsonObject } from "./json.ts";

export type { CaseShape };

/**
 * Names a case in reports.
 *
 * @param source The case as written.
 * @returns Its id, or `PATH:LINE` if it has none that can be used.
 *
 * @example Usage
 * ```ts
 * import { caseIdentity } from "./validate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const source = { kind: "case" as const, location, locate: () => location };
 * assertEquals(caseIdentity({ ...source, value: { id: "A-1" } }), "A-1");
 * assertEquals(caseIdentity({ ...source, value: {} }), "a.spec.md:7");
 * ```
 */
export function caseIdentity(
  source: Pick<SourceCase, "value" | "location">,
): string {
  const { location, value } = source;
  return usableId(value) ?? `${location.path}:${location.line}`;
}

/**
 * Tells the id of a case.
 *
 * @param value The case as written.
 * @returns Its id; nothing if it has none that can be used.
 *
 * @example Usage
 * ```ts
 * import { usableId } from "./validate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(usableId({ id: "A-1" }), "A-1");
 * assertEquals(usableId({ id: " " }), undefined);
 * ```
 */
export function usableId(value: JsonObject): string | undefined {
  const id = own(value, "id");
  return id !== undefined && USABLE_ID.fits(id) ? id : undefined;
}

/**
 * Checks everything about a case that does not depend on what its type does:
 * the common keys, which other keys there are, and the keys under `harness`.
 *
 * @param source The case as written.
 * @param types The registered types by name.
 * @returns The case, ready to be compiled by its type.
 * @throws {CaseError} `schema` if a key is missing, unknown or of the wrong
 * shape, `runtime` if the type is not registered; with the key's location.
 *
 * @example Usage
 * ```ts
 * import { validateCase } from "./validate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const types = new Map([
 *   ["text.file", { name: "text.file", keys: ["path"], harnessKeys: [] }],
 * ]);
 * const value = { id: "A-1", type: "text.file", path: "README.md" };
 * const raw = validateCase(
 *   { kind: "case", value, location, locate: () => location },
 *   types,
 * );
 * assertEquals(raw.body, { path: "README.md" });
 * assertEquals(raw.requires, { capabilities: [], whenMissing: "fail" });
 * ```
 */
export function validateCase(
  source: SourceCase,
  types: ReadonlyMap<string, CaseShape>,
): RawCase {
  const id = checkId(source);
  const type = requiredText(source, "type");
  const shape = types.get(type);
  if (shape === undefined) throw unknownType(source, type, types);
  const body = checkKeys(source, shape);
  ownHealthMode(source);
  readExpectation(source);
  checkPurposeLint(source);
  return {
    id,
    type,
    title: optionalText(source, "title"),
    purpose: optionalText(source, "purpose"),
    tags: optionalWords(source, own(source.value, "tags"), ["tags"]),
    requires: validateRequires(source),
    harness: checkHarness(source, shape),
    assert: own(source.value, "assert"),
    body,
    source,
  };
}

/**
 * Checks what a case needs, without looking at anything else in it: whether
 * it can be skipped is known before its type is looked up.
 *
 * @param source The case as written.
 * @returns What it needs; nothing if it does not say.
 * @throws {CaseError} `schema` if `requires` has the wrong shape.
 *
 * @example Usage
 * ```ts
 * import { validateRequires } from "./validate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = { requires: { capabilities: ["x"], when_missing: "skip" } };
 * assertEquals(
 *   validateRequires({ kind: "case", value, location, locate: () => location }),
 *   { capabilities: ["x"], whenMissing: "skip" },
 * );
 * ```
 */
export function validateRequires(source: SourceCase): Requirements {
  const requires = optionalMapping(source, "requires");
  refuseUnknown(source, Object.keys(requires), Object.keys(REQUIRES), [
    "requires",
  ]);
  const given = own(requires, "when_missing");
  const whenMissing = given === undefined ? "fail" : oneOf(source, given, {
    path: ["requires", "when_missing"],
    known: WHEN_MISSING,
  });
  const path = ["requires", "capabilities"];
  const capabilities = optionalWords(
    source,
    own(requires, "capabilities"),
    path,
  );
  return { capabilities, whenMissing };
}

function checkId(source: SourceCase): string {
  const id = requiredText(source, "id");
  if (USABLE_ID.fits(id)) return id;
  throw wrong(source, ["id"], `holds a control character: ${quoted(id)}`);
}

function unknownType(
  source: SourceCase,
  type: string,
  types: ReadonlyMap<string, CaseShape>,
): CaseError {
  return new CaseError(
    "runtime",
    `unknown spec-test type ${quoted(type)}: ${typeHint(type, types)}`,
    { location: source.locate(["type"]) },
  );
}

function typeHint(type: string, types: ReadonlyMap<string, CaseShape>): string {
  const known = [...types.keys(), LIBRARY_TYPE].sort();
  const guess = nearest(type, known);
  return guess === undefined
    ? `known types are ${known.join(", ")}`
    : `did you mean "${guess}"?`;
}

function checkPurposeLint(source: SourceCase): void {
  const lint = own(source.value, "purpose_lint");
  if (lint === undefined || COMMON["purpose_lint"]?.fits(lint)) return;
  const what = `must be a mapping, true or false; ${shown(lint)} was given`;
  throw wrong(source, ["purpose_lint"], what);
}
