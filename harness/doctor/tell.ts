/**
 * What was found, for people and for tools.
 *
 * @module
 */

import { printable } from "../../text/printable.ts";
import { type Finding, unmet } from "./examine.ts";

/** How findings are told. */
export interface TellOptions {
  /** Who asked. */
  readonly program: "spec" | "image";
  /** Whether a tool reads it. */
  readonly json: boolean;
}

/**
 * Writes findings down: a line for each, `STATE NAME: FACT`, and below it what
 * to do; last, whether all that is needed is there. Or the same as JSON.
 *
 * @param findings The findings.
 * @param options Who asked, and for whom it is.
 * @returns The text.
 *
 * @example Usage
 * ```ts
 * import { tellFindings } from "./tell.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const finding = { name: "git", state: "ok", fact: "2.39.5" } as const;
 * assertEquals(
 *   tellFindings([finding], { program: "spec", json: false }),
 *   "ok git: 2.39.5\n\nspec: all that is needed is here\n",
 * );
 * ```
 */
export function tellFindings(
  findings: readonly Finding[],
  { program, json }: TellOptions,
): string {
  const missing = unmet(findings);
  if (json) {
    const value = {
      version: 1,
      program,
      ok: missing.length === 0,
      unmet: missing,
      findings: findings.map(({ name, state, fact, remedy, need }) => ({
        name,
        state,
        fact,
        remedy: remedy ?? null,
        need: need ?? null,
      })),
    };
    return `${JSON.stringify(value, null, 2)}\n`;
  }
  const lines = findings.flatMap(({ name, state, fact, remedy }) => [
    `${state} ${name}: ${printable(fact)}`,
    ...(remedy === undefined ? [] : [`  ${printable(remedy)}`]),
  ]);
  const last = missing.length === 0
    ? `${program}: all that is needed is here`
    : `${program}: cannot do its work without: ${missing.join(", ")}`;
  return [...lines, "", last, ""].join("\n");
}
