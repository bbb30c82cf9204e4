/**
 * Why a check did not hold, or that it did: lines for people.
 *
 * Pure: what an expression's parts come to, and where a pattern is found, is
 * asked for through functions.
 *
 * @module
 */

import { isJsonList, type Json } from "../json.ts";
import { quoted } from "../../text/printable.ts";
import { findText } from "../spec_lang/find_text.ts";
import type { Check } from "./assertion.ts";
import { excerpt } from "./excerpt.ts";
import { explainExpression, type Reevaluate } from "./explain_expression.ts";
import type { Explanation } from "./explanation.ts";
import { explainContain } from "./explain_text.ts";
import { asText, briefJson } from "./brief_json.ts";

/** A check, and what it was held against. */
export interface Examined {
  /** The check. */
  readonly check: Pick<Check, "operator" | "value" | "meaning">;
  /** The value of the target. */
  readonly subject: Json;
  /** What part of the expression comes to, if it comes to anything. */
  readonly reevaluate: Reevaluate;
  /** Where the subject's text matches a pattern, if that can be told. */
  readonly locate: (pattern: string) => number | undefined;
}

/**
 * Explains a check that did not hold: what was wanted, what was there.
 *
 * @param examined The check, and what it was held against.
 * @returns What is to be said of it.
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
 * const unknown = () => undefined;
 * assertEquals(
 *   explainMiss({ check, subject, reevaluate: unknown, locate: unknown }).lines,
 *   [
 *     'wanted text that contains "hello wurld"',
 *     "  1 | say hello world",
 *     '    |            ^ wanted "urld" from here',
 *   ],
 * );
 * ```
 */
export function explainMiss(examined: Examined): Explanation {
  const { check, subject, reevaluate } = examined;
  const { operator, value, meaning } = check;
  if (operator === "contain" && !isJsonList(value)) {
    const wanted = asText(value);
    const near = explainContain(asText(subject), wanted);
    return {
      lines: [`wanted text that contains ${short(wanted)}`, ...near],
      showsText: near.length === 0,
    };
  }
  if (operator === "regex" && typeof value === "string") {
    const lines = [`wanted text that matches ${short(value)}`];
    return {
      lines: [...lines, ...nearPattern(value, examined)],
      showsText: true,
    };
  }
  if (operator === "exists") {
    const what = `nothing is at ${briefJson(subject)}`;
    return { lines: [`wanted a path that exists, ${what}`], showsText: false };
  }
  if (operator === "json_type") {
    return { lines: [`wanted a JSON ${asText(value)}`], showsText: true };
  }
  return explainExpression(meaning, reevaluate);
}

/** Flags of Python, and what a pattern means with them. */
const FLAGS: readonly (readonly [string, string])[] = [
  ["(?m)", "^ and $ match at every line"],
  ["(?i)", "letter case does not matter"],
  ["(?s)", ". matches line breaks, too"],
];

function nearPattern(pattern: string, { locate }: Examined): string[] {
  if (pattern.startsWith("(?")) return [];
  return FLAGS.flatMap(([flag, meaning]) => {
    const place = locate(flag + pattern);
    return place === undefined || place < 0
      ? []
      : [`it would match with ${flag} in front: then ${meaning}`];
  }).slice(0, 1);
}

/**
 * Explains a check that held where it must not.
 *
 * @param examined The check, and what it was held against.
 * @returns What is to be said of it.
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
 * const unknown = () => undefined;
 * assertEquals(
 *   explainHit({ check, subject, reevaluate: unknown, locate: unknown }).lines,
 *   ['the text contains "Error"', "  1 | Error: no", "    | ^ here"],
 * );
 * ```
 */
export function explainHit(examined: Examined): Explanation {
  const { check, subject, locate } = examined;
  const { operator, value } = check;
  if (operator === "contain" && !isJsonList(value)) {
    const wanted = asText(value);
    const lines = [`the text contains ${short(wanted)}`];
    return found(lines, subject, findText(asText(subject), wanted));
  }
  if (operator === "regex" && typeof value === "string") {
    return found([`the text matches ${short(value)}`], subject, locate(value));
  }
  if (operator === "exists") {
    return { lines: [`${briefJson(subject)} exists`], showsText: false };
  }
  const what = operator === "json_type"
    ? `the text is a JSON ${asText(value)}`
    : `${briefJson(check.meaning)} is true`;
  return { lines: [what], showsText: true };
}

function found(
  lines: readonly string[],
  subject: Json,
  offset: number | undefined,
): Explanation {
  if (offset === undefined || offset < 0) return { lines, showsText: true };
  const place = excerpt(asText(subject), offset, { note: "here" });
  return { lines: [...lines, ...place], showsText: false };
}

function short(text: string): string {
  const characters = [...text.slice(0, 200)];
  return characters.length > 60
    ? `${quoted(characters.slice(0, 60).join(""))}…`
    : quoted(text);
}
