import { assertEquals, assertThrows } from "@std/assert";
import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { assertFails, HOST, run, value, WIDE } from "./_support_test.ts";
import { DEFAULT_BUDGETS } from "./budgets.ts";
import { BUILTINS } from "./builtins.ts";
import { compileExpression } from "./compile.ts";
import { FORMS } from "./forms.ts";
import { evaluate } from "./machine.ts";

const STATIC_ERRORS: readonly (readonly [Json, string])[] = [
  [[], "wanted an operator at the head of a list, got an empty list"],
  [["not", []], "got an empty list (at [1])"],
  [[1, 2], "wanted an operator at the head of a list, got 1"],
  [[["not", 1]], "wanted an operator at the head of a list, got a list of 2"],
  [[null], "wanted an operator at the head of a list, got null"],
  [[{}], "wanted an operator at the head of a list, got a mapping"],
  [{}, "list-based s-expr"],
  [{ a: 1 }, "list-based s-expr"],
  [["eq", 1, {}], "list-based s-expr or a scalar, got a mapping (at [2])"],
  [["regex_match", "a", { b: 1 }], "list-based s-expr"],
  [
    ["containz", "a"],
    'unsupported spec_lang symbol "containz", did you mean "contains"?',
  ],
  [["iff", 1, 2, 3], 'unsupported spec_lang symbol "iff", did you mean "if"?'],
  [["frobnicate"], 'unsupported spec_lang symbol "frobnicate"'],
  [["x"], 'unsupported spec_lang symbol "x"'],
  [["constructor"], 'unsupported spec_lang symbol "constructor"'],
  [["__proto__"], 'unsupported spec_lang symbol "__proto__"'],
  [["toString"], 'unsupported spec_lang symbol "toString"'],
  [[""], 'unsupported spec_lang symbol ""'],
  [
    ["fn", ["f"], ["f", 1]],
    'symbol "f", to call the function of that name write ["call", ["var", "f"], …]',
  ],
  [["var", "x"], 'undefined variable "x"'],
  [["var", "constructor"], 'undefined variable "constructor"'],
  [["var", "__proto__"], 'undefined variable "__proto__"'],
  [
    ["fn", ["count"], ["var", "cuont"]],
    'undefined variable "cuont", did you mean "count"?',
  ],
  [
    ["let", [["a", 1]], ["add", ["var", "a"], ["var", "b"]]],
    'undefined variable "b" (at [2][2])',
  ],
  [["add", ["let", [["a", 1]], 1], ["var", "a"]], 'undefined variable "a"'],
  [
    ["add", ["call", ["fn", ["p"], 1], 1], ["var", "p"]],
    'undefined variable "p"',
  ],
  [["var", 1], "var: wanted a literal name, got 1"],
  [["var", ["subject"]], "var: wanted a literal name, got a list of 1"],
  [["var", ""], 'var: wanted a literal name, got ""'],
  [["let", 1, 1], "let: wanted a list of [name, expression] pairs, got 1"],
  [
    ["let", {}, 1],
    "let: wanted a list of [name, expression] pairs, got a mapping",
  ],
  [
    ["let", ["a"], 1],
    'let: wanted a list of [name, expression] pairs, got "a" among them',
  ],
  [["let", [["a"]], 1], "got a list of 1 among them"],
  [["let", [["a", 1, 2]], 1], "got a list of 3 among them"],
  [["let", [[1, 1]], 1], "got a list of 2 among them"],
  [["let", [["", 1]], 1], "got a list of 2 among them"],
  [["let", [["a", 1], ["a", 2]], 1], 'let: binding "a" occurs twice'],
  [
    ["let", [["a", ["var", "a"]]], 1],
    'variable "a" is read before it is defined (at [1][0][1])',
  ],
  [
    ["let", [["a", ["var", "b"]], ["b", 1]], 1],
    'variable "b" is read before it is defined',
  ],
  [["fn", "a", 1], 'fn: wanted a list of parameter names, got "a"'],
  [["fn", [1], 1], "fn: wanted a list of parameter names, got 1 among them"],
  [["fn", [""], 1], 'fn: wanted a list of parameter names, got "" among them'],
  [["fn", ["a", "b", "a"], 1], 'fn: parameter "a" occurs twice'],
  [["regex_match", "a", "("], "bad regex: missing )"],
  [
    ["matches", ["subject"], "a++"],
    "unsupported regex: possessive quantifier at offset 1",
  ],
  [["regex_match", "a", "\\q"], "bad regex: bad escape \\q at offset 0"],
  [
    ["json_type", "dictt"],
    "unsupported json_type: json_type: wanted one of null, bool",
  ],
  [["json_type", ["subject"], "object"], "unsupported json_type"],
  [["json_type", ["subject"], 1], "unsupported json_type"],
  [["if", 1, 2, ["any", ["rest", ["nope"]]]], "(at [3][1][1])"],
];

