/**
 * As whom containers of an image run.
 *
 * Source: Docker image specification 1.2, "User"; engines look names up in the
 * image's own `/etc/passwd` and `/etc/group`.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import type { FileUser } from "./access.ts";

/** The user of an image. */
export interface ImageUser extends FileUser {
  /** The name in `/etc/passwd`; nothing for a number without a name. */
  readonly name: string | undefined;
  /** The names of the groups in `/etc/group`. */
  readonly groups: readonly string[];
}

/** A user, or why there is none; continues the sentence `The user …`. */
export type ImageUserResult =
  | { readonly ok: true; readonly user: ImageUser }
  | { readonly ok: false; readonly reason: string };

/** The texts in which names are looked up. */
export interface UserTables {
  /** `/etc/passwd`; empty if there is none. */
  readonly passwd: string;
  /** `/etc/group`; empty if there is none. */
  readonly group: string;
}

/**
 * Finds out as whom containers run, as engines do.
 *
 * A number is always an id. Without a group, the user's own one counts and all
 * that list him; with one, only that.
 *
 * @param declared `USER` of the image: `USER`, `USER:GROUP`, names or numbers.
 * @param tables Where names are looked up.
 * @returns The user, or why engines would refuse to start a container.
 *
 * @example A number that is root in disguise
 * ```ts
 * import { resolveUser } from "./image_user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tables = { passwd: "app:x:0:0::/:/bin/sh\n", group: "" };
 * const result = resolveUser("app", tables);
 * assertEquals(result.ok && result.user.uid, 0);
 * assertEquals(resolveUser("nobody", tables), {
 *   ok: false,
 *   reason: 'is "nobody", whom /etc/passwd does not know',
 * });
 * ```
 */
export function resolveUser(
  declared: string,
  { passwd, group }: UserTables,
): ImageUserResult {
  const [who = "", which = ""] = declared.split(":");
  const users = passwdOf(passwd);
  const wanted = who === "" ? 0 : idOf(who);
  const entry = users.find(({ name, uid }) =>
    wanted === undefined ? name === who : uid === wanted
  );
  const uid = entry?.uid ?? wanted;
  if (uid === undefined) {
    return {
      ok: false,
      reason: `is ${quoted(who)}, whom /etc/passwd does not know`,
    };
  }
  if (uid < 0 || uid > MAX_ID) {
    return { ok: false, reason: `is ${uid}, which is no id` };
  }
  const groups = groupsOf(group);
  if (which !== "") return withGroup({ uid, name: entry?.name }, which, groups);
  const own = entry === undefined
    ? []
    : groups.filter(({ members }) => members.includes(entry.name));
  const gid = entry?.gid ?? 0;
  const first = groups.filter((one) => one.gid === gid);
  return {
    ok: true,
    user: {
      uid,
      name: entry?.name,
      gids: [...new Set([gid, ...own.map((one) => one.gid)])],
      groups: [...new Set([...first, ...own].map(({ name }) => name))],
    },
  };
}

const MAX_ID = 2 ** 31 - 1;

function withGroup(
  user: Pick<ImageUser, "uid" | "name">,
  which: string,
  groups: readonly Group[],
): ImageUserResult {
  const wanted = idOf(which);
  const entry = groups.find(({ name, gid }) =>
    wanted === undefined ? name === which : gid === wanted
  );
  const gid = entry?.gid ?? wanted;
  if (gid === undefined || gid < 0 || gid > MAX_ID) {
    return {
      ok: false,
      reason: `has the group ${quoted(which)}, which /etc/group does not know`,
    };
  }
  const names = entry === undefined ? [] : [entry.name];
  return { ok: true, user: { ...user, gids: [gid], groups: names } };
}

/** Engines read `+0` and `007` as numbers, too. */
function idOf(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) + 0 : undefined;
}

interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

function passwdOf(text: string) {
  return rows(text).map(([name = "", , uid, gid]) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
  })).filter(({ uid, gid }) => Number.isInteger(uid) && Number.isInteger(gid));
}

function groupsOf(text: string): Group[] {
  return rows(text).map(([name = "", , gid, members = ""]) => ({
    name,
    gid: Number(gid),
    members: members.split(",").map((member) => member.trim()),
  })).filter(({ gid }) => Number.isInteger(gid));
}

function rows(text: string): string[][] {
  return text.split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => line.split(":"));
}
