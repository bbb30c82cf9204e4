import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { assertFails, HOST, run, value, WIDE } from "./_support_test.ts";
import { Op } from "./bytecode.ts";
import { compileExpression } from "./compile.ts";
import { evaluate } from "./machine.ts";
import sliceSource from "./slice.ts" with { type: "text" };

/** Counts to a limit by tail calls. */
function countTo(limit: Json): Json {
  return ["let", [["loop", ["fn", ["n"], [
    "if",
    ["lt", ["var", "n"], limit],
    ["call", ["var", "loop"], ["add", ["var", "n"], 1]],
    ["var", "n"],
  ]]]], ["call", ["var", "loop"], 0]];
}

/** Adds up by calls that wait for each other. */
function sumTo(limit: number): Json {
  return ["let", [["sum", ["fn", ["n"], [
    "if",
    ["eq", ["var", "n"], 0],
    0,
    ["add", ["var", "n"], ["call", ["var", "sum"], ["sub", ["var", "n"], 1]]],
  ]]]], ["call", ["var", "sum"], limit]];
}

const STEPS: readonly (readonly [Json, Json, number])[] = [
  // Scalars and lists are a visit each.
  [1, 1, 1],
  ["text", "text", 1],
  [["subject"], null, 1],
  [["not", 1], false, 2],
  [["add", 1, 2], 3, 3],
  [["add", ["add", 1, 2], ["add", 3, 4]], 10, 7],
  // The implied subject is no visit.
  [["contains", "null"], true, 2],
  [["contains", ["subject"], "null"], true, 3],
  // Only what is needed is visited.
  [["if", true, 1, ["add", 1, 2]], 1, 3],
  [["if", false, ["add", 1, 2], 1], 1, 3],
  [["and", true, 1], true, 3],
  [["and", 0, ["add", 1, 2]], false, 2],
  [["or", 0, 1], true, 3],
  [["or", 1, ["add", 1, 2]], true, 2],
  // `let` is itself, its values and its body; `var` is one visit.
  [["let", [], 1], 1, 2],
  [["let", [["a", 1]], ["var", "a"]], 1, 3],
  [["let", [["a", 1], ["b", ["add", ["var", "a"], 1]]], ["var", "b"]], 2, 6],
  // `fn` is one visit, its body one more per call.
  [["let", [["f", ["fn", [], ["add", 1, 2]]]], 5], 5, 3],
  [["call", ["fn", [], ["add", 1, 2]]], 3, 5],
  [["call", ["fn", ["a"], ["var", "a"]], 1], 1, 4],
  // Per round of a loop: if, lt, var, 3, call, var, add, var, 1.
  [countTo(0), 0, 10],
  [countTo(3), 3, 10 + 3 * 9],
  // `map` and `filter` visit the body for each item.
  [
    ["map", ["fn", ["x"], ["var", "x"]], ["split", "a b c"]],
    ["a", "b", "c"],
    7,
  ],
  [["filter", ["fn", ["x"], ["eq", ["var", "x"], "b"]], ["split", "a b c"]], [
    "b",
  ], 13],
  [["map", ["fn", ["x"], 1], ["json_parse", "[]"]], [], 4],
  [
    ["map", ["fn", ["x"], ["map", ["fn", ["y"], ["var", "x"]], ["var", "x"]]], [
      "json_parse",
      "[[1,2],[]]",
    ]],
    [[[1, 2], [1, 2]], []],
    4 + (4 - 1 + 2) + (4 - 1),
  ],
  // A function is looked up by one visit, however it is written.
  [
    ["let", [["f", ["fn", ["a"], ["var", "a"]]]], ["call", ["var", "f"], 1]],
    1,
    6,
  ],
  [["call", ["if", true, ["fn", [], 1], ["fn", [], 2]]], 1, 5],
  [
    ["call", ["fn", ["a", "b"], ["add", ["var", "a"], ["var", "b"]]], 1, 2],
    3,
    7,
  ],
  [["call", ["call", ["fn", [], ["fn", [], 7]]]], 7, 5],
  // Forms in forms.
  [["not", ["and", true, ["not", false]]], false, 5],
  [["or", ["and", 1, 0], ["if", 0, 1, 2]], true, 7],
  [["if", ["or", 0, 0, 1], ["not", 1], 2], false, 7],
  [["let", [["a", ["let", [["b", 2]], ["var", "b"]]]], ["var", "a"]], 2, 5],
  // Operators take their arguments from left to right, each once.
  [["contains", ["subject"], ["lower", "NULL"]], true, 4],
  [["eq", ["json_parse", "[1]"], ["json_parse", "[1]"]], true, 5],
  [["get", ["json_parse", '{"a":{"b":5}}'], "a"], { b: 5 }, 4],
  [["join", ["rest", ["split", "a b c"]], "-"], "b-c", 5],
  [["in", "b", ["split", ["join", ["split", "a b"], ","], ","]], true, 8],
];

