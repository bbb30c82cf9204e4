/**
 * Ways to become root that an image carries.
 *
 * @module
 */

import { HostError } from "../../host/host.ts";
import { printable } from "../../text/printable.ts";
import type { ImageTree } from "./archive/image_tree.ts";
import type { ImageUser } from "./image_user.ts";
import type { ImageView } from "./image_view.ts";
import { findSudoRules, type SudoRule } from "./sudoers.ts";

/** A file that runs with the rights of its owner or group. */
export type SetIdFile = {
  /** Its path. */
  readonly path: string;
  /** Permission bits as four octal digits. */
  readonly mode: string;
  /** The owner. */
  readonly uid: number;
  /** The group. */
  readonly gid: number;
};

/** What an image carries. */
export interface Privileges {
  /** Files that are set-uid or set-gid, sorted. */
  readonly setId: readonly SetIdFile[];
  /** Files with capabilities, sorted. */
  readonly capable: readonly string[];
  /** Rules of sudo that ask for no password. */
  readonly sudo: readonly SudoRule[];
  /** Whether there is a sudo to read them. */
  readonly hasSudo: boolean;
}

/** Where rules of sudo stand. */
export const SUDOERS = {
  /** The file. */
  file: "/etc/sudoers",
  /** The folder with more of them. */
  folder: "/etc/sudoers.d",
} as const;

const SET_ID_BITS = 0o6000;

/**
 * Looks for ways to become root.
 *
 * @param tree The files of the image.
 * @param view The same, to be read.
 * @param user The image's user, if it is known.
 * @returns What there is.
 *
 * @example An image without files
 * ```ts
 * import { findPrivileges } from "./privileges.ts";
 * import { viewTree } from "./image_view.ts";
 * import { ImageTree } from "./archive/image_tree.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tree = new ImageTree({ count: () => {} });
 * const { setId, hasSudo } = findPrivileges(tree, viewTree(tree), undefined);
 * assertEquals(setId, []);
 * assertEquals(hasSudo, false);
 * ```
 */
export function findPrivileges(
  tree: ImageTree,
  view: ImageView,
  user: ImageUser | undefined,
): Privileges {
  const setId: SetIdFile[] = [];
  const capable: string[] = [];
  for (const [path, file] of tree.files()) {
    const { kind, mode, uid, gid, hasCapabilities } = file;
    if (kind !== "file") continue;
    if (hasCapabilities) capable.push(path);
    if ((mode & SET_ID_BITS) === 0) continue;
    setId.push({ path, mode: mode.toString(8).padStart(4, "0"), uid, gid });
  }
  setId.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    setId,
    capable: capable.toSorted(),
    sudo: findSudoRules(sudoersFiles(view), user),
    hasSudo: setId.some(({ path, uid }) => uid === 0 && /\/sudo$/.test(path)),
  };
}

/** sudo passes over names with a dot, and those of backups. */
const SKIPPED = /\.|~$/;

function sudoersFiles(view: ImageView) {
  const inFolder = view.names(SUDOERS.folder)
    .filter((name) => !SKIPPED.test(name))
    .map((name) => `${SUDOERS.folder}/${name}`);
  return [SUDOERS.file, ...inFolder].flatMap((path) => {
    const text = readText(view, path);
    return text === undefined ? [] : [{ path, text }];
  });
}

/**
 * Reads a text that need not be there.
 *
 * @param view The files of the image.
 * @param path The file.
 * @returns Its text, what is no UTF-8 replaced; nothing if there is no such
 * file.
 */
export function readText(view: ImageView, path: string): string | undefined {
  try {
    if (view.stat(path).kind !== "file") return undefined;
    return new TextDecoder().decode(view.readFile(path));
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

const MAX_LISTED = 20;
const MAX_SHOWN = 200;

/**
 * Renders what there is for people.
 *
 * @param privileges What {@linkcode findPrivileges} found.
 * @returns Lines: a sentence, then one line for each.
 *
 * @example Nothing is something to say
 * ```ts
 * import { renderPrivileges } from "./privileges.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const none = { setId: [], capable: [], sudo: [], hasSudo: false };
 * assertEquals(renderPrivileges(none), [
 *   "privileges: 0 set-uid or set-gid files, 0 with capabilities, 0 rules of sudo without a password",
 * ]);
 * ```
 */
export function renderPrivileges(
  { setId, capable, sudo, hasSudo }: Privileges,
): readonly string[] {
  const rules = sudo.map(({ path, line, text, applies }) =>
    `${path}:${line}: ${text.slice(0, MAX_SHOWN)}${
      applies ? " (the image's user)" : ""
    }`
  );
  return [
    `privileges: ${setId.length} set-uid or set-gid files, ${capable.length} with capabilities, ${sudo.length} rules of sudo without a password`,
    ...listed(
      setId.map(({ path, mode, uid, gid }) => `${mode} ${uid}:${gid} ${path}`),
    ),
    ...listed(capable.map((path) => `capabilities ${path}`)),
    ...listed(rules),
    ...(sudo.length > 0 && !hasSudo ? ["  there is no sudo to read them"] : []),
  ];
}

function listed(lines: readonly string[]): readonly string[] {
  const more = lines.length - MAX_LISTED;
  return [
    ...lines.slice(0, MAX_LISTED).map((line) => `  ${printable(line)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
