/** From what a parser made to JSON values: merges, bounds, what is no JSON. */

import { quoted } from "../text/printable.ts";
import type { KeyPath } from "./case.ts";
import type { Json, JsonObject } from "./json.ts";
import { looksLikeTimestamp, mayBeCoerced } from "./_clean.ts";
import { excess, LIMITS } from "./_yaml_limits.ts";

/** A value that is no JSON value, or too large. */
export class ValueFault extends Error {
  /** Where it stands in the value. */
  readonly path: KeyPath;
  /** Whether it is about the whole text, not this value alone. */
  readonly isExcess: boolean;

  /**
   * Makes a fault.
   *
   * @param message What was wanted and what was there.
   * @param path Where it stands in the value.
   * @param options Whether it is about the whole text.
   */
  constructor(
    message: string,
    path: KeyPath,
    options: { isExcess?: boolean } = {},
  ) {
    super(message);
    this.name = "ValueFault";
    this.path = path;
    this.isExcess = options.isExcess ?? false;
  }
}

/** What may be wrong, depending on how it was written. */
export interface Suspect {
  readonly kind: "timestamp" | "integer" | "key";
  readonly path: KeyPath;
}

/** Reads the values of one text, and counts them all together. */
export class ValueReader {
  /** What has to be looked up in the text. */
  readonly suspects: Suspect[] = [];
  readonly #isMerge: (path: KeyPath) => boolean;
  #merged: Map<object, JsonObject> | undefined;
  #merging: Set<object> | undefined;
  readonly #around: object[] = [];
  #path: (string | number)[] = [];
  #base = 0;
  #nodes = 0;

  /**
   * Starts a text.
   *
   * @param isMerge Whether the key `<<` at a path merges mappings.
   */
  constructor(isMerge: (path: KeyPath) => boolean) {
    this.#isMerge = isMerge;
  }

  /**
   * Reads one value in place: changes what it holds, and returns it.
   *
   * @param value What the parser made.
   * @param path Where it stands in the text.
   * @throws {ValueFault} If it is no JSON value.
   */
  read(value: unknown, path: KeyPath): Json {
    this.#path = [...path];
    this.#base = path.length;
    this.#around.length = 0;
    this.#merging = undefined;
    return this.#value(value);
  }

  #value(value: unknown): Json {
    this.#count();
    switch (typeof value) {
      case "string":
        if (looksLikeTimestamp(value)) this.#suspect("timestamp");
        return value;
      case "boolean":
        return value;
      case "number":
        return this.#number(value);
      case "object":
        if (value === null) return null;
        return Array.isArray(value) ? this.#list(value) : this.#mapping(value);
    }
    throw this.#fault(`is no JSON value, but of type ${typeof value}`);
  }

  #number(value: number): number {
    if (!Number.isFinite(value)) {
      throw this.#fault(`is ${value}, which is no JSON value`);
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      this.#suspect("integer");
    }
    return value;
  }

  #list(list: unknown[]): Json[] {
    this.#enter(list);
    for (let index = 0; index < list.length; index++) {
      this.#path.push(index);
      const item = this.#value(list[index]);
      if (item !== list[index]) list[index] = item;
      this.#path.pop();
    }
    this.#around.pop();
    return list as Json[];
  }

  #mapping(mapping: object): Json {
    if (Object.getPrototypeOf(mapping) !== Object.prototype) {
      throw this.#fault(`is no JSON value, but a ${mapping.constructor.name}`);
    }
    this.#enter(mapping);
    const result = this.#withMerges(mapping);
    for (const key of Object.keys(result)) {
      this.#path.push(key);
      if (mayBeCoerced(key)) this.#suspect("key");
      const value = result[key];
      const child = this.#value(value);
      if (child !== value) define(result, key, child);
      this.#path.pop();
    }
    this.#around.pop();
    return result as JsonObject;
  }

  #withMerges(mapping: object): Record<string, unknown> {
    const isMerge = Object.hasOwn(mapping, "<<") &&
      this.#isMerge([...this.#path, "<<"]);
    return (isMerge ? this.#mergedOf(mapping) : mapping) as Record<
      string,
      unknown
    >;
  }

  // As in `@std/yaml`: what a mapping says itself wins, then the first source.
  #mergedOf(mapping: object): JsonObject {
    const merged = this.#merged ??= new Map();
    const merging = this.#merging ??= new Set();
    const known = merged.get(mapping);
    if (known !== undefined) return known;
    if (merging.has(mapping)) throw this.#cycle();
    if (merging.size >= LIMITS.depth) throw this.#excess("depth");
    merging.add(mapping);
    const result = {};
    for (const [key, value] of Object.entries(mapping)) {
      if (key !== "<<") {
        define(result, key, value);
      } else {
        for (const source of sourcesOf(value)) this.#merge(source, result);
      }
    }
    merging.delete(mapping);
    merged.set(mapping, result);
    return result;
  }

  #merge(source: unknown, result: object): void {
    if (
      typeof source !== "object" || source === null || Array.isArray(source)
    ) {
      this.#path.push("<<");
      throw this.#fault('merges no mapping: give an alias such as "*name"');
    }
    const resolved = Object.hasOwn(source, "<<")
      ? this.#mergedOf(source)
      : source;
    for (const [key, value] of Object.entries(resolved)) {
      this.#count();
      if (!Object.hasOwn(result, key)) define(result, key, value);
    }
  }

  #enter(collection: object): void {
    if (this.#path.length >= LIMITS.depth) throw this.#excess("depth");
    this.#around.push(collection);
  }

  #count(): void {
    if (++this.#nodes > LIMITS.nodes) throw this.#excess("nodes");
  }

  #suspect(kind: Suspect["kind"]): void {
    this.suspects.push({ kind, path: [...this.#path] });
  }

  #fault(what: string): ValueFault {
    const path = this.#path.slice(this.#base);
    return new ValueFault(`${pathText(path)} ${what}`, [...this.#path]);
  }

  #excess(limit: "nodes" | "depth"): ValueFault {
    const isCycle = new Set(this.#around).size < this.#around.length;
    return isCycle ? this.#cycle() : this.#tooMuch(excess(limit));
  }

  #cycle(): ValueFault {
    return this.#tooMuch("an alias stands inside what it stands for");
  }

  #tooMuch(message: string): ValueFault {
    return new ValueFault(message, [...this.#path], { isExcess: true });
  }
}

/**
 * Writes a path for a message.
 *
 * @param path Keys and indexes.
 * @returns As in `harness.env[0]`, between quotes; the case if it is empty.
 */
export function pathText(path: KeyPath): string {
  if (path.length === 0) return "case";
  const text = path.reduce<string>(
    (before, step) =>
      typeof step === "number" ? `${before}[${step}]` : `${before}.${step}`,
    "",
  );
  return quoted(text.replace(/^\./, ""));
}

function sourcesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

// Assignment would change the prototype; for other keys it is the faster way.
function define(target: object, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    (target as Record<string, unknown>)[key] = value;
  }
}
