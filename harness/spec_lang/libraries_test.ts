import { assertEquals } from "@std/assert";
import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { assertFails, HOST } from "./_support_test.ts";
import { DEFAULT_BUDGETS } from "./budgets.ts";
import { compileExpression } from "./compile.ts";
import { compileFunctions, compileLibrary } from "./libraries.ts";
import { evaluate } from "./machine.ts";

const LIBRARY = new Map<string, Json>([
  ["even", ["fn", ["n"], [
    "or",
    ["eq", ["var", "n"], 0],
    ["call", ["var", "odd"], ["sub", ["var", "n"], 1]],
  ]]],
  ["odd", ["fn", ["n"], [
    "and",
    ["neq", ["var", "n"], 0],
    ["call", ["var", "even"], ["sub", ["var", "n"], 1]],
  ]]],
  ["size", ["len", ["subject"]]],
  ["constructor", 7],
]);

Deno.test("compileLibrary() makes functions that refer to each other", () => {
  const symbols = compileLibrary(LIBRARY);
  const of = (source: Json, subject: Json = null) => {
    const expression = compileExpression(source, { symbols });
    return evaluate(expression, subject, { host: HOST });
  };
  assertEquals(of(["call", ["var", "even"], 10]).value, true);
  assertEquals(of(["call", ["var", "odd"], 10]).value, false);
  assertEquals(of(["add", ["var", "size"], ["var", "size"]], "abc").value, 6);
  assertEquals(of(["var", "constructor"]), { value: 7, steps: 2 });
  assertEquals(
    of(["call", ["fn", ["size"], ["var", "size"]], 1])
      .value,
    1,
  );
  assertEquals(of(["map", ["var", "even"], ["subject"]], [1, 2]).value, [
    false,
    true,
  ]);
});

Deno.test("compileLibrary() builds on other libraries", () => {
  const symbols = compileLibrary(LIBRARY);
  const more = compileLibrary(
    new Map([["double", ["add", ["var", "size"], ["var", "size"]]]]),
    { symbols },
  );
  const expression = compileExpression(["var", "double"], { symbols: more });
  assertEquals(evaluate(expression, "abc", { host: HOST }).value, 6);
  assertFails(
    () => compileExpression(["var", "size"], { symbols: more }),
    "schema",
    "undefined variable",
  );
});

Deno.test("compileLibrary() prefers a function to a symbol of that name", () => {
  const symbols = compileLibrary(new Map([["x", 1]]));
  const own = compileLibrary(
    new Map<string, Json>([["x", 2], ["y", ["var", "x"]]]),
    { symbols },
  );
  const expression = compileExpression(["var", "y"], { symbols: own });
  assertEquals(evaluate(expression, null, { host: HOST }).value, 2);
});

Deno.test("compileLibrary() names the function that is wrong", () => {
  assertFails(
    () =>
      compileLibrary(
        new Map<string, Json>([["ok", 1], ["bad", ["not", ["frobnicate"]]]]),
      ),
    "schema",
    'library function "bad": unsupported spec_lang symbol "frobnicate" (at [1])',
  );
});

Deno.test("compileLibrary() lets a symbol that is its own value end at the budget", () => {
  const symbols = compileLibrary(
    new Map([["loop", ["add", 1, ["var", "loop"]]]]),
  );
  const expression = compileExpression(["var", "loop"], { symbols });
  assertFails(
    () => evaluate(expression, null, { host: HOST }),
    "runtime",
    "spec_lang budget exceeded: steps",
  );
});

Deno.test("compileFunctions() finds the fault of every function", () => {
  const { compiled, faults } = compileFunctions(
    new Map<string, Json>([
      ["a", ["len"]],
      ["b", ["call", ["var", "c"]]],
      ["c", ["var", "d"]],
    ]),
  );
  assertEquals([...compiled.keys()], ["b"]);
  assertEquals(
    Array.from(faults.values(), ({ category, message }) => [category, message]),
    [
      [
        "schema",
        'library function "a": arity error: len takes 1 argument, got 0',
      ],
      ["schema", 'library function "c": undefined variable "d"'],
    ],
  );
});

