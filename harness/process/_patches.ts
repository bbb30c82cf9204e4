/**
 * Properties of shared objects, replaced for a while.
 *
 * @module
 */

/** A set of replacements that is taken back as a whole. */
export class Patches {
  readonly #undo: (() => void)[] = [];

  /** Replaces a property by a value. */
  value(object: object, key: string, value: unknown): void {
    this.#define(object, key, { value, writable: true });
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