Deno.test("compileExpression() refuses what is malformed", () => {
  for (const [source, message] of STATIC_ERRORS) {
    assertFails(() => compileExpression(source), "schema", message);
  }
});

Deno.test("compileExpression() checks what is never reached", () => {
  assertFails(
    () => compileExpression(["if", true, 1, ["var", "x"]]),
    "schema",
    "undefined variable",
  );
  assertFails(
    () => compileExpression(["fn", [], ["fn", [], ["nope"]]]),
    "schema",
    "(at [2][2])",
  );
});

Deno.test("compileExpression() holds every form and operator to its arity", () => {
  const heads = [
    ...FORMS,
    ...BUILTINS.map((entry) => [entry.name, entry] as const),
  ];
  assertEquals(heads.length, 42);
  for (const [name, { min, max }] of heads) {
    const wrong = [min - 1, max + 1].filter((count) => count >= 0 && count < 9);
    for (const count of wrong) {
      assertFails(
        () => compileExpression([name, ...Array(count).fill(1)]),
        "schema",
        `arity error: ${name} takes `,
      );
    }
  }
});

Deno.test("compileExpression() says how many arguments were wanted", () => {
  const error = (source: Json) =>
    assertThrows(() => compileExpression(source), CaseError).message;
  assertEquals(error(["eq", 1]), "arity error: eq takes 2 arguments, got 1");
  assertEquals(error(["not"]), "arity error: not takes 1 argument, got 0");
  assertEquals(
    error(["split"]),
    "arity error: split takes 1 or 2 arguments, got 0",
  );
  assertEquals(
    error(["and"]),
    "arity error: and takes at least 1 argument, got 0",
  );
});

Deno.test("compileExpression() shortens what it shows of a large expression", () => {
  let source: Json = ["x".repeat(500)];
  for (let depth = 0; depth < 50; depth++) source = ["not", source];
  const { message } = assertThrows(() => compileExpression(source), CaseError);
  assertEquals(message.length < 200, true, message);
  assertEquals(message.endsWith(`(at …${"[1]".repeat(12)})`), true, message);
});

Deno.test("compileExpression() accepts names that objects inherit", () => {
  for (
    const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]
  ) {
    assertEquals(value(["let", [[name, 1]], ["var", name]]), 1);
    assertEquals(value(["call", ["fn", [name], ["var", name]], 2]), 2);
    assertEquals(
      value([
        "let",
        [[name, ["fn", ["n"], [
          "if",
          ["eq", ["var", "n"], 0],
          "done",
          ["call", ["var", name], ["sub", ["var", "n"], 1]],
        ]]]],
        ["call", ["var", name], 3],
      ]),
      "done",
    );
  }
});

