/**
 * The environment a `cli.run` case runs in.
 *
 * @module
 */

import { type Workspace, WORKSPACE_VARIABLE } from "../process/workspace.ts";
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
    else env.set(name, value);
  }
  env.set(WORKSPACE_VARIABLE, workspace.path);
  return expandFiles(Object.fromEntries(env), keys.env, workspace);
}

/**
 * Makes the values a case has set absolute where they name a file that is
 * there by now.
 *
 * @param env All variables by name.
 * @param own What the case has set.
 * @param workspace Where the files are.
 * @returns All variables by name.
 */
export function expandFiles(
  env: Readonly<Record<string, string>>,
  own: CliRunKeys["env"],
  workspace: Workspace,
): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) =>
    [name, own.get(name) === value ? workspace.expand(value) : value] as const
  );
  return Object.fromEntries(entries);
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
