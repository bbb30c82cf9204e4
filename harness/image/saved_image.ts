/**
 * A saved image against the contract, as far as that goes without starting it.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { IDENTITY_FILE, RUNTIME_FILE, TOOLS_FILE } from "../../runner/paths.ts";
import { verifyOnStage } from "./_verify_on_stage.ts";
import type { ArchiveLimits } from "./archive/limits.ts";
import type { Platform } from "./archive/platform.ts";
import type { ImageTree } from "./archive/image_tree.ts";
import { locating } from "./archive/archive_error.ts";
import type { ArchiveHost } from "./archive/blob.ts";
import {
  readImage,
  type ReadImageOptions,
  type SavedImage,
  type TextSelection,
} from "./archive/read_image.ts";
import { type ImageFacts, imageFacts } from "./image_facts.ts";
import { type ImageUserResult, resolveUser } from "./image_user.ts";
import { viewTree } from "./image_view.ts";
import {
  findPrivileges,
  type Privileges,
  readText,
  renderPrivileges,
  SUDOERS,
} from "./privileges.ts";
import type { Stage } from "./stage.ts";
import type { VerifyOptions, VerifySummary } from "./verification.ts";

/** How {@linkcode verifyArchive} verifies. */
export interface VerifyArchiveOptions extends VerifyOptions {
  /** Which of several platforms. Default: this machine's. */
  readonly platform?: Platform;
  /** Which of several images, by name. */
  readonly ref?: string;
  /** What is too much. Default {@linkcode ARCHIVE_LIMITS}. */
  readonly limits?: ArchiveLimits;
}

/**
 * Verifies a saved image: its configuration and its files.
 *
 * Nothing is started and nothing is unpacked, so what only a running container
 * shows is skipped, and the verification is never complete.
 *
 * Source: Runner Platform Contract, "Testing and enforcement".
 *
 * @param host The machine.
 * @param path A docker archive, an OCI archive or the folder of an OCI layout.
 * @param options Which image, which cases, and who is told.
 * @returns What the verification came to.
 * @throws {ArchiveError} If the image cannot be read or must not be trusted.
 * @throws {UsageError} If there is nothing to run.
 *
 * @example Usage
 * ```ts
 * import { verifyArchive } from "./saved_image.ts";
 * import { ArchiveError } from "./archive/archive_error.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => verifyArchive(new MemoryHost(), "/image.tar", { reporters: [] }),
 *   ArchiveError,
 *   "no such file or directory",
 * );
 * ```
 */
export async function verifyArchive(
  host: Host,
  path: string,
  options: VerifyArchiveOptions,
): Promise<VerifySummary> {
  const looked = await lookAtArchive(host, path, options);
  return await verifyOnStage(host, { ...looked, options });
}

/**
 * Reads a saved image and finds out what can be known of it.
 *
 * @param host The machine.
 * @param path The image.
 * @param options Which image.
 * @returns What is known, and the stage on which nothing is started.
 * @throws {ArchiveError} If the image cannot be read or must not be trusted.
 */
export async function lookAtArchive(
  host: ArchiveHost & Pick<Host, "architecture">,
  path: string,
  options: ReadImageOptions = {},
): Promise<{ readonly facts: ImageFacts; readonly stage: Stage }> {
  const { facts, privileges } = await locating({ archive: path }, async () => {
    const texts = CONTRACT_TEXTS;
    const saved = await readImage(host, path, { ...options, texts });
    return factsOf(saved);
  });
  const stage = {
    environment: {},
    capabilities: [],
    unavailable: NOT_STARTED,
    notStarted: INCOMPLETE,
    notes: renderPrivileges(privileges),
  };
  return { facts, stage };
}

const NOT_STARTED: ReadonlyMap<string, string> = new Map([
  ["cli.run", "a saved image is not started"],
]);

const INCOMPLETE = [
  "nothing was started, a saved image is only looked at",
  "Checked: configuration and files; not checked: what was skipped",
];

/** Everything is read at once: what is hostile in it is no matter of a case. */
function factsOf(
  { config, tree }: SavedImage,
): { facts: ImageFacts; privileges: Privileges } {
  const view = viewTree(tree);
  const user = userOf(config.config["User"], view);
  const known = user.ok ? user.user : undefined;
  const privileges = findPrivileges(tree, view, known);
  const facts = imageFacts({
    view,
    user,
    manifests: manifestsIn(tree),
    more: {
      "config_json": () => JSON.stringify(config.document),
      "privileges_json": () => JSON.stringify(privileges),
    },
  });
  const source = Object.entries(facts.source).map(([target, read]) => {
    const text = read();
    return [target, () => text];
  });
  return {
    facts: { ...facts, source: Object.fromEntries(source) },
    privileges,
  };
}

function userOf(
  declared: unknown,
  view: ReturnType<typeof viewTree>,
): ImageUserResult {
  if (declared === undefined || declared === null || declared === "") {
    return { ok: false, reason: "is not set, so it is root" };
  }
  if (typeof declared !== "string") {
    return { ok: false, reason: "is no text in the configuration" };
  }
  return resolveUser(declared, {
    passwd: readText(view, PASSWD) ?? "",
    group: readText(view, GROUP) ?? "",
  });
}

const PASSWD = "/etc/passwd";
const GROUP = "/etc/group";

const MANIFEST_NAME = /\/image\.manifest$/;
const MANIFEST_KEY = /^MANIFEST_SCHEMA_VERSION=/m;

/** Other programs have files of that name, too. */
function manifestsIn(tree: ImageTree): readonly string[] {
  const found: string[] = [];
  for (const [path, { content }] of tree.files()) {
    if (content === undefined || !MANIFEST_NAME.test(path)) continue;
    if (MANIFEST_KEY.test(new TextDecoder().decode(content))) found.push(path);
  }
  return found;
}

/** What the checks read, and do not only list. */
const READ: readonly string[] = [
  ...[PASSWD, GROUP, SUDOERS.file],
  ...[IDENTITY_FILE, RUNTIME_FILE, TOOLS_FILE],
];
const READ_NAMES = new Set(READ.map((path) => path.slice(1)));
const READ_FOLDER = `${SUDOERS.folder.slice(1)}/`;

const CONTRACT_TEXTS: TextSelection = {
  wants: (path) =>
    READ_NAMES.has(path) || path.startsWith(READ_FOLDER) ||
    MANIFEST_NAME.test(`/${path}`),
  paths: (tree) => [
    ...READ,
    ...viewTree(tree).names(SUDOERS.folder)
      .map((name) => `${SUDOERS.folder}/${name}`),
  ],
};
