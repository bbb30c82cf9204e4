import { assertEquals } from "@std/assert";
import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { HOST } from "./_support_test.ts";
import { type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";
import { BUILTINS } from "./builtins.ts";
import { compileExpression } from "./compile.ts";
import { FORMS } from "./forms.ts";
import { evaluate } from "./machine.ts";
import { compileRegex } from "./regex.ts";

/** Numbers that look random and are the same every time (mulberry32). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number below a limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** One of several. */
  pick<T>(choices: readonly T[], otherwise: T): T {
    return choices[this.below(choices.length)] ?? otherwise;
  }
}

const SCALARS: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2.5,
  1e308,
  "",
  "a",
  "a b",
  "[1,[2]]",
  '{"a":{"__proto__":[]}}',
  "dict",
  "(a|b)*",
  "__proto__",
];
const NAMES = ["a", "b", "f", "__proto__"];
const HEADS = [...FORMS.keys(), ...BUILTINS.map(({ name }) => name)];

/** An expression that is well-formed more often than not. */
function expression(dice: Dice, depth: number): Json {
  const sub = () => expression(dice, depth - 1);
  if (depth === 0 || dice.below(5) === 0) return dice.pick(SCALARS, null);
  switch (dice.below(10)) {
    case 0:
      return [
        "let",
        [[dice.pick(NAMES, "a"), sub()], ["g", fn(dice, depth)]],
        sub(),
      ];
    case 1:
      return fn(dice, depth);
    case 2:
      return ["call", ["var", dice.pick(NAMES, "f")], sub()];
    case 3:
      return ["var", dice.pick([...NAMES, "g"], "g")];
    case 4:
      return [dice.pick(["map", "filter"], "map"), fn(dice, depth), [
        "json_parse",
        "[1,2,[3]]",
      ]];
    case 5:
      return ["subject"];
    case 6:
      return junk(dice, depth);
    default: {
      const count = 1 + dice.below(2);
      return [dice.pick(HEADS, "eq"), ...Array.from({ length: count }, sub)];
    }
  }
}

function fn(dice: Dice, depth: number): Json {
  const parameters = dice.below(4) === 0 ? [] : [dice.pick(NAMES, "a")];
  return ["fn", parameters, expression(dice, depth - 1)];
}

/** Something that may be no expression at all. */
function junk(dice: Dice, depth: number): Json {
  const sub = () => expression(dice, depth - 1);
  return dice.pick<Json>(
    [[], {}, { a: sub() }, [sub()], ["let", sub(), sub()]],
    [],
  );
}

/** What an expression comes to: its value, or the category it fails with. */
function outcome(source: Json, subject: Json, budgets: Budgets): string {
  try {
    const compiled = compileExpression(source, { budgets });
    const { value, steps } = evaluate(compiled, subject, {
      budgets,
      host: HOST,
    });
    return `${steps}: ${JSON.stringify(value)}`;
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    assertEquals(error.message === "" || error.message.length > 2000, false);
    return error.category;
  }
}

Deno.test("an expression ends in a value or a CaseError, and the same one each time", () => {
  const budgets = { ...DEFAULT_BUDGETS, maxSteps: 60, timeoutMs: 0 };
  const kinds = new Map<string, number>();
  for (let seed = 0; seed < 5_000; seed++) {
    const source = expression(new Dice(seed), 5);
    const subject = { a: [1, "x"], b: "text" };
    const before = JSON.stringify(source);
    const first = outcome(source, subject, budgets);
    assertEquals(outcome(source, subject, budgets), first, before);
    assertEquals(JSON.stringify(source), before);
    const kind = first.includes(":") ? "value" : first;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  assertEquals([...kinds.keys()].toSorted(), ["runtime", "schema", "value"]);
  assertEquals(
    (kinds.get("value") ?? 0) > 700,
    true,
    JSON.stringify([...kinds]),
  );
});

const PIECES = [
  ..."ab()[]{}|*+?.^$\\-,:=!<>#&~1 i",
  "(?",
  "(?:",
  "(?P<",
  "\\b",
  "[^",
  "{1,",
  "(?<=",
  "(?i",
];

Deno.test("a pattern compiles or is a CaseError", () => {
  let compiled = 0;
  for (let seed = 0; seed < 5_000; seed++) {
    const dice = new Dice(seed);
    const length = dice.below(12);
    const pattern = Array.from({ length }, () => dice.pick(PIECES, "a")).join(
      "",
    );
    try {
      compileRegex(pattern).regex.test("ab a1\n");
      compiled++;
    } catch (error) {
      if (!(error instanceof CaseError)) throw error;
      assertEquals(error.category, "schema");
      assertEquals(
        error.message.includes("the engine refuses it"),
        false,
        pattern,
      );
    }
  }
  assertEquals(compiled > 700, true, `${compiled}`);
});
