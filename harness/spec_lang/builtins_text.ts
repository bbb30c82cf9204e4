/**
 * The operators on text.
 *
 * Each takes a string as it is and the JSON text of anything else.
 *
 * Source: spec format, section 7.
 *
 * @module
 */

import type { Json } from "../json.ts";
import {
  type Builtin,
  type BuiltinContext,
  textOf,
  wrongArgument,
} from "./builtin.ts";
import { findText } from "./find_text.ts";
import { parseJson } from "./json_value.ts";
import type { Meter } from "./meter.ts";
import { compileRegex, searchRegex } from "./regex.ts";
import { isWhiteSpace } from "./white_space.ts";

/** What a piece of a text takes, in items of a list. */
const PART = 4;

/** An operator of one text. */
function unary(name: string, run: (text: string) => string): Builtin {
  return {
    name,
    min: 1,
    max: 1,
    run: (a, _b, { meter }) => {
      const text = textOf(a, meter);
      meter.make(text.length / 8);
      return run(text);
    },
  };
}

/** A question about two texts, the first being the subject if left out. */
function question(
  name: string,
  run: (text: string, part: string, meter: Meter) => boolean,
): Builtin {
  return {
    name,
    min: 1,
    max: 2,
    defaultsToSubject: true,
    run: (a, b, { meter }) => run(seen(a, meter), textOf(b, meter), meter),
  };
}

/** The text of an argument that is about to be searched. */
function seen(value: Json, meter: Meter): string {
  const text = textOf(value, meter);
  meter.look(text.length / 8);
  return text;
}

/** A search for a pattern. */
function search(name: string): Builtin {
  return {
    name,
    min: 2,
    max: 2,
    run: (a, b, { meter }) => find(textOf(b, meter), textOf(a, meter), meter),
    checkLiteral: (pattern) => {
      compileRegex(
        typeof pattern === "string" ? pattern : JSON.stringify(pattern),
      );
    },
  };
}

function find(pattern: string, text: string, meter: Meter): boolean {
  const what = () =>
    `searching ${text.length} characters for ${shown(pattern)}`;
  const found = searchRegex(pattern, text, {
    allow: (steps) => meter.search(steps, what),
  });
  if (found !== undefined) return found;
  throw meter.outOfTime(what());
}

function shown(pattern: string): string {
  return JSON.stringify(
    pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern,
  );
}

function split(
  a: Json,
  b: Json | undefined,
  { meter }: BuiltinContext,
): readonly string[] {
  const text = textOf(a, meter);
  meter.make(text.length / 8);
  const found = b === undefined
    ? words(text)
    : pieces(text, separator(textOf(b, meter)), meter);
  const parts: string[] = [];
  for (const part of found) {
    meter.make(PART);
    parts.push(part);
  }
  return parts;
}

function separator(text: string): string {
  if (text !== "") return text;
  throw wrongArgument("split", "a separator that is not empty", text);
}

function join(a: Json, b: Json | undefined, { meter }: BuiltinContext): string {
  if (!Array.isArray(a)) throw wrongArgument("join", "a list", a);
  const between = textOf(b, meter);
  const parts = a.map((item: Json) => textOf(item, meter));
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  meter.make(a.length + (total + between.length * a.length) / 8);
  return parts.join(between);
}

function jsonParse(
  a: Json,
  _b: Json | undefined,
  { meter }: BuiltinContext,
): Json {
  if (typeof a === "string") return parseJson(a, meter);
  throw wrongArgument("json_parse", "a string", a);
}

function holds(text: string, part: string, meter: Meter): boolean {
  const look = (units: number) => meter.look(units / 8);
  return findText(text, part, { look }) >= 0;
}

function* words(text: string): Generator<string> {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !isWhiteSpace(text.charCodeAt(at))) continue;
    if (at > start) yield text.slice(start, at);
    start = at + 1;
  }
}

/** Pieces of a text between separators, without taking hours for long ones. */
function* pieces(
  text: string,
  between: string,
  meter: Meter,
): Generator<string> {
  const look = (units: number) => meter.look(units / 8);
  let start = 0;
  let end = findText(text, between, { look });
  while (end >= 0) {
    yield text.slice(start, end);
    start = end + between.length;
    end = findText(text, between, { from: start, look });
  }
  yield text.slice(start);
}

// Not by `[…]+$`: that would look through every run of blanks once for each of
// its characters.
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++;
  while (start < end && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The operators, in the order documents list them. */
export const TEXT_BUILTINS: readonly Builtin[] = [
  question("contains", holds),
  question("starts_with", (text, part) => text.startsWith(part)),
  question("ends_with", (text, part) => text.endsWith(part)),
  { name: "split", min: 1, max: 2, run: split },
  { name: "join", min: 2, max: 2, run: join },
  unary("trim", trim),
  unary("lower", (text) => text.toLowerCase()),
  unary("upper", (text) => text.toUpperCase()),
  { name: "json_parse", min: 1, max: 1, run: jsonParse },
  search("regex_match"),
  search("matches"),
];
