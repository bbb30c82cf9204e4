/**
 * What must hold before any command: not root, and the contract files valid.
 *
 * @module
 */

import type { UserIds } from "../host/host.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { ContractFileResult, ImageIdentity } from "./identity.ts";
import { PLUGIN_DIRECTORY } from "./paths.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** What the machine says about itself before a command. */
export interface Facts {
  /** Whose process this is. */
  readonly ids: UserIds;
  /** What reading the identity gave; called only for a user who may go on. */
  readonly identity: () => ContractFileResult<ImageIdentity>;
  /** Whether the plugin directory is there and a directory. */
  readonly hasPluginDirectory: () => boolean;
}

/** The identity, or the refusal that ends the invocation. */
export type PreconditionResult =
  | { readonly kind: "ready"; readonly identity: ImageIdentity }
  | Refusal;

/**
 * Decides whether any command at all may run.
 *
 * The order is fixed: root is refused before a file is touched.
 *
 * Source: Runner Platform Contract, "Runtime user contract" and "Image
 * identity contract".
 *
 * @param facts What the machine says, the files on demand.
 * @returns The identity, or why nothing may run.
 *
 * @example Root is refused, whatever the files say
 * ```ts
 * import { checkPreconditions } from "./preconditions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = checkPreconditions({
 *   ids: { uid: 0, euid: 0, gid: 0, egid: 0 },
 *   identity: () => ({ ok: false, problems: ["never read"] }),
 *   hasPluginDirectory: () => true,
 * });
 * assertEquals(result.kind === "refuse" && result.code, 77);
 * ```
 */
export function checkPreconditions(facts: Facts): PreconditionResult {
  const { uid, euid } = facts.ids;
  if (uid === 0 || euid === 0) return refuseRoot(uid, euid);
  const identity = facts.identity();
  if (!identity.ok) {
    return refuse(
      EXIT_CODE.contract,
      `Cannot read image identity: ${identity.problems.join("; ")}`,
      "The image is broken: build it again from a valid image.manifest",
    );
  }
  if (!facts.hasPluginDirectory()) {
    return refuse(
      EXIT_CODE.contract,
      `Cannot find the plugin directory: ${PLUGIN_DIRECTORY} is not a directory`,
      "The image is broken: it must hold the directory, empty or not",
    );
  }
  return { kind: "ready", identity: identity.value };
}

function refuseRoot(uid: number, euid: number): Refusal {
  const who = uid === 0
    ? "the user id is 0"
    : `the effective user id is ${euid}`;
  return refuse(
    EXIT_CODE.root,
    `Cannot run as root: ${who}`,
    "Start the container as another user, and declare one with USER in the image",
  );
}
