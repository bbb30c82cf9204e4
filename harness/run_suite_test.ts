import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { HostError } from "../host/host.ts";
import { MemoryHost } from "../host/memory_host.ts";
import type { CaseResult } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { jsonReporter } from "./report/json.ts";
import { listSuite, type Reporter, runSuite } from "./run_suite.ts";
import type { SuiteDocument, SuiteOptions } from "./suite.ts";
import type { HarnessType } from "./types/harness_type.ts";
import { UsageError } from "./usage_error.ts";
import { VERSION } from "./version.ts";

/** A type whose only target is what the case says. */
const SAY: HarnessType = {
  name: "say",
  keys: ["text", "wait", "throw", "exclusive"],
  harnessKeys: ["spec_lang"],
  targets: { text: ["contain", "regex", "evaluate"] },
  capabilities: ["say.aloud"],
  compile: ({ body }) => ({
    exclusive: body["exclusive"] === true,
    run: async (_context, judge) => {
      const { wait, throw: thrown } = body;
      if (typeof wait === "number") {
        await new Promise((done) => setTimeout(done, wait));
      }
      if (thrown === "runtime") throw new CaseError("runtime", "could not say");
      if (thrown !== undefined) throw new TypeError(String(thrown));
      judge(() => body["text"] ?? null);
    },
  }),
};
const types = new Map([["say", SAY]]);

function documents(...cases: readonly unknown[]): SuiteDocument[] {
  const bytes = new TextEncoder().encode(JSON.stringify(cases));
  return [{ path: "a.spec.json", format: "json", bytes }];
}

async function run(
  cases: readonly unknown[],
  options: Partial<SuiteOptions> = {},
) {
  const results: CaseResult[] = [];
  const calls: string[] = [];
  const reporter: Reporter = {
    start: ({ total }) => void calls.push(`start ${total}`),
    case: (result) => {
      results.push(result);
      calls.push(`case ${result.id}`);
    },
    end: ({ total }) => void calls.push(`end ${total}`),
    abort: (reason) => void calls.push(`abort ${reason}`),
  };
  const reporters = [reporter, ...options.reporters ?? []];
  const summary = await runSuite(
    { documents: documents(...cases), types, ...options, reporters },
    new MemoryHost(),
  ).catch((error: unknown) => error);
  return { summary, results, calls };
}

const say = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  type: "say",
  text: "hello",
  assert: { target: "text", must: [{ contain: ["hello"] }] },
  ...more,
});

Deno.test("runSuite() tells reporters in discovery order, whichever ends first", async () => {
  const cases = [say("A", { wait: 20 }), say("B"), say("C", { wait: 5 })];
  const { calls, summary } = await run(cases, { jobs: 3 });
  assertEquals(calls, ["start 3", "case A", "case B", "case C", "end 3"]);
  assertEquals((summary as { passed: number }).passed, 3);
});

/** A case, and the status or category it ends with. */
const ENDS: readonly (readonly [Record<string, unknown>, string, RegExp])[] = [
  [say("A"), "pass", /^null$/],
  [say("A", { text: "no" }), "assertion", /wanted text that contains "hello"/],
  [say("A", { throw: "runtime" }), "runtime", /:1:\d+: could not say$/],
  [
    say("A", { throw: "x" }),
    "runtime",
    /case type "say" threw in run\(\): TypeError: x\n {2}at \S/,
  ],
  [say("A", { type: "sya" }), "runtime", /unknown spec-test type/],
  [say("A", { tpye: "say" }), "schema", /unknown key "tpye"/],
  [say("A", { assert: [{ contain: ["x"] }] }), "schema", /assert target/],
  [{ id: "A", type: "say" }, "pass", /^null$/],
  [{ id: "A", type: "say", throw: "runtime" }, "runtime", /could not say/],
  [
    say("A", { requires: { capabilities: ["say.aloud", "say"] } }),
    "pass",
    /^null$/,
  ],
  [
    say("A", { requires: { capabilities: ["say.quietly"] } }),
    "runtime",
    /missing capability "say.quietly"/,
  ],
  [
    {
      id: "A",
      type: "of.tomorrow",
      strange: 1,
      requires: { capabilities: ["tomorrow"], when_missing: "skip" },
    },
    "skip",
    /^null$/,
  ],
  [
    say("A", { requires: { capabilities: ["x"], "when_mising": "skip" } }),
    "schema",
    /did you mean "when_missing"/,
  ],
];

Deno.test("runSuite() gives each case its status, its category and a located message", async () => {
  for (const [source, wanted, message] of ENDS) {
    const { results } = await run([source]);
    const [result] = results;
    const label = JSON.stringify(source);
    const { status } = result ?? {};
    assertEquals(status === "fail" ? result?.category : status, wanted, label);
    assertMatch(String(result?.message), message, label);
    if (status === "fail") {
      assertMatch(String(result?.message), /^a\.spec\.json:1:\d+: \S/, label);
    }
  }
});

