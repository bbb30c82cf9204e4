import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../usage_error.ts";
import { COMMANDS, HELP, wordsOf } from "./_flag_testing.ts";
import { FLAGS, flagShapes, flagsOf } from "./flag_table.ts";
import { parseFlags } from "./flags.ts";
import { flagUsage } from "./help.ts";
import { readOptions } from "./read_options.ts";

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
        assertThrows(
          () => parseFlags(words, flagShapes(command)),
          UsageError,
          "unknown flag",
        );
        continue;
      }
      const flags = parseFlags(words, flagShapes(command));
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

Deno.test("what other tools call a flag is no flag, and of one meaning in a command", () => {
  for (const command of COMMANDS) {
    const also = flagsOf(command).flatMap(({ also = [] }) => also);
    assertEquals(also, [...new Set(also)], command);
    const names = flagShapes(command).map(({ name }) => name);
    assertEquals(also.filter((name) => names.includes(name)), [], command);
  }
});
