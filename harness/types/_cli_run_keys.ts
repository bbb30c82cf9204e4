/**
 * The keys of a `cli.run` case, checked.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import { NO_NUL } from "../_shape.ts";
import type { KeyPath, RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { type Entrypoint, parseEntrypoint } from "../process/entrypoint.ts";
import type { SetupFile } from "../process/setup_file.ts";
import { kindOf, own, wrong } from "./_case_key.ts";
import { ENV_NAME, ENV_VALUE, EXIT_CODE } from "./_cli_run_shapes.ts";
import { type HookKeys, readHookKeys } from "./_hook_keys.ts";
import { type InputKeys, readInput, refuseLongLines } from "./_input_keys.ts";
import { readSetupFiles } from "./_setup_files.ts";
import type { SuiteContext } from "./harness_type.ts";

/** What a `cli.run` case says. */
export interface CliRunKeys extends InputKeys {
  /** What to run. */
  readonly entrypoint: Entrypoint;
  /** Its arguments. */
  readonly argv: readonly string[];
  /** The exit code it should end with. */
  readonly exitCode: number;
  /** Changes to the environment: null removes a variable. */
  readonly env: ReadonlyMap<string, string | null>;
  /** Files to be there before it runs. */
  readonly setupFiles: readonly SetupFile[];
  /** What is called before and after it. */
  readonly hooks: HookKeys;
  /** The directory it is started in. */
  readonly cwd: string;
}

/**
 * Checks the keys of a `cli.run` case.
 *
 * @param raw The case.
 * @param context The environment that may name a fallback entrypoint and
 * switch safe mode on, whether the fallback counts, and the working directory.
 * @returns What the case says, defaults filled in.
 * @throws {CaseError} `schema` if a key is wrong, `runtime` if there is no
 * entrypoint, or a hook in safe mode.
 */
export function readCliRunKeys(
  raw: RawCase,
  context: SuiteContext,
): CliRunKeys {
  const env = readEnv(raw);
  const keys = {
    argv: readArgv(raw),
    exitCode: readExitCode(raw),
    env,
    ...readInput(raw),
    setupFiles: readSetupFiles(raw),
    hooks: readHookKeys(raw),
    entrypoint: readEntrypoint(raw, env, context),
    cwd: context.cwd ?? context.host.cwd(),
  };
  if (keys.stdinIsTerminal && keys.entrypoint.kind === "command") {
    refuseLongLines(raw, keys);
  }
  if (isSafeMode(context.environment)) refuseHooks(raw, keys.hooks);
  return keys;
}

function refuseHooks(raw: RawCase, { before, after }: HookKeys): void {
  if (before === undefined && after === undefined) return;
  const key = before === undefined ? "hook_after" : "hook_before";
  throw new CaseError(
    "runtime",
    "safe mode forbids hook_before/hook_after; unset SPEC_RUNNER_SAFE_MODE to run them",
    { location: raw.source.locate(["harness", key]) },
  );
}

function readArgv(raw: RawCase): readonly string[] {
  const value = own(raw.body, "argv");
  if (value === undefined) return [];
  if (typeof value === "string") {
    refuseNul(raw, value, ["argv"]);
    return [value];
  }
  if (!isJsonList(value)) {
    const found = kindOf(value);
    throw wrong(
      raw,
      ["argv"],
      `argv must be a list of strings or one string, found ${found}`,
    );
  }
  return value.map((word, index) => {
    if (typeof word !== "string") {
      throw wrong(
        raw,
        ["argv", index],
        `argv[${index}] must be a string, found ${
          kindOf(word)
        }; write it in quotes`,
      );
    }
    refuseNul(raw, word, ["argv", index]);
    return word;
  });
}

// No system can hand it over: text ends there.
function refuseNul(raw: RawCase, word: string, at: KeyPath): void {
  if (NO_NUL.fits(word)) return;
  const name = at.length === 1 ? "argv" : `argv[${at[1]}]`;
  throw wrong(raw, at, `${name} must not hold a NUL character`);
}

function readExitCode(raw: RawCase): number {
  const value = own(raw.body, "exit_code");
  if (value === undefined) return 0;
  if (EXIT_CODE.fits(value)) return value;
  throw wrong(
    raw,
    ["exit_code"],
    `exit_code must be an integer from 0 to 255, found ${kindOf(value)}`,
  );
}

function readEnv(raw: RawCase): Map<string, string | null> {
  const value = own(raw.harness, "env") ?? {};
  if (!isJsonObject(value)) {
    throw wrong(
      raw,
      ["harness", "env"],
      `harness.env must be a mapping of names to strings, found ${
        kindOf(value)
      }`,
    );
  }
  const entries = Object.entries(value).map(([name, text]) => {
    const problem = envProblem(name, text);
    if (problem === undefined) return [name, text as string | null] as const;
    throw wrong(raw, ["harness", "env", name], problem);
  });
  return new Map(entries);
}

function envProblem(name: string, value: Json): string | undefined {
  if (!ENV_NAME.fits(name)) {
    return `harness.env: ${quoted(name)} cannot name a variable`;
  }
  if (ENV_VALUE.fits(value)) return undefined;
  return typeof value === "string"
    ? `harness.env.${name} must not hold a NUL character`
    : `harness.env.${name} must be a string, or null to remove the variable, found ${
      kindOf(value)
    }; write it in quotes`;
}

const VARIABLE = "SPEC_RUNNER_ENTRYPOINT";
const NEEDS_ENTRYPOINT =
  `cli.run requires harness.entrypoint or ${VARIABLE}` as const;
const NO_FALLBACK =
  `${NEEDS_ENTRYPOINT}; the variable does not count here, where each case has to name its own` as const;

function readEntrypoint(
  raw: RawCase,
  env: ReadonlyMap<string, string | null>,
  { environment, explicitEntrypoint = false }: SuiteContext,
): Entrypoint {
  const at = ["harness", "entrypoint"];
  const value = own(raw.harness, "entrypoint");
  if (value !== undefined) {
    return parse(
      value,
      (reason) => wrong(raw, at, `Cannot read harness.entrypoint: ${reason}`),
    );
  }
  if (isSafeMode(environment)) {
    throw missing(raw, "safe mode requires explicit harness.entrypoint");
  }
  if (explicitEntrypoint) throw missing(raw, NO_FALLBACK);
  const fallback = environment[VARIABLE] || env.get(VARIABLE);
  if (!fallback) throw missing(raw, NEEDS_ENTRYPOINT);
  return parse(
    fallback,
    (reason) => missing(raw, `Cannot read ${VARIABLE}: ${reason}`),
  );
}

function parse(
  value: Json,
  failure: (reason: string) => CaseError,
): Entrypoint {
  try {
    return parseEntrypoint(value);
  } catch (error) {
    if (error instanceof SyntaxError) throw failure(error.message);
    throw error;
  }
}

function missing(raw: RawCase, message: string): CaseError {
  return new CaseError("runtime", message, { location: raw.source.location });
}

function isSafeMode(environment: SuiteContext["environment"]): boolean {
  return /^(1|true|yes|on)$/i.test(
    environment["SPEC_RUNNER_SAFE_MODE"]?.trim() ?? "",
  );
}
