import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../usage_error.ts";
import { parseFlags } from "./flags.ts";

const SHAPES = [
  { name: "shuffle", kind: "optional" },
  { name: "filter", kind: "value" },
  { name: "verbose", kind: "switch" },
] as const;

/** Words, what `--shuffle` got, and the paths. */
const UNDERSTOOD = [
  [[], undefined, []],
  [["--shuffle"], [], []],
  [["--shuffle", "x"], [], ["x"]],
  [["x", "--shuffle", "--verbose", "y"], [], ["x", "y"]],
  [["--shuffle=7", "x"], ["7"], ["x"]],
  [["--shuffle=-7"], ["-7"], []],
  [["--shuffle==", "-"], ["="], ["-"]],
  [["--", "--shuffle"], undefined, ["--shuffle"]],
] as const;

Deno.test("parseFlags() leaves the next word alone if a value may be left out", () => {
  for (const [words, wanted, paths] of UNDERSTOOD) {
    const flags = parseFlags(words, SHAPES);
    assertEquals<unknown>(flags.values.get("shuffle"), wanted, words.join(" "));
    assertEquals<unknown>(flags.paths, paths, words.join(" "));
  }
});

const REFUSED = [
  [["--shuffle="], "Cannot use --shuffle: its value is empty"],
  [["--shuffle", "--shuffle=7"], "Cannot use --shuffle 2 times"],
  [["--shufle=7"], 'unknown flag "--shufle"'],
  [["--filter", "--shuffle"], "Cannot use --filter: its value is empty"],
] as const;

Deno.test("parseFlags() refuses an empty value, and two", () => {
  for (const [words, message] of REFUSED) {
    assertThrows(() => parseFlags(words, SHAPES), UsageError, message);
  }
});
