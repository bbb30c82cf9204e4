import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { MemoryHost } from "../host/memory_host.ts";
import { partFingerprint } from "./arrange.ts";
import type { CaseResult, RawCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { mergeRuns, type ShardReport } from "./merge.ts";
import { jsonReporter } from "./report/json.ts";
import { junitReporter } from "./report/junit.ts";
import { ndjsonReporter } from "./report/ndjson.ts";
import { readNdjson, type RecordedRun } from "./report/read_ndjson.ts";
import type { Reporter, RunFacts, Sink } from "./report/reporter.ts";
import { runSuite } from "./run_suite.ts";
import { exitCodeOf, type SuiteDocument, type SuiteOptions } from "./suite.ts";
import type { HarnessType } from "./types/harness_type.ts";

/** A case that ends as its body says. */
const endingType: HarnessType = {
  name: "test.ends",
  keys: ["ends"],
  harnessKeys: [],
  targets: {},
  capabilities: [],
  assertsItself: true,
  compile: ({ body }: RawCase) => ({
    exclusive: false,
    run: () =>
      body["ends"] === "badly"
        ? Promise.reject(new CaseError("assertion", "wanted it to end well"))
        : Promise.resolve(),
  }),
};

/** Documents with cases of every outcome, and a library. */
function suiteOf(count: number): SuiteDocument[] {
  const cases = Array.from({ length: count }, (_, at) => ({
    id: at % 500 === 3 ? "twice" : `case-${at}`,
    type: at % 97 === 5 ? "no.such.type" : "test.ends",
    tags: at % 2 === 0 ? ["even"] : [],
    ...(at % 31 === 7 ? { ends: "badly" } : {}),
    ...(at % 41 === 9 ? { unknown: true } : {}),
    ...(at % 53 === 11
      ? { requires: { capabilities: ["none"], when_missing: "skip" } }
      : {}),
  }));
  const library = { id: "lib", type: "spec_lang.library", functions: { a: 1 } };
  const items = [library, ...cases, "no case at all"];
  return Array.from({ length: 10 }, (_, at) => {
    const part = items.filter((_, index) => index % 10 === at);
    return documentOf(`${at}.spec.json`, JSON.stringify(part, null, 1));
  });
}

function documentOf(path: string, text: string): SuiteDocument {
  return { path, format: "json", bytes: new TextEncoder().encode(text) };
}

type Choice = Pick<
  SuiteOptions,
  | "shard"
  | "seed"
  | "durations"
  | "bail"
  | "repeat"
  | "lastFailed"
  | "allowEmpty"
>;

async function reportOf(
  documents: readonly SuiteDocument[],
  make: (sink: Sink) => Reporter,
  options: Choice = {},
): Promise<string> {
  let text = "";
  await runSuite({
    ...options,
    documents,
    types: new Map([[endingType.name, endingType]]),
    reporters: [make({ write: (piece) => void (text += piece) })],
  }, new MemoryHost());
  return text;
}

function shardsOf(
  documents: readonly SuiteDocument[],
  total: number,
  options: Choice = {},
): Promise<ShardReport[]> {
  return Promise.all(Array.from({ length: total }, async (_, at) => {
    const shard = { index: at + 1, total };
    const path = `${shard.index}.ndjson`;
    const all = { ...options, shard };
    const text = await reportOf(documents, ndjsonReporter, all);
    return { path, run: readNdjson(text, path) };
  }));
}

function retold(
  { plan, results, summary }: RecordedRun,
  make: (sink: Sink) => Reporter,
): string {
  let text = "";
  const reporter = make({ write: (piece) => void (text += piece) });
  reporter.start?.(plan);
  for (const result of results) reporter.case(result);
  reporter.end(summary);
  return text;
}

function merged(reports: readonly ShardReport[]): RecordedRun {
  const result = mergeRuns(reports);
  assert(result.ok, result.ok ? "" : result.reasons.join("\n"));
  return result.run;
}

const SUITE = suiteOf(60);
const timeless = (xml: string) => xml.replace(/ time="[\d.]+"/g, "");

Deno.test("mergeRuns() makes of 7 shards of 2,000 cases the report of one run", async () => {
  const documents = suiteOf(2000);
  const shards = await shardsOf(documents, 7);
  const run = merged(shards.toReversed());
  const text = await reportOf(documents, ndjsonReporter);
  const one = readNdjson(text, "one.ndjson");
  for (const make of [jsonReporter, junitReporter]) {
    assertEquals(timeless(retold(run, make)), timeless(retold(one, make)));
  }
  const { total, passed, failed, skipped, categories } = run.summary;
  assertEquals([total, run.results.length], [2001, 2001]);
  assertEquals(passed + failed + skipped, total);
  assertEquals(categories, { schema: 51, assertion: 60, runtime: 20 });
  assertEquals(run.plan.run, undefined);
});

Deno.test("mergeRuns() does so for any number of shards, shuffled, timed and repeated", async () => {
  const plain = await reportOf(SUITE, jsonReporter);
  const durations = new Map([["case-1", 5000], ["case-2", 10]]);
  for (const total of [1, 5, 70]) {
    const run = merged(await shardsOf(SUITE, total, { durations }));
    assertEquals(retold(run, jsonReporter), plain, `${total}`);
  }
  const repeated = { seed: 42, repeat: 2 };
  const run = merged(await shardsOf(SUITE, 3, repeated));
  assertEquals(run.plan.run, repeated);
  const whole = JSON.parse(plain);
  const told = JSON.parse(retold(run, jsonReporter));
  assertEquals(told, { version: 1, run: repeated, results: whole.results });
});

Deno.test("mergeRuns() counts what was not run as skipped, and fails", async () => {
  const shards = await shardsOf(SUITE, 3, { bail: 1 });
  const { results, summary } = merged(shards);
  const notRun = results.filter(({ skipReason }) =>
    skipReason === "not run: 1 case had failed (--bail)"
  );
  assertEquals(summary.total, 61);
  assertEquals(exitCodeOf(summary), 1);
  assert(notRun.length > 10, `${notRun.length}`);
});

Deno.test("mergeRuns() refuses any shards but all of them, each once", async () => {
  const shards = await shardsOf(SUITE, 7);
  const indexes = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 10 });
  fc.assert(fc.property(indexes, (indexes) => {
    const chosen = indexes.flatMap((index) => shards[index] ?? []);
    const isWhole = new Set(indexes).size === 7 && indexes.length === 7;
    const result = mergeRuns(chosen);
    assertEquals(result.ok, isWhole);
    if (result.ok || chosen.length === 0) return;
    for (let at = 0; at < 7; at++) {
      const missing = `shard ${at + 1}/7 is missing`;
      assertEquals(result.reasons.includes(missing), !indexes.includes(at));
    }
    const twice = result.reasons.filter((reason) => reason.endsWith(", too"));
    assertEquals(twice.length, indexes.length - new Set(indexes).size);
  }));
});

