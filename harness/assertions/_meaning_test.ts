import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { CaseError } from "../case_error.ts";
import { viewOf } from "../library/link.ts";
import { DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";
import { compileExpression } from "../spec_lang/compile.ts";
import { evaluate } from "../spec_lang/machine.ts";
import { meaningOf } from "./_meaning.ts";
import { type Operator, OPERATORS } from "./operators.ts";

const budgets = DEFAULT_BUDGETS;
const operator = (name: string): Operator => {
  const found = OPERATORS.get(name);
  if (found === undefined) throw new Error(name);
  return found;
};
const contain = operator("contain");
const evaluating = operator("evaluate");

Deno.test("meaningOf() compiles the same value of an operator once", () => {
  const first = meaningOf(contain, "1", { budgets });
  assertStrictEquals(meaningOf(contain, "1", { budgets }), first);
  assertEquals(first.meaning, ["contains", ["subject"], "1"]);
  assertEquals(meaningOf(contain, 1, { budgets }).meaning, [
    "contains",
    ["subject"],
    1,
  ]);
  assertEquals(meaningOf(operator("regex"), "1", { budgets }).meaning, [
    "regex_match",
    ["subject"],
    "1",
  ]);
});

Deno.test("meaningOf() keeps apart what sees other symbols or has other budgets", () => {
  const host = { pathExists: () => false, now: () => 0 };
  const answer = (text: string) => {
    const symbols = new Map([["answer", compileExpression(text)]]);
    const view = { ...viewOf([]), symbols, known: symbols };
    const { expression } = meaningOf(evaluating, ["var", "answer"], {
      budgets,
      view,
    });
    return evaluate(expression, null, { host }).value;
  };
  assertEquals([answer("one"), answer("two")], ["one", "two"]);
  assertThrows(() => meaningOf(evaluating, ["var", "answer"], { budgets }));
  const value = ["eq", 1, 1];
  meaningOf(evaluating, value, { budgets });
  const few = { ...budgets, maxNodes: 2 };
  assertThrows(
    () => meaningOf(evaluating, value, { budgets: few }),
    CaseError,
    "more than 2 nodes",
  );
});
