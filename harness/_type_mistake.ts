/** Mistakes in the code of a case type, told to its author. */

import { HostError } from "../host/host.ts";
import { isPromised } from "./_promised.ts";
import { printable, quoted, shortened } from "../text/printable.ts";
import { CaseError } from "./case_error.ts";
import type { ReadTarget, RunnableCase } from "./types/harness_type.ts";

/** A value with more parts than this is taken for one that contains itself. */
const MAX_PARTS = 1_000_000;

/**
 * A runtime failure that names a case type.
 *
 * @param type The type's name.
 * @param what What it did.
 * @param cause What was thrown, if anything was.
 */
export function mistake(
  type: string,
  what: string,
  cause?: unknown,
): CaseError {
  return new CaseError("runtime", `case type ${quoted(type)} ${what}`, {
    cause,
  });
}

/**
 * Does what a case type does, and tells what it throws in its name.
 *
 * @param type The type's name.
 * @param step The function of the type that is called.
 * @param act Calls it.
 * @returns What it returned, or a promise of what it promised.
 * @throws {CaseError} What it throws if it throws that; else a runtime failure
 * with the place in the code.
 */
export function blamed<T>(
  type: string,
  step: string,
  act: () => T | Promise<T>,
): T | Promise<T> {
  const blame = (error: unknown): never => {
    throw inItsName(type, step, error);
  };
  try {
    const result = act();
    return isPromised(result) ? waited(result, blame) : result;
  } catch (error) {
    return blame(error);
  }
}

// Whoever has no types may promise by other means.
async function waited<T>(
  result: Promise<T>,
  blame: (error: unknown) => never,
): Promise<T> {
  try {
    return await result;
  } catch (error) {
    return blame(error);
  }
}

/**
 * What a case type threw, told in its name.
 *
 * @param type The type's name.
 * @param step The function of the type that threw it.
 * @param error What it threw.
 */
export function inItsName(type: string, step: string, error: unknown): unknown {
  if (error instanceof CaseError || error instanceof HostError) return error;
  const what = error instanceof Error
    ? String(error)
    : `${String(error)}, which is no Error`;
  const text = printable(shortened(what)) + placeOf(error);
  return mistake(type, `threw in ${step}: ${text}`, error);
}

// Where it was thrown; what follows differs from run to run.
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? "" : "";
  const frame = /^ +at .*$/m.exec(stack)?.[0].trim();
  return frame === undefined ? "" : `\n  ${printable(frame)}`;
}

/**
 * Checks what `compile()` returned.
 *
 * @param type The type's name.
 * @param runnable What it returned; authors may write JavaScript.
 * @throws {CaseError} `runtime` if it cannot be run.
 */
export function requireRunnable(
  type: string,
  runnable: unknown,
): asserts runnable is RunnableCase {
  const isObject = typeof runnable === "object" && runnable !== null;
  if (isObject && "run" in runnable && typeof runnable.run === "function") {
    return;
  }
  const what = runnable instanceof Promise
    ? "a promise: compile() only checks, what takes time belongs into run()"
    : "nothing that has a function run()";
  throw mistake(type, `made no runnable case: compile() returned ${what}`);
}

/**
 * Makes a reader that takes nothing but JSON for the value of a target.
 *
 * @param type The type's name.
 * @param read The type's own reader.
 * @throws {CaseError} `runtime` when a value is none.
 */
export function jsonOnly(type: string, read: ReadTarget): ReadTarget {
  if (typeof read !== "function") {
    throw mistake(type, "called judge() without a function that reads targets");
  }
  return (target) => {
    const value = read(target);
    const fault = typeof value === "string" ? undefined : noJson(value);
    if (fault === undefined) return value;
    throw mistake(type, `has no value for target ${quoted(target)}: ${fault}`);
  };
}

function noJson(whole: unknown): string | undefined {
  const waiting: unknown[] = [whole];
  for (let parts = 0; waiting.length > 0; parts++) {
    if (parts > MAX_PARTS) {
      return "it has more than a million parts, or contains itself";
    }
    const value = waiting.pop();
    const fault = scalarFault(value);
    if (fault !== undefined) return fault;
    if (typeof value !== "object" || value === null) continue;
    for (const part of Object.values(value)) waiting.push(part);
  }
  return undefined;
}

function scalarFault(value: unknown): string | undefined {
  if (value === undefined) return "it is undefined";
  if (typeof value === "number" && !Number.isFinite(value)) {
    return `${value} is no JSON`;
  }
  if (typeof value !== "object") {
    const isJson = ["string", "number", "boolean"].includes(typeof value);
    return isJson ? undefined : `a ${typeof value} is no JSON`;
  }
  if (value === null || Array.isArray(value)) return undefined;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? undefined
    : `a ${value.constructor?.name} is no JSON`;
}
