/**
 * Rules that let somebody become root without a password.
 *
 * Source: sudoers(5).
 *
 * @module
 */

import type { ImageUser } from "./image_user.ts";

/** A rule without a password. */
export interface SudoRule {
  /** The file it stands in. */
  readonly path: string;
  /** Its first line, from 1. */
  readonly line: number;
  /** The rule as written, on one line. */
  readonly text: string;
  /** Whether it is meant for the user that was asked about. */
  readonly applies: boolean;
}

/** A file with rules. */
export interface SudoersFile {
  /** Its path in the image. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
}

/**
 * Finds the rules that ask for no password.
 *
 * User aliases are followed through all files. A rule is taken to be meant for
 * a user if it could be: what a netgroup holds is not known here.
 *
 * @param files The files.
 * @param user The user that is asked about, if it is known.
 * @returns The rules, in the order of the files.
 *
 * @example Usage
 * ```ts
 * import { findSudoRules } from "./sudoers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "root ALL=(ALL) ALL\n%wheel ALL=(ALL) NOPASSWD: ALL\n";
 * const user = { uid: 1, gids: [10], name: "app", groups: ["wheel"] };
 * assertEquals(findSudoRules([{ path: "/etc/sudoers", text }], user), [{
 *   path: "/etc/sudoers",
 *   line: 2,
 *   text: "%wheel ALL=(ALL) NOPASSWD: ALL",
 *   applies: true,
 * }]);
 * ```
 */
export function findSudoRules(
  files: readonly SudoersFile[],
  user: ImageUser | undefined,
): readonly SudoRule[] {
  const lines = files.flatMap(linesOf);
  const aliases = new Map(lines.flatMap(({ text }) => aliasesIn(text)));
  const meaning = { user, aliases, known: new Map() };
  return lines.flatMap(({ path, line, text }) => {
    const who = passwordless(text);
    if (who === undefined) return [];
    return [{ path, line, text, applies: isMeant(who, meaning) }];
  });
}

interface Line {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Lines with continuations joined and comments taken away. */
function linesOf({ path, text }: SudoersFile): Line[] {
  const found: Line[] = [];
  let pending = "";
  let start = 1;
  for (const [index, raw] of text.split("\n").entries()) {
    if (pending === "") start = index + 1;
    const continues = raw.endsWith("\\");
    pending += continues ? `${raw.slice(0, -1)} ` : raw;
    if (continues) continue;
    const line = withoutComment(pending).trim();
    if (line !== "") found.push({ path, line: start, text: line });
    pending = "";
  }
  return found;
}

// `#` also begins an id, and `\#` is a character.
function withoutComment(line: string): string {
  return line.replace(/(^|[^\\])#(?!\d).*$/, "$1");
}

/** Whom a line frees from the password, if anybody. */
function passwordless(line: string): readonly string[] | undefined {
  const defaults = /^Defaults(?:[:>@!](\S+))?\s(.*)$/.exec(line);
  if (defaults !== null) {
    const [, who = "ALL", settings = ""] = defaults;
    return /(?:^|[\s,])!\s*authenticate\b/.test(settings)
      ? names(who)
      : undefined;
  }
  if (/^(?:\w+_Alias\b|[@#]?include)/.test(line)) return undefined;
  const [who = "", commands] = line.split(/=(.*)/s);
  if (commands === undefined || !/\bNOPASSWD\s*:/.test(commands)) {
    return undefined;
  }
  // The last word before `=` is the host.
  return names(who.trim().replace(/\s+\S+$/, ""));
}

function names(list: string): readonly string[] {
  return list.split(",").map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
}

function aliasesIn(line: string): [string, readonly string[]][] {
  const body = /^User_Alias\s+(.*)$/.exec(line)?.[1];
  if (body === undefined) return [];
  return body.split(":").flatMap((part) => {
    const [name, list] = part.split("=");
    return name === undefined || list === undefined
      ? []
      : [[name.trim(), names(list)] as [string, readonly string[]]];
  });
}

interface Meaning {
  readonly user: ImageUser | undefined;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Aliases that were looked into: each is once, also where they are nested. */
  readonly known: Map<string, boolean>;
}

/** Aliases in aliases; beyond that, whoever may be meant is. */
const MAX_DEPTH = 100;

/** The last of the names that speaks of the user decides, as in sudo. */
function isMeant(
  list: readonly string[],
  meaning: Meaning,
  depth = 0,
): boolean {
  if (meaning.user === undefined) return false;
  let meant = false;
  for (const item of list) {
    const [, nots = "", name = ""] = /^([!\s]*)(.*)$/s.exec(item) ?? [];
    if (!speaksOf(name, meaning, depth)) continue;
    meant = (nots.match(/!/g) ?? []).length % 2 === 0;
  }
  return meant;
}

function speaksOf(name: string, meaning: Meaning, depth: number): boolean {
  const { user, aliases, known } = meaning;
  const alias = aliases.get(name);
  if (alias !== undefined) {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (depth > MAX_DEPTH) return true;
    known.set(name, false);
    const meant = isMeant(alias, meaning, depth + 1);
    known.set(name, meant);
    return meant;
  }
  if (name.startsWith("%#")) {
    return user?.gids.includes(Number(name.slice(2))) ?? false;
  }
  if (name.startsWith("%")) {
    return user?.groups.includes(name.slice(1)) ?? false;
  }
  if (name.startsWith("#")) return user?.uid === Number(name.slice(1));
  return name === "ALL" || name.startsWith("+") || name === user?.name;
}
