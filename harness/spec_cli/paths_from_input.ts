/**
 * Paths that stand on standard input: `git diff --name-only | spec run -`.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { decodeUtf8 } from "../_utf8.ts";
import { UsageError } from "../usage_error.ts";

const MAX_BYTES = 64 * 1024 * 1024;
const REMEDY = "Write one path on a line, or end each with a NUL: find -print0";

/**
 * Puts the paths on standard input into the place of `-`.
 *
 * They stand one on a line, or, if there is a NUL at all, each ends with one.
 *
 * @param paths The paths, `-` among them.
 * @param host Whose standard input is read.
 * @returns The paths in their order.
 * @throws {UsageError} If `-` stands there twice, or standard input holds no
 * path, an empty one, or no text.
 *
 * @example Usage
 * ```ts
 * import { pathsWithInput } from "./paths_from_input.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ stdin: "b.spec.md\nc d.spec.md\n" });
 * assertEquals(
 *   pathsWithInput(["a.spec.md", "-"], host),
 *   ["a.spec.md", "b.spec.md", "c d.spec.md"],
 * );
 * ```
 */
export function pathsWithInput(
  paths: readonly string[],
  host: Pick<Host, "readInput">,
): readonly string[] {
  const times = paths.filter((path) => path === "-").length;
  if (times > 1) {
    throw new UsageError(
      `Cannot read paths from standard input ${times} times`,
      { remedy: 'Give "-" once; a file of that name is "./-"' },
    );
  }
  const read = splitPaths(inputText(host));
  return paths.flatMap((path) => path === "-" ? read : [path]);
}

function inputText(host: Pick<Host, "readInput">): string {
  const decoded = decodeUtf8(read(host));
  if (decoded.ok) return decoded.text;
  const line = decoded.before.split("\n").length;
  throw refusal(`line ${line} is not UTF-8`, "Name the directory instead");
}

function read(host: Pick<Host, "readInput">): Uint8Array {
  try {
    return host.readInput({ maxBytes: MAX_BYTES });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw refusal(
      error.code === "EFBIG" ? "it is larger than 64 MiB" : error.reason,
      REMEDY,
    );
  }
}

function splitPaths(text: string): readonly string[] {
  const isNul = text.includes("\0");
  const end = isNul ? "\0" : "\n";
  const whole = text.endsWith(end) ? text.slice(0, -1) : text;
  if (whole === "") throw refusal("there is none", REMEDY);
  const paths = whole.split(end);
  const empty = paths.findIndex((path) => path.trim() === "");
  if (empty < 0) return paths;
  throw refusal(`${isNul ? "path" : "line"} ${empty + 1} is empty`, REMEDY);
}

function refusal(reason: string, remedy: string): UsageError {
  return new UsageError(`Cannot read paths from standard input: ${reason}`, {
    remedy,
  });
}
