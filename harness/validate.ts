/**
 * From a mapping as written to a case whose common keys are known to be right.
 *
 * @module
 */

import { nearest } from "../text/nearest.ts";
import { printable, quoted } from "../text/printable.ts";
import type { KeyPath, RawCase, Requirements, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "./json.ts";

/** What the common checks need to know of a case type. */
export interface CaseShape {
  /** What `type:` says. */
  readonly name: string;
  /** Top-level keys besides the ones common to all types. */
  readonly keys: readonly string[];
  /** Keys understood under `harness`. */
  readonly harnessKeys: readonly string[];
}

const COMMON_KEYS = [
  "id",
  "type",
  "title",
  "purpose",
  "harness",
  "assert",
  "assert_health",
  "expect",
  "requires",
  "tags",
  "purpose_lint",
] as const;

const HARNESS_ONLY: ReadonlySet<string> = new Set([
  "stub_modules",
  "setup_files",
  "stdin_text",
  "stdin_isatty",
  "block_imports",
]);

const HEALTH_MODES = ["ignore", "warn", "error"] as const;

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
export function caseIdentity(source: SourceCase): string {
  const id = own(source.value, "id");
  return typeof id === "string" && isUsableId(id)
    ? id
    : `${source.location.path}:${source.location.line}`;
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
  const type = checkType(source);
  const shape = types.get(type);
  if (shape === undefined) throw unknownType(source, type, types);
  const body = checkKeys(source, shape);
  checkHealth(source);
  checkExpectation(source);
  return {
    id,
    type,
    title: optionalText(source, "title"),
    purpose: optionalText(source, "purpose"),
    tags: optionalWords(source, ["tags"]),
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
  refuseUnknown(source, ["requires"], ["capabilities", "when_missing"]);
  const whenMissing = own(requires, "when_missing") ?? "fail";
  if (whenMissing !== "fail" && whenMissing !== "skip") {
    throw wrong(
      source,
      ["requires", "when_missing"],
      `must be one of: fail, skip; ${shown(whenMissing)} was given`,
    );
  }
  const capabilities = optionalWords(source, ["requires", "capabilities"]);
  return { capabilities, whenMissing };
}

function checkId(source: SourceCase): string {
  const id = requiredText(source, "id");
  if (!isUsableId(id)) {
    throw wrong(source, ["id"], `holds a control character: ${quoted(id)}`);
  }
  return id;
}

function isUsableId(id: string): boolean {
  return id.trim() !== "" && printable(id) === id;
}

function checkType(source: SourceCase): string {
  return requiredText(source, "type");
}

function requiredText(source: SourceCase, key: string): string {
  const value = own(source.value, key);
  if (value === undefined) {
    const guess = nearest(key, Object.keys(source.value));
    throw fault(
      source,
      guess === undefined ? [] : [guess],
      `case has no "${key}"` +
        (guess === undefined
          ? ""
          : `: did you mean ${quoted(guess)} to be it?`),
    );
  }
  if (typeof value !== "string") {
    throw wrong(source, [key], `must be a string, ${shown(value)} was given`);
  }
  if (value.trim() === "") throw wrong(source, [key], "must not be empty");
  return value;
}

function unknownType(
  source: SourceCase,
  type: string,
  types: ReadonlyMap<string, CaseShape>,
): CaseError {
  const guess = nearest(type, types.keys());
  const hint = type === "spec_lang.library"
    ? "libraries are not supported by this version yet"
    : guess === undefined
    ? `known types are ${[...types.keys()].sort().join(", ")}`
    : `did you mean "${guess}"?`;
  return new CaseError(
    "runtime",
    `unknown spec-test type ${quoted(type)}: ${hint}`,
    { location: source.locate(["type"]) },
  );
}

function checkKeys(source: SourceCase, shape: CaseShape): JsonObject {
  const keys = Object.keys(source.value);
  const misplaced = keys.filter((key) => HARNESS_ONLY.has(key));
  if (misplaced.length > 0) {
    throw fault(
      source,
      misplaced.slice(0, 1),
      `move harness-only keys under 'harness:': ${misplaced.join(", ")}`,
    );
  }
  const known = [...COMMON_KEYS, ...shape.keys];
  refuseUnknown(source, [], known, keys.filter((key) => !key.startsWith("x-")));
  const common = new Set<string>(COMMON_KEYS);
  const mine = keys.filter((key) => !common.has(key) && !key.startsWith("x-"));
  return Object.fromEntries(
    mine.map((key) => [key, own(source.value, key) ?? null]),
  );
}

function checkHarness(source: SourceCase, shape: CaseShape): JsonObject {
  const harness = optionalMapping(source, "harness");
  const unknown = Object.keys(harness)
    .filter((key) => !shape.harnessKeys.includes(key));
  const [first] = unknown;
  if (first === undefined) return harness;
  const names = unknown.map((key) => {
    const guess = nearest(key, shape.harnessKeys);
    return quoted(key) +
      (guess === undefined ? "" : ` (did you mean "${guess}"?)`);
  });
  throw fault(
    source,
    ["harness", first],
    `unsupported harness key(s): ${names.join(", ")}`,
  );
}

function checkHealth(source: SourceCase): void {
  const health = optionalMapping(source, "assert_health");
  refuseUnknown(source, ["assert_health"], ["mode"]);
  const mode = own(health, "mode");
  if (mode === undefined || mode === "ignore") return;
  const path = ["assert_health", "mode"];
  if (!HEALTH_MODES.some((known) => known === mode)) {
    throw fault(
      source,
      path,
      `assert_health.mode must be one of: ${HEALTH_MODES.join(", ")}`,
    );
  }
  throw wrong(
    source,
    path,
    `${
      shown(mode)
    } is not supported by this version, which has no health checks yet: leave it out or write "ignore"`,
  );
}

function checkExpectation(source: SourceCase): void {
  optionalMapping(source, "expect");
  const lint = own(source.value, "purpose_lint");
  if (lint === undefined || typeof lint === "boolean" || isJsonObject(lint)) {
    return;
  }
  throw wrong(
    source,
    ["purpose_lint"],
    `must be a mapping or true or false, ${shown(lint)} was given`,
  );
}

function optionalText(source: SourceCase, key: string): string | undefined {
  const value = own(source.value, key);
  if (value === undefined || typeof value === "string") return value;
  throw wrong(source, [key], `must be a string, ${shown(value)} was given`);
}

function optionalMapping(source: SourceCase, key: string): JsonObject {
  const value = own(source.value, key);
  if (value === undefined) return {};
  if (isJsonObject(value)) return value;
  throw wrong(source, [key], `must be a mapping, ${shown(value)} was given`);
}

function optionalWords(source: SourceCase, path: string[]): readonly string[] {
  const value = path.reduce<Json | undefined>(
    (parent, key) => isJsonObject(parent) ? own(parent, key) : undefined,
    source.value,
  );
  if (value === undefined) return [];
  if (!isJsonList(value)) {
    throw wrong(source, path, `must be a list, ${shown(value)} was given`);
  }
  return value.map((item, index) => {
    if (typeof item === "string" && item.trim() !== "") return item;
    throw wrong(
      source,
      [...path, index],
      `must be a non-empty string, ${shown(item)} was given`,
    );
  });
}

function refuseUnknown(
  source: SourceCase,
  path: readonly string[],
  known: readonly string[],
  keys?: readonly string[],
): void {
  const parent = path.reduce<Json | undefined>(
    (value, key) => isJsonObject(value) ? own(value, key) : undefined,
    source.value,
  );
  const given = keys ?? (isJsonObject(parent) ? Object.keys(parent) : []);
  const unknown = given.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const guess = nearest(unknown, known);
  const where = path.length === 0 ? "" : ` in "${path.join(".")}"`;
  throw fault(
    source,
    [...path, unknown],
    `unknown key ${quoted(unknown)}${where}: ` +
      (guess === undefined
        ? `known keys are ${known.join(", ")}`
        : `did you mean "${guess}"?`),
  );
}

function wrong(source: SourceCase, path: KeyPath, what: string): CaseError {
  return fault(source, path, `${nameOf(path)} ${what}`);
}

function fault(source: SourceCase, path: KeyPath, message: string): CaseError {
  return new CaseError("schema", message, { location: source.locate(path) });
}

function nameOf(path: KeyPath): string {
  return path.reduce<string>(
    (name, step) =>
      typeof step === "number" ? `${name}[${step}]` : `${name}.${step}`,
    "",
  ).slice(1);
}

function shown(value: Json): string {
  if (isJsonList(value)) return "a list";
  if (isJsonObject(value)) return "a mapping";
  if (typeof value !== "string") return String(value);
  return quoted(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
