/**
 * The operators on text.
 *
 * Each takes a string as it is and the JSON text of anything else.
 *
 * Source: spec format, section 7.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import {
  type Builtin,
  type BuiltinContext,
  textOf,
  wrongArgument,
} from "./builtin.ts";
import { jsonFault } from "./json_fault.ts";
import type { Meter } from "./meter.ts";
import { compileRegex, searchRegex } from "./regex.ts";
import { WHITE_SPACE } from "./white_space.ts";

const BLANKS = new RegExp(`[${WHITE_SPACE}]+`, "u");
const OUTER_BLANKS = new RegExp(`^[${WHITE_SPACE}]+|[${WHITE_SPACE}]+$`, "gu");

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
  run: (text: string, part: string) => boolean,
): Builtin {
  return {
    name,
    min: 1,
    max: 2,
    defaultsToSubject: true,
    run: (a, b, { meter }) => run(seen(a, meter), textOf(b, meter)),
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
    run: (a, b, { meter }) => searchRegex(textOf(b, meter), textOf(a, meter)),
    checkLiteral: (pattern) => {
      compileRegex(
        typeof pattern === "string" ? pattern : JSON.stringify(pattern),
      );
    },
  };
}

function split(
  a: Json,
  b: Json | undefined,
  { meter }: BuiltinContext,
): readonly string[] {
  const text = textOf(a, meter);
  meter.make(text.length / 8);
  const parts = b === undefined
    ? text.replace(OUTER_BLANKS, "").split(BLANKS).filter((part) => part !== "")
    : text.split(separator(textOf(b, meter)));
  meter.make(parts.length);
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

function parseJson(
  a: Json,
  _b: Json | undefined,
  { meter }: BuiltinContext,
): Json {
  if (typeof a !== "string") throw wrongArgument("json_parse", "a string", a);
  meter.make(a.length / 4);
  const value = parseText(a);
  if (MAY_OVERFLOW.test(a)) checkFinite(value, meter);
  return value;
}

/** A text without these has no number that is out of range. */
const MAY_OVERFLOW = /[eE]|\d{300}/;

/** A number out of range becomes infinite, which is no JSON. */
function checkFinite(value: Json, meter: Meter): void {
  const waiting: Json[] = [value];
  let walked = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    meter.walk(1, ++walked);
    if (next === Infinity || next === -Infinity) {
      throw new CaseError("schema", "json_parse: a number is out of range");
    }
    if (typeof next !== "object" || next === null) continue;
    for (const child of Object.values(next)) waiting.push(child);
  }
}

function parseText(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = jsonFault(text) ?? "the engine cannot read it";
    const message = `json_parse: invalid JSON: ${reason}`;
    throw new CaseError("schema", message, { cause });
  }
}

/** The operators, in the order documents list them. */
export const TEXT_BUILTINS: readonly Builtin[] = [
  question("contains", (text, part) => text.includes(part)),
  question("starts_with", (text, part) => text.startsWith(part)),
  question("ends_with", (text, part) => text.endsWith(part)),
  { name: "split", min: 1, max: 2, run: split },
  { name: "join", min: 2, max: 2, run: join },
  unary("trim", (text) => text.replace(OUTER_BLANKS, "")),
  unary("lower", (text) => text.toLowerCase()),
  unary("upper", (text) => text.toUpperCase()),
  { name: "json_parse", min: 1, max: 1, run: parseJson },
  search("regex_match"),
  search("matches"),
];
