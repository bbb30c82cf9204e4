import { assert, assertEquals, assertThrows } from "@std/assert";
import { Ajv, type ValidateFunction } from "ajv";
import fc from "fast-check";
import type { Json, JsonObject } from "../json.ts";
import type { HarnessType } from "../types/harness_type.ts";
import { ociImageType } from "../types/oci_image.ts";
import { BUILT_IN_TYPES, withTypes } from "../types/registry.ts";
import { textFile } from "../types/text_file.ts";
import { judge, UNSAID } from "./_case_testing.ts";
import { mutated } from "./_mutated_case_testing.ts";
import { caseOf } from "./_random_case_testing.ts";
import { caseSchema } from "./case_schema.ts";

const TYPES = withTypes(BUILT_IN_TYPES, [ociImageType({})]);
const check = compiled(caseSchema(TYPES));

/** Strict, but for rules about keys that stand somewhere else. */
function compiled(schema: JsonObject): ValidateFunction {
  return new Ajv({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allErrors: true,
  }).compile(schema);
}

/** Whether the schema says of a case what the checks say. */
function agrees(value: JsonObject): void {
  const { category, message } = judge(value, TYPES);
  const accepted = check(value);
  if (category === "runtime") {
    // An unknown type, or something else that is no matter of shape.
    assert(!message.includes("unknown spec-test type") || !accepted, message);
    return;
  }
  const unsaid = Object.values(UNSAID).some((words) => words.test(message));
  if (category === "schema" && unsaid) return;
  const faults = check.errors?.map((one) =>
    `${one.instancePath} ${one.message}`
  );
  assertEquals(
    accepted,
    category !== "schema",
    `${JSON.stringify(value)}\nchecks: ${message}\nschema: ${faults}`,
  );
}

Deno.test("caseSchema() accepts and refuses what the checks do, for cases at random", () => {
  const cases = caseOf(TYPES);
  fc.assert(fc.property(cases, agrees), { numRuns: 300 });
  fc.assert(fc.property(mutated(cases), agrees), { numRuns: 1500 });
  fc.assert(fc.property(mutated(mutated(cases)), agrees), { numRuns: 500 });
});

const LIBRARY = {
  id: "lib",
  type: "spec_lang.library",
  functions: { one: 1 },
};
const RUN = { id: "A-1", type: "cli.run" };
const evaluate = (expression: Json) => ({
  ...RUN,
  assert: { target: "stdout", must: [{ evaluate: [expression] }] },
});

/** What the schema refuses, and something next to it that it does not. */
const BESIDE: readonly (readonly [wrong: JsonObject, right: JsonObject])[] = [
  [{ ...LIBRARY, harness: { env: {} } }, { ...LIBRARY, harness: {} }],
  [{ ...LIBRARY, assert: [] }, { ...LIBRARY, imports: ["a.yaml"] }],
  [{ ...LIBRARY, imports: ["/a.yaml"] }, { ...LIBRARY, tags: ["a"] }],
  [{ ...LIBRARY, functions: { "": 1 } }, { ...LIBRARY, exports: [] }],
  [evaluate(["fn", ["a", "a"], 1]), evaluate(["fn", ["a", "b"], 1])],
  [evaluate(["let", [["a"]], 1]), evaluate(["let", [["a", 1]], 1])],
  [evaluate(["eq", 1, {}]), evaluate(["eq", 1, ["add", 1, 2]])],
  [{ ...RUN, "exit_code": 256 }, { ...RUN, "exit_code": 255 }],
  [{ ...RUN, "exit_code": -1 }, { ...RUN, "exit_code": 0 }],
  [{ ...RUN, id: "a\u202eb" }, { ...RUN, id: "a 😀" }],
];

Deno.test("caseSchema() refuses what the checks refuse, and accepts what is next to it", () => {
  for (const [wrong, right] of BESIDE) {
    assertEquals(check({ ...wrong }), false, JSON.stringify(wrong));
    assertEquals(check({ ...right }), true, JSON.stringify(right));
    agrees(wrong);
    agrees(right);
  }
});

const OWN: HarnessType = {
  ...textFile,
  name: "my/type%~",
  keys: ["lines", "free"],
  harnessKeys: ["depth"],
  targets: { "a/b": ["contain"], count: ["evaluate"] },
  schemas: {
    keys: { lines: { type: "integer" } },
    harnessKeys: { depth: { enum: [1, 2] } },
    required: ["lines"],
    harness: { not: { required: ["x-odd"] } },
  },
};

Deno.test("caseSchema() knows a type of somebody's own, with the schemas it brings", () => {
  const check = compiled(caseSchema(withTypes(BUILT_IN_TYPES, [OWN])));
  const right = { id: "A-1", type: OWN.name, lines: 3, free: [{}] };
  const assertOn = (target: string, leaf: JsonObject) => ({
    ...right,
    assert: [{ target, must: [leaf] }],
  });
  for (
    const value of [
      right,
      [right, { ...right, harness: { depth: 2 } }],
      assertOn("a/b", { contain: ["x"] }),
      assertOn("count", { evaluate: [["eq", 1, 1]] }),
    ]
  ) assert(check(value), JSON.stringify(value));
  for (
    const value of [
      [],
      { ...right, lines: "3" },
      { id: "A-1", type: OWN.name },
      { ...right, harness: { depth: 3 } },
      { ...right, harness: { "spec_lang": {} } },
      { ...right, path: "a" },
      assertOn("a/b", { evaluate: [["eq", 1, 1]] }),
      assertOn("text", { contain: ["x"] }),
    ]
  ) assert(!check(value), JSON.stringify(value));
});

Deno.test("caseSchema() takes a type without targets, and one without schemas", () => {
  const { schemas: _, ...plain } = { ...OWN, name: "plain", targets: {} };
  const check = compiled(caseSchema(withTypes(new Map(), [plain])));
  const value = { id: "A-1", type: "plain", lines: "any" };
  assert(check(value));
  assert(check({ ...value, assert: [] }));
  assert(!check({ ...value, assert: [{ target: "x", must: [{}] }] }));
  assert(!check({ ...value, type: "cli.run" }));
});

Deno.test("caseSchema() leaves open what is skipped for a capability that nobody has", () => {
  const requires = { capabilities: ["time.travel"], "when_missing": "skip" };
  assert(check({ type: "odd", keys: [], requires }));
  assert(!check({ type: "odd", requires: { ...requires, odd: 1 } }));
  const known = { ...requires, capabilities: ["cli.run"] };
  assert(!check({ id: "A-1", type: "odd", requires: known }));
  const library = { id: "A-1", type: "spec_lang.library", requires };
  assert(!check({ ...library }));
  assert(check({ ...library, functions: { one: 1 } }));
});

Deno.test("withTypes() refuses schemas of keys that the type does not have", () => {
  const schemas = [
    { keys: { path: {} } },
    { harnessKeys: { lines: {} } },
    { required: ["depth"] },
  ];
  for (const one of schemas) {
    assertThrows(
      () => withTypes(new Map(), [{ ...OWN, name: "own", schemas: one }]),
      RangeError,
      "schemas speaks of",
    );
  }
});
