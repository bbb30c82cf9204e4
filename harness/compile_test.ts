import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import type { KeyPath, RawCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { compileCase } from "./compile.ts";
import { Libraries } from "./library/libraries.ts";
import type { Json } from "./json.ts";
import { DEFAULT_BUDGETS } from "./spec_lang/budgets.ts";

const host = new MemoryHost();

function compile(specLang: Json | undefined, assert?: Json) {
  const locate = (path: KeyPath) => ({
    path: path.join("."),
    line: 1,
    column: 1,
  });
  const raw: RawCase = {
    id: "A-1",
    type: "demo",
    title: undefined,
    purpose: undefined,
    tags: [],
    requires: { capabilities: [], whenMissing: "fail" },
    harness: specLang === undefined ? {} : { "spec_lang": specLang },
    assert,
    body: {},
    source: { kind: "case", value: {}, location: locate([]), locate },
  };
  return compileCase(raw, {
    name: "demo",
    keys: [],
    harnessKeys: ["spec_lang"],
    targets: { text: ["contain"] },
    capabilities: [],
    compile: () => {
      throw new CaseError("runtime", "the type was asked");
    },
  }, {
    host,
    libraries: new Libraries({ host }),
    environment: {},
    contractRoot: undefined,
    timeoutMs: 1000,
  });
}

/** A value of `harness.spec_lang`, the place it is refused at, and why. */
const REFUSED: readonly (readonly [Json, string, string])[] = [
  [null, "harness.spec_lang", "harness.spec_lang must be a mapping"],
  [["x"], "harness.spec_lang", "harness.spec_lang must be a mapping"],
  [
    { "max_step": 1 },
    "harness.spec_lang.max_step",
    'did you mean "max_steps"?',
  ],
  [{ constructor: 1 }, "harness.spec_lang.constructor", "known keys are"],
  [
    { "library_path": ["x"] },
    "harness.spec_lang.library_path",
    'did you mean "library_paths"?',
  ],
  [
    { "library_paths": "x.yaml" },
    "harness.spec_lang.library_paths",
    '"harness.spec_lang.library_paths" must be a list, "x.yaml" was given',
  ],
  [
    { "library_paths": ["x.yaml", 1] },
    "harness.spec_lang.library_paths.1",
    '"harness.spec_lang.library_paths[1]" must be a string',
  ],
  [
    { "library_paths": [" "] },
    "harness.spec_lang.library_paths.0",
    "must be a string that is not empty",
  ],
  [
    { "library_paths": ["x.yaml"] },
    "harness.spec_lang.library_paths.0",
    'cannot load library "x.yaml": no such file or directory',
  ],
  [
    { exports: "f" },
    "harness.spec_lang.exports",
    '"harness.spec_lang.exports" must be a list, "f" was given',
  ],
  [
    { exports: [null] },
    "harness.spec_lang.exports.0",
    '"harness.spec_lang.exports[0]" must be a string',
  ],
  [
    { exports: ["f"] },
    "harness.spec_lang.exports.0",
    'unknown symbol "f" in "exports": no library is loaded',
  ],
  [
    { "max_steps": 0 },
    "harness.spec_lang.max_steps",
    "harness.spec_lang.max_steps must be an integer of at least 1",
  ],
  [
    { "max_steps": 9, "timeout_ms": "1" },
    "harness.spec_lang.timeout_ms",
    "harness.spec_lang.timeout_ms must be an integer of at least 0",
  ],
];

Deno.test("compileCase() refuses budgets it cannot read, with their place", () => {
  for (const [value, place, text] of REFUSED) {
    const error = assertThrows(() => compile(value), CaseError, text);
    assertEquals(error.category, "schema");
    assertEquals(error.location?.path, place);
  }
});

Deno.test("compileCase() finds a schema fault before the type is asked", () => {
  const error = assertThrows(
    () => compile(undefined, { target: "txt", must: [] }),
    CaseError,
  );
  assertEquals(error.category, "schema");
  assertStringIncludes(error.message, "unknown assert target");
  assertThrows(() => compile(undefined), CaseError, "the type was asked");
});

Deno.test("compileCase() compiles expressions under the case's own budgets", () => {
  const tree = { target: "text", must: [{ contain: ["x".repeat(20)] }] };
  const error = assertThrows(
    () => compile({ "max_literal_bytes": 10 }, tree),
    CaseError,
    "spec_lang budget exceeded: literal_size",
  );
  assertEquals(error.category, "runtime");
  assertEquals(DEFAULT_BUDGETS.maxLiteralBytes > 20, true);
});
