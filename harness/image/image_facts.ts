/**
 * What can be known of an image without starting it: the targets of cases, and
 * which cases make no sense for this image, and why.
 *
 * @module
 */

import { loadEnvFile } from "../../runner/identity.ts";
import { IDENTITY_FILE, PLUGIN_DIRECTORY } from "../../runner/paths.ts";
import { quoted } from "../../text/printable.ts";
import type { ImageSource } from "../types/oci_image.ts";
import { listContractFiles, listPluginFiles } from "./image_files.ts";
import type { ImageUserResult } from "./image_user.ts";
import type { ImageView } from "./image_view.ts";

/** An image that can be looked at. */
export interface LookedAtImage {
  /** Its files. */
  readonly view: ImageView;
  /** As whom its containers run, as far as that can be found out. */
  readonly user: ImageUserResult;
  /** Manifests that were left in it, wherever they are. */
  readonly manifests: readonly string[];
  /** Further targets: what not every kind of image has. */
  readonly more: ImageSource;
}

const ENTRYPOINT = "/usr/local/bin/runner";

/** What is known. */
export interface ImageFacts {
  /** The targets of cases. */
  readonly source: ImageSource;
  /** What cases may rely on. */
  readonly capabilities: readonly string[];
  /** What they may not rely on, and why. */
  readonly unavailable: ReadonlyMap<string, string>;
}

/** A capability, and why it is not there; nothing if it is. */
type Fact = readonly [capability: string, missing: string | undefined];

/**
 * Finds out what can be known.
 *
 * One thing that is wrong is to be told once: without an identity, cases about
 * what stands in it are not checkable, they do not fail.
 *
 * @param image The image.
 * @returns What is known.
 *
 * @example An empty tree has no identity, and its keys are not looked for
 * ```ts
 * import { imageFacts } from "./image_facts.ts";
 * import { viewFolder } from "./image_view.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const view = viewFolder(new MemoryHost(), "/tree");
 * const user = { ok: false, reason: "is not set" } as const;
 * const { unavailable } = imageFacts({ view, user, manifests: [], more: {} });
 * assertEquals(
 *   unavailable.get("image.identity.entries"),
 *   "the image has no identity",
 * );
 * ```
 */
export function imageFacts(
  { view, user, manifests, more }: LookedAtImage,
): ImageFacts {
  const known = user.ok ? user.user : undefined;
  const facts: readonly Fact[] = [
    ["image.user.known", userProblem(user)],
    ["image.entrypoint.file", entrypointProblem(view)],
    ["image.plugins.directory", pluginsProblem(view)],
    ...identityFacts(view),
  ];
  return {
    source: {
      "files_json": () =>
        JSON.stringify(listContractFiles(view, known, manifests)),
      "plugins_json": () => JSON.stringify(listPluginFiles(view, known)),
      "identity_json": () => JSON.stringify(identityOf(view)),
      "user_json": () => JSON.stringify(userOf(user)),
      ...more,
    },
    capabilities: facts.filter(([, missing]) => missing === undefined)
      .map(([capability]) => capability),
    unavailable: new Map(
      facts.flatMap(([capability, missing]) =>
        missing === undefined ? [] : [[capability, missing]]
      ),
    ),
  };
}

function userProblem(result: ImageUserResult): string | undefined {
  if (!result.ok) return `the user ${result.reason}`;
  return result.user.uid === 0 ? "the user is root" : undefined;
}

function entrypointProblem(view: ImageView): string | undefined {
  return view.look(ENTRYPOINT)?.kind === "file"
    ? undefined
    : "there is no entrypoint";
}

function pluginsProblem(view: ImageView): string | undefined {
  return view.look(PLUGIN_DIRECTORY)?.kind === "directory"
    ? undefined
    : "there is no plugin directory";
}

function identityFacts(view: ImageView): readonly Fact[] {
  const file = view.look(IDENTITY_FILE);
  const isText = file?.kind === "file" && file.size > 0;
  const entries = isText ? identityOf(view).entries : null;
  const domain = entries?.["RUNNER_DOMAIN"]?.trim() ?? "";
  const facts = inOrder([
    [
      "image.identity.file",
      file?.kind === "file" ? undefined : "the image has no identity",
    ],
    ["image.identity.text", isText ? undefined : "the identity is empty"],
    [
      "image.identity.entries",
      entries === null ? "the identity cannot be read" : undefined,
    ],
    [
      "image.domain.base",
      domain === "base" ? undefined : `the domain is ${quoted(domain)}`,
    ],
  ]);
  const isOther = domain !== "" && domain !== "base";
  return isOther ? [...facts, [`image.domain.${domain}`, undefined]] : facts;
}

/** Each makes sense only where the ones before it hold. */
function inOrder(facts: readonly Fact[]): readonly Fact[] {
  let before: string | undefined;
  return facts.map(([capability, missing]) => {
    before ??= missing;
    return [capability, before];
  });
}

/** The identity as far as it can be read, without what it must hold. */
function identityOf(view: ImageView): {
  readonly entries: Readonly<Record<string, string>> | null;
  readonly problems: readonly string[];
} {
  const file = loadEnvFile(view, IDENTITY_FILE);
  if (!file.ok) return { entries: null, problems: file.problems };
  const entries = file.value.map(({ key, value }) => [key, value]);
  return { entries: Object.fromEntries(entries), problems: [] };
}

function userOf(result: ImageUserResult): Readonly<Record<string, unknown>> {
  if (!result.ok) return { uid: null, problem: `the user ${result.reason}` };
  const { uid, gids, name = null, groups } = result.user;
  return { uid, gids, name, groups, problem: null };
}
