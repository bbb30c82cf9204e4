/**
 * Names of archive entries: the only paths that are ever looked up in an image.
 *
 * @module
 */

/** A path in an image that {@linkcode parseEntryPath} has accepted. */
export interface EntryPath {
  /** The folders on the way and the name itself; none for the root. */
  readonly names: readonly string[];
  /** Whether it came from {@linkcode parseEntryPath}. */
  readonly __entryPath: true;
}

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
 * assertEquals(result.ok && result.path.names, ["etc", "runner"]);
 * assertEquals(parseEntryPath("../etc"), {
 *   ok: false,
 *   reason: 'holds ".."',
 * });
 * ```
 */
export function parseEntryPath(name: string): EntryPathResult {
  const names = name.split("/").filter((part) => part !== "" && part !== ".");
  const reason = refusal(name, names);
  if (reason !== undefined) return { ok: false, reason };
  return { ok: true, path: { names, __entryPath: true } };
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
