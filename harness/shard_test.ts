import { assert, assertEquals, assertThrows } from "@std/assert";
import { divide, parseShard, planFingerprint, shardOf } from "./shard.ts";
import { UsageError } from "./usage_error.ts";

const IDS = Array.from({ length: 500 }, (_, i) => `suite.case-${i}`);

/** The same ids in other orders. */
function* orders(ids: readonly string[]): Generator<string[]> {
  yield ids.toReversed();
  yield ids.toSorted();
  for (const step of [7, 77, 333]) {
    yield ids.map((_, at) => ids[(at * step) % ids.length] ?? "");
  }
}

/** Durations of a kind, the same each time. */
function durationsOf(ids: readonly string[], seed: number) {
  let state = seed;
  return new Map(ids.map((id) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return [id, state % 1000];
  }));
}

function loads(
  ids: readonly string[],
  shards: readonly number[],
  durations: ReadonlyMap<string, number>,
): number[] {
  const sums: number[] = [];
  ids.forEach((id, at) => {
    const shard = (shards[at] ?? 0) - 1;
    sums[shard] = (sums[shard] ?? 0) + (durations.get(id) ?? 0);
  });
  return sums;
}

Deno.test("shardOf() puts ids where it always put them", () => {
  const told = ["", "A-1", "A-2", "RUN-π-😀"].map((id) => shardOf(id, 7));
  assertEquals(told, [5, 5, 1, 3]);
});

Deno.test("divide() by id gives every case one shard, whatever stands around it", () => {
  for (const total of [1, 2, 7, 16, 600]) {
    const shards = new Map(IDS.map((id) => [id, shardOf(id, total)]));
    for (const ids of orders(IDS)) {
      assertEquals(divide(ids, total), ids.map((id) => shards.get(id) ?? 0));
    }
    for (const shard of shards.values()) {
      assert(Number.isInteger(shard) && shard >= 1 && shard <= total);
    }
  }
});

Deno.test("divide() by id gives shards of about the same size", () => {
  const ids = Array.from({ length: 7000 }, (_, i) => `${i}`);
  const sizes = Map.groupBy(divide(ids, 7), (shard) => shard);
  for (const { length } of sizes.values()) {
    assert(length > 850 && length < 1150, `${length}`);
  }
});

Deno.test("divide() by durations does not depend on the order of cases", () => {
  for (const total of [1, 2, 7, 600]) {
    const durations = durationsOf(IDS, total);
    const first = divide(IDS, total, durations);
    const shards = new Map(IDS.map((id, at) => [id, first[at]]));
    for (const ids of orders(IDS)) {
      const again = divide(ids, total, durations);
      assertEquals(again, ids.map((id) => shards.get(id) ?? 0));
    }
  }
});

Deno.test("divide() by durations gives every shard about as much to do", () => {
  for (const total of [2, 3, 7]) {
    const durations = durationsOf(IDS, total);
    const sums = loads(IDS, divide(IDS, total, durations), durations);
    assertEquals(sums.length, total);
    assert(Math.max(...sums) - Math.min(...sums) <= 1000, sums.join(" "));
  }
});

/** The least that the busiest of three shards may have to do. */
function bestOf(durations: readonly number[]): number {
  let best = Infinity;
  for (let way = 0; way < 3 ** durations.length; way++) {
    const sums = [0, 0, 0];
    let rest = way;
    for (const duration of durations) {
      sums[rest % 3] = (sums[rest % 3] ?? 0) + duration;
      rest = Math.floor(rest / 3);
    }
    best = Math.min(best, Math.max(...sums));
  }
  return best;
}

Deno.test("divide() never takes longer than 11/9 of the best there can be", () => {
  // Graham, "Bounds on multiprocessing timing anomalies": 4/3 - 1/(3 * 3).
  for (let seed = 1; seed <= 30; seed++) {
    const ids = IDS.slice(0, 8);
    const durations = durationsOf(ids, seed);
    const best = bestOf([...durations.values()]);
    const longest = Math.max(
      ...loads(ids, divide(ids, 3, durations), durations),
    );
    assert(longest <= best * 11 / 9, `seed ${seed}: ${longest} of ${best}`);
  }
});

