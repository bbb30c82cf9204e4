/**
 * What a case says under `harness.spec_lang`.
 *
 * @module
 */

import { fault, optionalWords, own, refuseUnknown } from "./_case_fields.ts";
import { LIBRARY_PATH, WORDS } from "./_case_shapes.ts";
import { list, type Shapes } from "./_shape.ts";
import type { RawCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import type { LibraryKeys } from "./library/libraries.ts";
import {
  BUDGET_KEYS,
  type Budgets,
  budgetShape,
  DEFAULT_BUDGETS,
  parseBudgets,
} from "./spec_lang/budgets.ts";

/** What a case says of its expressions. */
export interface SpecLangKeys extends LibraryKeys {
  /** What one evaluation may cost. */
  readonly budgets: Budgets;
}

const AT = ["harness", "spec_lang"] as const;
const BUDGETS: readonly string[] = BUDGET_KEYS.map(({ key }) => key);

/** The keys of `harness.spec_lang`. */
export const SPEC_LANG: Shapes = {
  ...Object.fromEntries(BUDGET_KEYS.map((key) => [key.key, budgetShape(key)])),
  "library_paths": list(LIBRARY_PATH),
  "exports": WORDS,
};

const NOTHING: SpecLangKeys = {
  budgets: DEFAULT_BUDGETS,
  libraryPaths: [],
  exports: undefined,
};

/**
 * Reads `harness.spec_lang`.
 *
 * Source: harness contract, "Spec-Lang Reuse"; spec format, section 7,
 * "Budgets".
 *
 * @param raw The case.
 * @returns What it says, defaults filled in.
 * @throws {CaseError} `schema` for the first key that is unknown or has the
 * wrong shape, with its place.
 *
 * @example Usage
 * ```ts
 * import { readSpecLang } from "./spec_lang_keys.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const source = {
 *   kind: "case" as const,
 *   value: {},
 *   location,
 *   locate: () => location,
 * };
 * const harness = { "spec_lang": { "library_paths": ["lib.yaml"] } };
 * const keys = readSpecLang({ harness, source });
 * assertEquals(keys.libraryPaths, ["lib.yaml"]);
 * assertEquals(keys.budgets.maxSteps, 20_000);
 * ```
 */
export function readSpecLang(
  raw: Pick<RawCase, "harness" | "source">,
): SpecLangKeys {
  const { harness, source } = raw;
  const value = own(harness, "spec_lang");
  if (value === undefined) return NOTHING;
  if (!isJsonObject(value)) {
    throw fault(source, AT, "harness.spec_lang must be a mapping");
  }
  refuseUnknown(source, Object.keys(value), Object.keys(SPEC_LANG), AT);
  const words = (key: string) =>
    optionalWords(source, own(value, key), [...AT, key]);
  return {
    budgets: readBudgets(value, raw),
    libraryPaths: words("library_paths"),
    exports: Object.hasOwn(value, "exports") ? words("exports") : undefined,
  };
}

function readBudgets(
  value: JsonObject,
  { source }: Pick<RawCase, "source">,
): Budgets {
  try {
    return parseBudgets(value);
  } catch (cause) {
    if (!(cause instanceof CaseError)) throw cause;
    const named = BUDGETS.filter((key) =>
      cause.message.includes(`harness.spec_lang.${key} `)
    );
    throw fault(source, [...AT, ...named], cause.message);
  }
}
