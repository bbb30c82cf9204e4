/**
 * The case type `cli.run`: a program, its exit code and what it prints.
 *
 * @module
 */

import { HostError } from "../../host/host.ts";
import { schemasOf } from "../_shape.ts";
import type { RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { makeWorkspace, type Workspace } from "../process/workspace.ts";
import { at, isExclusive, performActs } from "./_cli_run_acts.ts";
import { type CliRunKeys, readCliRunKeys } from "./_cli_run_keys.ts";
import {
  CLI_RUN,
  CLI_RUN_HARNESS,
  HOOKS_FOR_KWARGS,
} from "./_cli_run_shapes.ts";
import { targetReader } from "./_cli_run_targets.ts";
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
 * Hooks are such functions, too.
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
  keys: Object.keys(CLI_RUN),
  harnessKeys: [...Object.keys(CLI_RUN_HARNESS), "spec_lang"],
  schemas: {
    keys: schemasOf(CLI_RUN),
    harnessKeys: schemasOf(CLI_RUN_HARNESS),
    harness: HOOKS_FOR_KWARGS,
  },
  targets: {
    stdout: TEXT_OPERATORS,
    stderr: TEXT_OPERATORS,
    stdout_path: ["exists"],
    stdout_path_text: TEXT_OPERATORS,
  },
  capabilities: ["cli.run", "cli.run.stdin_isatty"],
  assertsItself: true,
  compile(raw: RawCase, context: SuiteContext): RunnableCase {
    const keys = readCliRunKeys(raw, context);
    return {
      exclusive: isExclusive(keys, context),
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
  const { raw, keys, context: { host } } = one;
  const workspace = makeWorkspace(host);
  try {
    await at(
      ["harness", "setup_files"],
      raw,
      () => workspace.write(keys.setupFiles),
    );
    const outcome = await performActs({ ...one, workspace });
    judge(targetReader(outcome, keys.cwd, host));
  } catch (error) {
    tryRemove(workspace);
    throw redacted(error, workspace);
  }
  removeOrFail(workspace);
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
