// The longer run, with other seeds each time: deno task fuzz

import { assertEquals } from "@std/assert";
import { readQuickly } from "../../harness/_quick_yaml.ts";
import { extractBlocks } from "../../harness/extract.ts";
import type { Json } from "../../harness/json.ts";
import { parseEnvFile } from "../../runner/env_file.ts";
import { Dice } from "./_dice.ts";
import { fuzz, shorterTexts, type Target } from "./_fuzzer.ts";
import { Failure, reference } from "./_reference.ts";
import { envBytes, envFiles } from "./env_files.ts";
import { fences } from "./fences.ts";
import { machine } from "./machine.ts";
import { patterns, type Search, search } from "./patterns.ts";
import { yaml } from "./yaml.ts";

function testTarget<T>(target: Target<T>): void {
  Deno.test(`fuzzing finds nothing: ${target.name}`, async () => {
    for (let seed = 0; seed < target.runs; seed++) {
      assertEquals(await fuzz(target, seed), undefined);
    }
  });
}

testTarget(fences);
testTarget(envFiles);
testTarget(envBytes);
testTarget(patterns);
testTarget(machine);
testTarget(yaml);

/** How many of a target's inputs are of some kind. */
function share<T>(target: Target<T>, isOne: (input: T) => boolean): number {
  const count = 500;
  let found = 0;
  for (let seed = 0; seed < count; seed++) {
    if (isOne(target.generate(new Dice(seed)))) found++;
  }
  return found / count;
}

Deno.test("fuzzing reaches behind the first refusal", () => {
  const holdsCase = (text: string) =>
    extractBlocks("p", text).some(({ kind }) => kind === "block");
  const isRead = (text: string) => {
    const file = parseEnvFile(new TextEncoder().encode(text));
    return file.ok && file.entries.length > 0;
  };
  const isLong = ([source, subject]: readonly [Json, Json]) => {
    try {
      return reference(source, subject, 300).steps > 5;
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  };
  const isPattern = (input: Search) => typeof search(input) === "boolean";
  const shares = {
    fences: share(fences, holdsCase),
    envFiles: share(envFiles, isRead),
    machine: share(machine, isLong),
    patterns: share(patterns, isPattern),
    yaml: share(yaml, (text) => readQuickly(text) !== undefined),
  };
  for (const [name, found] of Object.entries(shares)) {
    assertEquals(found > 0.2, true, `${name}: ${found}`);
  }
});

Deno.test("fuzz() makes what it finds small", async () => {
  const target: Target<string> = {
    name: "no b after a",
    runs: 0,
    generate: (dice) => dice.text([..."abcdefg"], 40),
    check: (text) => /a.*b/.test(text) ? "a b after an a" : undefined,
    shrink: shorterTexts,
  };
  let seed = 0;
  let finding = await fuzz(target, seed);
  while (finding === undefined) finding = await fuzz(target, ++seed);
  assertEquals(finding, {
    target: "no b after a",
    seed,
    input: '"ab"',
    problem: "a b after an a",
  });
});
