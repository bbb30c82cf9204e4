/**
 * The program of a `cli.run` case.
 *
 * @module
 */

import { HostError, PSEUDO_TERMINAL } from "../../host/host.ts";
import type { RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { runCommand } from "../process/command.ts";
import type { CallInput, FunctionName } from "../process/in_process.ts";
import { callIsolated } from "../process/isolated.ts";
import type { Outcome } from "../process/outcome.ts";
import type { Workspace } from "../process/workspace.ts";
import type { CliRunKeys } from "./_cli_run_keys.ts";
import type { SuiteContext } from "./harness_type.ts";

/** A case that is being run. */
export interface RunningCase {
  /** The case. */
  readonly raw: RawCase;
  /** What it says. */
  readonly keys: CliRunKeys;
  /** What all cases of the run share. */
  readonly context: SuiteContext;
  /** Its temporary directory, setup files in place. */
  readonly workspace: Workspace;
}

/** All variables by name. */
export type Environment = Readonly<Record<string, string>>;

/** What the program is given if it is a function. */
export function callInput(one: RunningCase, env: Environment): CallInput {
  const { argv, stdin, stdinIsTerminal } = one.keys;
  const { timeoutMs } = one.context;
  const tmpDir = one.workspace.path;
  return { argv, env, stdin, stdinIsTerminal, tmpDir, timeoutMs };
}

/**
 * Calls the program in a process of its own if it is a function.
 *
 * @param one The case.
 * @param name The function.
 * @param env The environment it gets.
 * @returns What it came to.
 * @throws {CaseError} `runtime` if it cannot be called to its end.
 */
export function callElsewhere(
  one: RunningCase,
  name: FunctionName,
  env: Environment,
): Promise<Outcome> {
  const { keys: { cwd }, workspace: { processes }, context } = one;
  const { host, ownEnvironment: runtimeEnv = host.environment() } = context;
  const input = callInput(one, env);
  return callIsolated({ ...name, ...input, cwd, processes, runtimeEnv }, host);
}

/**
 * Runs the program if it is a command.
 *
 * @param one The case.
 * @param env The environment it gets.
 * @returns What it came to.
 * @throws {CaseError} `runtime` if it cannot be run to its end.
 */
export async function runProgram(
  one: RunningCase,
  env: Environment,
): Promise<Outcome> {
  const { raw, keys, workspace, context } = one;
  const { environment, host, timeoutMs } = context;
  const { processes } = workspace;
  const { entrypoint, stdin, stdinIsTerminal, cwd } = keys;
  const first = entrypoint.kind === "command" ? entrypoint.argv : [];
  const argv = [...first, ...keys.argv];
  const searchPath = environment["PATH"] ?? "";
  const request = { argv, env, searchPath, stdin, stdinIsTerminal, cwd };
  try {
    return await runCommand(request, { timeoutMs, processes }, host);
  } catch (error) {
    throw noTerminal(error, raw) ?? error;
  }
}

function noTerminal(error: unknown, raw: RawCase): CaseError | undefined {
  const cause = error instanceof CaseError ? error.cause : undefined;
  if (!(cause instanceof HostError) || cause.path !== PSEUDO_TERMINAL) {
    return undefined;
  }
  return new CaseError(
    "runtime",
    `missing capability "cli.run.stdin_isatty": Cannot make ${PSEUDO_TERMINAL} for a command: ${cause.reason}; mount devpts at /dev/pts with /dev/ptmx, or name a function as entrypoint`,
    { cause, location: raw.source.locate(["harness", "stdin_isatty"]) },
  );
}
