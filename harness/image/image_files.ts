/**
 * The files of an image that the contract speaks of, as data for cases.
 *
 * @module
 */

import type { FileKind } from "../../host/host.ts";
import { PLUGIN_DIRECTORY } from "../../runner/paths.ts";
import { type FileUser, isAccessible, isChangeable } from "./access.ts";
import type { ImageView, ViewedFile } from "./image_view.ts";

/** A file of an image, as cases see it. */
export type ImageFile = {
  /** What it is; symbolic links are not followed. */
  readonly kind: FileKind;
  /** Permission bits as four octal digits. */
  readonly mode: string;
  /** Size in bytes. */
  readonly size: number;
  /** The owner. */
  readonly uid: number;
  /** The group. */
  readonly gid: number;
  /** What a symbolic link points at; null where it is none or is not known. */
  readonly target: string | null;
  /** Whether the image's user can read it; null if the user is not known. */
  readonly readable: boolean | null;
  /** Whether he could change or replace it. */
  readonly writable: boolean | null;
  /** Whether he can execute it. */
  readonly executable: boolean | null;
};

/** What the contract speaks of: these paths and what lies below them. */
const CONTRACT_PATHS = [
  "/etc/runner",
  PLUGIN_DIRECTORY,
  "/usr/local/bin/runner",
] as const;

/**
 * Lists the files of an image that the contract speaks of.
 *
 * @param view The files of the image.
 * @param user The image's user, if it is known.
 * @param also Further paths.
 * @returns The files by their path in the image, sorted.
 *
 * @example Usage
 * ```ts
 * import { listContractFiles } from "./image_files.ts";
 * import { viewFolder } from "./image_view.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/t/etc/runner/image.env": "A=b\n" } });
 * const user = { uid: 10001, gids: [10001] };
 * const files = listContractFiles(viewFolder(host, "/t"), user);
 * assertEquals(files["/etc/runner/image.env"]?.size, 4);
 * assertEquals(files["/etc/runner/image.env"]?.writable, false);
 * ```
 */
export function listContractFiles(
  view: ImageView,
  user: FileUser | undefined,
  also: readonly string[] = [],
): Record<string, ImageFile> {
  const found: [string, ImageFile][] = [];
  const pending: string[] = [...CONTRACT_PATHS, ...also];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const parent = path;
    const file = view.look(path);
    if (file === undefined) continue;
    found.push([path, describeFile(file, user)]);
    if (file.kind !== "directory") continue;
    pending.push(...view.names(path).map((name) => `${parent}/${name}`));
  }
  found.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(found);
}

/**
 * Lists what is in the plugin directory, at its top.
 *
 * @param view The files of the image.
 * @param user The image's user, if it is known.
 * @returns The files with their names, sorted.
 *
 * @example Usage
 * ```ts
 * import { listPluginFiles } from "./image_files.ts";
 * import { viewFolder } from "./image_view.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = "/t/usr/local/lib/runner.d/plan";
 * const host = new MemoryHost({ files: { [path]: "#!/bin/sh\n" } });
 * const [plan] = listPluginFiles(viewFolder(host, "/t"), undefined);
 * assertEquals(plan?.name, "plan");
 * assertEquals(plan?.executable, null);
 * ```
 */
export function listPluginFiles(
  view: ImageView,
  user: FileUser | undefined,
): readonly (ImageFile & { readonly name: string })[] {
  return view.names(PLUGIN_DIRECTORY).flatMap((name) => {
    const file = view.look(`${PLUGIN_DIRECTORY}/${name}`);
    return file === undefined ? [] : [{ name, ...describeFile(file, user) }];
  });
}

/**
 * Describes a file.
 *
 * @param file The file.
 * @param user The image's user, if it is known.
 * @returns What cases see of it.
 */
export function describeFile(
  file: ViewedFile,
  user: FileUser | undefined,
): ImageFile {
  const { kind, mode, size, uid, gid, target = null } = file;
  return {
    kind,
    mode: mode.toString(8).padStart(4, "0"),
    ...{ size, uid, gid, target },
    readable: user === undefined ? null : isAccessible(file, "read", user),
    writable: user === undefined ? null : isChangeable(file, user),
    executable: user === undefined ? null : isAccessible(file, "execute", user),
  };
}