Deno.test("evaluate() counts one step per visit", () => {
  for (const [source, expected, steps] of STEPS) {
    const text = JSON.stringify(source);
    assertEquals(run(source), { value: expected, steps }, text);
  }
});

Deno.test("evaluate() stops at exactly the number of steps", () => {
  for (const [source, expected, steps] of STEPS) {
    const text = JSON.stringify(source);
    const exact = { budgets: { maxSteps: steps } };
    assertEquals(value(source, exact), expected, text);
    if (steps === 1) continue;
    assertFails(
      () => run(source, { budgets: { maxSteps: steps - 1 } }),
      "runtime",
      "spec_lang budget exceeded: steps",
    );
  }
});

Deno.test("evaluate() counts beyond one grant of steps", () => {
  for (const rounds of [454, 455, 456, 910, 911, 2000]) {
    const { steps } = run(countTo(rounds));
    assertEquals(steps, 10 + rounds * 9);
    assertEquals(
      run(countTo(rounds), { budgets: { maxSteps: steps } }).steps,
      steps,
    );
    assertFails(
      () => run(countTo(rounds), { budgets: { maxSteps: steps - 1 } }),
      "runtime",
      "steps",
    );
  }
});

Deno.test("evaluate() takes more visits at once than a grant has", () => {
  let source: Json = true;
  for (let depth = 0; depth < 10_000; depth++) source = ["not", source];
  assertEquals(run(source, { budgets: WIDE }), { value: true, steps: 10_001 });
  const at = (maxSteps: number) => ({ budgets: { ...WIDE, maxSteps } });
  assertEquals(run(source, at(10_001)).steps, 10_001);
  assertFails(() => run(source, at(10_000)), "runtime", "steps");
});

Deno.test("evaluate() fails in the order of visits", () => {
  const source = ["add", ["add", "x", 1], ["call", ["fn", [], 1]]];
  assertFails(
    () => run(source),
    "schema",
    'add: wanted numbers, got string "x"',
  );
  assertFails(() => run(source, { budgets: { maxSteps: 4 } }), "schema", "add");
  assertFails(
    () => run(source, { budgets: { maxSteps: 3 } }),
    "runtime",
    "steps",
  );
});