Deno.test("compileFunctions() measures each function for itself", () => {
  const text = "x".repeat(60);
  const budgets = { ...DEFAULT_BUDGETS, maxNodes: 4, maxLiteralBytes: 100 };
  const functions = new Map<string, Json>([
    ["four", ["eq", 1, 2]],
    ["text", text],
    ["more", text],
    ["five", ["not", ["not", 1]]],
  ]);
  const { compiled, faults } = compileFunctions(functions, { budgets });
  assertEquals([...compiled.keys()], ["four", "text", "more"]);
  assertEquals(
    faults.get("five")?.message,
    'library function "five": spec_lang budget exceeded: nodes (more than 4 nodes); raise harness.spec_lang.max_nodes',
  );
  assertEquals(faults.get("five")?.category, "runtime");
  const calls = compileExpression(["var", "text"], { symbols: compiled });
  assertEquals(calls.literalBytes, "vartext".length);
  assertEquals(calls.nodes, 3);
});

/** An expression over {@linkcode LIBRARY}, and how many steps it takes. */
const STEPS: readonly (readonly [Json, number])[] = [
  // the var, then the library's expression
  [["var", "constructor"], 2],
  [["var", "size"], 3],
  // the call, the var, the fn, the argument; the or, the eq and its arguments
  [["call", ["var", "even"], 0], 8],
  // what `even` goes on with: the call, the var, the fn, the sub and its two,
  // then the and of `odd`, the neq and its two
  [["call", ["var", "even"], 1], 18],
  [["map", ["var", "even"], ["json_parse", "[0]"]], 9],
];

Deno.test("steps are counted through libraries, and are the same each time", () => {
  const symbols = compileLibrary(LIBRARY);
  for (const [source, steps] of STEPS) {
    const expression = compileExpression(source, { symbols });
    for (const _ of [1, 2]) {
      const evaluation = evaluate(expression, "abc", { host: HOST });
      assertEquals(evaluation.steps, steps, JSON.stringify(source));
    }
  }
});

Deno.test("steps bound what a library does, to the step", () => {
  const symbols = compileLibrary(LIBRARY);
  const source = ["call", ["var", "even"], 1];
  const within = (maxSteps: number) => {
    const budgets = { ...DEFAULT_BUDGETS, maxSteps };
    const expression = compileExpression(source, { symbols, budgets });
    return evaluate(expression, null, { budgets, host: HOST }).value;
  };
  assertEquals(within(18), false);
  assertFails(() => within(17), "runtime", "spec_lang budget exceeded: steps");
});

/** An expression that misses a symbol, and how its message ends. */
const MISSED: readonly (readonly [Json, string])[] = [
  [
    ["even", 1],
    '"even", to call the function of that name write ["call", ["var", "even"], …]',
  ],
  [["evn", 1], '"evn", did you mean ["call", ["var", "even"], …]?'],
  [["nott", 1], '"nott", did you mean "not"?'],
  [["var", "evn"], 'variable "evn", did you mean "even"?'],
  [
    ["var", "secret"],
    'variable "secret", a function of that name is loaded but not exported: add it to the "exports" of the case, or of its library if the case has none',
  ],
  [
    ["secret"],
    '"secret", to call the function of that name write ["call", ["var", "secret"], …]',
  ],
];

Deno.test("compileExpression() tells what was meant by the name of a library symbol", () => {
  const symbols = compileLibrary(LIBRARY);
  const known = new Set([...LIBRARY.keys(), "secret"]);
  for (const [source, message] of MISSED) {
    assertFails(
      () => compileExpression(source, { symbols, known }),
      "schema",
      message,
    );
  }
});

Deno.test("compileFunctions() tells a function of another library that is not exported", () => {
  const { faults } = compileFunctions(new Map([["f", ["var", "secret"]]]), {
    known: new Set(["secret"]),
  });
  assertEquals(faults.get("f") instanceof CaseError, true);
  assertEquals(
    faults.get("f")?.message.includes("is loaded but not exported"),
    true,
  );
});
