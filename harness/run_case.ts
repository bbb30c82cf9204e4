/**
 * One case, from ready to settled.
 *
 * @module
 */

import { HostError } from "../host/host.ts";
import { inTime } from "./_overdue.ts";
import { jsonOnly, mistake } from "./_type_mistake.ts";
import { judge } from "./assertions/evaluate.ts";
import { absolute } from "./contract_root.ts";
import type { CompiledCase } from "./compile.ts";
import type { ReadTarget, SuiteContext } from "./types/harness_type.ts";

/**
 * Runs a compiled case and holds its assertions against what it did.
 *
 * @param compiled The case.
 * @param context What all cases of the run share.
 * @returns If the case holds: nothing, or a promise that is fulfilled then, if
 * it waits for something.
 * @throws {CaseError} If it does not. A type that never has its assertions
 * judged fails the case as `runtime`: otherwise it would pass unchecked. So does
 * one that throws something else, that gives a target no JSON, or does not end.
 *
 * @example A type that forgets to judge
 * ```ts
 * import { runCase } from "./run_case.ts";
 * import { CaseError } from "./case_error.ts";
 * import { DEFAULT_BUDGETS } from "./spec_lang/budgets.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const raw = {
 *   id: "A-1",
 *   type: "demo",
 *   title: undefined,
 *   purpose: undefined,
 *   tags: [],
 *   requires: { capabilities: [], whenMissing: "fail" as const },
 *   harness: {},
 *   assert: [],
 *   body: {},
 *   source: { kind: "case" as const, value: {}, location, locate: () => location },
 * };
 * const compiled = {
 *   raw,
 *   runnable: { exclusive: false, run: () => Promise.resolve() },
 *   assertion: {
 *     kind: "group" as const,
 *     keyPath: ["assert"],
 *     mode: "must" as const,
 *     target: undefined,
 *     branches: [],
 *   },
 *   budgets: DEFAULT_BUDGETS,
 *   view: { symbols: new Map(), known: new Map() },
 * };
 * const context = {
 *   host: new MemoryHost(),
 *   environment: {},
 *   contractRoot: undefined,
 *   timeoutMs: 1000,
 * };
 * await assertRejects(
 *   async () => await runCase(compiled, context),
 *   CaseError,
 *   'case type "demo" never had the assertions judged',
 * );
 * ```
 */
export function runCase(
  compiled: CompiledCase,
  context: SuiteContext,
): void | Promise<void> {
  const { raw, assertion, budgets, view, runnable } = compiled;
  const { id: caseId, source } = raw;
  const host = machineHost(context);
  const options = { caseId, source, budgets, view, host };
  let judged = false;
  const judgeAll = (read: ReadTarget) => {
    judged = true;
    const deadline = host.now() + context.timeoutMs;
    const readJson = jsonOnly(raw.type, read);
    if (assertion !== undefined) {
      judge(assertion, readJson, { ...options, deadline });
    }
  };
  const run = () => runnable.run(context, judgeAll);
  const { timeoutMs } = context;
  const ended = inTime(run, { type: raw.type, timeoutMs });
  const requireJudged = () => {
    if (judged || assertion === undefined) return;
    throw mistake(
      raw.type,
      "never had the assertions judged: run() has to call judge()",
    );
  };
  return ended === undefined ? requireJudged() : ended.then(requireJudged);
}

function machineHost({ host, cwd = host.cwd() }: SuiteContext) {
  return {
    now: () => host.now(),
    pathExists: (path: string) => {
      try {
        host.stat(path === "" ? "" : absolute(path, { cwd: () => cwd }));
        return true;
      } catch (error) {
        if (error instanceof HostError) return false;
        throw error;
      }
    },
  };
}
