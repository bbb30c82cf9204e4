/**
 * Platform cases, one by one.
 *
 * @module
 */

import type { CaseResult } from "../../harness/case.ts";
import { platformDocuments } from "../../harness/image/platform_cases.ts";
import type { JsonObject } from "../../harness/json.ts";
import { parseDocument } from "../../harness/parse.ts";
import { runSuite } from "../../harness/run_suite.ts";
import type { SuiteDocument } from "../../harness/suite.ts";
import { denoHost } from "../../host/deno_host.ts";
import type { Sandbox } from "../../harness/image/sandbox.ts";
import { CAPABILITIES, memoryStage } from "./_memory_stage.ts";

const CASES: ReadonlyMap<string, JsonObject> = new Map(
  platformDocuments().flatMap((document) =>
    parseDocument(document, document.bytes).map((item) => {
      if (item.kind === "problem") throw new TypeError(item.message);
      return [String(item.value["id"]), item.value] as const;
    })
  ),
);

/** The ids of all platform cases. */
export const CASE_IDS: ReadonlySet<string> = new Set(CASES.keys());

function documentOf(ids: readonly string[]): SuiteDocument {
  const cases = ids.map((id) => CASES.get(id));
  return {
    path: "platform.spec.json",
    format: "json",
    bytes: new TextEncoder().encode(JSON.stringify(cases)),
  };
}

/** Runs cases, and tells each by its id: the category, null if it passes. */
async function runCases(
  ids: readonly string[],
  environment: Readonly<Record<string, string>>,
  capabilities: readonly string[],
): Promise<Verdicts> {
  const results: CaseResult[] = [];
  await runSuite({
    documents: [documentOf(ids)],
    environment,
    capabilities: [...capabilities],
    reporters: [{ case: (result) => void results.push(result), end: () => {} }],
  }, denoHost());
  return Object.fromEntries(
    results.map(({ id, status, category }) => [id, category ?? status]),
  );
}

/** Cases by their ids: `pass`, `skip`, or the category of the failure. */
export type Verdicts = Readonly<Record<string, string>>;

/** Runs cases over files in memory. */
export async function runInMemory(
  ids: readonly string[],
  source: string,
  tree: string,
): Promise<Verdicts> {
  return await runCases(ids, memoryStage(source, tree), CAPABILITIES);
}

/** Runs cases in a sandbox that was prepared for a tree, with another tree. */
export async function runInSandbox(
  ids: readonly string[],
  sandbox: Sandbox,
  tree: string,
): Promise<Verdicts> {
  const environment = {
    ...sandbox.environment,
    SANDBOX_ROOTFS: tree,
    SPEC_RUNNER_ENTRYPOINT: sandbox.command.join(" "),
  };
  return await runCases(ids, environment, sandbox.capabilities);
}

/** The same verdict for each of some cases. */
export function each(ids: readonly string[], verdict: string): Verdicts {
  return Object.fromEntries(ids.map((id) => [id, verdict]));
}
