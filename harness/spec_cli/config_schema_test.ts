import { assertEquals } from "@std/assert";
import { Ajv } from "ajv";
import fc from "fast-check";
import type { JsonObject } from "../json.ts";
import { UsageError } from "../usage_error.ts";
import { sampleOf } from "./_flag_testing.ts";
import { configKeys, readConfig } from "./config.ts";
import { configSchema } from "./config_schema.ts";
import type { FlagRow } from "./flag_row.ts";

const check = new Ajv({ strict: true, strictTypes: false, allErrors: true })
  .compile(configSchema());

/** What the reader refuses and a schema cannot, by words of its message. */
const UNSAID = /Cannot write two reports|as --timeout: wanted seconds/;

/** Why the reader refuses a configuration; nothing if it does not. */
function refusal(config: unknown): string | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(config));
  const file = { path: "runner.json", folder: "", isDeno: false, bytes };
  try {
    readConfig([[file]], "spec");
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function agrees(config: unknown): void {
  const reason = refusal(config);
  if (reason !== undefined && UNSAID.test(reason)) return;
  const accepted = check(config);
  const told = `${JSON.stringify(config)}: ${reason}`;
  assertEquals(accepted, reason === undefined, told);
}

const ODD = fc.constantFrom<unknown>(
  ...[true, false, null, 0, 1, 1.5, 0.0004, -1, 5000, 1e6, "", "x", "-", "md"],
  ...["json=x", "json=", "xml=x", "md,yaml", "md,", "none", [], {}, [""], [1]],
  ...[["x"], ["-"], ["md", "json"], ["json=a", "tap=b"], ["json=a", "tap=a"]],
);

function valueOf(row: FlagRow): fc.Arbitrary<unknown> {
  const sample = row.kind === "value" && row.names === "number"
    ? 1
    : sampleOf(row) ?? true;
  return fc.oneof(fc.constant(sample), ODD);
}

function sectionOf(program: "spec" | "image"): fc.Arbitrary<JsonObject> {
  const keys = configKeys(program).map((row) => [row.name, valueOf(row)]);
  return fc.record({ ...Object.fromEntries(keys), odd: ODD }, {
    requiredKeys: [],
  }).chain((all) =>
    fc.subarray(Object.entries(all), { maxLength: 2 })
      .map((few) => Object.fromEntries(few) as JsonObject)
  );
}

Deno.test("configSchema() accepts and refuses what the reader does, for configurations at random", () => {
  const config = fc.record({
    spec: fc.oneof({ weight: 9, arbitrary: sectionOf("spec") }, ODD),
    image: sectionOf("image"),
    $schema: fc.constant("runner.schema.json"),
  }, { requiredKeys: [] });
  fc.assert(fc.property(config, agrees), { numRuns: 1000 });
  for (const odd of [null, [], 7, { sepc: {} }, {}]) agrees(odd);
  for (const jobs of [0, 1, 1.5, 1024, 1025]) agrees({ spec: { jobs } });
  for (const timeout of [0, 0.5, 86_400, 86_401]) {
    agrees({ image: { timeout } });
  }
});

Deno.test("configSchema() knows each key and takes its usual value", () => {
  for (const program of ["spec", "image"] as const) {
    for (const row of configKeys(program)) {
      const value = row.kind === "value" && row.names === "number"
        ? 1
        : sampleOf(row) ?? true;
      assertEquals(check({ [program]: { [row.name]: value } }), true, row.name);
    }
  }
});
