/**
 * Why an expression came to something false: what its parts came to.
 *
 * @module
 */

import { isJsonList, type Json } from "../json.ts";
import { isTrue } from "../spec_lang/truth.ts";
import { asText, briefJson } from "./brief_json.ts";
import type { Explanation } from "./explanation.ts";
import { explainContain, explainUnequal } from "./explain_text.ts";
import { jsonDifference } from "./json_difference.ts";

/**
 * Evaluates a part of an expression once more, against the same subject.
 *
 * @param expression The part.
 * @returns Its value, or nothing if it cannot stand alone or fails.
 */
export type Reevaluate = (expression: Json) => Json | undefined;

// Forms whose arguments are no expressions, or not to be evaluated all.
const OPAQUE: ReadonlySet<Json> = new Set(["let", "fn", "call", "if", "var"]);

/** How many arguments are shown with their values. */
const MAX_VALUES = 4;

/**
 * Explains an expression whose value counts as false.
 *
 * `and`, `if` and `let` are followed into the part that decided; of other
 * operators each argument that is not a literal is shown with its value, and
 * for some of them where they first differ.
 *
 * @param expression The expression.
 * @param reevaluate Evaluates a part of it.
 * @returns What is to be said of it.
 *
 * @example A difference inside JSON
 * ```ts
 * import { explainExpression } from "./explain_expression.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const expression = ["eq", ["json_parse", ["subject"]], ["first", ["subject"]]];
 * const value = (part: unknown) => part === expression[1] ? [1] : [2];
 * assertEquals(explainExpression(expression, value).lines, [
 *   'wanted ["eq",["json_parse",["subject"]],["first",["subject"]]] to be true',
 *   '["json_parse",["subject"]] is [1]',
 *   '["first",["subject"]] is [2]',
 *   "they first differ at $[0]: 1, and 2",
 * ]);
 * ```
 */
export function explainExpression(
  expression: Json,
  reevaluate: Reevaluate,
): Explanation {
  const { part, value } = culprit(expression, reevaluate);
  const lines = [`wanted ${briefJson(expression)} to be true`];
  if (part !== expression) {
    lines.push(
      isJsonList(part)
        ? `of this, ${briefJson(part)} is false`
        : `of this, the literal ${briefJson(part)} counts as false`,
    );
  }
  if (!isJsonList(part)) return { lines, showsText: true };
  const [operator, ...operands] = part;
  if (operator === undefined || OPAQUE.has(operator)) {
    return { lines, showsText: true };
  }
  lines.push(...values(operands, value));
  const detail = DETAILS.get(operator)?.(operands, value) ?? NOTHING;
  const showsWhole = detail.isExcerpt &&
    (operands.length === 1 || isSubject(operands[0]));
  return { lines: [...lines, ...detail.lines], showsText: !showsWhole };
}

function isSubject(operand: Json | undefined): boolean {
  return isJsonList(operand) && operand[0] === "subject";
}

/** The part that decided, and how its own parts are evaluated. */
function culprit(expression: Json, reevaluate: Reevaluate) {
  let part = expression;
  let value = reevaluate;
  while (isJsonList(part)) {
    const next = deciding(part, value);
    if (next === undefined) break;
    if (part[0] === "let") {
      const [, bindings = null] = part;
      const around: Reevaluate = value;
      value = (inner) => around(["let", bindings, inner]);
    }
    part = next;
  }
  return { part, value };
}

function deciding(
  part: readonly Json[],
  value: Reevaluate,
): Json | undefined {
  const [head, ...args] = part;
  if (head === "let") return args[1];
  if (head === "and") return args.find((arg) => isFalse(value(arg)));
  if (head !== "if") return undefined;
  const [condition = null, then, otherwise] = args;
  const chosen = value(condition);
  if (chosen === undefined) return undefined;
  return isTrue(chosen) ? then : otherwise;
}

function isFalse(value: Json | undefined): boolean {
  return value !== undefined && !isTrue(value);
}

function values(operands: readonly Json[], value: Reevaluate): string[] {
  const lines: string[] = [];
  for (const operand of operands) {
    if (!isJsonList(operand) || operand[0] === "subject") continue;
    if (lines.length === MAX_VALUES) return [...lines, "…"];
    const found = value(operand);
    if (found === undefined) continue;
    lines.push(`${briefJson(operand)} is ${briefJson(found)}`);
  }
  return lines;
}

/** More about the arguments. */
interface Detail {
  readonly lines: readonly string[];
  /** Whether the lines show a part of the first argument. */
  readonly isExcerpt: boolean;
}

type FindDetail = (operands: readonly Json[], value: Reevaluate) => Detail;

const NOTHING: Detail = { lines: [], isExcerpt: false };

function line(text: string): Detail {
  return { lines: [text], isExcerpt: false };
}

function excerptOf(lines: readonly string[]): Detail {
  return { lines, isExcerpt: lines.length > 0 };
}

const DETAILS: ReadonlyMap<Json, FindDetail> = new Map<Json, FindDetail>([
  ["eq", whereUnequal],
  ["contains", whereMissing],
  ["starts_with", whereOtherStart],
  ["all", (operands, value) => whichItem(operands, value, false)],
  ["none", (operands, value) => whichItem(operands, value, true)],
]);

function whereUnequal(operands: readonly Json[], value: Reevaluate): Detail {
  const [left, right] = operands.map(value);
  if (left === undefined || right === undefined) return NOTHING;
  if (typeof left === "string" && typeof right === "string") {
    return excerptOf(explainUnequal(left, right));
  }
  const found = jsonDifference(left, right);
  // Both values are there to see already.
  if (found === undefined || found.path === "$") return NOTHING;
  const sides = `${briefJson(found.left)}, and ${briefJson(found.right)}`;
  return line(`they first differ at ${found.path}: ${sides}`);
}

function textsOf(operands: readonly Json[], value: Reevaluate) {
  const all = operands.length === 1 ? [["subject"], ...operands] : operands;
  const [text, part] = all.map(value);
  return text === undefined || part === undefined
    ? undefined
    : { text: asText(text), part: asText(part) };
}

function whereMissing(operands: readonly Json[], value: Reevaluate): Detail {
  const texts = textsOf(operands, value);
  return texts === undefined
    ? NOTHING
    : excerptOf(explainContain(texts.text, texts.part));
}

function whereOtherStart(operands: readonly Json[], value: Reevaluate): Detail {
  const texts = textsOf(operands, value);
  return texts === undefined
    ? NOTHING
    : excerptOf(explainUnequal(texts.text, texts.part));
}

function whichItem(
  operands: readonly Json[],
  value: Reevaluate,
  wrong: boolean,
): Detail {
  const [list] = operands.map(value);
  if (!isJsonList(list)) return NOTHING;
  const at = list.findIndex((item) => isTrue(item) === wrong);
  return at < 0 ? NOTHING : line(`item [${at}] is ${briefJson(list[at])}`);
}
