/**
 * What is to be done about findings of assertion health: nothing, a warning,
 * or a failure.
 *
 * @module
 */

import { quoted } from "../text/printable.ts";
import { fault, optionalMapping, own, refuseUnknown } from "./_case_fields.ts";
import { ASSERT_HEALTH, HEALTH_MODES } from "./_case_shapes.ts";
import { shown } from "./_shown.ts";
import type { SourceCase } from "./case.ts";

/** The variable that chooses the mode of all cases that do not. */
export const HEALTH_VARIABLE = "SPEC_RUNNER_ASSERT_HEALTH";
const WANTED = `assert_health.mode must be one of: ${
  HEALTH_MODES.join(", ")
}` as const;

/** What is done about findings. */
export type HealthMode = typeof HEALTH_MODES[number];

/**
 * Reads the mode a case chooses.
 *
 * Source: spec format, section 9.
 *
 * @param source The case as written.
 * @returns The mode; nothing if the case does not choose.
 * @throws {CaseError} `schema` if it is none.
 *
 * @example Usage
 * ```ts
 * import { ownHealthMode } from "./health_mode.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = { "assert_health": { mode: "warn" } };
 * assertEquals(
 *   ownHealthMode({ kind: "case", value, location, locate: () => location }),
 *   "warn",
 * );
 * ```
 */
export function ownHealthMode(source: SourceCase): HealthMode | undefined {
  const health = optionalMapping(source, "assert_health");
  refuseUnknown(source, Object.keys(health), Object.keys(ASSERT_HEALTH), [
    "assert_health",
  ]);
  const given = own(health, "mode");
  if (given === undefined) return undefined;
  const mode = HEALTH_MODES.find((known) => known === given);
  if (mode !== undefined) return mode;
  const message = `${WANTED}; ${shown(given)} was given`;
  throw fault(source, ["assert_health", "mode"], message);
}

/** What {@linkcode healthMode} goes by where a case does not choose. */
export interface HealthModeOptions {
  /** The environment of the run; an empty variable is none. */
  readonly environment: Readonly<Record<string, string>>;
  /** The mode if the environment does not choose either. */
  readonly otherwise: HealthMode;
}

/**
 * Decides the mode of a case: its own, else that of the environment, else the
 * one of the command.
 *
 * Source: spec format, section 9.
 *
 * @param source The case as written.
 * @param options What counts if the case does not choose.
 * @returns The mode.
 * @throws {CaseError} `schema` if the one that counts is none.
 *
 * @example The case wins
 * ```ts
 * import { healthMode } from "./health_mode.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = { "assert_health": { mode: "ignore" } };
 * const source = { kind: "case" as const, value, location, locate: () => location };
 * const environment = { "SPEC_RUNNER_ASSERT_HEALTH": "error" };
 * const options = { environment, otherwise: "ignore" as const };
 * assertEquals(healthMode(source, options), "ignore");
 * assertEquals(healthMode({ ...source, value: {} }, options), "error");
 * ```
 */
export function healthMode(
  source: SourceCase,
  options: HealthModeOptions,
): HealthMode {
  const chosen = ownHealthMode(source);
  if (chosen !== undefined) return chosen;
  const given = options.environment[HEALTH_VARIABLE];
  if (!given) return options.otherwise;
  const mode = HEALTH_MODES.find((known) => known === given);
  if (mode !== undefined) return mode;
  throw fault(source, [], `${WANTED}; ${HEALTH_VARIABLE} is ${quoted(given)}`);
}
