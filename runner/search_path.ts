/**
 * Where a command may be: the paths to try, in order, as bytes.
 *
 * @module
 */

const SLASH = "/".charCodeAt(0);
const COLON = ":".charCodeAt(0);

/** The search path where the environment has no `PATH`. */
export const DEFAULT_SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin";

/**
 * Lists the paths a command word may mean.
 *
 * A word with a slash stands for itself. Another one is looked up in the
 * absolute elements of the search path; empty and relative elements are
 * skipped, so that the working directory is never searched. An empty word is
 * nowhere.
 *
 * @param word The command as typed.
 * @param searchPath The value of `PATH`, nothing if it is not set.
 * @returns The candidates in order, possibly none.
 *
 * @example The working directory is never searched
 * ```ts
 * import { candidatePaths } from "./search_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * assertEquals(
 *   candidatePaths(bytes("ls"), bytes(":.:/opt/bin:bin")),
 *   [bytes("/opt/bin/ls")],
 * );
 * assertEquals(candidatePaths(bytes("./ls"), bytes("/bin")), [bytes("./ls")]);
 * ```
 */
export function candidatePaths(
  word: Uint8Array,
  searchPath: Uint8Array | undefined,
): Uint8Array[] {
  if (word.length === 0) return [];
  if (word.includes(SLASH)) return [word];
  const path = searchPath ?? new TextEncoder().encode(DEFAULT_SEARCH_PATH);
  return split(path, COLON)
    .filter((directory) => directory[0] === SLASH)
    .map((directory) => joinBytes(directory, word));
}

function split(bytes: Uint8Array, separator: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(separator, start);
    if (end < 0) break;
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  parts.push(bytes.subarray(start));
  return parts;
}

function joinBytes(directory: Uint8Array, name: Uint8Array): Uint8Array {
  const slashed = directory.at(-1) === SLASH;
  const end = slashed ? directory.length : directory.length + 1;
  const joined = new Uint8Array(end + name.length);
  joined.set(directory);
  joined[end - 1] = SLASH;
  joined.set(name, end);
  return joined;
}
