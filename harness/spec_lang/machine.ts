/**
 * The machine that runs compiled expressions.
 *
 * It keeps values and calls on stacks of its own. A tail call replaces the
 * running function's place on them, so it takes no space; any other call adds to
 * them, up to a ceiling.
 *
 * Steps: one step is one visit to an expression, scalar or list. A list is visited
 * before what is in it. `var` and its name are one visit; `fn` is one visit,
 * whatever is inside; the body of a function is visited with every call, those of
 * `map` and `filter` and tail calls among them; `let` visits itself, the value of
 * each binding and its body, but not the list of bindings. `if`, `and` and `or`
 * visit only what they need. Reading a library symbol visits the `var` and then
 * the library's expression. An implied subject is no visit. So `["add", 1, 2]`
 * takes three steps.
 *
 * @module
 */

import type { Json } from "../json.ts";
import { type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";
import type { BuiltinContext } from "./builtin.ts";
import type { CompiledExpression } from "./compile.ts";
import { Meter } from "./meter.ts";
import {
  apply,
  callee,
  close,
  closureAt,
  data,
  defineCell,
  inCell,
  iterate,
  iterationAt,
  markTruth,
  reserve,
  type StackSlot,
  symbolEntry,
  truth,
  word,
} from "./operations.ts";
import type { Closure } from "./values.ts";

/** What an evaluation may ask of the world. */
export interface MachineHost {
  /** Whether something exists at a path. */
  readonly pathExists: (path: string) => boolean;
  /** A clock that never goes back, in milliseconds. */
  readonly now: () => number;
}

/** What an evaluation came to. */
export interface Evaluation {
  /** The value of the expression. */
  readonly value: Json;
  /** How many steps it took. */
  readonly steps: number;
}

/**
 * Evaluates an expression.
 *
 * Source: spec format, section 7.
 *
 * @param expression The compiled expression.
 * @param subject The value of `["subject"]`.
 * @param options The limits (the defaults if not given) and the world.
 * @returns The value and the number of steps.
 * @throws {CaseError} `schema` if an operator is given what it cannot take or a
 * function stands where data belongs; `runtime` if a budget is exceeded.
 *
 * @example Usage
 * ```ts
 * import { compileExpression } from "./compile.ts";
 * import { evaluate } from "./machine.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = { pathExists: () => false, now: () => 0 };
 * const sum = compileExpression(["add", ["subject"], 2]);
 * assertEquals(evaluate(sum, 40, { host }), { value: 42, steps: 3 });
 * ```
 */
export function evaluate(
  expression: CompiledExpression,
  subject: Json,
  options: { readonly budgets?: Budgets; readonly host: MachineHost },
): Evaluation {
  const { budgets = DEFAULT_BUDGETS, host } = options;
  const meter = new Meter(budgets, host.now);
  return run(expression.entry, subject, {
    meter,
    pathExists: host.pathExists,
  });
}

// One loop over one switch, longer than any other function here: the running
// function, its place and the stack are local variables of it, which is what
// makes it fast. The cases are literals, because only those make a jump table;
// a test holds them to the names in `Op`.
function run(
  entry: Closure,
  subject: Json,
  context: BuiltinContext,
): Evaluation {
  const { meter } = context;
  // A call's function stands below its arguments, these below its other locals.
  const stack: StackSlot[] = [entry];
  // Two words a call: where to go on, doubled, plus 1 if the result becomes a
  // boolean; and where the caller's locals begin, 0 if there is no caller.
  const calls: number[] = [0, 0];
  let closure = entry;
  let { code, constants } = entry.chunk;
  let base = 1;
  let top = reserve(stack, 1, entry.chunk.locals);
  let pc = 0;
  let left = meter.grant(0);
  while (true) {
    const at = pc;
    pc += 4;
    left -= word(code, at + 1);
    if (left < 0) left = meter.grant(left);
    const a = word(code, at + 2);
    switch (code[at]) {
      case 0: // CONST
        stack[top++] = constants[a];
        break;
      case 1: // LOCAL
        stack[top++] = stack[base + a];
        break;
      case 2: // LOCAL_CELL
        stack[top++] = inCell(stack[base + a], constants[word(code, at + 3)]);
        break;
      case 3: // CAPTURE
        stack[top++] = closure.captured[a];
        break;
      case 4: // CAPTURE_CELL
        stack[top++] = inCell(
          closure.captured[a],
          constants[word(code, at + 3)],
        );
        break;
      case 5: // STORE
        stack[base + a] = stack[--top];
        break;
      case 6: // STORE_CELL
        defineCell(stack, base + a, stack[--top]);
        break;
      case 7: // CLOSURE
        stack[top++] = close(closure, a, stack, base);
        break;
      case 30: // SYMBOL
        stack[top++] = symbolEntry(closure.chunk.symbols[a]);
        closure = callee(stack[top - 1], 0);
        ({ code, constants } = closure.chunk);
        calls.push(pc << 1, base);
        base = top;
        top = reserve(stack, top, closure.chunk.locals);
        pc = 0;
        break;
      case 8: // CALL
        closure = callee(stack[top - a - 1], a);
        ({ code, constants } = closure.chunk);
        calls.push(pc << 1, base);
        base = top - a;
        top = reserve(stack, top, closure.chunk.locals - a);
        pc = 0;
        break;
      case 9: // TAIL_CALL
        if (word(code, at + 3) === 1) markTruth(calls);
        closure = callee(stack[top - a - 1], a);
        ({ code, constants } = closure.chunk);
        for (let i = -1; i < a; i++) stack[base + i] = stack[top - a + i];
        top = reserve(stack, base + a, closure.chunk.locals - a);
        pc = 0;
        break;
      case 10: { // RETURN
        const caller = calls.pop() ?? 0;
        const back = calls.pop() ?? 0;
        const value = stack[top - 1];
        const result = (back & 1) === 1 ? truth(value) : value;
        if (caller === 0) {
          return { value: data(result, "result"), steps: meter.steps(left) };
        }
        top = base - 1;
        stack[top++] = result;
        base = caller;
        closure = closureAt(stack[base - 1]);
        ({ code, constants } = closure.chunk);
        pc = back >> 1;
        break;
      }
      case 11: // JUMP
        pc = a;
        break;
      case 12: // JUMP_FALSE
        if (!truth(stack[--top])) pc = a;
        break;
      case 13: // JUMP_TRUE
        if (truth(stack[--top])) pc = a;
        break;
      case 14: // TRUTH
        stack[top - 1] = truth(stack[top - 1]);
        break;
      case 15: // NOT
        stack[top - 1] = !truth(stack[top - 1]);
        break;
      case 16: // SUBJECT
        stack[top++] = subject;
        break;
      case 17: // BUILTIN1
        stack[top - 1] = apply(a, stack[top - 1], undefined, context);
        break;
      case 18: // BUILTIN2
        top--;
        stack[top - 1] = apply(a, stack[top - 1], stack[top], context);
        break;
      case 19: { // ADD
        const y = stack[--top];
        const x = stack[top - 1];
        if (typeof x === "number" && typeof y === "number") {
          stack[top - 1] = x + y;
          if (Number.isFinite(x + y)) break;
        }
        stack[top - 1] = apply(a, x, y, context);
        break;
      }
      case 20: { // SUB
        const y = stack[--top];
        const x = stack[top - 1];
        if (typeof x === "number" && typeof y === "number") {
          stack[top - 1] = x - y;
          if (Number.isFinite(x - y)) break;
        }
        stack[top - 1] = apply(a, x, y, context);
        break;
      }
      case 21: { // LT
        const y = stack[--top];
        const x = stack[top - 1];
        stack[top - 1] = typeof x === "number" && typeof y === "number"
          ? x < y
          : apply(a, x, y, context);
        break;
      }
      case 22: { // LTE
        const y = stack[--top];
        const x = stack[top - 1];
        stack[top - 1] = typeof x === "number" && typeof y === "number"
          ? x <= y
          : apply(a, x, y, context);
        break;
      }
      case 23: { // GT
        const y = stack[--top];
        const x = stack[top - 1];
        stack[top - 1] = typeof x === "number" && typeof y === "number"
          ? x > y
          : apply(a, x, y, context);
        break;
      }
      case 24: { // GTE
        const y = stack[--top];
        const x = stack[top - 1];
        stack[top - 1] = typeof x === "number" && typeof y === "number"
          ? x >= y
          : apply(a, x, y, context);
        break;
      }
      case 25: { // EQ
        const y = stack[--top];
        const x = stack[top - 1];
        stack[top - 1] = typeof x === "number" && typeof y === "number"
          ? x === y
          : apply(a, x, y, context);
        break;
      }
      case 26: // EACH
        top--;
        stack[top] = iterate(
          stack[top - 1],
          stack[top],
          a === 0 ? "map" : "filter",
          meter,
        );
        top++;
        break;
      case 27: { // EACH_NEXT
        const iteration = iterationAt(stack[top - 1]);
        if (iteration.next === iteration.list.length) {
          top--;
          stack[top - 1] = iteration.result;
          pc = a;
          break;
        }
        closure = callee(stack[top - 2], 1);
        ({ code, constants } = closure.chunk);
        stack[top++] = closure;
        stack[top++] = iteration.list[iteration.next++];
        calls.push(pc << 1, base);
        base = top - 1;
        top = reserve(stack, top, closure.chunk.locals - 1);
        pc = 0;
        break;
      }
      case 28: { // MAP_COLLECT
        const value = data(stack[--top], "map");
        iterationAt(stack[top - 1]).result.push(value);
        pc = a;
        break;
      }
      case 29: { // FILTER_COLLECT
        const kept = truth(stack[--top]);
        const { list, next, result } = iterationAt(stack[top - 1]);
        if (kept) result.push(list[next - 1] ?? null);
        pc = a;
        break;
      }
    }
  }
}
