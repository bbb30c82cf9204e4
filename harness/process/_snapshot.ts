/**
 * The own properties of shared objects, as they were at a moment.
 *
 * @module
 */

type Properties = Map<PropertyKey, PropertyDescriptor>;

// What event emitters keep for themselves changes with their listeners.
const NOT_LOOKED_AT: ReadonlySet<PropertyKey> = new Set([
  "_events",
  "_eventsCount",
]);

/** Objects by the name a message calls them. */
export type NamedObjects = ReadonlyMap<string, object>;

/** What objects looked like. */
export class Snapshot {
  readonly #objects: NamedObjects;
  readonly #properties: Map<object, Properties> = new Map();

  constructor(objects: NamedObjects) {
    this.#objects = objects;
    for (const object of objects.values()) {
      this.#properties.set(object, propertiesOf(object));
    }
  }

  /**
   * Takes over what has changed since a later snapshot: it is meant to stay.
   * What had already changed between the two is still to be put back.
   */
  adopt(later: Snapshot): void {
    for (const [object, then] of later.#properties) {
      const before = this.#properties.get(object) ?? new Map();
      for (const key of changedKeys(object, then)) {
        if (!isSame(before.get(key), then.get(key))) continue;
        const now = Object.getOwnPropertyDescriptor(object, key);
        if (now === undefined) before.delete(key);
        else before.set(key, now);
      }
    }
  }

  /**
   * Makes the objects look like that again.
   *
   * @returns What could not be put back, by name.
   */
  restore(): string[] {
    const stuck: string[] = [];
    for (const [name, object] of this.#objects) {
      const before = this.#properties.get(object) ?? new Map();
      for (const key of changedKeys(object, before)) {
        if (!putBack(object, key, before.get(key))) {
          stuck.push(`${name}.${String(key)}`);
        }
      }
    }
    return stuck;
  }
}

function propertiesOf(object: object): Properties {
  const properties: Properties = new Map();
  for (const key of keysOf(object)) {
    const found = Object.getOwnPropertyDescriptor(object, key);
    if (found !== undefined) properties.set(key, found);
  }
  return properties;
}

function keysOf(object: object): (string | symbol)[] {
  return Reflect.ownKeys(object).filter((key) => !NOT_LOOKED_AT.has(key));
}

function changedKeys(object: object, before: Properties): PropertyKey[] {
  const now = keysOf(object);
  const changed = now.filter((key) =>
    !isSame(before.get(key), Object.getOwnPropertyDescriptor(object, key))
  );
  const isComplete = now.length - changed.length === before.size;
  if (isComplete) return changed;
  const gone = [...before.keys()].filter((key) => !Object.hasOwn(object, key));
  return [...changed, ...gone];
}

function isSame(
  one: PropertyDescriptor | undefined,
  other: PropertyDescriptor | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Object.is(one.value, other.value) && one.get === other.get &&
    one.set === other.set && one.writable === other.writable &&
    one.enumerable === other.enumerable &&
    one.configurable === other.configurable;
}

function putBack(
  object: object,
  key: PropertyKey,
  before: PropertyDescriptor | undefined,
): boolean {
  return before === undefined
    ? Reflect.deleteProperty(object, key)
    : Reflect.defineProperty(object, key, before);
}
