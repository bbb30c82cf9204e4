/** Expressions at random: mostly well-formed, mostly of fitting types. */

import type { Json } from "../../harness/json.ts";
import { BUILTINS } from "../../harness/spec_lang/builtins.ts";
import { FORMS } from "../../harness/spec_lang/forms.ts";
import type { Dice } from "./_dice.ts";

type Kind = "number" | "text" | "list" | "dict" | "truth" | "function";

/** A name and what it stands for; a function takes one number or text. */
interface Named {
  readonly name: string;
  readonly kind: Kind;
}

/** What is worth trying of each kind. */
const SCALARS: Readonly<Record<Exclude<Kind, "function">, readonly Json[]>> = {
  number: [0, 1, -1, 2, -0, 2.5, 1e308, 2 ** 53 - 1],
  text: [
    ...[
      "",
      "a",
      "a b",
      " \u3000a\x1c",
      "\u{1f600}",
      "\uff21",
      "\ud800",
      "here",
      "-0",
    ],
    ...["__proto__", "constructor", "list", "b$", "[1,[2]]", "(a|b)*"],
  ],
  list: [["json_parse", "[1,2,[3]]"], ["split", "b a c"], ["json_parse", "[]"]],
  dict: [
    ["json_parse", '{"a":{"__proto__":[]}}'],
    ["json_parse", '{"a":1,"b":[0]}'],
    ["subject"],
  ],
  truth: [true, false, null],
};
const NAMES = ["a", "b", "f", "g", "__proto__"];
const HEADS = [...FORMS.keys(), ...BUILTINS.map(({ name }) => name)];
const KINDS: readonly Kind[] = ["number", "text", "list", "dict", "truth"];

type Make = (arg: (kind: Kind) => Json) => Json;

const RULES: Readonly<Record<Exclude<Kind, "function">, readonly Make[]>> = {
  number: [
    (arg) => ["add", arg("number"), arg("number")],
    (arg) => ["sub", arg("number"), arg("number")],
    (arg) => ["len", arg("text")],
    (arg) => ["count", arg("list")],
    () => ["get", ["json_parse", '{"a":1,"b":2}'], "a"],
    (arg) => ["first", ["map", ["fn", ["x"], arg("number")], ["split", "a"]]],
  ],
  text: [
    (arg) => ["join", arg("list"), arg("text")],
    (arg) => ["trim", arg("text")],
    (arg) => ["lower", arg("dict")],
    (arg) => ["upper", arg("text")],
    (arg) => ["first", ["split", arg("text"), "a"]],
  ],
  list: [
    (arg) => ["map", arg("function"), arg("list")],
    (arg) => ["filter", arg("function"), arg("list")],
    (arg) => ["split", arg("text"), "a"],
    (arg) => ["split", arg("text")],
    (arg) => ["rest", arg("list")],
  ],
  dict: [
    () => ["get", ["json_parse", '[{"a":[]},{}]'], ["sub", 1, 1]],
    (arg) => ["json_parse", ["join", ["split", '[{"b": 0}]', arg("text")], ""]],
  ],
  truth: [
    (arg) => ["not", arg("truth")],
    (arg) => ["and", arg("truth"), arg("number"), arg("text")],
    (arg) => ["or", arg("list"), arg("truth")],
    (arg) => ["eq", arg("list"), arg("list")],
    (arg) => ["neq", arg("dict"), arg("dict")],
    ...["lt", "lte", "gt", "gte"].flatMap((op): Make[] => [
      (arg) => [op, arg("number"), arg("number")],
      (arg) => [op, arg("text"), arg("text")],
    ]),
    (arg) => ["in", arg("number"), arg("list")],
    (arg) => ["in", arg("text"), arg("text")],
    (arg) => ["contains", arg("text")],
    (arg) => ["starts_with", arg("list"), arg("text")],
    (arg) => ["ends_with", arg("text"), arg("text")],
    (arg) => ["has_key", arg("dict"), arg("text")],
    (arg) => ["has_key", ["json_parse", '{"a":0,"__proto__":1}'], arg("text")],
    (arg) => ["in", arg("text"), ["json_parse", '{"a":0,"here":1}']],
    (arg) => ["any", arg("list")],
    (arg) => ["all", arg("list")],
    (arg) => ["none", arg("list")],
    (arg) => ["json_type", arg("dict"), "dict"],
    (arg) => ["regex_match", arg("text"), "(a|b)*$"],
    (arg) => ["eq", ["get", arg("list"), 0], arg("number")],
    (arg) => ["path_exists", arg("text")],
  ],
};

