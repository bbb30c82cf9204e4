/**
 * What a user may do with a file, by owner and mode alone.
 *
 * @module
 */

import type { Access, FileKind } from "../../host/host.ts";

/** As whom files are looked at. */
export interface FileUser {
  /** The user id. */
  readonly uid: number;
  /** The group id, and those of further groups. */
  readonly gids: readonly number[];
}

/** A file with its owner. */
export interface OwnedFile {
  /** What it is. */
  readonly kind: FileKind;
  /** Permission bits with set-uid, set-gid and sticky. */
  readonly mode: number;
  /** The owner. */
  readonly uid: number;
  /** The group. */
  readonly gid: number;
}

/** A file, and the folders above it, the root first. */
export interface PlacedFile extends OwnedFile {
  /** The folders above it, the root first. */
  readonly folders: readonly OwnedFile[];
}

const BITS = { read: 4, write: 2, execute: 1 } as const;
const ANY_EXECUTE = 0o111;
const STICKY = 0o1000;

function may(file: OwnedFile, access: Access, user: FileUser): boolean {
  const { kind, mode, uid, gid } = file;
  if (user.uid === 0) {
    return access !== "execute" || kind === "directory" ||
      (mode & ANY_EXECUTE) !== 0;
  }
  const shift = uid === user.uid ? 6 : user.gids.includes(gid) ? 3 : 0;
  return ((mode >> shift) & BITS[access]) !== 0;
}

/**
 * Tells whether a user may read or execute a file, every folder above it
 * passable.
 *
 * @param file The file.
 * @param access What would be done.
 * @param user The user.
 * @returns Whether it can be done.
 *
 * @example Nobody passes a closed folder
 * ```ts
 * import { isAccessible } from "./access.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = { uid: 0, gid: 0 };
 * const folder = { kind: "directory", mode: 0o700, ...root } as const;
 * const file = { kind: "file", mode: 0o644, ...root } as const;
 * const user = { uid: 10001, gids: [10001] };
 * assertEquals(isAccessible({ ...file, folders: [] }, "read", user), true);
 * assertEquals(isAccessible({ ...file, folders: [folder] }, "read", user), false);
 * ```
 */
export function isAccessible(
  file: PlacedFile,
  access: "read" | "execute",
  user: FileUser,
): boolean {
  return may(file, access, user) &&
    file.folders.every((folder) => may(folder, "execute", user));
}

/**
 * Tells whether a user could change what is at a path: by writing it, by
 * giving himself the right to, or by putting something else in its place.
 *
 * @param file The file.
 * @param user The user.
 * @returns Whether it could be changed.
 *
 * @example An owner can always give himself the right
 * ```ts
 * import { isChangeable } from "./access.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const file = { kind: "file", mode: 0o444, gid: 0, folders: [] } as const;
 * const user = { uid: 10001, gids: [10001] };
 * assertEquals(isChangeable({ ...file, uid: 0 }, user), false);
 * assertEquals(isChangeable({ ...file, uid: 10001 }, user), true);
 * ```
 */
export function isChangeable(file: PlacedFile, user: FileUser): boolean {
  const { kind, uid, folders } = file;
  // The mode of a symbolic link says nothing.
  if (uid === user.uid && kind !== "symlink") return true;
  if (kind !== "symlink" && may(file, "write", user)) return true;
  const chain = [...folders, file];
  return folders.some((folder, index) =>
    isReplaceable(folder, chain[index + 1] ?? file, user)
  );
}

/** In a sticky folder only the two owners may move what is there. */
function isReplaceable(
  folder: OwnedFile,
  inside: OwnedFile,
  user: FileUser,
): boolean {
  if (folder.uid === user.uid) return true;
  if (!may(folder, "write", user)) return false;
  return (folder.mode & STICKY) === 0 || inside.uid === user.uid;
}
