/**
 * What this implementation can do, as far as cases may ask for it.
 *
 * @module
 */

import { HEALTH_CODES } from "./assertions/health.ts";
import type { Requirements } from "./case.ts";
import type { HarnessType } from "./types/harness_type.ts";
import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";

// How many a message names.
const MAX_NAMED = 5;

const BUILT_IN: readonly string[] = [
  "evaluate.spec_lang.v1",
  "requires.capabilities",
  "assert.op.contain",
  "assert.op.regex",
  "assert.op.evaluate",
  "assert.group.must",
  "assert.group.can",
  "assert.group.cannot",
  ...HEALTH_CODES.map((code) => `assert_health.${code.toLowerCase()}`),
];

/**
 * Collects the capabilities of a run.
 *
 * Source: spec format, section 10.
 *
 * @param types The registered types: each gives its name and what it adds.
 * @param extra What the caller of the run can do besides.
 * @returns All capability names.
 *
 * @example Usage
 * ```ts
 * import { capabilitySet } from "./capabilities.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const known = capabilitySet([], ["terminal"]);
 * assertEquals(known.has("assert.op.contain"), true);
 * assertEquals(known.has("terminal"), true);
 * assertEquals(known.has("cli.run"), false);
 * ```
 */
export function capabilitySet(
  types: Iterable<Pick<HarnessType, "name" | "capabilities">>,
  extra: readonly string[] = [],
): ReadonlySet<string> {
  const ofTypes = [...types].flatMap((type) => [
    type.name,
    ...type.capabilities,
  ]);
  return new Set([...BUILT_IN, ...ofTypes, ...extra]);
}

/**
 * Says what a case needs and the run cannot do.
 *
 * @param requires What the case needs.
 * @param known All capability names of the run.
 * @param reasons Why capabilities are not there, where that is known.
 * @returns The sentence for the report, or nothing if all is there. A name
 * close to a known one comes with a suggestion.
 *
 * @example Usage
 * ```ts
 * import { missingCapabilities } from "./capabilities.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const requires = { capabilities: ["terminal"], whenMissing: "skip" as const };
 * assertEquals(missingCapabilities(requires, new Set(["terminal"])), undefined);
 * assertEquals(
 *   missingCapabilities(requires, new Set()),
 *   'missing capability "terminal"',
 * );
 * ```
 */
export function missingCapabilities(
  requires: Pick<Requirements, "capabilities">,
  known: ReadonlySet<string>,
  reasons: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const missing = requires.capabilities.filter((name) => !known.has(name));
  if (missing.length === 0) return undefined;
  const names = missing.slice(0, MAX_NAMED).map((name) => {
    const reason = reasons.get(name);
    if (reason !== undefined) return `${quoted(name)} (${reason})`;
    const guess = nearest(name, known);
    return quoted(name) +
      (guess === undefined ? "" : ` (did you mean ${quoted(guess)}?)`);
  });
  const more = missing.length - names.length;
  if (more > 0) names.push(`and ${more} more`);
  return `missing ${missing.length === 1 ? "capability" : "capabilities"} ${
    names.join(", ")
  }`;
}
