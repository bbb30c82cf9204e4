/**
 * The case type `cli.run`: a program, its exit code and what it prints.
 *
 * This version knows no hooks and no pretended terminal: `hook_before`,
 * `hook_after`, `hook_kwargs` and `stdin_isatty` are refused, never ignored.
 *
 * @module
 */

import { HostError } from "../../host/host.ts";
import type { KeyPath, RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { findContractRoot } from "../contract_root.ts";
import { runCommand } from "../process/command.ts";
import { resolveModule } from "../process/entrypoint.ts";
import { callInProcess } from "../process/in_process.ts";
import { type Outcome, showPrinted } from "../process/outcome.ts";
import { makeWorkspace, type Workspace } from "../process/workspace.ts";
import { caseEnvironment } from "./_case_environment.ts";
import { targetReader } from "./_cli_run_targets.ts";
import { type CliRunKeys, readCliRunKeys } from "./_cli_run_keys.ts";
import type {
  HarnessType,
  ReadTarget,
  RunnableCase,
  SuiteContext,
} from "./harness_type.ts";

const TEXT_OPERATORS = ["contain", "regex", "json_type", "evaluate"] as const;

/**
 * The case type `cli.run`.
 *
 * The program is a function of a module, called in this process, or a command.
 * A command starts in the working directory the tools were started in, and a
 * program named by a relative path with a slash is looked for there. It is
 * found through the `PATH` of the suite's environment, whatever the case's own
 * environment says.
 *
 * Source: spec format, section 4, "cli.run".
 *
 * @example Usage
 * ```ts
 * import { cliRun } from "./cli_run.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "/a.spec.md", line: 1, column: 1 };
 * const raw = {
 *   id: "A-1",
 *   type: "cli.run",
 *   title: undefined,
 *   purpose: undefined,
 *   tags: [],
 *   requires: { capabilities: [], whenMissing: "fail" as const },
 *   harness: { entrypoint: "greet --loud" },
 *   assert: undefined,
 *   body: { argv: ["you"], exit_code: 3 },
 *   source: { kind: "case" as const, value: {}, location, locate: () => location },
 * };
 * const host = new MemoryHost({
 *   programs: {
 *     greet: ({ argv }) => ({
 *       stdout: argv.join(" "),
 *       end: { kind: "exit", code: 3 },
 *     }),
 *   },
 * });
 * const context = {
 *   host,
 *   environment: {},
 *   contractRoot: undefined,
 *   timeoutMs: 5000,
 * };
 * await cliRun.compile(raw, context).run(context, (read) => {
 *   assertEquals(read("stdout"), "greet --loud you");
 * });
 * ```
 */
export const cliRun: HarnessType = {
  name: "cli.run",
  keys: ["argv", "exit_code"],
  harnessKeys: [
    "entrypoint",
    "env",
    "stdin_text",
    "setup_files",
    "spec_lang",
  ],
  targets: {
    stdout: TEXT_OPERATORS,
    stderr: TEXT_OPERATORS,
    stdout_path: ["exists"],
    stdout_path_text: TEXT_OPERATORS,
  },
  capabilities: ["cli.run"],
  assertsItself: true,
  compile(raw: RawCase, context: SuiteContext): RunnableCase {
    const keys = readCliRunKeys(raw, context);
    return {
      exclusive: keys.entrypoint.kind === "module",
      run: (context, judge) => runCase({ raw, keys, context }, judge),
    };
  },
};

interface Case {
  readonly raw: RawCase;
  readonly keys: CliRunKeys;
  readonly context: SuiteContext;
}

async function runCase(
  one: Case,
  judge: (read: ReadTarget) => void,
): Promise<void> {
  const workspace = makeWorkspace(one.context.host);
  try {
    await at(
      ["harness", "setup_files"],
      one,
      () => workspace.write(one.keys.setupFiles),
    );
    const outcome = await at(
      ["harness", "entrypoint"],
      one,
      () => start(one, workspace),
    );
    checkExitCode(one, outcome);
    judge(targetReader(outcome, one.context.host));
  } catch (error) {
    tryRemove(workspace);
    throw redacted(error, workspace);
  }
  removeOrFail(workspace);
}

// A failure that does not say where belongs to the key that caused the act.
async function at<T>(
  path: KeyPath,
  { raw }: Case,
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

// What failed first is what the reader has to know.
function tryRemove(workspace: Workspace): void {
  try {
    workspace.remove();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
}

function removeOrFail(workspace: Workspace): void {
  try {
    workspace.remove();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new CaseError(
      "runtime",
      `Cannot remove the case's temporary directory: ${error.reason}`,
      { cause: error },
    );
  }
}

// The directory has another name in every run; messages are compared.
function redacted(error: unknown, workspace: Workspace): unknown {
  if (!(error instanceof CaseError)) return error;
  const message = workspace.redact(error.message);
  if (message === error.message) return error;
  const { location, cause } = error;
  return new CaseError(error.category, message, { location, cause });
}

function start(one: Case, workspace: Workspace): Promise<Outcome> {
  const { raw, keys, context } = one;
  const { entrypoint, argv, stdin } = keys;
  const { host, timeoutMs } = context;
  const env = caseEnvironment(keys, context, workspace);
  if (entrypoint.kind === "command") {
    const searchPath = context.environment["PATH"] ?? "";
    return runCommand(
      { argv: [...entrypoint.argv, ...argv], env, searchPath, stdin },
      { timeoutMs },
      host,
    );
  }
  const documentPath = raw.source.location.path;
  const contractRoot = findContractRoot(
    documentPath,
    host,
    context.contractRoot,
  );
  const place = { documentPath, contractRoot, host };
  const specifier = resolveModule(entrypoint.module, place);
  const { attr } = entrypoint;
  const tmpDir = workspace.path;
  return callInProcess(
    { specifier, attr, argv, env, stdin, tmpDir, timeoutMs },
    host,
  );
}

function checkExitCode({ raw, keys }: Case, outcome: Outcome): void {
  if (outcome.exitCode === keys.exitCode) return;
  throw new CaseError(
    "assertion",
    `case_id=${raw.id}: exit_code expected=${keys.exitCode} actual=${outcome.exitCode}${
      outcome.signal === undefined ? "" : ` (ended by signal ${outcome.signal})`
    }${showPrinted(outcome)}`,
    { location: raw.source.locate(["exit_code"]) },
  );
}
