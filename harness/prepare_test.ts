import { assertEquals, assertStringIncludes } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import type { SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import type { JsonObject } from "./json.ts";
import { Libraries } from "./library/libraries.ts";
import { jobOf, prepareCases } from "./prepare.ts";
import type { HarnessType } from "./types/harness_type.ts";
import { headOf } from "./verdict.ts";

/** A type that notes which cases ran. */
function recorder() {
  const ran: string[] = [];
  const type: HarnessType = {
    name: "note",
    keys: ["missing"],
    harnessKeys: [],
    targets: { text: ["contain"] },
    capabilities: ["note.down"],
    compile: ({ id, body }) => {
      if (body["missing"] === true) {
        throw new CaseError("runtime", "nothing to run");
      }
      return {
        exclusive: false,
        run: (_context, judge) => {
          ran.push(id);
          judge(() => "hello");
          return Promise.resolve();
        },
      };
    },
  };
  return { ran, type };
}

function source(value: JsonObject): SourceCase {
  const location = { path: "a.spec.md", line: 7, column: 1 };
  return { kind: "case", value, location, locate: () => location };
}

/** Prepares and runs cases of the type `note`. */
async function runAll(
  cases: readonly JsonObject[],
  environment: Record<string, string> = {},
  change: Partial<HarnessType> = {},
) {
  const { ran, type } = recorder();
  const warnings: string[] = [];
  const loaded = cases.map((value, index) => {
    const found = source({ id: `C-${index}`, type: "note", ...value });
    return { head: headOf(found), source: found };
  });
  const host = new MemoryHost();
  const context = {
    host,
    environment,
    contractRoot: undefined,
    timeoutMs: 1000,
  };
  const jobs = prepareCases(loaded, {
    types: new Map([["note", { ...type, ...change }]]),
    capabilities: [],
    context,
    libraries: new Libraries({ host }),
    warn: (line) => void warnings.push(line),
  }).map((prepared) => jobOf(prepared, context));
  const warned = warnings.length;
  const results = await Promise.all(jobs.map((job) => job.run()));
  assertEquals(warnings.length, warned, "a warning came while cases ran");
  const ends = results.map(({ status, category }) => category ?? status);
  return { ran, warnings, ends, results };
}

const WEAK = { assert: { target: "text", must: [{ contain: ["hello", ""] }] } };
const health = (mode: string) => ({ "assert_health": { mode } });
const VARIABLE = "SPEC_RUNNER_ASSERT_HEALTH";

Deno.test("prepareCases() looks for no health unless it is asked to", async () => {
  const { ran, warnings, ends } = await runAll([WEAK, {}]);
  assertEquals(warnings, []);
  assertEquals(ends, ["pass", "pass"]);
  assertEquals(ran, ["C-0", "C-1"]);
});

Deno.test("prepareCases() warns in the order of the cases, and changes nothing else", async () => {
  const cases = [WEAK, {}, { ...WEAK, ...health("ignore") }, WEAK];
  const { ran, warnings, ends } = await runAll(cases, { [VARIABLE]: "warn" });
  assertEquals(
    warnings.map((line) => /(AH\d+) at (\S+): .* case_id=(\S+):/.exec(line))
      .map((found) => found?.slice(1)),
    [
      ["AH001", "assert.must[0].contain", "C-0"],
      ["AH006", "assert", "C-1"],
      ["AH001", "assert.must[0].contain", "C-3"],
    ],
  );
  assertEquals(ends, ["pass", "pass", "pass", "pass"]);
  assertEquals(ran.length, 4);
});

Deno.test("prepareCases() fails a case of poor health before it is run", async () => {
  const cases = [
    { ...WEAK, ...health("error") },
    { ...WEAK, ...health("ignore") },
    WEAK,
  ];
  const { ran, warnings, ends, results } = await runAll(cases);
  assertEquals(ends, ["assertion", "pass", "pass"]);
  assertEquals(ran, ["C-1", "C-2"]);
  assertEquals(warnings, []);
  assertStringIncludes(
    results[0]?.message ?? "",
    "a.spec.md:7:1: case_id=C-0: assertion health check failed (1 issue(s)): AH001@assert.must[0].contain",
  );
  const global = await runAll(cases, { [VARIABLE]: "error" });
  assertEquals(global.ends, ["assertion", "pass", "assertion"]);
});

/** What a case of poor health ends with if something else is wrong, too. */
const FIRST: readonly (readonly [JsonObject, string])[] = [
  [{ ...WEAK, asert: 1 }, "schema"],
  [{ assert: { target: "txt", must: [{ contain: [""] }] } }, "schema"],
  [{ assert: { target: "text", must: [{ contain: ["", null] }] } }, "schema"],
  [{ ...WEAK, ...health("on") }, "schema"],
  [{ ...WEAK, missing: true }, "runtime"],
  [{ ...WEAK, type: "noet" }, "runtime"],
  [{ ...WEAK, requires: { capabilities: ["x"] } }, "runtime"],
  [
    { ...WEAK, requires: { capabilities: ["x"], "when_missing": "skip" } },
    "skip",
  ],
];

Deno.test("prepareCases() lets every other fault of a document go before its health", async () => {
  for (const [value, wanted] of FIRST) {
    const { ends, warnings } = await runAll([value], { [VARIABLE]: "error" });
    assertEquals(ends, [wanted], JSON.stringify(value));
    assertEquals(warnings, []);
  }
});

Deno.test("prepareCases() fails as schema what a wrong variable would decide", async () => {
  const cases = [WEAK, { ...WEAK, ...health("warn") }];
  const { ends, ran, results } = await runAll(cases, { [VARIABLE]: "on" });
  assertEquals(ends, ["schema", "pass"]);
  assertEquals(ran, ["C-1"]);
  assertStringIncludes(
    results[0]?.message ?? "",
    'must be one of: ignore, warn, error; SPEC_RUNNER_ASSERT_HEALTH is "on"',
  );
});

Deno.test("prepareCases() asks the type whether a case without assert asserts nothing", async () => {
  const environment = { [VARIABLE]: "error" };
  const cases = [{}, { assert: [] }];
  assertEquals((await runAll(cases, environment)).ends, [
    "assertion",
    "assertion",
  ]);
  const itself = await runAll(cases, environment, { assertsItself: true });
  assertEquals(itself.ends, ["pass", "pass"]);
});

Deno.test("prepareCases() lets a registered type's capabilities take part", async () => {
  const requires = (...capabilities: string[]) => ({
    requires: { capabilities },
  });
  const { ends } = await runAll([
    requires("note", "note.down", "assert_health.ah006"),
    requires("note", "note.up"),
  ]);
  assertEquals(ends, ["pass", "runtime"]);
});