const VALUES: readonly (readonly [Json, Json])[] = [
  [["and", 1, "x", ["subject"]], false],
  [["and", 1, "x"], true],
  [["and", 0], false],
  [["or", 0, "", 5], true],
  [["or", 0, ["subject"]], false],
  [["and", 1, ["call", ["fn", [], 5]]], true],
  [["or", 0, ["call", ["fn", [], "x"]]], true],
  [["or", 0, ["call", ["fn", [], ["subject"]]]], false],
  [["and", 1, ["let", [["a", 2]], [
    "if",
    1,
    ["call", ["fn", [], ["var", "a"]]],
    0,
  ]]], true],
  [["call", ["fn", [], ["add", 1, ["call", ["fn", [], [
    "if",
    ["and", 1, ["call", ["fn", [], 3]]],
    4,
    5,
  ]]]]]], 5],
  [["not", "x"], false],
  [["not", ["subject"]], true],
  [["not", ["and", 1, 0]], true],
  [["if", ["split", ""], 1, 2], 2],
  [["if", ["or", 0, 0], 1, ["and", 1, 1]], true],
  [["eq", ["if", 1, 2, 3], 2], true],
  [["if", ["if", 1, 0, 1], 1, 2], 2],
  [["add", ["if", true, 1, 2], ["if", false, 1, 2]], 3],
  [["let", [["a", 1]], ["let", [["a", 2]], ["var", "a"]]], 2],
  [
    ["let", [["f", ["fn", [], ["var", "b"]]], ["b", 5]], ["call", [
      "var",
      "f",
    ]]],
    5,
  ],
  [
    ["let", [["b", 5], ["f", ["fn", [], ["var", "b"]]]], ["call", [
      "var",
      "f",
    ]]],
    5,
  ],
  [["let", [["f", ["fn", [], ["fn", [], ["var", "b"]]]], ["b", 5]], [
    "call",
    ["call", ["var", "f"]],
  ]], 5],
  [["let", [["a", 1], ["f", ["fn", [], ["var", "a"]]], ["g", ["fn", [], [
    "call",
    ["var", "f"],
  ]]]], [
    "call",
    ["var", "g"],
  ]], 1],
  [["let", [["f", ["fn", [], ["var", "a"]]], ["a", ["add", 1, 1]]], [
    "var",
    "a",
  ]], 2],
  [["call", ["call", ["fn", ["a"], ["fn", ["b"], ["sub", ["var", "a"], [
    "var",
    "b",
  ]]]], 5], 3], 2],
  [[
    "call",
    ["fn", ["a", "b", "c"], ["sub", ["var", "b"], ["var", "c"]]],
    1,
    7,
    3,
  ], 4],
  [["call", ["if", 1, ["fn", [], 1], ["fn", [], 2]]], 1],
  [["call", ["let", [["x", 3]], ["fn", [], ["var", "x"]]]], 3],
  [["map", ["fn", ["x"], ["map", ["fn", ["y"], ["add", ["var", "x"], [
    "var",
    "y",
  ]]], ["call", ["fn", [], ["json_parse", "[1,2]"]]]]], [
    "json_parse",
    "[10,20]",
  ]], [[11, 12], [21, 22]]],
  [["filter", ["fn", ["x"], ["gt", ["var", "x"], 1]], [
    "json_parse",
    "[0,1,2,3]",
  ]], [2, 3]],
  [["map", ["fn", ["x"], 1], ["split", ""]], []],
  [["let", [["odd", ["fn", ["n"], ["if", ["eq", ["var", "n"], 0], false, [
    "call",
    ["var", "even"],
    ["sub", ["var", "n"], 1],
  ]]]], ["even", ["fn", ["n"], ["if", ["eq", ["var", "n"], 0], true, ["call", [
    "var",
    "odd",
  ], ["sub", ["var", "n"], 1]]]]]], ["call", ["var", "odd"], 7]], true],
  [["let", [["x", 5]], [
    "call",
    ["fn", ["p"], ["add", ["var", "x"], ["call", ["fn", [], ["var", "x"]]]]],
    100,
  ]], 10],
  [["let", [["x", 5], ["y", 7]], [
    "call",
    ["fn", ["p"], [
      "add",
      ["var", "y"],
      ["call", ["fn", [], ["sub", ["var", "x"], ["var", "y"]]]],
    ]],
    100,
  ]], 5],
  [["if", ["if", 1, ["lt", 1, 2], ["lt", 3, 2]], "a", "b"], "a"],
  [["if", ["if", 0, ["lt", 1, 2], ["lt", 3, 2]], "a", "b"], "b"],
  [["if", ["if", 1, ["lt", 2, 1], ["lt", 2, 3]], "a", "b"], "b"],
  // Operands that are locals, constants, or neither, in either place.
  [["call", ["fn", ["a", "b"], ["sub", ["var", "a"], ["var", "b"]]], 5, 3], 2],
  [["call", ["fn", ["a"], ["sub", 10, ["var", "a"]]], 3], 7],
  [
    ["call", ["fn", ["a"], ["sub", ["var", "a"], ["add", ["var", "a"], 1]]], 3],
    -1,
  ],
  [
    ["call", ["fn", ["a"], ["sub", ["add", ["var", "a"], 1], ["var", "a"]]], 3],
    1,
  ],
  [["sub", ["if", 1, 5, 6], 3], 2],
  [["sub", ["if", 0, 5, 6], 3], 3],
  [["call", ["fn", ["a"], ["sub", ["var", "a"], ["if", 1, 2, 3]]], 9], 7],
  [[
    "call",
    ["fn", ["a"], ["sub", ["if", 1, ["var", "a"], 3], ["var", "a"]]],
    9,
  ], 0],
  [["if", ["eq", 1, 1], ["if", ["lt", 2, 1], "a", "b"], "c"], "b"],
  [["and", ["lt", 1, 2], ["lt", 2, 3], ["eq", "a", "a"]], true],
  [["and", ["lt", 1, 2], ["lt", 3, 2], ["lt", 1, 2]], false],
  [["or", ["gt", 1, 2], ["gte", 2, 2]], true],
  [["eq", ["lt", 1, 2], ["lte", 1, 1]], true],
];

