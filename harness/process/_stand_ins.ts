/**
 * Properties of shared objects that answer to each act in its own way.
 *
 * They are only put in place here; a {@linkcode Snapshot} takes them back.
 *
 * @module
 */

import { owner } from "./_owner.ts";
import type { Session } from "./_session.ts";

/** A method as an act sees it. */
export type Method = (...args: never[]) => unknown;

/** Tells what a property is to an act. */
export type Answer<T> = (session: Session) => T;

interface StandIn {
  original: PropertyDescriptor;
  readonly method: Method;
}

const standIns: WeakMap<object, Map<string, StandIn>> = new WeakMap();

/**
 * Lets a method answer to acts; to everybody else it is what it was.
 *
 * A module that is loaded during an act may keep the method for itself
 * (`const { log } = console`), so there is one stand-in for good: what was
 * kept answers to later acts as well, and beyond acts it is the machine's.
 *
 * @param object Where it is.
 * @param key Its name.
 * @param answer The method of an act.
 * @param whose Finds the act the running code belongs to.
 */
export function answerMethod(
  object: object,
  key: string,
  answer: Answer<Method>,
  whose: () => Session | undefined = owner,
): void {
  const known = standIns.get(object) ?? new Map<string, StandIn>();
  standIns.set(object, known);
  const original = inherited(object, key);
  const found = known.get(key) ?? makeStandIn(original, answer, whose);
  // It may be in place already, for an act around this one.
  if (original.value !== found.method) found.original = original;
  known.set(key, found);
  install(object, key, { value: found.method, writable: true });
}

function makeStandIn(
  original: PropertyDescriptor,
  answer: Answer<Method>,
  whose: () => Session | undefined,
): StandIn {
  function method(this: unknown, ...args: never[]): unknown {
    const session = whose();
    const chosen: Method = session === undefined
      ? valueOf(standIn.original, this)
      : answer(session);
    return Reflect.apply(chosen, this, args);
  }
  const like: object = Object(valueOf(original, undefined));
  for (const key of ["name", "length", ...Object.getOwnPropertySymbols(like)]) {
    const detail = Object.getOwnPropertyDescriptor(like, key);
    if (detail !== undefined) Object.defineProperty(method, key, detail);
  }
  const standIn: StandIn = { original, method };
  return standIn;
}

/** Lets a property that is read answer to acts, and be replaced by them. */
export function answerValue(
  object: object,
  key: string,
  answer: Answer<unknown>,
): void {
  const original = inherited(object, key);
  install(object, key, {
    get() {
      const session = owner();
      return session === undefined
        ? valueOf(original, object)
        : answer(session);
    },
    set: (value) => install(object, key, { value, writable: true }),
  });
}

function install(
  object: object,
  key: string,
  change: PropertyDescriptor,
): void {
  const own = Object.getOwnPropertyDescriptor(object, key);
  Object.defineProperty(object, key, {
    ...change,
    configurable: true,
    enumerable: own?.enumerable ?? false,
  });
}

function inherited(object: object, key: string): PropertyDescriptor {
  for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found !== undefined) return found;
  }
  return { value: undefined };
}

function valueOf(descriptor: PropertyDescriptor, self: unknown) {
  return descriptor.get === undefined
    ? descriptor.value
    : Reflect.apply(descriptor.get, self, []);
}
