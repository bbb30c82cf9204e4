/**
 * Properties of shared objects, replaced for a while.
 *
 * @module
 */

type Method = (...args: never[]) => unknown;

/** The one function that stands in for a method, in this call and the next. */
interface StandIn {
  readonly call: (...args: readonly unknown[]) => unknown;
  now: Method | undefined;
}

const standIns: WeakMap<object, Map<string, StandIn>> = new WeakMap();

// A module that is loaded during a call may keep a method for itself
// (`const { log } = console`). What it keeps has to lead to the next call, too,
// and to the machine between calls.
function standInFor(object: object, key: string): StandIn {
  const known = standIns.get(object) ?? new Map<string, StandIn>();
  standIns.set(object, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  const original: Method = Reflect.get(object, key);
  const standIn: StandIn = {
    now: undefined,
    call(this: unknown, ...args: readonly unknown[]) {
      return Reflect.apply(standIn.now ?? original, this, args);
    },
  };
  known.set(key, standIn);
  return standIn;
}

/** A set of replacements that is taken back as a whole. */
export class Patches {
  readonly #undo: (() => void)[] = [];

  /** Replaces a property by a value. */
  value(object: object, key: string, value: unknown): void {
    this.#define(object, key, { value, writable: true });
  }

  /** Replaces a method, also for those who keep it beyond this call. */
  method(object: object, key: string, replacement: Method): void {
    const standIn = standInFor(object, key);
    standIn.now = replacement;
    this.value(object, key, standIn.call);
    this.later(() => standIn.now = undefined);
  }

  /** Replaces a property by one that is computed when it is asked for. */
  getter(object: object, key: string, get: () => unknown): void {
    this.#define(object, key, { get });
  }

  /** Remembers what has to be done to put something back. */
  later(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Puts everything back, the last replacement first. */
  restore(): void {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) undo();
  }

  #define(object: object, key: string, change: PropertyDescriptor): void {
    const own = Object.getOwnPropertyDescriptor(object, key);
    Object.defineProperty(object, key, {
      ...change,
      configurable: true,
      enumerable: own?.enumerable ?? false,
    });
    this.later(() => {
      if (own === undefined) Reflect.deleteProperty(object, key);
      else Object.defineProperty(object, key, own);
    });
  }
}
