/** The keys of a JSON mapping, taken one by one, none left over. */

import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../json.ts";

/** What {@linkcode JsonFields} throws: what was wanted and what was there. */
export class FieldFault extends Error {
  override readonly name = "FieldFault";
}

/** Whoever reads a mapping asks this for its keys, one by one. */
export interface Fields {
  /** A text. */
  text(key: string): string;
  /** One of a few words. */
  oneOf<T extends string>(key: string, words: readonly T[]): T;
  /** A whole number. */
  whole(key: string, least?: number): number;
  /** A time. */
  milliseconds(key: string): number;
  /** A list of texts. */
  texts(key: string): readonly string[];
  /** Null. */
  nothing(key: string): null;
  /** A mapping. */
  fields(key: string): Fields;
  /** A list of mappings. */
  list<T>(key: string, read: (item: Fields) => T): readonly T[];
  /** A key that may be left out. */
  optional<T>(key: string, read: (key: string) => T): T | undefined;
  /** Refuses whatever was not asked for. */
  close(): void;
}

/** One mapping. A key is known once it was asked for. */
export class JsonFields implements Fields {
  readonly #object: JsonObject;
  readonly #prefix: string;
  readonly #known: string[] = [];

  constructor(value: Json | undefined, name = "") {
    if (!isJsonObject(value)) {
      throw fault(name === "" ? "the line" : name, "a mapping", value);
    }
    this.#object = value;
    this.#prefix = name === "" ? "" : `${name}.`;
  }

  text(key: string): string {
    const value = this.#take(key);
    return typeof value === "string" ? value : this.#refuse(key, "text");
  }

  oneOf<T extends string>(key: string, words: readonly T[]): T {
    const value = this.#take(key);
    const found = words.find((word) => word === value);
    return found ?? this.#refuse(key, words.map(quoted).join(" or "));
  }

  whole(key: string, least = 0): number {
    const value = this.#take(key);
    return Number.isSafeInteger(value) && Number(value) >= least
      ? Number(value)
      : this.#refuse(key, `a whole number of at least ${least}`);
  }

  milliseconds(key: string): number {
    const value = this.#take(key);
    return Number.isFinite(value) && Number(value) >= 0
      ? Number(value)
      : this.#refuse(key, "milliseconds of at least 0");
  }

  texts(key: string): readonly string[] {
    const value = this.#take(key);
    const texts = isJsonList(value)
      ? value.filter((item) => typeof item === "string")
      : [];
    return isJsonList(value) && texts.length === value.length
      ? texts
      : this.#refuse(key, "a list of text");
  }

  nothing(key: string): null {
    return this.#take(key) === null ? null : this.#refuse(key, "null");
  }

  fields(key: string): JsonFields {
    return new JsonFields(this.#take(key), this.#prefix + key);
  }

  list<T>(key: string, read: (item: Fields) => T): readonly T[] {
    const value = this.#take(key);
    if (!isJsonList(value)) return this.#refuse(key, "a list");
    const name = this.#prefix + key;
    return value.map((item, index) =>
      read(new JsonFields(item, `${name}[${index}]`))
    );
  }

  optional<T>(key: string, read: (key: string) => T): T | undefined {
    if (Object.hasOwn(this.#object, key)) return read(key);
    this.#known.push(key);
    return undefined;
  }

  close(): void {
    const stray = Object.keys(this.#object)
      .find((key) => !this.#known.includes(key));
    if (stray === undefined) return;
    const guess = nearest(stray, this.#known);
    const hint = guess === undefined
      ? `known keys are ${this.#known.join(", ")}`
      : `did you mean ${quoted(guess)}?`;
    throw new FieldFault(
      `unknown key ${quoted(this.#prefix + stray)}: ${hint}`,
    );
  }

  #take(key: string): Json | undefined {
    this.#known.push(key);
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
  }

  #refuse(key: string, wanted: string): never {
    throw fault(quoted(this.#prefix + key), wanted, this.#take(key));
  }
}

function fault(name: string, wanted: string, value: Json | undefined) {
  const found = value === undefined
    ? "nothing"
    : typeof value === "string"
    ? quoted(value)
    : isJsonList(value)
    ? "a list"
    : isJsonObject(value)
    ? "a mapping"
    : String(value);
  return new FieldFault(`${name}: wanted ${wanted}, got ${found}`);
}
