import type { KeyPath, SourceCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import { isJsonList, type Json } from "../json.ts";
import type { Budgets } from "../spec_lang/budgets.ts";
import type { SymbolView } from "../library/link.ts";
import type { OperatorName } from "../types/harness_type.ts";
import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import { assertionError, type Place } from "./place.ts";

/** What the shape of an assertion tree depends on. */
export interface AssertionOptions {
  /** The case's id. */
  readonly caseId: string;
  /** The type's targets, and the operators that make sense on each. */
  readonly targets: Readonly<Record<string, readonly OperatorName[]>>;
  /** What one expression may cost. */
  readonly budgets: Budgets;
  /** The library symbols that expressions may refer to; none if not given. */
  readonly view?: SymbolView | undefined;
  /** Finds where a key or item of the case stands. */
  readonly source: Pick<SourceCase, "locate">;
}

/** What exactly is wrong at a spot. */
interface FaultPlace {
  /** Keys and indexes below the spot. */
  readonly steps?: KeyPath;
  /** The operator it is about, as written. */
  readonly op?: string;
}

/** A node of a tree that is being compiled, and the target it inherits. */
export class Spot {
  readonly keyPath: KeyPath;
  readonly target: string | undefined;
  readonly options: AssertionOptions;

  constructor(
    keyPath: KeyPath,
    options: AssertionOptions,
    target?: string | undefined,
  ) {
    this.keyPath = keyPath;
    this.target = target;
    this.options = options;
  }

  /** The spot of something below this one. */
  below(steps: KeyPath, target: string | undefined = this.target): Spot {
    return new Spot([...this.keyPath, ...steps], this.options, target);
  }

  /** This spot as messages spell it. */
  place(op?: string): Place {
    const { keyPath, target } = this;
    return { caseId: this.options.caseId, keyPath, target, op };
  }

  /** Ends compiling with a schema failure at this spot, or below it. */
  refuse(text: string, at: FaultPlace = {}): never {
    throw this.error(new CaseError("schema", text), at);
  }

  /** A failure at this spot, or below it, with its place in front. */
  error(cause: CaseError, at: FaultPlace = {}): CaseError {
    const { category, message } = cause;
    return assertionError(category, {
      place: this.place(at.op),
      text: message,
    }, {
      source: this.options.source,
      at: [...this.keyPath, ...at.steps ?? []],
      cause,
    });
  }
}

/** What a value is, for a message: never the value itself. */
export function kindOf(value: Json | undefined): string {
  if (value === null) return "null";
  if (isJsonList(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  return typeof value === "string" ? quoted(value.slice(0, 60)) : String(value);
}

/** What would have been understood: the nearest name, or else all of them. */
export function hint(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  return guess === undefined
    ? `, wanted one of: ${known.join(", ")}`
    : `, did you mean ${quoted(guess)}?`;
}
