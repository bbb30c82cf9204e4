/**
 * What happens in a `cli.run` case: hook, program, hook.
 *
 * @module
 */

import type { KeyPath, RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { absolute, findContractRoot } from "../contract_root.ts";
import { type ModuleEntrypoint, resolveModule } from "../process/entrypoint.ts";
import {
  borrowProcess,
  type FunctionName,
  type LoadedFunction,
  type ProcessLoan,
} from "../process/in_process.ts";
import { decodeOutput, type Outcome, showPrinted } from "../process/outcome.ts";
import { caseEnvironment, expandFiles } from "./_case_environment.ts";
import type { CliRunKeys } from "./_cli_run_keys.ts";
import {
  callElsewhere,
  callInput,
  type Environment,
  type RunningCase,
  runProgram,
} from "./_cli_run_program.ts";
import type { SuiteContext } from "./harness_type.ts";
import type { HookArgument, HookContext, HookResult } from "./hook.ts";

/**
 * Does an act; a failure that does not say where it belongs to the key that
 * caused the act.
 *
 * @param path The key.
 * @param raw The case.
 * @param act What to do.
 * @returns What that returned.
 */
export async function at<T>(
  path: KeyPath,
  raw: RawCase,
  act: () => T | Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof CaseError) || error.location !== undefined) {
      throw error;
    }
    const { category, message, cause } = error;
    const location = raw.source.locate(path);
    throw new CaseError(category, message, { location, cause });
  }
}

/**
 * Tells whether a case needs this process for itself.
 *
 * @param keys What the case says.
 * @param context Where functions are called.
 */
export function isExclusive(
  { entrypoint, hooks }: CliRunKeys,
  { isolate }: Pick<SuiteContext, "isolate">,
): boolean {
  const isCalledHere = entrypoint.kind === "module" && isolate !== "process";
  return isCalledHere || hooks.before !== undefined ||
    hooks.after !== undefined;
}

/**
 * Runs the program of a case between its hooks, and checks its exit code.
 *
 * Source: spec format, section 4: the exit code is checked first, then
 * `hook_after` runs.
 *
 * @param one The case.
 * @returns What the program came to.
 * @throws {CaseError} `assertion` for another exit code, `runtime` if it could
 * not be found out.
 */
export async function performActs(one: RunningCase): Promise<Outcome> {
  const env = caseEnvironment(one.keys, one.context, one.workspace);
  if (isExclusive(one.keys, one.context)) {
    const { host } = one.context;
    return borrowProcess(env, host, (loan) => performIn(loan, one, env));
  }
  const outcome = await runElsewhere(one, env);
  checkExitCode(one, outcome);
  return outcome;
}

const ENTRYPOINT = ["harness", "entrypoint"] as const;
const BEFORE = ["harness", "hook_before"] as const;
const AFTER = ["harness", "hook_after"] as const;

/** Runs a program that is not called in this process. */
function runElsewhere(one: RunningCase, env: Environment): Promise<Outcome> {
  const { raw, keys: { entrypoint } } = one;
  return at(
    ENTRYPOINT,
    raw,
    () =>
      entrypoint.kind === "module"
        ? callElsewhere(one, functionOf(entrypoint, one), env)
        : runProgram(one, env),
  );
}

async function performIn(
  loan: ProcessLoan,
  one: RunningCase,
  env: Environment,
): Promise<Outcome> {
  const { raw, keys: { entrypoint, hooks }, context: { isolate } } = one;
  // All are looked for before the first one is called.
  const before = await loadHook(BEFORE, hooks.before, { loan, one });
  const program = entrypoint.kind === "module" && isolate !== "process"
    ? await at(ENTRYPOINT, raw, () => loadModule(entrypoint, { loan, one }))
    : undefined;
  const after = await loadHook(AFTER, hooks.after, { loan, one });
  const changed = await before?.(env) ?? env;
  const outcome = program === undefined
    ? await runElsewhere(one, changed)
    : await at(
      ENTRYPOINT,
      raw,
      () => loan.call(program, callInput(one, changed)),
    );
  await at(BEFORE, raw, () => loan.check());
  checkExitCode(one, outcome);
  await after?.(changed, outcome);
  return outcome;
}

interface Loaned {
  readonly loan: ProcessLoan;
  readonly one: RunningCase;
}

/** Calls the hook, and tells the environment it has left. */
type Hook = (env: Environment, outcome?: Outcome) => Promise<Environment>;

function loadHook(
  path: KeyPath,
  from: ModuleEntrypoint | undefined,
  { loan, one }: Loaned,
): Promise<Hook | undefined> {
  const { raw, keys, context, workspace } = one;
  return at(path, raw, async () => {
    if (from === undefined) return undefined;
    const hook = await loadModule(from, { loan, one });
    return (env, outcome) =>
      at(path, raw, async () => {
        const argument = hookArgument(one, env, outcome);
        const { timeoutMs } = context;
        const left = await loan.hook(hook, argument, { env, timeoutMs });
        return expandFiles(left, keys.env, workspace);
      });
  });
}

function loadModule(
  entrypoint: ModuleEntrypoint,
  { loan, one }: Loaned,
): Promise<LoadedFunction> {
  return loan.load(functionOf(entrypoint, one), one.context.timeoutMs);
}

function functionOf(
  { module, attr }: ModuleEntrypoint,
  one: RunningCase,
): FunctionName {
  const { host } = one.context;
  const { documentPath, contractRoot } = placeOf(one);
  const specifier = resolveModule(module, { documentPath, contractRoot, host });
  return { specifier, attr };
}

function placeOf({ raw, context }: RunningCase) {
  const { host, contractRoot: chosen } = context;
  const documentPath = raw.source.location.path;
  const contractRoot = findContractRoot(documentPath, host, chosen);
  return { documentPath, contractRoot };
}

function hookArgument(
  one: RunningCase,
  env: Environment,
  outcome: Outcome | undefined,
): HookArgument {
  const { raw, keys, workspace, context: { timeoutMs } } = one;
  const { documentPath, contractRoot } = placeOf(one);
  const context: HookContext = {
    tmpDir: workspace.path,
    env: { ...env },
    documentPath: absolute(documentPath, { cwd: () => keys.cwd }),
    contractRoot,
    timeoutMs,
  };
  return {
    ...structuredClone(keys.hooks.kwargs),
    case: structuredClone(raw.source.value),
    harness: structuredClone(raw.harness),
    context,
    ...outcome === undefined ? {} : { result: hookResult(outcome) },
  };
}

function hookResult({ exitCode, stdout, stderr }: Outcome): HookResult {
  return {
    exitCode,
    stdout: decodeOutput(stdout),
    stderr: decodeOutput(stderr),
  };
}

function checkExitCode({ raw, keys }: RunningCase, outcome: Outcome): void {
  if (outcome.exitCode === keys.exitCode) return;
  throw new CaseError(
    "assertion",
    `case_id=${raw.id}: exit_code expected=${keys.exitCode} actual=${outcome.exitCode}${
      outcome.signal === undefined ? "" : ` (ended by signal ${outcome.signal})`
    }${showPrinted(outcome)}`,
    { location: raw.source.locate(["exit_code"]) },
  );
}