/** A report with other facts. */
function withFacts(
  { path, run }: ShardReport,
  facts: Partial<RunFacts>,
): ShardReport {
  const plan = { ...run.plan, run: { ...run.plan.run, ...facts } };
  return { path, run: { ...run, plan } };
}

const FACTS: readonly (readonly [Partial<RunFacts>, string])[] = [
  [{ seed: 7 }, "2.ndjson:1: the seed is 7, but not given in 1.ndjson:1"],
  [{ repeat: 2 }, "the number of repetitions is 2, but not given in"],
  [{ suite: "x" }, 'the fingerprint of cases and documents is "x", but "'],
  [{ cases: 62 }, "the number of cases is 62, but 61 in 1.ndjson:1"],
  [
    { shard: { index: 2, total: 4, plan: "", part: "" } },
    "the number of shards is 4, but 3 in 1.ndjson:1",
  ],
  [
    { shard: { index: 2, total: 3, plan: "x", part: "" } },
    'the division into shards is "x", but "',
  ],
];

Deno.test("mergeRuns() refuses shards that are not of one run of one suite", async () => {
  const [first, second, third] = await shardsOf(SUITE, 3);
  assert(first !== undefined && second !== undefined && third !== undefined);
  const reasonsWith = (other: ShardReport) => {
    const result = mergeRuns([first, other, third]);
    assert(!result.ok);
    return result.reasons;
  };
  for (const [facts, reason] of FACTS) {
    const reasons = reasonsWith(withFacts(second, facts));
    assert(reasons[0]?.includes(reason), `${reasons}`);
  }
  for (
    const facts of [{ version: "9" }, { task: "lint" }, { program: "image" }]
  ) {
    const [name = "", value] = Object.entries(facts)[0] ?? [];
    const plan = { ...second.run.plan, ...facts } as RecordedRun["plan"];
    const reasons = reasonsWith({ ...second, run: { ...second.run, plan } });
    const there = first.run.plan[name as "task"];
    assertEquals(reasons, [
      `2.ndjson:1: the ${name} is "${value}", but "${there}" in 1.ndjson:1`,
    ]);
  }
});

