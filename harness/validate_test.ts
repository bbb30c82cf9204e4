import { assertEquals, assertThrows } from "@std/assert";
import type { KeyPath, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import type { JsonObject } from "./json.ts";
import {
  caseIdentity,
  type CaseShape,
  validateCase,
  validateRequires,
} from "./validate.ts";

const TYPES: ReadonlyMap<string, CaseShape> = new Map([
  ["text.file", {
    name: "text.file",
    keys: ["path"],
    harnessKeys: ["spec_lang"],
  }],
  ["cli.run", {
    name: "cli.run",
    keys: ["argv", "exit_code"],
    harnessKeys: ["entrypoint", "env", "stdin_text", "setup_files"],
  }],
]);

const MINIMAL = { id: "A", type: "cli.run" };

/** A case whose locations spell out the path that was asked for. */
function source(value: JsonObject): SourceCase {
  const locate = (path: KeyPath) => ({
    path: path.join("/"),
    line: 7,
    column: 1,
  });
  return { kind: "case", value, location: locate(["p"]), locate };
}

/** `CATEGORY PATH: MESSAGE` */
function failure(value: JsonObject): string {
  const error = assertThrows(
    () => validateCase(source(value), TYPES),
    CaseError,
  );
  return `${error.category} ${error.location?.path}: ${error.message}`;
}

Deno.test("validateCase() fills in what a case leaves out", () => {
  const given = source(MINIMAL);
  assertEquals(validateCase(given, TYPES), {
    id: "A",
    type: "cli.run",
    title: undefined,
    purpose: undefined,
    tags: [],
    requires: { capabilities: [], whenMissing: "fail" },
    harness: {},
    assert: undefined,
    body: {},
    source: given,
  });
});

Deno.test("validateCase() takes every common key and those of the type", () => {
  const raw = validateCase(
    source({
      ...MINIMAL,
      title: "T",
      purpose: "P",
      tags: ["a", "b"],
      harness: { env: { A: null } },
      assert: null,
      assert_health: { mode: "warn" },
      expect: { portable: { status: "pass" } },
      requires: { capabilities: ["x"], when_missing: "skip" },
      purpose_lint: { mode: "x" },
      argv: ["a"],
      exit_code: null,
      "x-note": { any: "thing" },
      "x-": 1,
    }),
    TYPES,
  );
  assertEquals(raw.title, "T");
  assertEquals(raw.purpose, "P");
  assertEquals(raw.tags, ["a", "b"]);
  assertEquals(raw.harness, { env: { A: null } });
  assertEquals(raw.assert, null);
  assertEquals(raw.requires, { capabilities: ["x"], whenMissing: "skip" });
  assertEquals(raw.body, { argv: ["a"], exit_code: null });
});

const FAILURES: readonly (readonly [JsonObject, string])[] = [
  [{}, 'schema : case has no "id"'],
  [{ type: "cli.run" }, 'schema : case has no "id"'],
  [{ id: "A" }, 'schema : case has no "type"'],
  [
    { di: "A", type: "cli.run" },
    'schema di: case has no "id", but "di": did you mean "id"?',
  ],
  [
    { id: "A", tpye: "cli.run" },
    'schema tpye: case has no "type", but "tpye": did you mean "type"?',
  ],
  [
    { ...MINIMAL, id: 7 },
    'schema id: "id" must be a string, 7 was given; write it in quotes',
  ],
  [
    { ...MINIMAL, id: true },
    'schema id: "id" must be a string, true was given; write it in quotes',
  ],
  [
    { ...MINIMAL, type: 1.5 },
    'schema type: "type" must be a string, 1.5 was given; write it in quotes',
  ],
  [
    { ...MINIMAL, id: null },
    'schema id: "id" must be a string, null was given',
  ],
  [{ ...MINIMAL, id: "" }, 'schema id: "id" must not be empty'],
  [{ ...MINIMAL, id: " \t" }, 'schema id: "id" must not be empty'],
  [
    { ...MINIMAL, id: "a\nb" },
    String.raw`schema id: "id" holds a control character: "a\nb"`,
  ],
  [{ ...MINIMAL, type: "" }, 'schema type: "type" must not be empty'],
  [
    { ...MINIMAL, type: ["x"] },
    'schema type: "type" must be a string, a list was given',
  ],
  [
    { ...MINIMAL, type: "cli.rnu" },
    'runtime type: unknown spec-test type "cli.rnu": did you mean "cli.run"?',
  ],
  [
    { ...MINIMAL, type: "sql", asert: 1 },
    'runtime type: unknown spec-test type "sql": known types are cli.run, spec_lang.library, text.file',
  ],
  [
    { ...MINIMAL, type: "spec_lang.libary" },
    'runtime type: unknown spec-test type "spec_lang.libary": did you mean "spec_lang.library"?',
  ],
  [
    { ...MINIMAL, type: "constructor" },
    'runtime type: unknown spec-test type "constructor": known types are cli.run, spec_lang.library, text.file',
  ],
  [
    { ...MINIMAL, asert: [] },
    'schema asert: unknown key "asert": did you mean "assert"?',
  ],
  [
    { ...MINIMAL, path: "x" },
    'schema path: unknown key "path": known keys are id, type, title, purpose, harness, assert, assert_health, expect, requires, tags, purpose_lint, argv, exit_code',
  ],
  [
    { ...MINIMAL, arvg: [] },
    'schema arvg: unknown key "arvg": did you mean "argv"?',
  ],
  [
    { ...MINIMAL, X_note: 1, "x": 1 },
    'schema X_note: unknown key "X_note": known keys are id, type, title, purpose, harness, assert, assert_health, expect, requires, tags, purpose_lint, argv, exit_code',
  ],
  [
    { ...MINIMAL, stdin_text: "", setup_files: [], asert: 1 },
    "schema stdin_text: move harness-only keys under 'harness:': stdin_text, setup_files",
  ],
  [
    { ...MINIMAL, harness: { evn: {}, stdin: "", env: {} } },
    'schema harness/evn: unsupported harness key(s): "evn" (did you mean "env"?), "stdin"; known keys are entrypoint, env, stdin_text, setup_files',
  ],
  [
    { ...MINIMAL, harness: { "x-note": 1 } },
    'schema harness/x-note: unsupported harness key(s): "x-note"; known keys are entrypoint, env, stdin_text, setup_files',
  ],
  [
    { ...MINIMAL, harness: { timeout: 3 } },
    'schema harness/timeout: unsupported harness key(s): "timeout"; known keys are entrypoint, env, stdin_text, setup_files',
  ],
  [
    { ...MINIMAL, harness: { evn: {} } },
    'schema harness/evn: unsupported harness key(s): "evn" (did you mean "env"?)',
  ],
  [
    { ...MINIMAL, type: "text.file", harness: { hook_after: "a:b" } },
    'schema harness/hook_after: unsupported harness key(s): "hook_after"; known keys are spec_lang',
  ],
  [
    { ...MINIMAL, harness: null },
    'schema harness: "harness" must be a mapping, null was given',
  ],
  [
    { ...MINIMAL, harness: [] },
    'schema harness: "harness" must be a mapping, a list was given',
  ],
  [
    { ...MINIMAL, title: 1 },
    'schema title: "title" must be a string, 1 was given; write it in quotes',
  ],
  [
    { ...MINIMAL, purpose: {} },
    'schema purpose: "purpose" must be a string, a mapping was given',
  ],
  [
    { ...MINIMAL, tags: "slow" },
    'schema tags: "tags" must be a list, "slow" was given',
  ],
  [
    { ...MINIMAL, tags: ["a", 1] },
    'schema tags/1: "tags[1]" must be a string that is not empty, 1 was given; write it in quotes',
  ],
  [
    { ...MINIMAL, tags: [""] },
    'schema tags/0: "tags[0]" must be a string that is not empty, "" was given',
  ],
  [
    { ...MINIMAL, requires: ["x"] },
    'schema requires: "requires" must be a mapping, a list was given',
  ],
  [
    { ...MINIMAL, requires: { capability: ["x"] } },
    'schema requires/capability: unknown key "capability" in "requires": known keys are capabilities, when_missing',
  ],
  [
    { ...MINIMAL, requires: { when_mising: "skip" } },
    'schema requires/when_mising: unknown key "when_mising" in "requires": did you mean "when_missing"?',
  ],
  [
    { ...MINIMAL, requires: { capabilities: "x" } },
    'schema requires/capabilities: "requires.capabilities" must be a list, "x" was given',
  ],
  [
    { ...MINIMAL, requires: { capabilities: [null] } },
    'schema requires/capabilities/0: "requires.capabilities[0]" must be a string that is not empty, null was given',
  ],
  [
    { ...MINIMAL, requires: { when_missing: "ignore" } },
    'schema requires/when_missing: "requires.when_missing" must be one of: fail, skip; "ignore" was given',
  ],
  [
    { ...MINIMAL, requires: { when_missing: null } },
    'schema requires/when_missing: "requires.when_missing" must be one of: fail, skip; null was given',
  ],
  [
    { ...MINIMAL, expect: "pass" },
    'schema expect: "expect" must be a mapping, "pass" was given',
  ],
  [
    { ...MINIMAL, purpose_lint: "off" },
    'schema purpose_lint: "purpose_lint" must be a mapping, true or false; "off" was given',
  ],
  [
    { ...MINIMAL, assert_health: "warn" },
    'schema assert_health: "assert_health" must be a mapping, "warn" was given',
  ],
  [
    { ...MINIMAL, assert_health: { mod: "warn" } },
    'schema assert_health/mod: unknown key "mod" in "assert_health": did you mean "mode"?',
  ],
  [
    { ...MINIMAL, assert_health: { mode: "on" } },
    'schema assert_health/mode: assert_health.mode must be one of: ignore, warn, error; "on" was given',
  ],
  [
    { ...MINIMAL, assert_health: { mode: null } },
    "schema assert_health/mode: assert_health.mode must be one of: ignore, warn, error; null was given",
  ],
];

Deno.test("validateCase() says what is wrong, and where", () => {
  for (const [value, message] of FAILURES) {
    assertEquals(failure(value), message);
  }
});

Deno.test("validateCase() shortens long values in messages", () => {
  const message = failure({ ...MINIMAL, tags: "x".repeat(1000) });
  assertEquals(message.length < 150, true, message);
});

Deno.test("validateCase() does not take inherited names for keys", () => {
  for (const key of ["constructor", "toString", "__proto__"]) {
    const value = Object.fromEntries([...Object.entries(MINIMAL), [key, 1]]);
    const message = failure(value);
    assertEquals(message.includes(`unknown key "${key}"`), true, message);
  }
});

Deno.test("validateRequires() needs nothing else of the case", () => {
  assertEquals(
    validateRequires(source({ type: 7, requires: { capabilities: ["x"] } })),
    { capabilities: ["x"], whenMissing: "fail" },
  );
  assertEquals(validateRequires(source({})), {
    capabilities: [],
    whenMissing: "fail",
  });
});

Deno.test("caseIdentity() falls back to the place", () => {
  assertEquals(caseIdentity(source({ id: "A" })), "A");
  for (const id of [undefined, null, 7, "", "  ", "a\nb", ["A"]]) {
    assertEquals(caseIdentity(source(id === undefined ? {} : { id })), "p:7");
  }
});