/**
 * Makes an expression.
 *
 * @param dice What decides.
 */
export function randomExpression(dice: Dice): Json {
  return new Maker(dice).make(dice.pick(KINDS), 6, []);
}

class Maker {
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  make(kind: Kind, depth: number, scope: readonly Named[]): Json {
    const dice = this.#dice;
    if (dice.below(120) === 0) return this.#junk(depth, scope);
    if (kind === "function") return this.#function(depth, scope);
    if (depth <= 0 || dice.below(5) === 0) return this.#leaf(kind, scope);
    const arg = (other: Kind) => this.make(other, depth - 1, scope);
    switch (dice.below(8)) {
      case 0:
        return this.#let(kind, depth, scope);
      case 1:
        return ["if", arg("truth"), arg(kind), arg(kind)];
      case 2:
        return ["call", this.#function(depth, scope), arg("number")];
      case 3:
        return this.#callOf(kind, depth, scope);
    }
    return dice.pick(RULES[kind])(arg);
  }

  #leaf(kind: Exclude<Kind, "function">, scope: readonly Named[]): Json {
    const named = scope.filter((one) => one.kind === kind);
    return named.length > 0 && this.#dice.below(3) > 0
      ? ["var", this.#dice.pick(named).name]
      : this.#dice.pick(SCALARS[kind]);
  }

  #callOf(kind: Kind, depth: number, scope: readonly Named[]): Json {
    const functions = scope.filter((one) => one.kind === "function");
    if (functions.length === 0) return this.make(kind, depth - 1, scope);
    const argument = this.make("number", depth - 1, scope);
    return ["call", ["var", this.#dice.pick(functions).name], argument];
  }

  #function(depth: number, scope: readonly Named[]): Json {
    const dice = this.#dice;
    const kind = dice.pick<Kind>(["number", "number", "text"]);
    const name = dice.pick(NAMES);
    const parameters = dice.below(15) === 0 ? [] : [name];
    const inner = [...scope.filter((one) => one.name !== name), { name, kind }];
    return ["fn", parameters, this.make(dice.pick(KINDS), depth - 1, inner)];
  }

  // Also of a function that calls itself, or one that is bound behind it.
  #let(kind: Kind, depth: number, scope: readonly Named[]): Json {
    const dice = this.#dice;
    const bound = NAMES.slice(0, 1 + dice.below(3)).map((name) => ({
      name,
      kind: dice.pick<Kind>([...KINDS, "function", "function"]),
    }));
    const names = new Set(bound.map(({ name }) => name));
    const inner = [...scope.filter(({ name }) => !names.has(name)), ...bound];
    const bindings = bound.map((one, at) => {
      const seen = one.kind === "function" || dice.below(20) === 0
        ? inner
        : [...inner.slice(0, -bound.length), ...bound.slice(0, at)];
      return [one.name, this.make(one.kind, depth - 1, seen)];
    });
    return ["let", bindings, this.make(kind, depth - 1, inner)];
  }

  /** Of another kind, or no expression at all. */
  #junk(depth: number, scope: readonly Named[]): Json {
    const dice = this.#dice;
    const any = () =>
      this.make(dice.pick(KINDS), Math.min(depth - 1, 2), scope);
    return dice.pick<() => Json>([
      () => [dice.pick(HEADS), any(), any()],
      () => [dice.pick(HEADS), any()],
      () => ["var", dice.pick(NAMES)],
      () => ["let", any(), any()],
      () => ["fn", [dice.pick(NAMES)], any()],
      () => [any()],
      () => dice.pick([[], {}, "[", "[1e999]"]),
    ])();
  }
}
