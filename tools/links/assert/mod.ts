/** Stand-in for `@std/assert`: the same code, from the npm registry. */
import * as untyped from "deno-std/assert/mod.js";

// deno-lint-ignore no-explicit-any -- the real signatures take any constructor
type ErrorClass<E extends Error = Error> = new (...args: any[]) => E;

export const AssertionError: new (message: string) => Error =
  untyped.AssertionError;
export const assert: (expr: unknown, msg?: string) => asserts expr =
  untyped.assert;
export const assertEquals: <T>(actual: T, expected: T, msg?: string) => void =
  untyped.assertEquals;
export const assertNotEquals: <T>(
  actual: T,
  expected: T,
  msg?: string,
) => void = untyped.assertNotEquals;
export const assertStrictEquals: <T>(
  actual: unknown,
  expected: T,
  msg?: string,
) => asserts actual is T = untyped.assertStrictEquals;
export const assertExists: <T>(
  actual: T,
  msg?: string,
) => asserts actual is NonNullable<T> = untyped.assertExists;
export const assertGreater: <T>(actual: T, expected: T, msg?: string) => void =
  untyped.assertGreater;
export const assertGreaterOrEqual: <T>(
  actual: T,
  expected: T,
  msg?: string,
) => void = untyped.assertGreaterOrEqual;
export const assertLess: <T>(actual: T, expected: T, msg?: string) => void =
  untyped.assertLess;
export const assertLessOrEqual: <T>(
  actual: T,
  expected: T,
  msg?: string,
) => void = untyped.assertLessOrEqual;
export const assertInstanceOf: <E extends Error>(
  actual: unknown,
  type: ErrorClass<E>,
  msg?: string,
) => asserts actual is E = untyped.assertInstanceOf;
export const assertMatch: (
  actual: string,
  expected: RegExp,
  msg?: string,
) => void = untyped.assertMatch;
export const assertNotMatch: (
  actual: string,
  expected: RegExp,
  msg?: string,
) => void = untyped.assertNotMatch;
export const assertObjectMatch: (
  actual: Record<PropertyKey, unknown>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
) => void = untyped.assertObjectMatch;
export const assertStringIncludes: (
  actual: string,
  expected: string,
  msg?: string,
) => void = untyped.assertStringIncludes;
export const assertThrows: <E extends Error = Error>(
  fn: () => unknown,
  type?: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
) => E = untyped.assertThrows;
export const assertRejects: <E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  type?: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
) => Promise<E> = untyped.assertRejects;
export const fail: (msg?: string) => never = untyped.fail;
