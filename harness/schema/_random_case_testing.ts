/** Cases at random, right and wrong. */

import fc from "fast-check";
import { LIBRARY_TYPE } from "../_library_type.ts";
import type { Json, JsonObject } from "../json.ts";
import type { HarnessType } from "../types/harness_type.ts";

const word = fc.constantFrom("a", "A-1", "one two", "x/y", "é", "7");
const words = fc.array(word, { maxLength: 3 });
const nothing = fc.constant(undefined);

/** Keys that may be left out. */
function some(
  keys: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  required: readonly string[] = [],
): fc.Arbitrary<JsonObject> {
  const entries = Object.entries(keys).map(([key, value]) =>
    [key, required.includes(key) ? value : fc.oneof(nothing, value)] as const
  );
  return fc.record(Object.fromEntries(entries)).map((all) =>
    Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined),
    ) as JsonObject
  );
}

const expression: fc.Arbitrary<Json> = fc.letrec<{ any: Json; list: Json }>(
  (tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Json>("a", 1, true, null),
      tie("list"),
    ),
    list: fc.oneof(
      fc.constant<Json>(["subject"]),
      fc.tuple(fc.constantFrom("eq", "and", "add"), tie("any"), tie("any")),
      fc.tuple(fc.constantFrom("len", "contains", "not"), tie("any")),
      tie("any").map((body): Json => ["fn", ["a", "b"], body]),
      tie("any").map((body): Json => ["let", [["n", 1]], body]),
      fc.tuple(fc.constant("if"), tie("any"), tie("any"), tie("any")),
    ),
  }),
).list;

function operators(names: readonly string[]): fc.Arbitrary<JsonObject> {
  const values: Readonly<Record<string, fc.Arbitrary<Json>>> = {
    contain: word,
    regex: fc.constantFrom("a+", "^x$"),
    "json_type": fc.constantFrom("dict", "list"),
    exists: fc.constantFrom(true, null),
    evaluate: expression,
  };
  return fc.subarray([...names], { minLength: 1 }).chain((chosen) =>
    fc.record(Object.fromEntries(
      chosen.map((name) => [
        name,
        fc.array(values[name] ?? word, { minLength: 1, maxLength: 2 }),
      ]),
    ))
  );
}

function group(
  target: string,
  names: readonly string[],
): fc.Arbitrary<JsonObject> {
  const mode = fc.constantFrom("must", "can", "cannot");
  const leaf = operators(names);
  const inner = fc.tuple(mode, fc.array(leaf, { minLength: 1, maxLength: 2 }))
    .map(([mode, list]): JsonObject => ({ [mode]: list }));
  return fc.tuple(
    mode,
    fc.array(fc.oneof(leaf, inner), { minLength: 1, maxLength: 2 }),
  ).map(([mode, list]) => ({ target, [mode]: list }));
}

function asserts({ targets }: HarnessType): fc.Arbitrary<Json> {
  const groups = Object.entries(targets).map(([target, names]) =>
    group(target, names)
  );
  const one = fc.oneof(...groups);
  return fc.oneof<fc.Arbitrary<Json>[]>(one, fc.array(one, { maxLength: 2 }));
}

const failure = some({
  status: fc.constant("fail"),
  category: fc.constantFrom("schema", "runtime"),
  "message_tokens": words,
}, ["status"]);
const success = some({
  status: fc.constantFrom("pass", "skip"),
  category: fc.constant(null),
  "message_tokens": fc.constant([]),
}, ["status"]);
const overlay = some({
  status: fc.constantFrom("pass", "fail"),
  category: fc.constantFrom("assertion", null),
  "message_tokens": words,
});

const COMMON = {
  title: word,
  purpose: word,
  tags: words,
  "assert_health": some({ mode: fc.constantFrom("ignore", "warn") }),
  expect: some({
    portable: fc.oneof(failure, success),
    impl: some({ deno: overlay, other: overlay }),
  }),
  requires: some({
    capabilities: fc.subarray(["cli.run", "text.file", "gone"]),
    "when_missing": fc.constantFrom("fail", "skip"),
  }),
  "purpose_lint": fc.oneof(fc.boolean(), fc.constant({ a: 1 })),
  "x-note": fc.constantFrom<Json>(1, ["a"]),
};

const budget = fc.integer({ min: 1, max: 100_000 });
const SPEC_LANG = some({
  "max_steps": budget,
  "max_nodes": fc.constant(10_000),
  "timeout_ms": fc.nat({ max: 300 }),
  "library_paths": fc.constant(["lib.yaml"]),
  exports: fc.constant([]),
});

const file = fc.record({
  path: fc.constantFrom("a.txt", "b/c.txt", "d"),
  text: word,
});
const hook = fc.constantFrom("./a.ts:main", "pkg.mod:a.b", null);

const OF_TYPE: Readonly<
  Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>
> = {
  "text.file": {
    path: fc.constantFrom("a.md", "b/c.md"),
    harness: some({ "spec_lang": SPEC_LANG }),
  },
  "oci.image": { harness: some({ "spec_lang": SPEC_LANG }) },
  "cli.run": {
    argv: fc.oneof(word, words),
    "exit_code": fc.nat({ max: 255 }),
    harness: some({
      entrypoint: fc.oneof(
        fc.constantFrom("./cli.ts:main", "sh -c 'x y'"),
        fc.array(word, { minLength: 1, maxLength: 3 }),
      ),
      env: fc.oneof(
        fc.constant(null),
        some({ A: fc.oneof(word, fc.constant(null)), "B_C": word }),
      ),
      "stdin_text": fc.oneof(word, fc.constant(null)),
      "stdin_isatty": fc.constantFrom(true, false, null),
      "setup_files": fc.oneof(
        file,
        fc.uniqueArray(file, {
          selector: ({ path }) => path,
        }),
      ),
      "hook_before": hook,
      "hook_after": hook,
      "hook_kwargs": some({ level: fc.nat() }),
      "spec_lang": SPEC_LANG,
    }),
  },
};

/** A case of a type, or a library, as somebody means it. */
export function caseOf(
  types: ReadonlyMap<string, HarnessType>,
): fc.Arbitrary<JsonObject> {
  const required = ["id", "type"];
  const cases = [...types.values()].map((type) =>
    some({
      id: word,
      type: fc.constant(type.name),
      ...COMMON,
      ...OF_TYPE[type.name],
      assert: asserts(type),
    }, required)
  );
  const library = some({
    id: word,
    type: fc.constant(LIBRARY_TYPE),
    ...COMMON,
    functions: fc.record({ one: expression, two: expression }),
    exports: fc.constantFrom([], ["one"]),
  }, [...required, "functions"]);
  return fc.oneof(...cases, library);
}
