import { assertEquals, assertThrows } from "@std/assert";
import { imageHelp } from "../image/image_pages.ts";
import { UsageError } from "../usage_error.ts";
import type { CommandId, FlagRow } from "./flag_row.ts";
import { FLAGS, flagsOf } from "./flag_table.ts";
import { parseFlags } from "./flags.ts";
import { flagUsage } from "./help.ts";
import { readOptions } from "./read_options.ts";
import { specHelp } from "./spec_pages.ts";

const HELP: Readonly<Record<CommandId, string>> = {
  "spec run": specHelp("run"),
  "spec list": specHelp("list"),
  "spec lint": specHelp("lint"),
  "spec conformance": specHelp("conformance"),
  "spec capabilities": specHelp("capabilities"),
  "image init": imageHelp("init"),
  "image materialize": imageHelp("materialize"),
  "image verify": imageHelp("verify"),
};
const COMMANDS = Object.keys(HELP) as CommandId[];

/** Words that give a flag a value it takes. */
function wordsOf(row: FlagRow): string[] {
  const { name } = row;
  if (row.kind === "switch") return [`--${name}`];
  const samples = { number: "1", file: "x", folder: "x", report: "json=x" };
  const [choice] = row.choices?.() ?? [];
  const value = row.names === undefined ? choice ?? "x" : samples[row.names];
  return row.kind === "optional" ? [`--${name}`] : [`--${name}`, value];
}

Deno.test("FLAGS names each flag once, and each command takes help and version", () => {
  const names = FLAGS.map(({ name }) => name);
  assertEquals(names, [...new Set(names)]);
  for (const command of COMMANDS) {
    const taken = flagsOf(command).map(({ name }) => name);
    assertEquals(taken.slice(-2), ["help", "version"], command);
  }
});

Deno.test("each flag is read by the commands that take it, and refused by the others", () => {
  for (const row of FLAGS) {
    for (const command of COMMANDS) {
      const label = `${command} --${row.name}`;
      const rows = flagsOf(command);
      const words = wordsOf(row);
      if (!row.commands.includes(command)) {
        assertThrows(() => parseFlags(words, rows), UsageError, "unknown flag");
        continue;
      }
      const flags = parseFlags(words, rows);
      const wanted = row.option === undefined ? [] : [row.option];
      assertEquals<unknown>(
        Object.keys(readOptions(flags, rows)),
        wanted,
        label,
      );
      assertEquals(flags.paths, [], label);
    }
  }
});

Deno.test("--help tells the flags of the table and no other", () => {
  for (const command of COMMANDS) {
    const told = HELP[command].match(/(?<=^ {2})--[^ ]+(?: [^ ]+)?/gm) ?? [];
    assertEquals(told, flagsOf(command).map(flagUsage), command);
  }
});

Deno.test("--help fits on a screen of 80 columns, and lists exit codes", () => {
  for (const [topic, text] of Object.entries(HELP)) {
    const wide = text.split("\n").filter((line) => line.length > 80);
    assertEquals(wide, [], topic);
    assertEquals(/\nExit codes:\n {2}0 {2}/.test(text), true, topic);
    assertEquals(/\nExamples:\n {2}(?:spec|image) /.test(text), true, topic);
  }
});
