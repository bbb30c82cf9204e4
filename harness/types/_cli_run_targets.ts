/**
 * The targets of a `cli.run` case.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import type { FileHost } from "../_read_file.ts";
import { CaseError } from "../case_error.ts";
import { absolute } from "../contract_root.ts";
import { decodeOutput, type Outcome } from "../process/outcome.ts";
import { readUtf8 } from "./_read_text.ts";
import type { ReadTarget } from "./harness_type.ts";

/**
 * Makes a reader of targets.
 *
 * @param outcome What running the program came to.
 * @param cwd Where relative paths that it printed begin.
 * @param host The part of the machine that printed paths lead to.
 * @returns The reader; it fails as `assertion` if a path or its file is not
 * there.
 */
export function targetReader(
  outcome: Outcome,
  cwd: string,
  host: FileHost,
): ReadTarget {
  const stdout = () => decodeOutput(outcome.stdout);
  const readers: ReadonlyMap<string, () => string> = new Map([
    ["stdout", stdout],
    ["stderr", () => decodeOutput(outcome.stderr)],
    ["stdout_path", () => firstLine(stdout())],
    ["stdout_path_text", () => readPrinted(firstLine(stdout()), cwd, host)],
  ]);
  return (target) => {
    const read = readers.get(target);
    if (read === undefined) {
      throw new CaseError("schema", `unknown assert target: ${quoted(target)}`);
    }
    return read();
  };
}

function firstLine(stdout: string): string {
  const line = /\S[^\n]*/.exec(stdout)?.[0].trim();
  if (line !== undefined) return line;
  throw new CaseError(
    "assertion",
    "stdout should name a path, but it has no line that is not empty",
  );
}

function readPrinted(
  path: string,
  cwd: string,
  host: FileHost,
): string {
  const result = readUtf8(absolute(path, { cwd: () => cwd }), host);
  if (result.ok) return result.text;
  throw new CaseError(
    "assertion",
    `Cannot read ${quoted(path)}, the path on stdout: ${result.reason}`,
    { cause: result.cause },
  );
}
