/** What an operator and a value come to; the same twice is compiled once. */

import type { Json } from "../json.ts";
import type { SymbolView } from "../library/link.ts";
import { type Budgets, DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";
import {
  type CompiledExpression,
  compileExpression,
} from "../spec_lang/compile.ts";
import type { Operator } from "./operators.ts";

/** What an operator and a value stand for. */
export interface Meaning {
  /** As an expression. */
  readonly meaning: Json;
  /** The same, ready to be evaluated. */
  readonly expression: CompiledExpression;
}

/** What compiling depends on. */
export interface MeaningOptions {
  readonly budgets: Budgets;
  readonly view?: SymbolView | undefined;
}

/** Longer texts are hardly ever there twice. */
const MAX_LENGTH = 1000;
/** How many are kept for one operator and the same library symbols. */
const MAX_KEPT = 1000;

/** The values of one operator: texts, and other values by their JSON text. */
interface Kept {
  readonly texts: Map<string, Meaning>;
  readonly others: Map<string, Meaning>;
}

const NO_VIEW = {};
const kept = new WeakMap<object, Map<Operator, Kept>>();

/**
 * Compiles what an operator and a value stand for, or takes what was compiled
 * for another case that sees the same symbols.
 *
 * @param operator The operator.
 * @param value The value, not refused by it.
 * @param options What compiling depends on.
 * @throws {CaseError} `schema` if the expression is malformed; `runtime` if it
 * is larger than its budget.
 */
export function meaningOf(
  operator: Operator,
  value: Json,
  options: MeaningOptions,
): Meaning {
  if (options.budgets !== DEFAULT_BUDGETS) {
    return compile(operator, value, options);
  }
  const isText = typeof value === "string";
  const key = isText ? value : JSON.stringify(value);
  if (key.length > MAX_LENGTH) return compile(operator, value, options);
  const { texts, others } = keptFor(operator, options.view ?? NO_VIEW);
  const known = isText ? texts : others;
  let found = known.get(key);
  if (found === undefined) {
    found = compile(operator, value, options);
    if (known.size >= MAX_KEPT) known.clear();
    known.set(key, found);
  }
  return found;
}

function keptFor(operator: Operator, view: object): Kept {
  let byOperator = kept.get(view);
  if (byOperator === undefined) {
    byOperator = new Map();
    kept.set(view, byOperator);
  }
  let found = byOperator.get(operator);
  if (found === undefined) {
    found = { texts: new Map(), others: new Map() };
    byOperator.set(operator, found);
  }
  return found;
}

function compile(
  operator: Operator,
  value: Json,
  { budgets, view }: MeaningOptions,
): Meaning {
  const meaning = operator.expression(value);
  const expression = compileExpression(meaning, { budgets, ...view });
  return { meaning, expression };
}
