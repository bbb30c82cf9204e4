/** What the author of a case type got wrong, before any case is looked at. */

import { nearest } from "../../text/nearest.ts";
import { printable, quoted } from "../../text/printable.ts";
import { COMMON_KEYS, HARNESS_ONLY } from "../_case_keys.ts";
import { LIBRARY_TYPE } from "../_library_type.ts";
import { OPERATORS } from "../assertions/operators.ts";
import type { HarnessType } from "./harness_type.ts";

/**
 * Finds fault with a case type.
 *
 * @param type The type.
 * @param taken The names that are taken.
 * @returns What is wrong with it, or nothing.
 */
export function typeFault(
  type: HarnessType,
  taken: { has(name: string): boolean },
): string | undefined {
  const { name } = type;
  if (!isWord(name)) return "a name is text without white space";
  if (name === LIBRARY_TYPE || taken.has(name)) return "the name is taken";
  return keyFault(type) ?? wordsFault("harnessKeys", type.harnessKeys) ??
    wordsFault("capabilities", type.capabilities) ?? targetFault(type) ??
    schemasFault(type) ??
    (typeof type.compile === "function"
      ? undefined
      : "it has no function compile()");
}

function keyFault({ keys }: HarnessType): string | undefined {
  const fault = wordsFault("keys", keys);
  if (fault !== undefined) return fault;
  const common = keys.find((key) => COMMON_KEYS.has(key));
  if (common !== undefined) {
    return `the key ${quoted(common)} belongs to every case`;
  }
  const harness = keys.find((key) => HARNESS_ONLY.has(key));
  if (harness !== undefined) {
    return `the key ${quoted(harness)} belongs under harness, in harnessKeys`;
  }
  const free = keys.find((key) => key.startsWith("x-"));
  return free === undefined
    ? undefined
    : `the key ${quoted(free)} is an annotation, as all that begin with "x-"`;
}

function schemasFault(
  { keys, harnessKeys, schemas = {} }: HarnessType,
): string | undefined {
  const { required = [] } = schemas;
  const named = [...Object.keys(schemas.keys ?? {}), ...required];
  const stray = named.find((key) => !keys.includes(key)) ??
    Object.keys(schemas.harnessKeys ?? {})
      .find((key) => !harnessKeys.includes(key));
  return stray === undefined
    ? undefined
    : `schemas speaks of ${quoted(stray)}, which is none of its keys`;
}

function targetFault({ targets }: HarnessType): string | undefined {
  for (const [target, operators] of Object.entries(targets)) {
    if (!isWord(target)) {
      return `the target ${quoted(target)} is no text without white space`;
    }
    for (const operator of operators) {
      if (OPERATORS.has(operator)) continue;
      const known = [...OPERATORS.keys()];
      const guess = nearest(operator, known);
      const hint = guess === undefined
        ? `there are ${known.join(", ")}`
        : `did you mean ${quoted(guess)}?`;
      return `its target ${quoted(target)} takes the unknown operator ${
        quoted(operator)
      }: ${hint}`;
    }
  }
  return undefined;
}

function wordsFault(
  what: string,
  words: readonly string[],
): string | undefined {
  const odd = words.find((word) => !isWord(word));
  return odd === undefined
    ? undefined
    : `${what} holds ${
      quoted(String(odd))
    }, which is no text without white space`;
}

// Authors may write JavaScript.
function isWord(word: unknown): boolean {
  return typeof word === "string" && /^\S+$/.test(word) &&
    printable(word) === word;
}
