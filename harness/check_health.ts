/**
 * The health of a case's assertions, and what is done about it.
 *
 * @module
 */

import { printable, shortened } from "../text/printable.ts";
import { findHealth, type HealthFinding } from "./assertions/health.ts";
import { pathText } from "./assertions/place.ts";
import type { RawCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import type { HealthMode } from "./health_mode.ts";

/** The part of a case that is looked at. */
export type AssertingCase = Pick<RawCase, "id" | "assert" | "source">;

/** How {@linkcode checkHealth} goes about it. */
export interface CheckHealthOptions {
  /** What to do about findings. */
  readonly mode: HealthMode;
  /** Whether the case asserts something even without `assert`. */
  readonly assertsItself: boolean;
  /** Takes a warning: one line, without its end. */
  readonly warn: (line: string) => void;
}

// A message is never more than a screen; the warnings are complete.
const MAX_NAMED = 15;

/**
 * Looks into the health of a case's assertions. Nothing is run for it.
 *
 * Source: spec format, section 9.
 *
 * @param raw The case.
 * @param options What to do about findings.
 * @throws {CaseError} `assertion` in mode `error`, if there are findings.
 *
 * @example Mode `warn`
 * ```ts
 * import { checkHealth } from "./check_health.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const source = { kind: "case" as const, value: {}, location, locate: () => location };
 * const assert = { target: "text", must: [{ contain: [""] }] };
 * const lines: string[] = [];
 * checkHealth({ id: "A-1", assert, source }, {
 *   mode: "warn",
 *   assertsItself: false,
 *   warn: (line) => void lines.push(line),
 * });
 * assertEquals(lines, [
 *   "WARN: ASSERT_HEALTH AH001 at assert.must[0].contain: a.spec.md:7:1: " +
 *   "case_id=A-1: every text contains the empty text; write what has to be in it",
 * ]);
 * ```
 */
export function checkHealth(
  raw: AssertingCase,
  options: CheckHealthOptions,
): void {
  const { mode, warn } = options;
  if (mode === "ignore") return;
  const findings = findHealth(raw.assert, options);
  if (findings.length === 0) return;
  if (mode === "error") throw failure(raw, findings);
  for (const finding of findings) warn(warning(raw, finding));
}

function warning({ id, source }: AssertingCase, finding: HealthFinding) {
  const { path, line, column } = source.locate(finding.at);
  const place = `${path}:${line}:${column}: case_id=${shortened(id)}`;
  return printable(
    `WARN: ASSERT_HEALTH ${finding.code} at ${
      pathText(finding.keyPath)
    }: ${place}: ${finding.message}`,
  );
}

function failure(
  { id, source }: AssertingCase,
  findings: readonly HealthFinding[],
): CaseError {
  const named = findings.slice(0, MAX_NAMED);
  const more = findings.length - named.length;
  const names = named.map(nameOf);
  if (more > 0) names.push(`and ${more} more`);
  const text = [
    `case_id=${
      shortened(id)
    }: assertion health check failed (${findings.length} issue(s)): ${
      names.join("; ")
    }`,
    ...named.map((finding) => `  ${nameOf(finding)}: ${finding.message}`),
  ].join("\n");
  const at = findings[0]?.at ?? [];
  return new CaseError("assertion", text, { location: source.locate(at) });
}

function nameOf({ code, keyPath }: HealthFinding): string {
  return `${code}@${pathText(keyPath)}`;
}
