import { assertEquals, assertThrows } from "@std/assert";
import type { KeyPath, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { healthMode } from "./health_mode.ts";
import type { Json } from "./json.ts";

function source(mode: Json | undefined): SourceCase {
  const locate = (path: KeyPath) => ({
    path: path.join("."),
    line: 1,
    column: 1,
  });
  const value = mode === undefined ? {} : { "assert_health": { mode } };
  return { kind: "case", value, location: locate([]), locate };
}

function modeOf(own: Json | undefined, variable: string | undefined) {
  const environment = variable === undefined
    ? {}
    : { SPEC_RUNNER_ASSERT_HEALTH: variable };
  return healthMode(source(own), { environment, otherwise: "ignore" });
}

const MODES = ["ignore", "warn", "error"] as const;

Deno.test("healthMode() takes the case's own, else the environment's, else the default", () => {
  for (const own of MODES) {
    assertEquals(modeOf(own, undefined), own);
    for (const global of [...MODES, "nonsense"]) {
      assertEquals(modeOf(own, global), own);
    }
  }
  for (const global of MODES) assertEquals(modeOf(undefined, global), global);
  for (const global of [undefined, ""]) {
    assertEquals(modeOf(undefined, global), "ignore");
    const options = { environment: {}, otherwise: "warn" } as const;
    assertEquals(healthMode(source(undefined), options), "warn");
  }
});

const WANTED = "assert_health.mode must be one of: ignore, warn, error";

Deno.test("healthMode() refuses any other value as schema, and says where it is from", () => {
  const values: Json[] = ["Warn", "warning", "", " warn", null, true, 1, []];
  for (const value of values) {
    const error = assertThrows(() => modeOf(value, "warn"), CaseError, WANTED);
    assertEquals(error.category, "schema");
    assertEquals(error.location?.path, "assert_health.mode");
  }
  for (const value of ["ERROR", "warning", " ", "constructor", "1"]) {
    const error = assertThrows(
      () => modeOf(undefined, value),
      CaseError,
      `${WANTED}; SPEC_RUNNER_ASSERT_HEALTH is "${value}"`,
    );
    assertEquals(error.category, "schema");
  }
});
