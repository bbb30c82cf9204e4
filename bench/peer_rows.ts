/**
 * What the entrypoint and its peers are compared by.
 *
 * @module
 */

import type { Row } from "./peer_measuring.ts";
import { AROUND_ROWS } from "./peer_rows_around.ts";
import { TOOL_ROWS } from "./peer_rows_tool.ts";

/** The rows of the table, in their order. */
export const ROWS: readonly Row[] = [...TOOL_ROWS, ...AROUND_ROWS];

/** Where a row is shown, as the page names it. */
export function linked(shownBy: Row["shownBy"]): string {
  if (typeof shownBy === "string") return shownBy;
  const [file, test] = shownBy;
  const name = file.replace(/^.*\//, "");
  return `[${name}](../${testPath(file)} "${test}")`;
}

/** The module of tests that a row names, below the root. */
export function testPath(file: string): string {
  return file.startsWith("heavy/")
    ? `tests/${file}.ts`
    : `tests/entrypoint/${file}_test.ts`;
}