Deno.test("divide() takes a case without a duration for a middling one", () => {
  const durations = new Map([["A", 100], ["B", 10], ["C", 1]]);
  // A alone; then B, and the two new ones as long as B: 30 and C.
  assertEquals(divide(["A", "B", "C", "N1", "N2"], 2, durations), [
    1,
    2,
    2,
    2,
    2,
  ]);
  const shards = divide(IDS, 5, new Map([["gone", 100]]));
  const sizes = [...Map.groupBy(shards, (shard) => shard).values()];
  assertEquals(sizes.map(({ length }) => length), [100, 100, 100, 100, 100]);
});

Deno.test("divide() keeps what has one id together", () => {
  const alike = new Map([["A", 10], ["B", 10], ["C", 10]]);
  assertEquals(divide(["A", "A", "B", "C"], 2, alike), [1, 1, 2, 2]);
  const ids = [...IDS, ...IDS.slice(0, 20), "suite.case-3"];
  for (const durations of [undefined, durationsOf(IDS, 5)]) {
    const shards = divide(ids, 7, durations);
    for (let at = IDS.length; at < ids.length; at++) {
      assertEquals(shards[at], shards[ids.indexOf(ids[at] ?? "")]);
    }
  }
});

Deno.test("planFingerprint() notices any case that is elsewhere, twice, or gone", () => {
  const ids = IDS.slice(0, 40);
  const shards = divide(ids, 7);
  const seen = new Set([planFingerprint(ids, shards)]);
  let changes = 1;
  for (let at = 0; at < ids.length; at++) {
    const moved = shards.with(at, 1 + (shards[at] ?? 0) % 7);
    const renamed = ids.with(at, `${ids[at]}x`);
    seen.add(planFingerprint(ids, moved));
    seen.add(planFingerprint(renamed, shards));
    seen.add(planFingerprint(ids.toSpliced(at, 1), shards.toSpliced(at, 1)));
    changes += 3;
  }
  assertEquals(seen.size, changes);
});

const none = () => undefined;

Deno.test("parseShard() takes every shard of every number of shards", () => {
  for (const total of [1, 2, 7, 9999]) {
    for (const index of new Set([1, Math.ceil(total / 2), total])) {
      assertEquals(parseShard(`${index}/${total}`, none), { index, total });
    }
  }
});

Deno.test("parseShard() refuses what is no shard", () => {
  const wrong: Readonly<Record<string, string>> = {
    "": "wanted INDEX/TOTAL",
    "3": "wanted INDEX/TOTAL",
    "aut": "wanted INDEX/TOTAL",
    "1/2/3": "wanted INDEX/TOTAL",
    "auto/2/3": "wanted INDEX/TOTAL",
    "0/7": "shards count from 1 to 7",
    "8/7": "shards count from 1 to 7",
    "-1/7": "shards count from 1 to 7",
    "1.5/7": "shards count from 1 to 7",
    "/7": "shards count from 1 to 7",
    "1/0": "there are 1 to 9999 shards",
    "1/10000": "there are 1 to 9999 shards",
    "1/": "there are 1 to 9999 shards",
    "auto/0": "there are 1 to 9999 shards",
    "auto/": "there are 1 to 9999 shards",
    "1/x": "there are 1 to 9999 shards",
  };
  for (const [text, reason] of Object.entries(wrong)) {
    const error = assertThrows(() => parseShard(text, none), UsageError);
    assert(error.message.includes(reason), `${text}: ${error.message}`);
    assertEquals(error.remedy, "The first of four shards is --shard 1/4");
  }
});

const GITLAB = { CI_NODE_INDEX: "3", CI_NODE_TOTAL: "7" };
const CIRCLE = { CIRCLE_NODE_INDEX: "2", CIRCLE_NODE_TOTAL: "7" };
const BUILDKITE = {
  BUILDKITE_PARALLEL_JOB: "2",
  BUILDKITE_PARALLEL_JOB_COUNT: "7",
};
const KUBERNETES = { JOB_COMPLETION_INDEX: "2" };

type Env = Readonly<Record<string, string>>;

const reading = (env: Env) => (name: string) =>
  Object.hasOwn(env, name) ? env[name] : undefined;