Deno.test("evaluate() gives forms their meaning", () => {
  for (const [source, expected] of VALUES) {
    assertEquals(value(source), expected, JSON.stringify(source));
  }
});

Deno.test("evaluate() gives forms their meaning at the end of a function too", () => {
  for (const [source, expected] of VALUES) {
    const wrapped = ["first", ["map", ["fn", ["_"], source], ["split", "x"]]];
    assertEquals(value(wrapped), expected, JSON.stringify(source));
  }
});

const FAILURES: readonly (readonly [Json, string])[] = [
  [["fn", [], 1], "result: wanted data, got a function"],
  [
    ["let", [["f", ["fn", [], 1]]], ["var", "f"]],
    "result: wanted data, got a function",
  ],
  [["eq", ["fn", [], 1], 1], "eq: wanted data, got a function"],
  [["eq", 1, ["fn", [], 1]], "eq: wanted data, got a function"],
  [["not", ["fn", [], 1]], "condition: wanted data, got a function"],
  [["if", ["fn", [], 1], 1, 2], "condition: wanted data, got a function"],
  [["and", 1, ["fn", [], 1]], "condition: wanted data, got a function"],
  [
    ["or", 0, ["call", ["fn", [], ["fn", [], 1]]]],
    "condition: wanted data, got a function",
  ],
  [["len", ["fn", [], 1]], "len: wanted data, got a function"],
  [["contains", ["fn", [], 1]], "contains: wanted data, got a function"],
  [
    ["map", ["fn", ["x"], ["fn", [], 1]], ["split", "a"]],
    "map: wanted data, got a function",
  ],
  [
    ["filter", ["fn", ["x"], ["fn", [], 1]], ["split", "a"]],
    "condition: wanted data, got a function",
  ],
  [
    ["map", ["fn", ["x"], 1], ["fn", [], 1]],
    "map: wanted data, got a function",
  ],
  [["map", 1, ["split", "a"]], "map: wanted a function as first, got number 1"],
  [
    ["filter", "f", ["split", "a"]],
    'filter: wanted a function as first, got string "f"',
  ],
  [
    ["map", ["fn", ["x"], 1], "a"],
    'map: wanted a list as second, got string "a"',
  ],
  [
    ["filter", ["fn", ["x"], 1], 1],
    "filter: wanted a list as second, got number 1",
  ],
  [
    ["map", ["fn", [], 1], ["split", ""]],
    "arity error: the function takes 0 argument(s), got 1",
  ],
  [["call", 1], "call: wanted a function, got number 1"],
  [["call", ["subject"], 1], "call: wanted a function, got null"],
  [
    ["call", ["fn", ["a"], 1]],
    "arity error: the function takes 1 argument(s), got 0",
  ],
  [
    ["call", ["fn", [], 1], 1],
    "arity error: the function takes 0 argument(s), got 1",
  ],
  [["not", ["call", ["fn", ["a"], 1]]], "arity error"],
  [
    [
      "let",
      [["f", ["fn", [], ["var", "b"]]], ["b", ["call", ["var", "f"]]]],
      1,
    ],
    'variable "b" is read before it is defined',
  ],
  [
    ["let", [["f", ["call", ["fn", [], ["var", "f"]]]]], 1],
    'variable "f" is read before it is defined',
  ],
];

