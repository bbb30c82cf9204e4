import { assertEquals } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import type { CaseResult } from "../../harness/case.ts";
import { runSuite } from "../../harness/run_suite.ts";
import {
  answers,
  evaluating,
  fenced,
  looking,
  testAnswers,
} from "./_answers.ts";

// What every object inherits, and what changes one when it is assigned.
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty"];

/** Where a document names something, and what the answer begins with. */
const PLACES: readonly (readonly [string, (name: string) => string, string])[] =
  [
    ["a key", (name) => looking(`${name}: 1`), '5:1 schema unknown key "NAME"'],
    [
      "a key of harness",
      (name) => looking(`harness: {${name}: 1}`),
      '5:11 schema unsupported harness key(s): "NAME"',
    ],
    [
      "a key of spec_lang",
      (name) => looking(`harness: {spec_lang: {${name}: 1}}`),
      '5:23 schema unknown key "NAME" in "harness.spec_lang"',
    ],
    [
      "a key of requires",
      (name) => looking(`requires: {${name}: 1}`),
      '5:12 schema unknown key "NAME" in "requires"',
    ],
    [
      "a capability",
      (name) => looking(`requires: {capabilities: [${name}]}`),
      '5:12 runtime missing capability "NAME"',
    ],
    [
      "a key of assert_health",
      (name) => looking(`assert_health: {${name}: 1}`),
      '5:17 schema unknown key "NAME" in "assert_health"',
    ],
    [
      "a type",
      (name) => fenced(`id: A\ntype: ${name}`),
      '3:1 runtime unknown spec-test type "NAME"',
    ],
    [
      "a target",
      (name) => looking(`assert: {target: ${name}, must: [regex: [x]]}`),
      '5:10 schema unknown assert target: "NAME"',
    ],
    [
      "an operator",
      (name) => looking(`assert: {target: text, must: [${name}: [x]]}`),
      '5:31 schema unsupported op "NAME"',
    ],
    [
      "a key of a group",
      (name) => looking(`assert: {${name}: 1, target: text, must: []}`),
      '5:10 schema unknown key "NAME" in a group',
    ],
    [
      "an operator of the language",
      (name) => evaluating(`[${name}, 1]`),
      '5:42 schema unsupported spec_lang symbol "NAME"',
    ],
    [
      "a variable",
      (name) => evaluating(`[var, ${name}]`),
      '5:42 schema undefined variable "NAME"',
    ],
    [
      "a binding",
      (name) => evaluating(`[let, [[${name}, 3]], [eq, [var, ${name}], 3]]`),
      "pass",
    ],
    [
      "a parameter",
      (name) =>
        evaluating(`[eq, [call, [fn, [${name}], [var, ${name}]], 3], 3]`),
      "pass",
    ],
    [
      "a member that is not there",
      (name) =>
        evaluating(
          `[eq, [get, [json_parse, '{}'], ${name}], null]` +
            `, [not, [has_key, [json_parse, '{}'], ${name}]]` +
            `, [not, [in, ${name}, [json_parse, '{}']]]`,
        ),
      "pass",
    ],
    [
      "a member that is there",
      (name) =>
        evaluating(
          `[eq, [get, [json_parse, '{"${name}":1}'], ${name}], 1]` +
            `, [has_key, [json_parse, '{"${name}":1}'], ${name}]` +
            `, [neq, [json_parse, '{"${name}":1}'], [json_parse, '{}']]` +
            `, [contains, [json_parse, '{"${name}":1}'], '"${name}":1']`,
        ),
      "pass",
    ],
    [
      "a function of a library",
      (name) =>
        evaluating(`[eq, [call, [var, ${name}], 3], 3]`)
          .replace(
            "path: s\n",
            `path: s\nharness: {spec_lang: {library_paths: [p], exports: [${name}]}}\n`,
          ) + fenced(
            `id: L\ntype: spec_lang.library\nfunctions: {${name}: [fn, [n], [var, n]]}`,
          ),
      "pass",
    ],
    [
      "a function that no library has",
      (name) =>
        evaluating(`[var, ${name}]`).replace(
          "path: s\n",
          "path: s\nharness: {spec_lang: {library_paths: [p]}}\n",
        ) + fenced("id: L\ntype: spec_lang.library\nfunctions: {other: 1}"),
      '6:42 schema undefined variable "NAME"',
    ],
    ["an annotation", (name) => looking(`x-a: {${name}: 1}`), "pass"],
    [
      "a key that is there twice",
      (name) => looking(`x-a: {${name}: 1, ${name}: 2}`),
      '5:20 schema invalid YAML: duplicate key "NAME"',
    ],
  ];

