import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Json } from "../json.ts";
import { outcome } from "./_testing.ts";

const leaf: Json = { contain: ["x"] };

/** A tree, the place it is refused at, and what the message says. */
const REFUSED: readonly (readonly [Json, string, string])[] = [
  [null, "assert", "wanted a group (must, can, cannot) or a leaf"],
  ["x", "assert", 'got "x"'],
  [[leaf], "assert[0]", "unknown assert target: no group around this leaf"],
  [leaf, "assert", "unknown assert target: no group around this leaf"],
  [[[leaf]], "assert[0]", "got a list"],
  [{ must: [] }, "assert.must", "must takes a non-empty list, got an empty"],
  [{ can: leaf }, "assert.can", "can takes a non-empty list, got a mapping"],
  [{ cannot: null }, "assert.cannot", "non-empty list, got null"],
  [{ must: [leaf], can: [leaf] }, "assert", "exactly one of must, can and"],
  [
    { target: "stdot", must: [leaf] },
    "assert.target",
    'unknown assert target: "stdot", did you mean "stdout"?',
  ],
  [
    { target: "constructor", must: [leaf] },
    "assert.target",
    'unknown assert target: "constructor", wanted one of: stdout, stderr',
  ],
  [
    { target: null, must: [leaf] },
    "assert.target",
    "unknown assert target: wanted text, got null",
  ],
  [
    { targt: "stdout", must: [leaf] },
    "assert.targt",
    'unknown key "targt" in a group, did you mean "target"?',
  ],
  [
    { target: "stdout", must: [leaf], contain: ["x"] },
    "assert.contain",
    'operator "contain" stands beside must',
  ],
  [
    { target: "stdout", must: [{ target: "stderr", contain: ["x"] }] },
    "assert.must[0].target",
    "a leaf has no target of its own",
  ],
  [
    { target: "stdout", must: [{}] },
    "assert.must[0]",
    "a leaf needs at least one operator of: contain, regex",
  ],
  [
    { target: "stdout", must: [{ contian: ["x"] }] },
    "assert.must[0].contian",
    'target=stdout op=contian: unsupported op "contian", did you mean "contain"?',
  ],
  [
    { target: "stdout", must: [{ musst: [leaf] }] },
    "assert.must[0].musst",
    'unsupported op "musst", did you mean "must"?',
  ],
  [
    { target: "stdout", must: [{ toString: ["x"] }] },
    "assert.must[0].toString",
    'unsupported op "toString", wanted one of',
  ],
  [
    { target: "stdout_path", must: [leaf] },
    "assert.must[0].contain",
    'unsupported op "contain": target "stdout_path" takes exists',
  ],
  [
    { target: "stdout", must: [{ exists: [true] }] },
    "assert.must[0].exists",
    'unsupported op "exists": target "stdout" takes contain, regex',
  ],
  [
    { target: "stdout", must: [{ contain: "x" }] },
    "assert.must[0].contain",
    'contain takes a non-empty list, got "x"',
  ],
  [
    { target: "stdout", must: [{ regex: [] }] },
    "assert.must[0].regex",
    "regex takes a non-empty list, got an empty list",
  ],
  [
    { target: "stdout", must: [{ contain: ["x", null] }] },
    "assert.must[0].contain[1]",
    "takes text, got null",
  ],
  [
    { target: "stdout", must: [{ contain: [{ a: 1 }] }] },
    "assert.must[0].contain[0]",
    "list-based s-expr",
  ],
  [
    { target: "stdout", must: [{ regex: ["ok", "(unclosed"] }] },
    "assert.must[0].regex[1]",
    "target=stdout op=regex",
  ],
  [
    { target: "stdout", must: [{ "json_type": ["string"] }] },
    "assert.must[0].json_type[0]",
    'unsupported json_type "string"',
  ],
  [
    { target: "stdout_path", must: [{ exists: [false] }] },
    "assert.must[0].exists[0]",
    "exists takes true or null, got false",
  ],
  [
    { target: "stdout", must: [{ evaluate: ["x"] }] },
    "assert.must[0].evaluate[0]",
    'list-based s-expr such as ["eq", ["subject"], "x"], got "x"; evaluate lists expressions, so one alone stands in two pairs of brackets',
  ],
  [
    { target: "stdout", should: [{ contain: ["x"] }] },
    "assert.should",
    'unsupported op "should", wanted one of',
  ],
  [
    { target: "stdout", must: [{ evaluate: [["eqq", 1, 2]] }] },
    "assert.must[0].evaluate[0]",
    "unsupported spec_lang symbol",
  ],
];

Deno.test("compileAssertions() refuses a malformed tree at its exact place", () => {
  for (const [tree, place, text] of REFUSED) {
    const error = outcome(tree, { stdout: "", "stdout_path": "" });
    const label = JSON.stringify(tree);
    assertEquals(error?.category, "schema", label);
    assertEquals(error?.location?.path, place, label);
    assertStringIncludes(error?.message ?? "", text, label);
    assertStringIncludes(error?.message ?? "", "case_id=A-1 assert_path=");
  }
});

Deno.test("compileAssertions() hands a target down through any number of groups", () => {
  const tree = {
    target: "stderr",
    must: [
      { can: [{ must: [leaf] }] },
      { target: "stdout", must: [{ contain: ["y"] }] },
    ],
  };
  assertEquals(outcome(tree, { stderr: "x", stdout: "y" }), undefined);
});

Deno.test("compileAssertions() refuses a fault that no run would reach", () => {
  const tree = [
    { target: "stdout", must: [{ contain: ["never there"] }] },
    { target: "stdout", must: [{ contain: ["x"], jsontype: ["dict"] }] },
  ];
  const error = outcome(tree, { stdout: "" });
  assertEquals(error?.category, "schema");
});

Deno.test("compileAssertions() reports an expression over budget as runtime", () => {
  const large = "x".repeat(300_000);
  const error = outcome({ target: "stdout", must: [{ contain: [large] }] });
  assertEquals(error?.category, "runtime");
  assertStringIncludes(
    error?.message ?? "",
    "spec_lang budget exceeded: literal_size",
  );
});
