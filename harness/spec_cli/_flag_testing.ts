/** What tests of the table of flags share. */

import { imageHelp } from "../image/image_pages.ts";
import type { CommandId, FlagRow } from "./flag_row.ts";
import { specHelp } from "./spec_pages.ts";

/** The help text of every command. */
export const HELP: Readonly<Record<CommandId, string>> = {
  "spec run": specHelp("run"),
  "spec list": specHelp("list"),
  "spec lint": specHelp("lint"),
  "spec conformance": specHelp("conformance"),
  "spec merge": specHelp("merge"),
  "spec capabilities": specHelp("capabilities"),
  "spec fmt": specHelp("fmt"),
  "spec schema": specHelp("schema"),
  "spec completions": specHelp("completions"),
  "spec doctor": specHelp("doctor"),
  "spec watch": specHelp("watch"),
  "image init": imageHelp("init"),
  "image materialize": imageHelp("materialize"),
  "image verify": imageHelp("verify"),
  "image completions": imageHelp("completions"),
  "image doctor": imageHelp("doctor"),
};
/** Every command. */
export const COMMANDS = Object.keys(HELP) as CommandId[];

/** A value that a flag takes; nothing if it needs none. */
export function sampleOf(row: FlagRow): string | undefined {
  if (row.kind !== "value") return undefined;
  const samples = { number: "1", file: "x", folder: "x", report: "json=x" };
  const [choice] = row.choices?.() ?? [];
  return row.names === undefined ? choice ?? "x" : samples[row.names];
}

/** Words that give a flag a value it takes. */
export function wordsOf(row: FlagRow): string[] {
  const sample = sampleOf(row);
  return [`--${row.name}`, ...(sample === undefined ? [] : [sample])];
}