Deno.test("evaluate() keeps functions and data apart", () => {
  for (const [source, message] of FAILURES) {
    assertFails(() => run(source), "schema", message);
  }
});

Deno.test("evaluate() makes a million tail calls in constant space [SF-EXPR-13]", () => {
  const { value, steps } = run(countTo(1_000_000), { budgets: WIDE });
  assertEquals({ value, steps }, { value: 1_000_000, steps: 9_000_010 });
});

/** Bodies that go on with `next` from each place that is last. */
const TAILS: readonly (readonly [string, (next: Json) => Json, Json])[] = [
  ["if", (next) => ["if", ["eq", ["var", "n"], 0], "end", next], "end"],
  ["else", (next) => ["if", ["neq", ["var", "n"], 0], next, "end"], "end"],
  [
    "let",
    (next) => ["let", [["m", 1]], ["if", ["eq", ["var", "n"], 0], "end", next]],
    "end",
  ],
  ["or", (next) => ["or", ["eq", ["var", "n"], 0], next], true],
  ["and", (next) => ["and", ["neq", ["var", "n"], 0], next], false],
  [
    "and, or",
    (next) => ["and", true, ["or", ["eq", ["var", "n"], 0], next]],
    true,
  ],
];

// Names that take room in every call, though nothing is ever bound to them: so
// that few waiting calls are too many.
const ROOM = Array.from({ length: 100 }, (_, index) => [`room${index}`, 0]);

/** Runs a loop whose calls take much room. */
function loop(body: (next: Json) => Json): Json {
  const next: Json = ["call", ["var", "loop"], ["sub", ["var", "n"], 1]];
  const wide: Json = ["if", true, body(next), ["let", ROOM, 0]];
  const source: Json = ["let", [["loop", ["fn", ["n"], wide]]], [
    "call",
    ["var", "loop"],
    50_000,
  ]];
  return value(source, { budgets: WIDE });
}

Deno.test("evaluate() calls in constant space from every last place", () => {
  for (const [name, body, expected] of TAILS) {
    assertEquals(loop(body), expected, name);
  }
  assertFails(
    () => loop((next) => ["if", ["var", "n"], ["add", 0, next], 0]),
    "runtime",
    "too many calls wait",
  );
});

Deno.test("evaluate() makes tail calls between functions of different sizes", () => {
  const source = ["let", [
    ["wide", ["fn", ["n", "a", "b"], ["let", [["c", 1], ["d", 2]], [
      "if",
      ["eq", ["var", "n"], 0],
      ["add", ["var", "a"], ["add", ["var", "c"], ["var", "d"]]],
      ["call", ["var", "narrow"], ["sub", ["var", "n"], 1]],
    ]]]],
    ["narrow", ["fn", ["n"], ["call", ["var", "wide"], ["var", "n"], [
      "var",
      "n",
    ], 0]]],
  ], ["call", ["var", "wide"], 100_000, 0, 0]];
  assertEquals(value(source, { budgets: WIDE }), 3);
});