Deno.test("runSuite() takes capabilities from its caller", async () => {
  const requires = { capabilities: ["terminal"], "when_missing": "skip" };
  const skipped = await run([say("A", { requires })]);
  assertEquals(skipped.results[0]?.skipReason, 'missing capability "terminal"');
  const { results } = await run([say("A", { requires })], {
    capabilities: ["terminal"],
  });
  assertEquals(results[0]?.status, "pass");
});

Deno.test("runSuite() counts results by status and category", async () => {
  const { summary } = await run([
    say("A"),
    say("B", { text: "" }),
    say("C", { throw: "runtime" }),
    say("D", { x: 1 }),
    say("E", { requires: { capabilities: ["z"], "when_missing": "skip" } }),
    say("E"),
  ]);
  const { durationMs: _, ...counts } = summary as Record<string, unknown>;
  assertEquals(counts, {
    task: "run",
    program: "spec",
    version: VERSION,
    total: 6,
    passed: 1,
    failed: 4,
    skipped: 1,
    categories: { schema: 2, assertion: 1, runtime: 1 },
  });
});

Deno.test("runSuite() stops when a reporter throws, and says why", async () => {
  const refusal = new HostError("EPIPE", "standard output");
  const broken: Reporter = {
    case: ({ id }) => {
      if (id === "B") throw refusal;
    },
    end: () => {},
    abort: () => {
      throw new HostError("EBADF", "standard output");
    },
  };
  const cases = ["A", "B", "C", "D"].map((id) => say(id));
  const { summary, calls } = await run(cases, { jobs: 1, reporters: [broken] });
  assertEquals(summary, refusal);
  assertEquals(calls, [
    "start 4",
    "case A",
    "case B",
    "abort standard output: broken pipe",
  ]);
});

Deno.test("runSuite() stops at a signal without waiting for a case that hangs", async () => {
  const controller = new AbortController();
  const hanging: HarnessType = {
    ...SAY,
    name: "hang",
    compile: () => ({
      exclusive: false,
      run: () => {
        controller.abort(new Error("enough"));
        return new Promise(() => {});
      },
    }),
  };
  const { signal } = controller;
  const { summary, calls } = await run([{ id: "A", type: "hang" }, say("B")], {
    jobs: 1,
    types: new Map([["hang", hanging], ["say", SAY]]),
    signal,
  });
  assertEquals(String(summary), "Error: enough");
  assertEquals(calls, ["start 2", "abort enough"]);
});

Deno.test("runSuite() refuses options out of range", async () => {
  const calls: readonly (readonly [Partial<SuiteOptions>, string])[] = [
    [{ jobs: 0 }, "RangeError: Cannot run cases: jobs must be"],
    [{ jobs: 1.5 }, "RangeError: Cannot run cases: jobs must be"],
    [{ timeoutMs: 0 }, "RangeError: Cannot run cases: timeoutMs must be"],
    [{ timeoutMs: NaN }, "RangeError: Cannot run cases: timeoutMs must be"],
    [{ contractRoot: "/gone" }, 'Cannot use "/gone" as contract root: no such'],
    [{ filter: "B" }, "none of 1 ids matches"],
  ];
  for (const [options, text] of calls) {
    const { summary, calls } = await run([say("A")], options);
    assertEquals(String(summary).includes(text), true, String(summary));
    assertEquals(calls, []);
  }
});

/**
 * A thousand cases of every kind, the same ones each time. Some of them wait,
 * so that later ones end first.
 */
function thousand(): unknown[] {
  return Array.from({ length: 1000 }, (_, index) => {
    const [source] = ENDS[index % ENDS.length] ?? ENDS[0] ?? [{}];
    const named = { ...source, id: `C-${index % 990}` };
    const more = index % 9 === 0 ? { ...named, wait: index % 7 } : named;
    return index % 5 === 0 ? { ...more, exclusive: true } : more;
  });
}

Deno.test("runSuite() reports a thousand cases the same, byte for byte, however they run [SF-OUT-9]", async () => {
  const texts = [];
  for (const jobs of [1, 8, 8, 64]) {
    let text = "";
    const sink = { write: (piece: string) => void (text += piece) };
    await run(thousand(), { jobs, reporters: [jsonReporter(sink)] });
    texts.push(text);
  }
  assertEquals(new Set(texts).size, 1);
  const { results } = JSON.parse(texts[0] ?? "");
  assertEquals(results.length, 1000);
  for (const { status, message } of results) {
    if (status === "fail") assertMatch(message, /^a\.spec\.json:1:\d+: \S/);
  }
});

Deno.test("listSuite() lists what can be read and tells the rest", () => {
  const host = new MemoryHost();
  const listing = listSuite({
    documents: documents(say("A", { title: "T", tags: ["x"] }), say("A"), 5),
  }, host);
  assertEquals(listing.cases, [
    {
      id: "A",
      type: "say",
      title: "T",
      tags: ["x"],
      path: "a.spec.json",
      line: 1,
    },
  ]);
  assertEquals(listing.problems.map(({ category }) => category), [
    "schema",
    "schema",
  ]);
});

Deno.test("runSuite() finds nothing to run without paths and documents", async () => {
  await assertRejects(
    () => runSuite({ reporters: [] }, new MemoryHost()),
    UsageError,
    "no path was given",
  );
});
