/**
 * What flags ask for in words, found out on the machine: which cases failed,
 * what has changed, which part is meant.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { drawSeed } from "../order.ts";
import { parseShard } from "../shard.ts";
import type { SuiteOptions } from "../suite.ts";
import { UsageError } from "../usage_error.ts";
import type { ChoiceWords } from "./options.ts";

/** What the words mean. */
export type Choice = Pick<
  SuiteOptions,
  "lastFailed" | "changed" | "shard" | "durations" | "seed"
>;

/**
 * Finds out what the words of flags mean.
 *
 * @param words What was asked for.
 * @param host The machine: its files, its variables, its git.
 * @returns What is meant.
 * @throws {UsageError} If it cannot be found out, or makes no sense.
 *
 * @example Usage
 * ```ts
 * import { choose } from "./choose.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const env = { CIRCLE_NODE_INDEX: "0", CIRCLE_NODE_TOTAL: "3" };
 * const host = new MemoryHost({ env });
 * assertEquals(await choose({ shardWord: "auto" }, host), {
 *   shard: { index: 1, total: 3 },
 * });
 * ```
 */
export async function choose(
  words: ChoiceWords,
  host: Host,
): Promise<Choice> {
  const { lastFailedFile, changedSince, shardWord, timingFiles, shuffle } =
    words;
  if (timingFiles !== undefined && shardWord === undefined) {
    throw new UsageError("Cannot use --timings without --shard", {
      remedy: "They say how cases are divided into shards: --shard 1/4",
    });
  }
  if (shuffle === "draw" && shardWord !== undefined) {
    throw new UsageError("Cannot draw a seed for one shard", {
      remedy: "Give all of them the same: --shuffle=SEED",
    });
  }
  return {
    ...(lastFailedFile === undefined
      ? {}
      : { lastFailed: await failedIn(lastFailedFile, host) }),
    ...(shardWord === undefined
      ? {}
      : { shard: parseShard(shardWord, (name) => host.env(name)) }),
    ...(timingFiles === undefined
      ? {}
      : { durations: await durationsIn(timingFiles, host) }),
    ...(shuffle === undefined
      ? {}
      : { seed: shuffle === "draw" ? drawSeed() : shuffle }),
    ...(changedSince === undefined
      ? {}
      : { changed: await since(changedSince, host) }),
  };
}

async function failedIn(path: string, host: Host) {
  const { readFailedCases } = await import("../earlier_run.ts");
  return readFailedCases(path, host);
}

async function durationsIn(paths: readonly string[], host: Host) {
  const { readDurations } = await import("../earlier_run.ts");
  return readDurations(paths, host);
}

async function since(revision: string, host: Host) {
  const { changedFiles } = await import("../changed.ts");
  return await changedFiles(revision, host);
}
