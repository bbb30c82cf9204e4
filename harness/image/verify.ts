/**
 * An image against the contract: one call, no test to write.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { shellWord } from "./_shell_word.ts";
import { verifyOnStage } from "./_verify_on_stage.ts";
import { imageFacts } from "./image_facts.ts";
import { viewFolder } from "./image_view.ts";
import { prepareSandbox, tellSandboxFailure } from "./sandbox.ts";
import type { Stage } from "./stage.ts";
import type { Tree } from "./tree.ts";
import type { VerifyOptions, VerifySummary } from "./verification.ts";

export * from "./verification.ts";

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
  const { uid, gid, name } = tree.user;
  const facts = imageFacts({
    view: viewFolder(host, tree.root),
    user: { ok: true, user: { uid, gids: [gid], name, groups: [] } },
    manifests: [],
    more: {},
  });
  const prepared = await prepareSandbox(host, tree);
  if (!prepared.ok) {
    const stage = await withoutSandbox(tree, prepared.reasons);
    return await verifyOnStage(host, { facts, stage, options });
  }
  using sandbox = prepared.sandbox;
  const stage = {
    environment: {
      ...sandbox.environment,
      SPEC_RUNNER_ENTRYPOINT: sandbox.command.map(shellWord).join(" "),
    },
    capabilities: sandbox.capabilities,
    unavailable: NOT_IN_TREES,
    tellTrouble: tellSandboxFailure,
  };
  return await verifyOnStage(host, { facts, stage, options });
}

const NOT_IN_TREES: ReadonlyMap<string, string> = new Map([
  ["oci.image.config", "a rootfs tree has no configuration"],
  ["oci.image.privileges", "a rootfs tree is only a part of an image"],
]);

async function withoutSandbox(
  tree: Tree,
  reasons: readonly string[],
): Promise<Stage> {
  const { inProcessStage } = await import("./in_process_stage.ts");
  return {
    ...inProcessStage(tree),
    unavailable: NOT_IN_TREES,
    notStarted: [
      "the entrypoint was not started, this machine allows no sandbox",
      ...reasons,
      "Checked in process: refusals, identity and output; not checked: what was skipped",
      "Allow user namespaces, or run as root where mount namespaces are allowed",
    ],
  };
}
