// One suite with every outcome, for whatever makes reports of it: it is run,
// by a clock that ticks 1.5 ms each time somebody looks.

import { assertExists } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import type { CaseResult } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { runSuite, type SuiteDocument } from "../run_suite.ts";
import type { HarnessType } from "../types/harness_type.ts";
import { failed, headAt } from "../verdict.ts";
import { type MakeReporter, REPORT_FORMATS } from "./formats.ts";
import type { RecordedRun } from "./read_ndjson.ts";
import type { Reporter, SuitePlan } from "./reporter.ts";
import type { TerminalOptions } from "./terminal.ts";

/** A type whose only target is what the case says. */
const SAY: HarnessType = {
  name: "say",
  keys: ["text", "throw"],
  harnessKeys: ["spec_lang"],
  targets: { text: ["contain", "regex", "evaluate"] },
  capabilities: [],
  compile: ({ body }) => ({
    exclusive: true,
    run: (_context, judge) => {
      const { throw: thrown } = body;
      if (thrown !== undefined) throw new CaseError("runtime", String(thrown));
      judge(() => body["text"] ?? null);
      return Promise.resolve();
    },
  }),
};

/** What a report could take for its own, all in one text. */
export const HOSTILE =
  "\x1b[31mred\x07 \0\r ]]> --> </failure></details> & \"q\" 'a' ::error::x %0A ##[add-mask]y # SKIP \\ ``` ~~~ | pipe, colon: <script>alert(1)</script> é 漢字 🙂 \u202e\ufeff\uffff\ud800";

const CASES = [
  {
    id: "SAY-1",
    type: "say",
    title: "What is said is there",
    tags: ["fast", "RP-CORE-1"],
    text: "hello",
    assert: [{ target: "text", must: [{ contain: ["hello"] }] }],
  },
  {
    id: "SAY-2 # SKIP, not really: 漢字 🙂 \\ ``` ::x:: <b>",
    type: "say",
    title: HOSTILE,
    tags: [HOSTILE, "RP-CORE-1", "RP-FAIL-1"],
    text: `wanted\n${HOSTILE}\n\n...\n---\n::error::z\nok 9 - z\n`,
    assert: [{
      target: "text",
      must: [{ contain: [`${HOSTILE}\n\`\`\`\`\n...\n::warning::w`] }],
    }],
  },
  {
    id: "SAY-3",
    type: "say",
    title: "A mistake in the document",
    txet: "hello",
  },
  {
    id: "SAY-4",
    type: "say",
    tags: ["slow"],
    throw: `no way\n\`\`\`\n\n</details>\n\n# Out of ${HOSTILE}`,
    assert: [{ target: "text", must: [{ contain: ["x"] }] }],
  },
  {
    id: "SAY-5",
    type: "say",
    title: "What is not there",
    requires: { capabilities: ["time.travel"], "when_missing": "skip" },
    text: "hello",
    assert: [{ target: "text", must: [{ contain: ["x"] }] }],
  },
  {
    id: "SAY-6",
    type: `lost ${HOSTILE}`,
    requires: { capabilities: [HOSTILE], "when_missing": "skip" },
  },
] as const;

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const DOCUMENTS: readonly SuiteDocument[] = [
  {
    path: "specs/say.spec.json",
    format: "json",
    bytes: bytes(JSON.stringify(CASES, null, 1)),
  },
  {
    path: "specs/b:1:2: \"'<&>%,\x1b.spec.md",
    format: "md",
    bytes: bytes("# Broken\n\n```yaml spec-test\nid: [\n```\n"),
  },
];

const RUN = {
  seed: 7,
  repeat: 3,
  shard: { index: 2, total: 5, plan: "1f0e3dad", part: "98f13708" },
  suite: "8f14e45f",
  cases: 40,
} as const;

class TickingHost extends MemoryHost {
  #now = 0;

  override now(): number {
    this.#now += 1.5;
    return this.#now;
  }
}

/** The suite, as a run of it was told to reporters. */
export async function recordSuite(): Promise<RecordedRun> {
  const plans: SuitePlan[] = [];
  const results: CaseResult[] = [];
  const recorder: Reporter = {
    start: (plan) => void plans.push(plan),
    case: (result) => void results.push(result),
    end() {},
  };
  const summary = await runSuite({
    documents: DOCUMENTS,
    types: new Map([["say", SAY]]),
    clauses: new Set(["RP-CORE-1", "RP-FAIL-1"]),
    jobs: 1,
    notes: () => ["contract: 2 clauses", `INCOMPLETE: ${HOSTILE}`],
    warn: () => {},
    reporters: [recorder],
  }, new TickingHost());
  return withResult(
    { plan: { ...summary, ...plans[0], version: "1.2.3" }, results, summary },
    // No document can hold such an id.
    failed(
      { ...headAt({ path: "x.md", line: 1, column: 2 }), id: HOSTILE },
      new CaseError("assertion", HOSTILE),
    ),
  );
}

function withResult(
  { plan, results, summary }: RecordedRun,
  result: CaseResult,
): RecordedRun {
  const total = plan.total + 1;
  const { version, task, program } = plan;
  const { assertion } = summary.categories;
  return {
    plan: { task, program, version, total, run: RUN },
    results: [...results, result],
    summary: {
      ...summary,
      run: RUN,
      version,
      total,
      failed: summary.failed + 1,
      categories: { ...summary.categories, assertion: assertion + 1 },
    },
  };
}

/** What a format writes of a run. */
export async function reportOf(
  format: string,
  run: RecordedRun,
  options: TerminalOptions = {},
): Promise<string> {
  let text = "";
  const make = await makerOf(format);
  replay(run, make({ write: (piece) => void (text += piece) }, options));
  return text;
}

/** What makes reports of a format. */
export async function makerOf(format: string): Promise<MakeReporter> {
  const load = REPORT_FORMATS.get(format);
  assertExists(load);
  return await load();
}

/** Tells a reporter what happened in a run. */
export function replay(
  { plan, results, summary }: RecordedRun,
  reporter: Reporter,
): void {
  reporter.start?.(plan);
  for (const result of results) reporter.case(result);
  reporter.end(summary);
}
