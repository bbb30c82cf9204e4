import { assert, assertEquals } from "@std/assert";
import { CORE_COMMANDS, isCoreCommand } from "./commands.ts";

const CONTRACT = ["help", "about", "info", "exec", "shell", "version"];

Deno.test("CORE_COMMANDS holds the six of the contract, in its order", () => {
  assertEquals([...CORE_COMMANDS.keys()], CONTRACT);
});

Deno.test("CORE_COMMANDS says how each command is called", () => {
  for (const [name, { usage, summary }] of CORE_COMMANDS) {
    assertEquals(usage.split(" ")[0], name);
    assert(/^[A-Z][^.\n]+$/.test(summary), summary);
  }
});

Deno.test("isCoreCommand() knows the six and nothing that looks like them", () => {
  for (const word of CONTRACT) assert(isCoreCommand(word), word);
  const others = [
    "",
    "HELP",
    "Help",
    "hel",
    "helpp",
    "help ",
    " help",
    "help\n",
  ]
    .concat("--help", "-h", "--version", "--", "__proto__", "constructor")
    .concat("toString", "hasOwnProperty", "size", "get");
  for (const word of others) assert(!isCoreCommand(word), word);
});