/** What the environment says, how it is asked, and what is understood. */
const TOLD: readonly (readonly [Env, string, string])[] = [
  [GITLAB, "auto", "3/7"],
  [GITLAB, "auto/7", "3/7"],
  [{ CI_NODE_INDEX: "1", CI_NODE_TOTAL: "1" }, "auto", "1/1"],
  [{ CI_NODE_TOTAL: "1" }, "auto", "1/1"],
  [CIRCLE, "auto", "3/7"],
  [{ CIRCLE_NODE_INDEX: "0", CIRCLE_NODE_TOTAL: "1" }, "auto", "1/1"],
  [BUILDKITE, "auto", "3/7"],
  [KUBERNETES, "auto/7", "3/7"],
  [{ JOB_COMPLETION_INDEX: "0" }, "auto/7", "1/7"],
  [{ JOB_COMPLETION_INDEX: "6" }, "auto/7", "7/7"],
  [{ ...GITLAB, ...CIRCLE, ...BUILDKITE }, "auto", "3/7"],
  [{ ...GITLAB, ...KUBERNETES }, "auto/7", "3/7"],
  [{ ...GITLAB, CIRCLE_NODE_INDEX: "" }, "auto", "3/7"],
];

Deno.test("parseShard() auto reads what each system sets", () => {
  for (const [env, text, wanted] of TOLD) {
    const { index, total } = parseShard(text, reading(env));
    assertEquals(`${index}/${total}`, wanted, JSON.stringify(env));
  }
});

Deno.test("parseShard() looks at no variable unless it is asked to", () => {
  const asked: string[] = [];
  const env = (name: string) => void asked.push(name);
  assertEquals(parseShard("1/2", env), { index: 1, total: 2 });
  assertEquals(asked, []);
});

const CONTRADICTIONS: readonly (readonly [Env, string, string])[] = [
  [{}, "auto", "none of these is set: CI_NODE_INDEX (GitLab), "],
  [{}, "auto/7", "none of these is set: "],
  [
    { ...GITLAB, ...CIRCLE, CIRCLE_NODE_INDEX: "3" },
    "auto",
    "CI_NODE_INDEX=3 with CI_NODE_TOTAL=7 is shard 3/7, but CIRCLE_NODE_INDEX=3 with CIRCLE_NODE_TOTAL=7 is shard 4/7",
  ],
  [
    { ...CIRCLE, ...BUILDKITE, BUILDKITE_PARALLEL_JOB_COUNT: "8" },
    "auto",
    "is shard 3/7, but BUILDKITE_PARALLEL_JOB=2 with BUILDKITE_PARALLEL_JOB_COUNT=8 is shard 3/8",
  ],
  [GITLAB, "auto/8", "auto/8 was asked for, but CI_NODE_INDEX=3 with"],
  [{ CI_NODE_INDEX: "0", CI_NODE_TOTAL: "7" }, "auto", "outside of 1 to 7"],
  [{ CI_NODE_INDEX: "8", CI_NODE_TOTAL: "7" }, "auto", "outside of 1 to 7"],
  [
    { CIRCLE_NODE_INDEX: "7", CIRCLE_NODE_TOTAL: "7" },
    "auto",
    "outside of 0 to 6",
  ],
  [{ JOB_COMPLETION_INDEX: "7" }, "auto/7", "outside of 0 to 6"],
  [KUBERNETES, "auto", "not of how many"],
  [{ CI_NODE_INDEX: "3" }, "auto", "is set, but CI_NODE_TOTAL is not"],
  [{ CI_NODE_TOTAL: "7" }, "auto", "is set, but CI_NODE_INDEX is not"],
  [{ ...GITLAB, CI_NODE_INDEX: "x" }, "auto", 'CI_NODE_INDEX is "x"'],
  [{ ...GITLAB, CI_NODE_TOTAL: "-7" }, "auto", 'CI_NODE_TOTAL is "-7"'],
];

Deno.test("parseShard() auto says what is missing or contradicts itself", () => {
  for (const [env, text, reason] of CONTRADICTIONS) {
    const error = assertThrows(
      () => parseShard(text, reading(env)),
      UsageError,
    );
    assert(error.message.includes(reason), `${error.message}\n${reason}`);
    assert(error.remedy?.includes("--shard "));
  }
});
