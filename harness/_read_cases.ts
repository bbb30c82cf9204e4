/** From the value of a block to its cases, each with its place. */

import { scalarOf } from "./_outline.ts";
import { isClean } from "./_clean.ts";
import { shown } from "./_shown.ts";
import { Places } from "./_places.ts";
import { COLLECTION_KEY, TextFault } from "./_text_fault.ts";
import { pathText, type Suspect, ValueFault, ValueReader } from "./_values.ts";
import type { ReadText } from "./_yaml.ts";
import type { CaseBlock, KeyPath, Problem, SourceCase } from "./case.ts";
import type { Location } from "./case_error.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "./json.ts";

type Fault = Pick<ValueFault, "message" | "path">;

const INTEGER = /^[-+]?(?:[\d_]+|0b[01_]+|0x[\da-f_]+)$/i;

const INEXACT =
  "which is beyond 2^53 - 1 and cannot be held exactly: put it in quotes";

/** Where the block comes from. */
export interface BlockOrigin {
  /** What the block is, for messages. */
  readonly noun: string;
  /** The text of the whole document, if there is one. */
  readonly text?: (() => string) | undefined;
}

/**
 * Reads the cases of a block that was parsed.
 *
 * @param block The block.
 * @param read What was parsed.
 * @param origin Where the block comes from.
 * @throws {TextFault} If the block as a whole holds no cases.
 */
export function readCases(
  block: CaseBlock,
  read: ReadText,
  origin: BlockOrigin,
): readonly (SourceCase | Problem)[] {
  return new CaseReader(block, read, origin).cases();
}

class CaseReader {
  readonly #block: CaseBlock;
  readonly #read: ReadText;
  readonly #places: Places;
  readonly #origin: BlockOrigin;
  #dashes: readonly number[] | undefined;

  constructor(block: CaseBlock, read: ReadText, origin: BlockOrigin) {
    this.#block = block;
    this.#read = read;
    this.#places = new Places(block);
    this.#origin = origin;
  }

  cases(): readonly (SourceCase | Problem)[] {
    const { value } = this.#read;
    const { noun } = this.#origin;
    if (Array.isArray(value)) {
      if (value.length === 0) throw this.#nothing(`${noun} is an empty list`);
      return this.#each(value, true);
    }
    if (value === null) throw this.#nothing(`${noun} is empty`);
    if (typeof value === "object") return this.#each([value], false);
    throw this.#nothing(
      `${noun} must be a mapping or a list of mappings, ${
        shown(value)
      } was given`,
    );
  }

  #nothing(message: string): TextFault {
    return new TextFault(message, this.#places.content());
  }

  #each(items: unknown[], isList: boolean): readonly (SourceCase | Problem)[] {
    const whole = (isList ? items : items[0]) as Json;
    const faults = this.#read.isClean || isClean(whole)
      ? undefined
      : this.#faults(items, isList, whole);
    return items.map((item, index) =>
      this.#case(
        item as Json,
        faults?.get(index),
        isList ? [index] : [],
        // A mapping that merges others is a new one now.
        isList ? whole : item as Json,
      )
    );
  }

  #faults(
    items: unknown[],
    isList: boolean,
    whole: Json,
  ): ReadonlyMap<number, Fault> {
    const reader = new ValueReader((path) => this.#mayMerge(path));
    const faults = new Map<number, Fault>();
    for (let index = 0; index < items.length; index++) {
      try {
        items[index] = reader.read(items[index], isList ? [index] : []);
      } catch (error) {
        if (!(error instanceof ValueFault)) throw error;
        if (error.isExcess) throw this.#excess(error, whole);
        faults.set(index, error);
      }
    }
    const read = isList ? whole : items[0] as Json;
    for (const suspect of reader.suspects) {
      const index = isList ? Number(suspect.path[0]) : 0;
      if (faults.has(index)) continue;
      const fault = this.#convict(suspect, read);
      if (fault !== undefined) faults.set(index, fault);
    }
    return faults;
  }

  #case(
    item: Json,
    fault: Fault | undefined,
    path: KeyPath,
    whole: Json,
  ): SourceCase | Problem {
    const locate = (steps: KeyPath) => this.#locate(path, steps, whole);
    if (!isJsonObject(item)) {
      const message = `case must be a mapping, ${shown(item)} was given`;
      return { kind: "problem", location: locate([]), message };
    }
    const { text } = this.#origin;
    if (fault === undefined) return lazyCase(item, locate, text);
    const location = locate(fault.path.slice(path.length));
    const { id } = item;
    const named = typeof id === "string" ? { id } : {};
    return { kind: "problem", location, message: fault.message, ...named };
  }

  #excess(error: ValueFault, whole: Json): TextFault {
    const at = this.#read.outline()?.find(error.path, whole).at;
    return new TextFault(error.message, at ?? this.#places.content());
  }

  #mayMerge(path: KeyPath): boolean {
    if (this.#read.merges !== "unless-quoted") {
      return this.#read.merges === "always";
    }
    const whole = this.#read.value as Json;
    const key = this.#read.outline()?.find(path, whole).child?.key;
    return key?.kind !== "quoted";
  }

  #convict({ kind, path }: Suspect, whole: Json): Fault | undefined {
    const outline = this.#read.outline();
    const child = outline?.find(path, whole).child;
    const node = kind === "key" ? child?.key : child?.node;
    if (outline === undefined || node === undefined) return undefined;
    const name = pathText(isJsonList(whole) ? path.slice(1) : path);
    if (node.kind === "mapping") return { message: COLLECTION_KEY, path };
    if (node.kind !== "plain" || node.tag !== "") return undefined;
    const raw = outline.raw(node);
    if (kind === "integer") {
      return INTEGER.test(raw)
        ? { message: `${name} is the integer ${raw}, ${INEXACT}`, path }
        : undefined;
    }
    const value = scalarOf(raw, "default");
    if (typeof value === "string") return undefined;
    const type = value instanceof Date ? "timestamp" : typeName(value);
    const what = kind === "key"
      ? `key ${name} is read as a ${type}, not as a string`
      : `${name} is the ${type} ${raw}, which is no JSON value`;
    return { message: `${what}: put it in quotes`, path };
  }

  #locate(path: KeyPath, steps: KeyPath, whole: Json): Location {
    if (steps.length > 0) {
      const place = this.#read.outline()?.find([...path, ...steps], whole);
      if (place !== undefined && place.steps > path.length) {
        return this.#places.at(place.at);
      }
    }
    return this.#places.at(this.#start(path, whole));
  }

  #start([index]: KeyPath, whole: Json): number {
    if (typeof index !== "number" || !isJsonList(whole)) {
      return this.#places.content();
    }
    this.#dashes ??= this.#places.dashes(whole.length) ??
      this.#read.outline()?.root.children.map((child) => child.at) ?? [];
    return this.#dashes[index] ?? this.#places.content();
  }
}

// Most cases pass and nobody asks where they stand.
function lazyCase(
  value: JsonObject,
  locate: (path: KeyPath) => Location,
  text: (() => string) | undefined,
): SourceCase {
  let location: Location | undefined;
  return {
    kind: "case",
    value,
    get location() {
      return location ??= locate([]);
    },
    locate,
    ...(text === undefined ? {} : { text }),
  };
}

function typeName(value: unknown): string {
  return value === null ? "null value" : typeof value;
}
