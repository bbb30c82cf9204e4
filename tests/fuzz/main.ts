/**
 * Gives every target inputs at random for some time, and tells what was found.
 *
 * ```sh
 * deno task fuzz --seed 1 --seconds 60
 * ```
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { envBytes, envFiles } from "./env_files.ts";
import { fences } from "./fences.ts";
import { type Finding, fuzz, type Target } from "./_fuzzer.ts";
import { machine } from "./machine.ts";
import { patterns } from "./patterns.ts";
import { patternsOf, startPython } from "./python.ts";
import { yaml } from "./yaml.ts";

/** How many inputs a target is given at a time. */
const BATCH = 100;
/** How many findings of a target are told: more are mostly the same again. */
const MOST = 5;

interface Tally {
  inputs: number;
  findings: number;
}

type Give = (seed: number) => Promise<Finding | undefined>;

function given<T>(target: Target<T>): readonly [string, Give] {
  return [target.name, (seed) => fuzz(target, seed)];
}

async function main(): Promise<number> {
  const { seed, seconds } = options();
  await using python = startPython();
  const targets = new Map<string, Give>([
    given(fences),
    given(envFiles),
    given(envBytes),
    given(patterns),
    given(machine),
    given(yaml),
    ...(python === undefined ? [] : [given(patternsOf(python))]),
  ]);
  if (python === undefined) console.log("without Python: it is not installed");
  const tallies = await runFor(seconds, seed, targets);
  for (const [name, { inputs, findings }] of tallies) {
    console.log(`${name}: ${inputs} inputs, ${findings} findings`);
  }
  return [...tallies.values()].some(({ findings }) => findings > 0) ? 1 : 0;
}

async function runFor(
  seconds: number,
  seed: number,
  targets: ReadonlyMap<string, Give>,
): Promise<ReadonlyMap<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const end = performance.now() + 1000 * seconds;
  for (let first = seed; performance.now() < end; first += BATCH) {
    for (const [name, give] of targets) {
      const tally = tallies.get(name) ?? { inputs: 0, findings: 0 };
      tallies.set(name, tally);
      if (tally.findings >= MOST) continue;
      await runBatch(first, give, tally);
    }
  }
  return tallies;
}

async function runBatch(first: number, give: Give, tally: Tally) {
  for (let seed = first; seed < first + BATCH; seed++) {
    tally.inputs++;
    const finding = await give(seed);
    if (finding === undefined) continue;
    tally.findings++;
    const { target, input, problem } = finding;
    console.log(`${target}: seed ${seed}\n  input: ${input}\n  ${problem}\n`);
  }
}

function options(): { readonly seed: number; readonly seconds: number } {
  const flags = parseArgs(Deno.args, {
    string: ["seed", "seconds"],
    unknown: (word) => refuse(`unknown argument "${word}"`),
  });
  const number = (name: "seed" | "seconds", otherwise: number) => {
    const text = flags[name];
    if (text === undefined) return otherwise;
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    return refuse(`--${name} has to be a whole number, got "${text}"`);
  };
  return {
    seed: number("seed", Date.now() % 2 ** 31),
    seconds: number("seconds", 60),
  };
}

function refuse(problem: string): never {
  console.error(`fuzz: ${problem}; write --seed N --seconds N`);
  Deno.exit(2);
}

if (import.meta.main) Deno.exit(await main());
