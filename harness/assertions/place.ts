/**
 * Where in an assertion tree something is said, for people and for tools.
 *
 * @module
 */

import type { KeyPath, SourceCase } from "../case.ts";
import { CaseError, type Category, type Location } from "../case_error.ts";
import { printable, shortened } from "../../text/printable.ts";

/** A node of an assertion tree, and what is known about it. */
export interface Place {
  /** The case's id. */
  readonly caseId: string;
  /** The leaf or group, from the case downwards. */
  readonly keyPath: KeyPath;
  /** The target in force there, if any. */
  readonly target?: string | undefined;
  /** The operator, as written. */
  readonly op?: string | undefined;
}

/** What {@linkcode assertionError} is told besides category, place and text. */
export interface AssertionErrorOptions {
  /** Finds where a key or item of the case stands. */
  readonly source: Pick<SourceCase, "locate">;
  /** The key or item that is wrong. Default: the place itself. */
  readonly at?: KeyPath;
  /** The place itself, where whoever failed knows it better. */
  readonly known?: Location | undefined;
  /** What was caught. */
  readonly cause?: unknown;
}

/**
 * Writes a key path the way messages spell it.
 *
 * @param keyPath Keys and indexes from the case downwards.
 * @returns Keys joined by dots, indexes in brackets.
 *
 * @example Usage
 * ```ts
 * import { pathText } from "./place.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pathText(["assert", 0, "must", 1]), "assert[0].must[1]");
 * ```
 */
export function pathText(keyPath: KeyPath): string {
  return keyPath.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    return index === 0 ? step : `.${step}`;
  }).join("");
}

// An operator or a target that there is no such of may be of any length.
const MAX_NAME = 60;

/**
 * Writes a place as the `key=value` words every assertion failure carries.
 *
 * Source: spec format, section 6.
 *
 * @param place The place.
 * @returns One line, without a final colon.
 *
 * @example Usage
 * ```ts
 * import { placeText } from "./place.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const place = { caseId: "A-1", keyPath: ["assert", 0], target: "stdout" };
 * assertEquals(
 *   placeText(place),
 *   "case_id=A-1 assert_path=assert[0] target=stdout",
 * );
 * ```
 */
export function placeText(place: Place): string {
  const words = [
    `case_id=${printable(shortened(place.caseId))}`,
    `assert_path=${pathText(place.keyPath)}`,
  ];
  if (place.target !== undefined) {
    words.push(`target=${printable(shortened(place.target, MAX_NAME))}`);
  }
  if (place.op !== undefined) {
    words.push(`op=${printable(shortened(place.op, MAX_NAME))}`);
  }
  return words.join(" ");
}

/**
 * Makes the failure of one node of an assertion tree.
 *
 * @param category Which of the three ways to fail this is.
 * @param problem Where it is, and what was wanted and there.
 * @param options The exact spot, and what was caught.
 * @returns The error; its message begins with the place.
 *
 * @example Usage
 * ```ts
 * import { assertionError } from "./place.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const place = { caseId: "A-1", keyPath: ["assert"] };
 * const location = { path: "a.spec.md", line: 4, column: 1 };
 * const error = assertionError("schema", { place, text: "too bad" }, {
 *   source: { locate: () => location },
 * });
 * assertEquals(error.message, "case_id=A-1 assert_path=assert: too bad");
 * assertEquals(error.location, location);
 * ```
 */
export function assertionError(
  category: Category,
  problem: { readonly place: Place; readonly text: string },
  options: AssertionErrorOptions,
): CaseError {
  const { place, text } = problem;
  return new CaseError(category, `${placeText(place)}: ${text}`, {
    location: options.known ??
      options.source.locate(options.at ?? place.keyPath),
    cause: options.cause,
  });
}
