/**
 * What other languages call what this one has.
 *
 * @module
 */

const NAMES: Readonly<Record<string, string>> = {
  "eq": "= == === equal equals eql is same",
  "neq": "!= !== <> ~= ne not_equal not_equals not_eq",
  "gt": "> greater greater_than",
  "gte": ">= => ge",
  "lt": "< less less_than",
  "lte": "<= =< le",
  "add": "+ plus sum",
  "sub": "- minus subtract",
  "and": "& &&",
  "or": "| ||",
  "not": "!",
  "len": "length size",
  "contains": "contain include includes",
  "in": "member member_of elem one_of",
  "has_key": "has haskey key_exists",
  "get": "at nth index ref field getitem . [] dig",
  "first": "head car",
  "rest": "tail cdr",
  "all": "every",
  "any": "some",
  "filter": "select where",
  "trim": "strip",
  "lower": "lowercase downcase to_lower tolower toLowerCase",
  "upper": "uppercase upcase to_upper toupper toUpperCase",
  "json_parse": "json parse_json from_json json_decode parse",
  "json_type": "type type_of typeof is_type",
  "regex_match": "regex regexp re match search =~ ~",
  "path_exists": "exists file_exists",
  "fn": "lambda function func λ",
  "call": "apply funcall",
  "if": "cond when ? ifelse",
  "let": "let* letrec define def",
  "subject": "target value input text it stdout stderr",
};

const MEANT: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([name, aliases]) =>
    aliases.split(" ").map((alias) => [alias, name] as const)
  ),
);

const LISTS: ReadonlySet<string> = new Set(["quote", "'", "list", "array"]);

/**
 * Finds what a word of another language is called here.
 *
 * @param word What stands in the operator's place.
 * @returns The operator, if there is one.
 *
 * @example Usage
 * ```ts
 * import { aliasOf } from "./aliases.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(aliasOf("+"), "add");
 * ```
 */
export function aliasOf(word: string): string | undefined {
  return MEANT.get(word);
}

/**
 * Ends a message about an operator that has another name here.
 *
 * @param word What stands in the operator's place.
 * @returns The remedy, after a comma; nothing if no other language is known to
 * say that.
 *
 * @example Usage
 * ```ts
 * import { aliasHint } from "./aliases.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(aliasHint("=="), ', did you mean "eq"?');
 * assertEquals(aliasHint("frobnicate"), undefined);
 * ```
 */
export function aliasHint(word: string): string | undefined {
  if (LISTS.has(word)) {
    return `, lists are not data in this language: write ["json_parse", "[1, 2]"] or ["split", "a b"]`;
  }
  const meant = aliasOf(word);
  return meant === undefined ? undefined : `, did you mean "${meant}"?`;
}
