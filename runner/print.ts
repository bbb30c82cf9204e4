/**
 * The commands that print: `help`, `about`, `info`, `version`.
 *
 * Loaded only when one of them is asked for.
 *
 * @module
 */

import { HostError } from "../host/host.ts";
import { refuseContractFile } from "./_refuse_contract_file.ts";
import type { PrintAction } from "./dispatch.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { ContractFileResult, ImageIdentity } from "./identity.ts";
import { listPlugins } from "./plugins.ts";
import { type Refusal, refuse } from "./refusal.ts";
import {
  renderAbout,
  renderHelp,
  renderInfo,
  renderVersion,
} from "./render.ts";
import {
  renderAboutJson,
  renderInfoJson,
  renderVersionJson,
} from "./render_json.ts";
import type { RunnerHost } from "./runner_host.ts";
import { readRuntimeInfo, readVersionInfo } from "./runtime_info.ts";

/** What the commands print about. */
export interface Scene {
  /** The machine. */
  readonly host: RunnerHost;
  /** The image's identity. */
  readonly identity: ImageIdentity;
  /** The environment's entries. */
  readonly environment: readonly Uint8Array[];
}

/** What came of printing. */
export type Outcome = { readonly kind: "done" } | Refusal;

/**
 * Prints what is asked for.
 *
 * The text is complete before its first byte is written, so that a failure
 * leaves standard output empty.
 *
 * @param action What {@linkcode dispatch} decided.
 * @param scene What it is about.
 * @returns That it is done, or why it could not be.
 *
 * @example Print the identity
 * ```ts
 * import { print } from "./print.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const host = new MemoryHost({});
 * print({ kind: "about", json: false }, {
 *   host,
 *   identity: { image: "base", domain: "base", role: "base", entries: [] },
 *   environment: [],
 * });
 * assertStringIncludes(host.stdoutText, "Image identity:");
 * ```
 */
export function print(action: PrintAction, scene: Scene): Outcome {
  const text = TEXTS[action.kind](scene, "json" in action && action.json);
  if (!text.ok) return refuseContractFile(text.problems);
  try {
    scene.host.write(1, new TextEncoder().encode(text.value));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return refuse(
      EXIT_CODE.output,
      `Cannot write to standard output: ${error.reason}`,
    );
  }
  return { kind: "done" };
}

type Text = (scene: Scene, json: boolean) => ContractFileResult<string>;

const TEXTS: Readonly<Record<PrintAction["kind"], Text>> = {
  help: ({ host }) => rendered(listPlugins(host), renderHelp),
  about: ({ identity }, json) =>
    rendered(
      { ok: true, value: identity },
      json ? renderAboutJson : renderAbout,
    ),
  info: ({ host, identity, environment }, json) =>
    rendered(
      readRuntimeInfo(host, identity, environment),
      json ? renderInfoJson : renderInfo,
    ),
  version: ({ host }, json) =>
    rendered(readVersionInfo(host), json ? renderVersionJson : renderVersion),
};

function rendered<T>(
  read: ContractFileResult<T>,
  render: (value: T) => string,
): ContractFileResult<string> {
  return read.ok ? { ok: true, value: render(read.value) } : read;
}