Deno.test("compileExpression() counts nodes", () => {
  const source = ["eq", ["subject"], "a"];
  assertEquals(compileExpression(source).nodes, 5);
  const at = (maxNodes: number) => ({
    budgets: { ...DEFAULT_BUDGETS, maxNodes },
  });
  assertEquals(compileExpression(source, at(5)).nodes, 5);
  assertFails(
    () => compileExpression(source, at(4)),
    "runtime",
    "spec_lang budget exceeded: nodes",
  );
  assertFails(
    () => compileExpression(["and", ...Array(20_000).fill(1)]),
    "runtime",
    "spec_lang budget exceeded: nodes",
  );
});

Deno.test("compileExpression() counts the UTF-8 of strings", () => {
  const source = ["eq", "\u00e9\u20ac\u{1f600}", "\ud800"];
  assertEquals(compileExpression(source).literalBytes, 2 + 2 + 3 + 4 + 3);
  const at = (maxLiteralBytes: number) => ({
    budgets: { ...DEFAULT_BUDGETS, maxLiteralBytes },
  });
  assertEquals(compileExpression(source, at(14)).literalBytes, 14);
  assertFails(
    () => compileExpression(source, at(13)),
    "runtime",
    "spec_lang budget exceeded: literal_size",
  );
});

Deno.test("compileExpression() reports a budget before any other fault", () => {
  assertFails(
    () => compileExpression(["nope", ...Array(20_000).fill([])]),
    "runtime",
    "nodes",
  );
});

// Beyond what recursion on the stack of the host could do.
const DEPTH = 12_000;

/** Wraps an expression many times. */
function nest(inner: Json, wrap: (inner: Json) => Json): Json {
  let source = inner;
  for (let depth = 0; depth < DEPTH; depth++) source = wrap(source);
  return source;
}

const NESTINGS: readonly (readonly [string, (inner: Json) => Json, Json])[] = [
  ["not", (inner) => ["not", inner], true],
  ["if", (inner) => ["if", true, inner, 0], true],
  ["if condition", (inner) => ["if", inner, true, 0], true],
  ["and", (inner) => ["and", true, inner], true],
  ["or", (inner) => ["or", inner, true], true],
  ["let", (inner) => ["let", [["a", 1]], inner], true],
  ["let binding", (inner) => ["let", [["a", inner]], ["var", "a"]], true],
  ["operator", (inner) => ["eq", inner, true], true],
  ["call", (inner) => ["call", ["fn", [], inner]], true],
];

Deno.test("compileExpression() and evaluate() take nesting 12,000 deep", () => {
  for (const [name, wrap, expected] of NESTINGS) {
    const source = nest(true, wrap);
    assertEquals(value(source, { budgets: WIDE }), expected, name);
  }
});

Deno.test("compileExpression() takes functions within functions 2,000 deep", () => {
  let source: Json = ["var", "outermost"];
  for (let depth = 0; depth < 2000; depth++) {
    source = ["call", ["fn", ["p"], source], 1];
  }
  const whole = ["let", [["outermost", 42]], source];
  assertEquals(value(whole, { budgets: WIDE }), 42);
});

Deno.test("compileExpression() refuses what is deep and wrong at the bottom", () => {
  const source = nest(["nope"], (inner) => ["not", inner]);
  assertFails(
    () => compileExpression(source, { budgets: WIDE }),
    "schema",
    "unsupported spec_lang symbol",
  );
});

Deno.test("a compiled expression can be evaluated any number of times", () => {
  const expression = compileExpression(["map", ["fn", ["x"], ["add", [
    "var",
    "x",
  ], 1]], ["subject"]]);
  for (const subject of [[1], [], [1, 2], [1]]) {
    assertEquals(
      evaluate(expression, subject, { host: HOST }).value,
      subject.map((item) => item + 1),
    );
  }
  assertEquals(Object.isFrozen(expression), true);
});

Deno.test("a variable is found in the nearest scope", () => {
  const source = ["let", [["a", 1]], [
    "add",
    ["let", [["a", 10]], ["var", "a"]],
    ["call", ["fn", ["b"], ["add", ["var", "a"], ["var", "b"]]], 100],
  ]];
  assertEquals(run(source).value, 111);
});
