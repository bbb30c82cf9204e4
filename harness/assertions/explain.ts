/**
 * Why a check did not hold, or that it did: lines for people.
 *
 * Pure: what an expression's parts come to is asked for through a function.
 *
 * @module
 */

import { isJsonList, type Json } from "../json.ts";
import { quoted } from "../../text/printable.ts";
import type { Check } from "./assertion.ts";
import { excerpt, head } from "./excerpt.ts";
import { explainExpression, type Reevaluate } from "./explain_expression.ts";
import { briefJson } from "./json_difference.ts";
import { nearestMiss } from "./nearest_miss.ts";

/** A check, and what it was held against. */
export interface Examined {
  /** The check. */
  readonly check: Pick<Check, "operator" | "value" | "meaning">;
  /** The value of the target. */
  readonly subject: Json;
  /** What part of the expression comes to, if it comes to anything. */
  readonly reevaluate: Reevaluate;
}

const HEAD_LINES = 5;

/**
 * Explains a check that did not hold: what was wanted, what was there.
 *
 * @param examined The check, and what it was held against.
 * @returns Lines of text, the first one fit to stand alone.
 *
 * @example The nearest miss
 * ```ts
 * import { explainMiss } from "./explain.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const check = {
 *   operator: "contain" as const,
 *   value: "hello wurld",
 *   meaning: ["contains", ["subject"], "hello wurld"],
 * };
 * const subject = "say hello world\n";
 * assertEquals(
 *   explainMiss({ check, subject, reevaluate: () => undefined }),
 *   [
 *     'wanted text that contains "hello wurld"',
 *     "  1 | say hello world",
 *     '    |            ^ wanted "urld" from here',
 *   ],
 * );
 * ```
 */
export function explainMiss(examined: Examined): string[] {
  const { check, subject } = examined;
  const { operator, value } = check;
  if (operator === "contain" && !isJsonList(value)) {
    const wanted = asText(value);
    return [
      `wanted text that contains ${short(wanted)}`,
      ...missOf(asText(subject), wanted),
    ];
  }
  if (operator === "regex" && typeof value === "string") {
    return [
      `wanted text that matches ${short(value)}`,
      ...shape(asText(subject)),
    ];
  }
  if (operator === "exists") {
    return [`wanted a path that exists, nothing is at ${briefJson(subject)}`];
  }
  if (operator === "json_type") {
    return [`wanted a JSON ${asText(value)}`, ...shape(asText(subject))];
  }
  return [
    ...explainExpression(check.meaning, examined.reevaluate),
    ...shape(asText(subject)),
  ];
}

/**
 * Explains a check that held where it must not.
 *
 * @param examined The check, and what it was held against.
 * @returns Lines of text, the first one fit to stand alone.
 *
 * @example Where the text was found
 * ```ts
 * import { explainHit } from "./explain.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const check = {
 *   operator: "contain" as const,
 *   value: "Error",
 *   meaning: ["contains", ["subject"], "Error"],
 * };
 * const subject = "Error: no\n";
 * assertEquals(explainHit({ check, subject, reevaluate: () => true }), [
 *   'the text contains "Error"',
 *   "  1 | Error: no",
 *   "    | ^ here",
 * ]);
 * ```
 */
export function explainHit(examined: Examined): string[] {
  const { check, subject } = examined;
  const { operator, value } = check;
  const text = asText(subject);
  if (operator === "contain" && !isJsonList(value)) {
    const wanted = asText(value);
    const offset = Math.max(0, text.indexOf(wanted));
    return [
      `the text contains ${short(wanted)}`,
      ...excerpt(text, offset, { note: "here" }),
    ];
  }
  const lines = shape(text);
  if (operator === "regex" && typeof value === "string") {
    return [`the text matches ${short(value)}`, ...lines];
  }
  if (operator === "exists") return [`${briefJson(subject)} exists`];
  if (operator === "json_type") {
    return [`the text is a JSON ${asText(value)}`, ...lines];
  }
  return [`${briefJson(check.meaning)} is true`, ...lines];
}

function missOf(text: string, wanted: string): string[] {
  const miss = nearestMiss(text, wanted);
  if (miss === undefined) return shape(text);
  const { kind, offset, length } = miss;
  const note = {
    "prefix": `wanted ${short(wanted.slice(length))} from here`,
    "suffix": `wanted ${short(wanted.slice(0, -length))} up to here`,
    "letter case": "here, but in other letter case",
  };
  return excerpt(text, offset, { note: note[kind] });
}

function shape(text: string): string[] {
  return text === ""
    ? ["the text is empty"]
    : ["the text begins:", ...head(text, { lines: HEAD_LINES })];
}

function asText(value: Json): string {
  return typeof value === "string" ? value : briefJson(value, { length: 2000 });
}

function short(text: string): string {
  const characters = [...text.slice(0, 200)];
  return characters.length > 60
    ? `${quoted(characters.slice(0, 60).join(""))}…`
    : quoted(text);
}
