import { assert, assertEquals, assertThrows } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import type { CaseResult, RawCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { conformSuite } from "./conformance.ts";
import { lintSuite } from "./lint_suite.ts";
import type { SuitePlan, SuiteSummary } from "./report/reporter.ts";
import { listSuite, openSuite, runSuite } from "./run_suite.ts";
import { shardOf } from "./shard.ts";
import { exitCodeOf, type SuiteDocument, type SuiteOptions } from "./suite.ts";
import type { HarnessType } from "./types/harness_type.ts";
import { UsageError } from "./usage_error.ts";

/** A type whose cases say which of their runs fail; and who was run. */
function recordingType() {
  const runs: string[] = [];
  const type: HarnessType = {
    name: "test.runs",
    keys: ["fails"],
    harnessKeys: [],
    targets: {},
    capabilities: [],
    assertsItself: true,
    compile: ({ id, body }: RawCase) => ({
      exclusive: false,
      run: () => {
        runs.push(id);
        const time = runs.filter((one) => one === id).length;
        const fails = (body["fails"] ?? []) as readonly number[];
        return fails.includes(time)
          ? Promise.reject(new CaseError("assertion", `wanted ${time}`))
          : Promise.resolve();
      },
    }),
  };
  return { runs, types: new Map([[type.name, type]]) };
}

function documentOf(...cases: readonly object[]): SuiteDocument {
  const items = cases.map((one) => ({ type: "test.runs", ...one }));
  const bytes = new TextEncoder().encode(JSON.stringify(items));
  return { path: "a.spec.json", format: "json", bytes };
}

const LIBRARY = { id: "lib", type: "spec_lang.library", functions: { a: 1 } };
const BROKEN = { id: "broken", type: "spec_lang.library", functions: {} };

interface Told {
  readonly runs: readonly string[];
  readonly results: readonly CaseResult[];
  readonly plan: SuitePlan | undefined;
  readonly summary: SuiteSummary;
  readonly warnings: readonly string[];
}

type Asked = Omit<SuiteOptions, "documents" | "reporters">;

async function told(
  cases: readonly object[],
  options: Asked,
  task = runSuite,
): Promise<Told> {
  const { runs, types } = recordingType();
  const results: CaseResult[] = [];
  const plans: SuitePlan[] = [];
  const warnings: string[] = [];
  const summary = await task({
    ...{ jobs: 1, types, warn: (line) => void warnings.push(line) },
    ...options,
    documents: [documentOf(...cases)],
    reporters: [{
      start: (plan) => void plans.push(plan),
      case: (result) => void results.push(result),
      end() {},
    }],
  }, new MemoryHost());
  return { runs, results, plan: plans[0], summary, warnings };
}

const IDS = ["A", "B", "C", "D", "E", "F"];
const CASES = IDS.map((id) => ({ id }));
const idsOf = (results: readonly { readonly id: string }[]) =>
  results.map(({ id }) => id).join(" ");

Deno.test("a shuffled run tells cases in the order it ran them, and their places", async () => {
  const { runs, results, plan, summary } = await told(CASES, { seed: 5 });
  const order = idsOf(results);
  assertEquals(runs.join(" "), order);
  assert(order !== IDS.join(" "), order);
  assertEquals([plan?.run, summary.run], [{ seed: 5 }, { seed: 5 }]);
  const places = results.map(({ place }) => place);
  assertEquals(places, results.map(({ id }) => IDS.indexOf(id) + 1));
  assertEquals((await told(CASES, { seed: 5 })).runs, runs);
});

Deno.test("a run as usual says nothing of places", async () => {
  const { results, plan } = await told(CASES, {});
  assertEquals(results.some((result) => "place" in result), false);
  assertEquals(plan !== undefined && "run" in plan, false);
});

Deno.test("a repeated case is told once, and runs as often as was asked", async () => {
  const cases = [{ id: "A", fails: [2] }, { id: "B" }, {
    id: "C",
    fails: [1, 2, 3],
  }];
  const { runs, results, plan, summary } = await told(cases, { repeat: 3 });
  assertEquals(runs.join(""), "AAABBBCCC");
  assertEquals(results.map(({ status }) => status), ["fail", "pass", "fail"]);
  const messages = results.map(({ message }) => message?.includes("flaky"));
  assertEquals(messages, [true, undefined, false]);
  assert(results[0]?.message?.includes("passed 2 of 3 times; time 2 failed"));
  assertEquals([plan?.run, summary.total], [{ repeat: 3 }, 3]);
});

Deno.test("after enough failures no case is run, and each is told", async () => {
  const cases = [{ id: "A", fails: [1] }, { id: "B", typo: 1 }, { id: "C" }];
  const bailed = async (bail: number) => {
    const { runs, results, summary } = await told(cases, { bail });
    assertEquals(exitCodeOf(summary), 1);
    return [runs.join(), results.map(({ status }) => status).join()];
  };
  assertEquals(await bailed(1), ["A", "fail,skip,skip"]);
  assertEquals(await bailed(2), ["A", "fail,fail,skip"]);
  assertEquals(await bailed(3), ["A,C", "fail,fail,pass"]);
});

Deno.test("a library is no case of a shard, unless something is wrong with it", async () => {
  const cases = [LIBRARY, ...CASES, BROKEN];
  for (const total of [1, 2, 3]) {
    const seen: (readonly [number, string])[] = [];
    for (let index = 1; index <= total; index++) {
      const shard = { index, total };
      const { results, plan } = await told(cases, { shard });
      assertEquals(plan?.run?.cases, 7);
      for (const { id, place = 0 } of results) {
        assertEquals(shardOf(id, total), index);
        seen.push([place, id]);
      }
    }
    const ids = seen.toSorted(([a], [b]) => a - b).map(([, id]) => id);
    assertEquals(ids, [...IDS, "broken"]);
  }
});

Deno.test("a shard without cases is right, and says so", async () => {
  const index = shardOf("A", 2) === 1 ? 2 : 1;
  const { summary } = await told([{ id: "A" }], { shard: { index, total: 2 } });
  assertEquals(summary.total, 0);
  assertEquals(summary.notes, [
    `shard ${index}/2 is empty: the one case is in other shards`,
  ]);
  assertEquals(exitCodeOf(summary), 0);
});

Deno.test("a shard of which every case is skipped is right, a run is not", async () => {
  const requires = { capabilities: ["none"], "when_missing": "skip" };
  const skips = IDS.map((id) => ({ id, requires }));
  const shard = { index: 1, total: 2 };
  assertEquals(exitCodeOf((await told(skips, { shard })).summary), 0);
  const only = { index: 1, total: 1 };
  assertEquals(exitCodeOf((await told(skips, { shard: only })).summary), 1);
  assertEquals(exitCodeOf((await told(skips, {})).summary), 1);
  const fails = IDS.map((id) => ({ id, fails: [1] }));
  assertEquals(exitCodeOf((await told(fails, { shard })).summary), 1);
});

Deno.test("nothing to do is right if that was allowed", async () => {
  const none = { source: "r.json", ids: new Set<string>() };
  const { results, summary } = await told(CASES, {
    lastFailed: none,
    allowEmpty: true,
  });
  const empty = 'nothing to do: nothing failed in "r.json"';
  assertEquals(results, []);
  assertEquals([summary.run, summary.notes], [{ empty }, [empty]]);
  assertEquals(exitCodeOf(summary), 0);
  const typo = { lastFailed: none, allowEmpty: true, tags: ["typo"] };
  await told(CASES, typo).then(
    () => assert(false),
    (error) => assert(error instanceof UsageError && !("reason" in error)),
  );
});

Deno.test("what failed and is gone is a warning", async () => {
  const lastFailed = { source: "r.json", ids: new Set(["B", "X"]) };
  const { runs, warnings } = await told(CASES, { lastFailed });
  assertEquals(runs, ["B"]);
  assertEquals(warnings, [
    'WARN: 1 of 2 cases that failed in "r.json" are not here: "X"',
  ]);
});

Deno.test("a shard is checked against what all cases expect of an implementation", async () => {
  const cases = IDS.map((id) => ({
    id,
    expect: {
      portable: { status: "pass" },
      ...(id === "A" ? { impl: { python: { status: "pass" } } } : {}),
    },
  }));
  const conform =
    (implementation: string): typeof runSuite => (options, host) =>
      conformSuite({ ...options, implementation }, host);
  for (const index of [1, 2]) {
    const shard = { index, total: 2 };
    const { summary } = await told(cases, { shard }, conform("python"));
    assertEquals([summary.task, summary.failed], ["conformance", 0]);
  }
  await told(cases, { shard: { index: 1, total: 2 } }, conform("pyhton")).then(
    () => assert(false),
    (error) => assert(error instanceof UsageError),
  );
});

Deno.test("what is checked is chosen in the same way", async () => {
  const cases = [LIBRARY, { id: "A", tags: ["x"] }, { id: "B" }];
  const lint = async (options: Asked) =>
    idsOf((await told(cases, options, lintSuite)).results);
  assertEquals(await lint({}), "lib A B");
  assertEquals(await lint({ tags: ["x"] }), "A");
  assertEquals(await lint({ excludeTags: ["x"] }), "lib B");
});

Deno.test("listSuite() and openSuite() choose, divide and order in the same way", async () => {
  const { types } = recordingType();
  const documents = [documentOf(LIBRARY, ...CASES)];
  const shard = { index: 2, total: 3 };
  const options = { documents, types, shard };
  const listed = listSuite(options, new MemoryHost()).cases;
  const { results } = await told([LIBRARY, ...CASES], { shard });
  assertEquals(idsOf(listed), idsOf(results));
  const open = openSuite({ ...options, seed: 3, repeat: 2 }, new MemoryHost());
  const shuffled = await told([LIBRARY, ...CASES], { shard, seed: 3 });
  assertEquals(
    open.map(({ head }) => head.id).join(" "),
    idsOf(shuffled.results),
  );
  const nothing = { source: "r.json", ids: new Set<string>() };
  const asked = { documents, types, lastFailed: nothing };
  assertThrows(
    () => listSuite(asked, new MemoryHost()),
    UsageError,
    "nothing failed",
  );
  const empty = listSuite({ ...asked, allowEmpty: true }, new MemoryHost());
  assertEquals(empty.cases, []);
  assertEquals(empty.notes, ['nothing to do: nothing failed in "r.json"']);
});
