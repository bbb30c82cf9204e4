/**
 * An image against the contract: one call, no test to write.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import type { CaseResult } from "../case.ts";
import { CaseError } from "../case_error.ts";
import type { Reporter, SuiteSummary } from "../report/reporter.ts";
import { runSuite } from "../run_suite.ts";
import type { SuiteOptions } from "../suite.ts";
import type { HarnessType } from "../types/harness_type.ts";
import { ociImageType } from "../types/oci_image.ts";
import { BUILT_IN_TYPES } from "../types/registry.ts";
import { type ClauseVerdict, judgeClauses, renderClauses } from "./coverage.ts";
import { platformDocuments } from "./platform_cases.ts";
import { prepareSandbox } from "./sandbox.ts";
import type { Stage } from "./stage.ts";
import { listContractFiles, type Tree } from "./tree.ts";

/** What {@linkcode verifyTree} is asked to do. */
export interface VerifyOptions extends
  Pick<
    SuiteOptions,
    "filter" | "jobs" | "timeoutMs" | "reporters" | "signal"
  > {
  /** Documents and folders with the image's own cases. */
  readonly specs?: readonly string[];
}

/** What a verification came to. */
export interface VerifySummary {
  /** The cases. */
  readonly suite: SuiteSummary;
  /** The clauses. */
  readonly clauses: readonly ClauseVerdict[];
  /** Why the entrypoint could not be started here; nothing if it could. */
  readonly notStarted: readonly string[] | undefined;
}

/** What {@linkcode verifyExitCode} may say. */
export type VerifyExitCode = 0 | 1 | 3;

/**
 * Decides how a verification ends.
 *
 * Incomplete is not success: where the entrypoint could not be started, the
 * code is 3 even if nothing that could be checked failed.
 *
 * @param summary What the verification came to.
 * @returns 0 verified, 1 something failed, 3 nothing failed but incomplete.
 *
 * @example Incomplete is never 0
 * ```ts
 * import { verifyExitCode } from "./verify.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const categories = { schema: 0, assertion: 0, runtime: 0 };
 * const suite = { total: 1, passed: 1, failed: 0, skipped: 0, categories, durationMs: 1 };
 * assertEquals(verifyExitCode({ suite, clauses: [], notStarted: undefined }), 0);
 * assertEquals(verifyExitCode({ suite, clauses: [], notStarted: ["why"] }), 3);
 * ```
 */
export function verifyExitCode(
  { suite, notStarted }: VerifySummary,
): VerifyExitCode {
  if (suite.failed > 0) return 1;
  if (notStarted !== undefined) return 3;
  return suite.passed > 0 ? 0 : 1;
}

/**
 * Verifies a rootfs tree: its files, and its entrypoint in the sandbox.
 *
 * Where this machine allows no sandbox, what can be checked in process is
 * checked, and the summary says what could not be.
 *
 * Source: Runner Platform Contract, "Testing and enforcement".
 *
 * @param host The machine.
 * @param tree The tree.
 * @param options Which cases, how, and who is told.
 * @returns What the verification came to.
 * @throws {UsageError} If there is nothing to run.
 *
 * @example Usage
 * ```ts no-assert
 * import { verifyTree } from "./verify.ts";
 * import { openTree } from "./tree.ts";
 * import { denoHost } from "../../host/deno_host.ts";
 *
 * async function isVerified(path: string): Promise<boolean> {
 *   const host = denoHost();
 *   const summary = await verifyTree(host, openTree(host, path), {
 *     reporters: [],
 *   });
 *   return summary.suite.failed === 0 && summary.notStarted === undefined;
 * }
 * console.log(typeof isVerified);
 * ```
 */
export async function verifyTree(
  host: Host,
  tree: Tree,
  options: VerifyOptions,
): Promise<VerifySummary> {
  const prepared = await prepareSandbox(host, tree);
  if (!prepared.ok) {
    const { inProcessStage } = await import("./in_process_stage.ts");
    return await runStage(host, tree, options, {
      ...inProcessStage(tree),
      notStarted: prepared.reasons,
    });
  }
  using sandbox = prepared.sandbox;
  return await runStage(host, tree, options, {
    environment: {
      ...sandbox.environment,
      SPEC_RUNNER_ENTRYPOINT: sandbox.command.map(shellWord).join(" "),
    },
    capabilities: sandbox.capabilities,
    notStarted: undefined,
  });
}

/** A word as an entrypoint's command line wants it, also with blanks in it. */
function shellWord(word: string): string {
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}

async function runStage(
  host: Host,
  tree: Tree,
  options: VerifyOptions,
  stage: Stage & Pick<VerifySummary, "notStarted">,
): Promise<VerifySummary> {
  const { specs = [], reporters, ...rest } = options;
  const results: CaseResult[] = [];
  const collector: Reporter = {
    case: (result) => void results.push(result),
    end: () => {},
  };
  const suite = await runSuite({
    ...rest,
    paths: specs,
    documents: platformDocuments(),
    environment: stage.environment,
    types: verifyTypes(host, tree),
    capabilities: [...stage.capabilities, ...domainCapabilities(tree)],
    reporters: [collector, ...reporters],
    notes: () => verifyNotes(results, stage.notStarted, rest.filter),
  }, host);
  const clauses = judgeClauses(results);
  return { suite, clauses, notStarted: stage.notStarted };
}

/** With a filter the clauses say nothing: most cases were not asked for. */
function verifyNotes(
  results: readonly CaseResult[],
  notStarted: readonly string[] | undefined,
  filter: string | undefined,
): readonly string[] {
  return [
    ...(filter === undefined ? renderClauses(judgeClauses(results)) : []),
    ...(notStarted === undefined ? [] : [
      "INCOMPLETE: the entrypoint was not started, this machine allows no sandbox",
      ...notStarted.map((reason) => `  ${reason}`),
      "  Checked in process: refusals, identity and output; not checked: what was skipped",
      "  Allow user namespaces, or run as root where mount namespaces are allowed",
    ]),
  ];
}

function domainCapabilities({ domain }: Tree): string[] {
  return domain === undefined ? [] : [`image.domain.${domain}`];
}

function verifyTypes(
  host: Host,
  tree: Tree,
): ReadonlyMap<string, HarnessType> {
  const image = ociImageType({
    files: () => listContractFiles(host, tree.root),
  });
  const types = [...BUILT_IN_TYPES.values(), image].map(tellSandboxFailures);
  return new Map(types.map((type) => [type.name, type]));
}

const SANDBOX_FAILURE = /^(sandbox|unshare|mount|chroot): /m;
const SANDBOX_EXIT_CODE = /\bactual=(125|1)\b/;

/** A sandbox that fails must not look like an entrypoint that disagrees. */
function tellSandboxFailures(type: HarnessType): HarnessType {
  return {
    ...type,
    compile(raw, context) {
      const runnable = type.compile(raw, context);
      return {
        ...runnable,
        run: (...args) => runnable.run(...args).catch(rethrow),
      };
    },
  };
}

function rethrow(error: unknown): never {
  if (
    error instanceof CaseError && error.category === "assertion" &&
    SANDBOX_EXIT_CODE.test(error.message) && SANDBOX_FAILURE.test(error.message)
  ) {
    const message = `the sandbox failed, not the entrypoint: ${error.message}`;
    throw new CaseError("runtime", message, { cause: error });
  }
  throw error;
}
