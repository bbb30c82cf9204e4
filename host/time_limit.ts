/**
 * Work in this process that is given up when its time is over, wherever it is:
 * also inside a regular expression, where nothing else can interrupt.
 *
 * @module
 */

import process from "node:process";

/** What became of the work. */
export type Limited<T> = { readonly value: T } | "out of time";

/** The runtime counts whole milliseconds, at least one and below 2^31. */
const MAX_MS = 2 ** 31 - 1;
/**
 * Work that ends this close to its limit waits for it. The runtime interrupts
 * whatever is running when the time is over; work that ended right before would
 * leave the interrupt to somebody else.
 */
const CLOSE_MS = 50;

interface Box {
  act: () => void;
}

// A case may put another clock in its place.
const now = performance.now.bind(performance);

type Run = (act: () => void, timeout: number) => void;

let runLimited: Run | undefined;

// Loading costs some milliseconds, and hardly anybody needs it.
function prepare(): Run {
  const vm = process.getBuiltinModule("node:vm");
  const box: Box = { act: () => {} };
  const context = vm.createContext(box);
  const script = new vm.Script("act()");
  return (act, timeout) => {
    box.act = act;
    try {
      script.runInContext(context, { timeout });
    } catch (error) {
      if (!isTimeout(error)) throw error;
    } finally {
      box.act = () => {};
    }
  };
}

/**
 * Does some work, for a limited time.
 *
 * The work must not change anything: it may be given up between any two of its
 * steps, without a `finally` being run. Nor may it wait for anything.
 *
 * @param milliseconds How long it may take; infinite for no limit.
 * @param work What to do.
 * @returns What it returned, if it was done in time.
 * @throws What the work throws.
 *
 * @example A search without an end
 * ```ts
 * import { withinTime } from "./time_limit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const endless = () => /^(a+)+$/.test(`${"a".repeat(60)}b`);
 * assertEquals(withinTime(20, endless), "out of time");
 * assertEquals(withinTime(5000, () => /^a+$/.test("aaa")), { value: true });
 * ```
 */
export function withinTime<T>(milliseconds: number, work: () => T): Limited<T> {
  if (milliseconds === Infinity) return { value: work() };
  const timeout = Math.min(MAX_MS, Math.max(1, Math.ceil(milliseconds)));
  const close = now() + timeout - CLOSE_MS;
  let result: Limited<T> | { readonly error: unknown } = "out of time";
  const act = () => {
    try {
      result = { value: work() };
    } catch (error) {
      result = { error };
    }
    if (now() > close) waitForTheEnd();
  };
  runLimited ??= prepare();
  runLimited(act, timeout);
  return unwrap<T>(result);
}

function unwrap<T>(
  result: Limited<T> | { readonly error: unknown },
): Limited<T> {
  if (typeof result === "object" && "error" in result) throw result.error;
  return result;
}

// Not an empty loop: that one the engine makes so fast that it looks out for
// interrupts once in a second.
function waitForTheEnd(): never {
  for (;;) now();
}

function isTimeout(error: unknown): boolean {
  // The error is of another realm: it is no instance of this one's Error.
  return typeof error === "object" && error !== null && "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