for (const [place, text, wanted] of PLACES) {
  Deno.test(`a name that objects inherit is a name like any other: ${place}`, async () => {
    for (const name of INHERITED) {
      const [given = ""] = await answers({ text: text(name) });
      const begin = wanted.replace("NAME", name);
      // Columns behind the name depend on how long it is.
      const shift = name.length - "toString".length;
      const moved = place.includes("twice")
        ? begin.replace("5:20", `5:${20 + shift}`)
        : begin;
      assertEquals(given.slice(0, moved.length), moved);
    }
  });
}

Deno.test("a name that objects inherit reaches a program's environment", async () => {
  const env = INHERITED.map((name) => `${name}: ${name}!`).join(", ");
  const wanted = INHERITED.map((name) => `"\\n${name}=${name}!\\n"`).join(", ");
  const text = fenced(
    `id: A\ntype: cli.run\nharness: {entrypoint: sh -c 'echo; env', env: {${env}}}\n` +
      `assert: {target: stdout, must: [contain: [${wanted}]]}`,
  );
  const results: CaseResult[] = [];
  await runSuite({
    documents: [{
      path: "/p",
      format: "md",
      bytes: new TextEncoder().encode(text),
    }],
    environment: { PATH: "/usr/bin:/bin" },
    reporters: [{ case: (result) => void results.push(result), end() {} }],
  }, denoHost());
  assertEquals(results.map(({ message }) => message), [null]);
});

testAnswers({
  "a duplicate id": {
    text: looking("").repeat(3),
    wanted: [
      "pass",
      '8:1 schema duplicate id "A": it is already used at /p:2',
      '14:1 schema duplicate id "A": it is already used at /p:2',
    ],
  },
  "a duplicate key of a JSON document": {
    format: "json",
    text: '{"id": "A", "__proto__": 1, "__proto__": 2}',
    wanted: ['1:29 schema invalid JSON: duplicate key "__proto__"'],
  },
  "a huge integer": {
    text: looking(`x-a: ${"9".repeat(100_000)}`),
    wanted: ['5:1 schema "x-a" is '],
  },
  "an integer that cannot be held": {
    text: looking("x-a: 9007199254740993"),
    wanted: ['5:1 schema "x-a" is the integer 9007199254740993'],
  },
  "a huge exponent": {
    text: looking("x-a: 1e999999999"),
    wanted: ['5:1 schema "x-a" is '],
  },
  "a huge exponent in JSON": {
    format: "json",
    text: '{"id": "A", "x-a": -1e999999999}',
    wanted: ['1:13 schema "x-a" is '],
  },
  "a huge exponent in a subject": {
    text: evaluating("[json_parse, [subject]]"),
    subject: "[1e999999999]",
    wanted: ["5:42 schema json_parse: a number is out of range"],
  },
  "minus zero": {
    text: evaluating(
      "[eq, -0, 0], [eq, [json_parse, [subject]], 0]" +
        ", [eq, [join, [json_parse, '[-0]'], ''], '0'], [not, -0]",
    ),
    subject: "-0",
    wanted: ["pass"],
  },
  "a budget of minus zero": {
    text: looking("harness: {spec_lang: {max_steps: -0}}"),
    wanted: ["5:23 schema harness.spec_lang.max_steps must be an integer"],
  },
});
