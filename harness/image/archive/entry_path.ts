/**
 * Names of archive entries: the only paths that are ever looked up in an image.
 *
 * @module
 */

/**
 * A path that {@linkcode parseEntryPath} has accepted: names with single slashes
 * between them, none in front or behind; the root is empty.
 */
export type EntryPath = string & { readonly __entryPath: never };

/** What {@linkcode parseEntryPath} made of a name. */
export type EntryPathResult =
  | { readonly ok: true; readonly path: EntryPath }
  | { readonly ok: false; readonly reason: string };

/** As Linux has it. */
const MAX_PATH_BYTES = 4096;
const MAX_NAME_BYTES = 255;

/**
 * Decides whether a name leads to a place below the root, and to which.
 *
 * @param name The name of an entry or the target of a hard link, as written.
 * @returns The path, or why there is none; the reason continues the sentence
 * `Cannot read entry "NAME": its name …`.
 *
 * @example A path and an escape
 * ```ts
 * import { parseEntryPath } from "./entry_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = parseEntryPath("./etc/runner/");
 * assertEquals(result.ok && String(result.path), "etc/runner");
 * assertEquals(parseEntryPath("../etc"), {
 *   ok: false,
 *   reason: 'holds ".."',
 * });
 * ```
 */
export function parseEntryPath(name: string): EntryPathResult {
  const names = namesOf(name);
  const reason = refusal(name, names);
  return reason === undefined
    ? { ok: true, path: names.join("/") as EntryPath }
    : { ok: false, reason };
}

/**
 * Takes a path apart.
 *
 * @param path The path, or any text with slashes.
 * @returns The folders on the way and the name itself; none for the root.
 *
 * @example Usage
 * ```ts
 * import { namesOf } from "./entry_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(namesOf("./etc//runner/"), ["etc", "runner"]);
 * ```
 */
export function namesOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function refusal(
  name: string,
  names: readonly string[],
): string | undefined {
  if (name === "") return "is empty";
  if (name.startsWith("/") && names.length > 0) return "is absolute";
  if (names.includes("..")) return 'holds ".."';
  if (name.includes("\0")) return "holds a zero byte";
  if (byteLength(name) > MAX_PATH_BYTES) {
    return `has more than ${MAX_PATH_BYTES} bytes`;
  }
  if (names.some((part) => byteLength(part) > MAX_NAME_BYTES)) {
    return `has a part of more than ${MAX_NAME_BYTES} bytes`;
  }
  return undefined;
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  // At most three bytes for each unit: most names need no encoding.
  return text.length * 3 <= MAX_NAME_BYTES
    ? text.length
    : encoder.encode(text).length;
}
