/**
 * The loop that runs instructions.
 *
 * @module
 */

import type { Closure } from "./chunk.ts";
import type { Json } from "../json.ts";
import type { BuiltinContext } from "./builtin.ts";
import type { Instruction } from "./bytecode.ts";
import { applyFast, calculate, compare } from "./fast_operators.ts";
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
  reserve,
  type StackSlot,
  symbolEntry,
  tooEarly,
  truth,
} from "./operations.ts";

/** Where a machine stands between two slices. */
export interface State {
  /** A call's function stands below its arguments, these below its other locals. */
  readonly stack: StackSlot[];
  /** Where each call goes on when it returns. */
  readonly returns: Instruction[];
  /**
   * Where the caller's locals begin, doubled, plus 1 if the result becomes a
   * boolean; the outermost call has no caller, and 0.
   */
  readonly bases: number[];
  /** The running function. */
  closure: Closure;
  /** Where its locals begin. */
  base: number;
  /** Where the next value will stand. */
  top: number;
  /** The next instruction. */
  next: Instruction;
  /** How many steps are left of the grant. */
  left: number;
}

/**
 * Runs until the grant is used up or the expression has its value.
 *
 * One loop over one switch, longer than any other function here: where the machine
 * stands is in local variables of it, which is what makes it fast. That it returns
 * with every grant lets the host swap in better code for it. The cases are
 * literals, because only those make a jump table; a test holds them to the names
 * in `Op`.
 *
 * @param state Where the machine stands; brought up to date on return.
 * @param subject The value of `["subject"]`.
 * @param context What operators may ask of the world.
 * @returns Whether the value is on top of the stack; otherwise a grant is needed.
 * @throws {CaseError} Whatever an instruction throws.
 */
export function runSlice(
  state: State,
  subject: Json,
  context: BuiltinContext,
): boolean {
  const { stack, returns, bases } = state;
  let { closure, base, top, next, left } = state;
  while (true) {
    const it = next;
    if (it.visits > left) {
      Object.assign(state, { closure, base, top, next, left });
      return false;
    }
    left -= it.visits;
    next = it.next;
    switch (it.op) {
      case 0: // CONST
        stack[top++] = it.value;
        break;
      case 1: // LOCAL
        stack[top++] = stack[base + it.a];
        break;
      case 2: { // LOCAL_CELL
        stack[top++] = inCell(stack[base + it.a]);
        break;
      }
      case 3: // CAPTURE
        stack[top++] = closure.values[it.a];
        break;
      case 4: { // CAPTURE_CELL
        const value = closure.cells[it.a]?.value;
        if (value === undefined) throw tooEarly(it.value);
        stack[top++] = value;
        break;
      }
      case 5: // STORE
        stack[base + it.a] = stack[--top];
        break;
      case 6: // STORE_CELL
        defineCell(stack, base + it.a, stack[--top]);
        break;
      case 7: // CLOSURE
        stack[top++] = close(closure, it.a, stack, base);
        break;
      case 30: // SYMBOL
        closure = symbolEntry(closure.chunk.symbols[it.a]);
        stack[top++] = closure;
        returns.push(next);
        bases.push(base << 1);
        base = top;
        top = reserve(stack, top, closure.chunk.locals);
        next = closure.chunk.start;
        break;
      case 8: // CALL
        closure = callee(stack[top - it.a - 1], it.a);
        returns.push(next);
        bases.push(base << 1);
        base = top - it.a;
        top = reserve(stack, top, closure.chunk.locals - it.a);
        next = closure.chunk.start;
        break;
      case 9: { // TAIL_CALL
        const argc = it.a;
        closure = callee(stack[top - argc - 1], argc);
        if (it.b === 1) bases.push((bases.pop() ?? 0) | 1);
        for (let i = -1; i < argc; i++) stack[base + i] = stack[top - argc + i];
        top = reserve(stack, base + argc, closure.chunk.locals - argc);
        next = closure.chunk.start;
        break;
      }
      case 10: { // RETURN
        const caller = bases.pop() ?? 0;
        next = returns.pop() ?? next;
        const value = stack[top - 1];
        const result = (caller & 1) === 1 ? truth(value) : value;
        top = base - 1;
        stack[top++] = result;
        base = caller >> 1;
        if (base === 0) {
          Object.assign(state, { top, left });
          return true;
        }
        closure = closureAt(stack[base - 1]);
        break;
      }
      case 11: // JUMP
        next = it.target;
        break;
      case 12: // JUMP_FALSE
        if (!truth(stack[--top])) next = it.target;
        break;
      case 13: // JUMP_TRUE
        if (truth(stack[--top])) next = it.target;
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
        stack[top - 1] = apply(it.a, stack[top - 1], undefined, context);
        break;
      case 18: // BUILTIN2
        top--;
        stack[top - 1] = apply(it.a, stack[top - 1], stack[top], context);
        break;
      case 19: // ADD
      case 20: { // SUB
        const b = it.b;
        const y = b >= 0 ? stack[base + b] : b < -1 ? it.value : stack[--top];
        const x = it.a >= 0 ? stack[base + it.a] : stack[--top];
        stack[top++] = typeof x === "number" && typeof y === "number"
          ? calculate(it.op, x, y)
          : applyFast(it.op, x, y, context);
        break;
      }
      case 21: // LT
      case 22: // LTE
      case 23: // GT
      case 24: // GTE
      case 25: { // EQ
        const b = it.b;
        const y = b >= 0 ? stack[base + b] : b < -1 ? it.value : stack[--top];
        const x = it.a >= 0 ? stack[base + it.a] : stack[--top];
        const holds = typeof x === "number" && typeof y === "number"
          ? compare(it.op, x, y)
          : applyFast(it.op, x, y, context);
        if (!it.jumps) stack[top++] = holds;
        else if (holds === false) next = it.target;
        break;
      }
      case 26: // EACH
        top--;
        stack[top] = iterate(
          stack[top - 1],
          stack[top],
          it.a === 0 ? "map" : "filter",
          context.meter,
        );
        top++;
        break;
      case 27: { // EACH_NEXT
        const iteration = iterationAt(stack[top - 1]);
        if (iteration.next === iteration.list.length) {
          top--;
          stack[top - 1] = iteration.result;
          next = it.target;
          break;
        }
        closure = callee(stack[top - 2], 1);
        stack[top++] = closure;
        stack[top++] = iteration.list[iteration.next++];
        returns.push(next);
        bases.push(base << 1);
        base = top - 1;
        top = reserve(stack, top, closure.chunk.locals - 1);
        next = closure.chunk.start;
        break;
      }
      case 28: { // MAP_COLLECT
        const value = data(stack[--top], "map");
        iterationAt(stack[top - 1]).result.push(value);
        next = it.target;
        break;
      }
      case 29: { // FILTER_COLLECT
        const kept = truth(stack[--top]);
        const iteration = iterationAt(stack[top - 1]);
        const item = iteration.list[iteration.next - 1];
        if (kept) iteration.result.push(item ?? null);
        next = it.target;
        break;
      }
    }
  }
}