Deno.test("evaluate() lets waiting calls go deep, up to a budget [not SF-EXPR-13]", () => {
  assertEquals(value(sumTo(100_000), { budgets: WIDE }), 5_000_050_000);
  assertFails(
    () => run(sumTo(100_000)),
    "runtime",
    "spec_lang budget exceeded: steps",
  );
  assertFails(
    () => run(sumTo(10_000_000), { budgets: WIDE }),
    "runtime",
    "spec_lang budget exceeded: steps (too many calls wait for others to return); no key raises this: let what is called return the result itself",
  );
});

Deno.test("evaluate() lets map within map go deep, up to a budget", () => {
  const deeper: Json = ["map", ["var", "deep"], ["split", "x"]];
  const wide: Json = ["if", true, deeper, ["let", ROOM, 0]];
  const source: Json = ["let", [["deep", ["fn", ["n"], wide]]], [
    "call",
    ["var", "deep"],
    1,
  ]];
  assertFails(() => run(source), "runtime", "spec_lang budget exceeded: steps");
  assertFails(
    () => run(source, { budgets: WIDE }),
    "runtime",
    "spec_lang budget exceeded: steps (too many calls wait",
  );
});

Deno.test("evaluate() stops when the time is over", () => {
  let time = 0;
  const host = { ...HOST, now: () => time++ };
  const budgets = { ...WIDE, timeoutMs: 5 };
  assertFails(
    () => run(countTo(1_000_000_000), { budgets, host }),
    "runtime",
    "spec_lang budget exceeded: timeout (more than 5 ms)",
  );
});

Deno.test("evaluate() does not look at the clock without a timeout", () => {
  const host = {
    ...HOST,
    now: () => {
      throw new Error("looked");
    },
  };
  const expression = compileExpression(countTo(10_000));
  const { value } = evaluate(expression, null, { budgets: WIDE, host });
  assertEquals(value, 10_000);
});

Deno.test("evaluate() stops a single step that walks too much", () => {
  // Each `map` puts the list before it into every place of a new one, so that
  // few values stand for very many.
  let wide: Json = ["subject"];
  for (let level = 0; level < 12; level++) {
    wide = ["let", [["w", wide]], ["map", ["fn", ["x"], ["var", "w"]], [
      "subject",
    ]]];
  }
  const subject = Array(8).fill(1);
  const source = ["let", [["a", wide], ["b", wide]], ["eq", ["var", "a"], [
    "var",
    "b",
  ]]];
  const budgets = WIDE;
  assertFails(
    () => run(source, { subject, budgets }),
    "runtime",
    "spec_lang budget exceeded: steps (more than 10000000 values in one step); no key raises this: look at less of it",
  );
  assertFails(
    () => run(["len", ["trim", wide]], { subject, budgets }),
    "runtime",
    "spec_lang budget exceeded",
  );
  let time = 0;
  assertFails(
    () =>
      run(source, {
        subject,
        budgets: { ...WIDE, timeoutMs: 5 },
        host: { ...HOST, now: () => time++ },
      }),
    "runtime",
    "spec_lang budget exceeded: timeout",
  );
});

Deno.test("evaluate() stops texts that double and double", () => {
  const source = ["let", [["grow", ["fn", ["text"], [
    "call",
    ["var", "grow"],
    ["join", ["split", ["var", "text"], "-"], ["var", "text"]],
  ]]]], ["call", ["var", "grow"], "a-a"]];
  assertFails(
    () => run(source),
    "runtime",
    "spec_lang budget exceeded: steps (more data made than memory is set aside); raise harness.spec_lang.max_steps above 65536 for more",
  );
});

Deno.test("the loop's cases are the operations of their names", () => {
  const cases = [...sliceSource.matchAll(/case (\d+): (?:\{ )?\/\/ (\w+)/g)];
  const found = cases.map(([, number, name]) =>
    [name ?? "", Number(number)] as const
  );
  const byNumber = (
    a: readonly [string, number],
    b: readonly [string, number],
  ) => a[1] - b[1];
  assertEquals(found.toSorted(byNumber), Object.entries(Op).toSorted(byNumber));
});
