/**
 * The environment a `cli.run` case runs in.
 *
 * @module
 */

import type { Workspace } from "../process/workspace.ts";
import type { CliRunKeys } from "./_cli_run_keys.ts";
import type { SuiteContext } from "./harness_type.ts";

/**
 * Makes the complete environment of a case.
 *
 * @param keys What the case changes.
 * @param context The environment it starts from, and what of it may pass.
 * @param workspace Where values that name a setup file lead to.
 * @returns All variables by name.
 */
export function caseEnvironment(
  keys: CliRunKeys,
  context: SuiteContext,
  workspace: Workspace,
): Record<string, string> {
  const env = new Map(Object.entries(context.environment));
  const allowed = allowlist(context.environment);
  if (allowed !== undefined) {
    for (const name of [...env.keys()]) {
      if (!allowed.has(name)) env.delete(name);
    }
  }
  for (const [name, value] of keys.env) {
    if (value === null) env.delete(name);
    else env.set(name, workspace.expand(value));
  }
  env.set("SPEC_RUNNER_TMPDIR", workspace.path);
  return Object.fromEntries(env);
}

// Set and empty lets nothing through: a list that was meant to protect must
// not open everything because a variable in it was empty.
function allowlist(
  environment: Readonly<Record<string, string>>,
): ReadonlySet<string> | undefined {
  const names = environment["SPEC_RUNNER_ENV_ALLOWLIST"];
  return names === undefined
    ? undefined
    : new Set(names.split(",").map((name) => name.trim()));
}