Deno.test("mergeRuns() refuses a run that is no shard, and none at all", async () => {
  const [shard] = await shardsOf(SUITE, 1);
  const text = await reportOf(SUITE, ndjsonReporter);
  const plain = { path: "all\n.ndjson", run: readNdjson(text, "") };
  assert(shard !== undefined);
  assertEquals(mergeRuns([shard, plain]), {
    ok: false,
    reasons: ["all\\n.ndjson:1: this is no shard"],
  });
  assertEquals(mergeRuns([]).ok, false);
});

Deno.test("mergeRuns() notices any case that is gone, doubled, moved or another one", async () => {
  const shards = await shardsOf(SUITE, 4);
  const change = fc.constantFrom("drop", "double", "move", "rename", "lose");
  fc.assert(
    fc.property(fc.nat(3), fc.nat(), change, (index, nat, change) => {
      const shard = shards[index];
      const results = shard?.run.results ?? [];
      const at = nat % results.length;
      const result = results[at];
      assert(shard !== undefined && result !== undefined);
      const { place = 0, ...placeless } = result;
      const changed = {
        drop: results.toSpliced(at, 1),
        double: results.toSpliced(at, 0, result),
        move: results.with(at, { ...result, place: 1 + place % 61 }),
        rename: results.with(at, { ...result, id: `${result.id}x` }),
        lose: results.with(at, placeless),
      }[change];
      const run = { ...shard.run, results: changed };
      const merged = mergeRuns(shards.with(index, { ...shard, run }));
      assert(!merged.ok);
      const [reason = ""] = merged.reasons;
      const line = change === "lose" ? at + 2 : 1;
      assert(reason.startsWith(`${index + 1}.ndjson:${line}: `), reason);
      assertEquals(reason.includes("has no place"), change === "lose");
    }),
  );
});

Deno.test("mergeRuns() refuses shards that are right, but were divided otherwise", async () => {
  const ids = await shardsOf(SUITE, 3);
  const durations = new Map([["case-1", 1000]]);
  const times = await shardsOf(SUITE, 3, { durations });
  const result = mergeRuns([...ids.slice(0, 2), ...times.slice(2)]);
  assert(!result.ok);
  assert(result.reasons[0]?.startsWith("3.ndjson:1: the division into shards"));
  // As if somebody had made the fingerprints agree.
  const plan = ids[0]?.run.plan.run?.shard?.plan ?? "";
  const forged = times.slice(2).map((report) => {
    const { shard } = report.run.plan.run ?? {};
    assert(shard !== undefined);
    return withFacts(report, { shard: { ...shard, plan } });
  });
  assertEquals(mergeRuns([...ids.slice(0, 2), ...forged]).ok, false);
});

Deno.test("mergeRuns() refuses cases that nobody divided, whatever a shard says of itself", async () => {
  const [first, second] = await shardsOf(SUITE, 2);
  assert(first !== undefined && second !== undefined);
  const { shard } = second.run.plan.run ?? {};
  assert(shard !== undefined);
  /** A shard of other cases that vouches for them. */
  const forged = (results: readonly CaseResult[]) => {
    const places = results.map(({ id, place = 0 }) => ({ id, place }));
    const part = partFingerprint(places);
    const { path, run } = withFacts(second, { shard: { ...shard, part } });
    return mergeRuns([first, { path, run: { ...run, results } }]);
  };
  const { results } = second.run;
  const [one] = results;
  assert(one !== undefined && forged(results).ok);
  assertEquals(forged(results.slice(1)), {
    ok: false,
    reasons: ["the shards hold 60 cases, wanted 61"],
  });
  assertEquals(forged(results.with(0, { ...one, id: "another" })), {
    ok: false,
    reasons: ["the cases of all shards are not those that were divided"],
  });
});

Deno.test("mergeRuns() takes as long as the shard that took longest", async () => {
  const shards = (await shardsOf(SUITE, 3)).map(({ path, run }, at) => {
    const summary = { ...run.summary, durationMs: [20, 50, 30][at] ?? 0 };
    return { path, run: { ...run, summary } };
  });
  assertEquals(merged(shards).summary.durationMs, 50);
});

Deno.test("mergeRuns() joins shards that had nothing to do", async () => {
  const lastFailed = { source: "r.json", ids: new Set<string>() };
  const shards = await shardsOf(SUITE, 2, { lastFailed, allowEmpty: true });
  const { plan, results, summary } = merged(shards);
  assertEquals(results, []);
  const empty = 'nothing to do: nothing failed in "r.json"';
  assertEquals([plan.run, summary.run], [{ empty }, { empty }]);
});
