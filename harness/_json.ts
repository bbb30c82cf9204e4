/** JSON text to values and their outline: strict, and without duplicate keys. */

import { printable, quoted } from "../text/printable.ts";
import { Outline, type OutlineChild, type OutlineNode } from "./_outline.ts";
import { TextFault } from "./_text_fault.ts";
import type { ReadText } from "./_yaml.ts";
import { checkSize, excess, LIMITS } from "./_yaml_limits.ts";

const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /true|false|null/y;

const BROKEN_STRING =
  "invalid JSON: a string is not closed, or holds a line break, a control character or an unknown escape";

interface Parsed {
  readonly value: unknown;
  readonly node: OutlineNode;
}

/**
 * Reads a JSON text.
 *
 * RFC 8259, and no key twice in one object. Read here and not by
 * `JSON.parse`, which knows neither duplicates nor places.
 *
 * @param text The text.
 * @throws {TextFault} If it is no JSON, or larger than the limits.
 */
export function readJson(text: string): ReadText {
  checkSize(text);
  const { value, node } = new JsonParser(text).document();
  const outline = new Outline(text, node);
  return { value, outline: () => outline, merges: "never" };
}

class JsonParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Parsed {
    this.#skipBlank();
    if (this.#at === this.#text.length) {
      return { value: null, node: leaf("empty", this.#at, this.#at) };
    }
    const parsed = this.#value();
    this.#skipBlank();
    if (this.#at < this.#text.length) throw this.#unexpected("the end");
    return parsed;
  }

  #value(): Parsed {
    if (++this.#nodes > LIMITS.nodes) throw this.#excess("nodes");
    const at = this.#at;
    switch (this.#text[at]) {
      case "{":
        return this.#collection("}", () => this.#member());
      case "[":
        return this.#collection("]", () => this.#item());
      case '"': {
        const value = this.#string();
        return { value, node: leaf("quoted", at, this.#at) };
      }
    }
    const raw = this.#take(NUMBER) ?? this.#take(WORD);
    if (raw === undefined) throw this.#unexpected("a value");
    return { value: JSON.parse(raw), node: leaf("plain", at, this.#at) };
  }

  #collection(
    close: "}" | "]",
    read: () => { child: OutlineChild; name: string; value: unknown },
  ): Parsed {
    const at = this.#at++;
    if (++this.#depth > LIMITS.depth) throw this.#excess("depth");
    const children: OutlineChild[] = [];
    const members = new Map<string, unknown>();
    const items: unknown[] = [];
    this.#skipBlank();
    while (this.#text[this.#at] !== close) {
      if (children.length > 0) this.#comma(close);
      const { child, name, value } = read();
      if (close === "]") items.push(value);
      else if (members.has(name)) throw duplicate(name, child.at);
      else members.set(name, value);
      children.push(child);
      this.#skipBlank();
    }
    this.#at++;
    this.#depth--;
    return close === "]"
      ? { value: items, node: { ...leaf("sequence", at, at), children } }
      : {
        // Also makes a member of "__proto__".
        value: Object.fromEntries(members),
        node: { ...leaf("mapping", at, at), children },
      };
  }

  #comma(close: string): void {
    if (this.#text[this.#at] !== ",") {
      throw this.#unexpected(`"," or "${close}"`);
    }
    this.#at++;
    this.#skipBlank();
  }

  #item() {
    const { value, node } = this.#value();
    return { child: { at: node.at, key: undefined, node }, name: "", value };
  }

  #member() {
    const at = this.#at;
    if (this.#text[at] !== '"') {
      throw this.#unexpected("a key in double quotes");
    }
    const name = this.#string();
    const key = leaf("quoted", at, this.#at);
    this.#skipBlank();
    if (this.#text[this.#at] !== ":") throw this.#unexpected('":"');
    this.#at++;
    this.#skipBlank();
    const { value, node } = this.#value();
    return { child: { at, key, node }, name, value };
  }

  #string(): string {
    const at = this.#at;
    let end = at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') {
      end += this.#text[end] === "\\" ? 2 : 1;
    }
    this.#at = end + 1;
    try {
      return JSON.parse(this.#text.slice(at, end + 1));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new TextFault(BROKEN_STRING, at, { cause: error });
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skipBlank(): void {
    this.#take(BLANK);
  }

  #unexpected(wanted: string): TextFault {
    const found = /^[\w.+-]+|^./su.exec(
      this.#text.slice(this.#at, this.#at + 40),
    );
    const there = found === null
      ? "the text ends"
      : `found ${quoted(found[0])}`;
    const what = `invalid JSON: expected ${wanted}, ${there}`;
    return new TextFault(printable(what), this.#at);
  }

  #excess(limit: "nodes" | "depth"): TextFault {
    return new TextFault(excess(limit), this.#at);
  }
}

function duplicate(name: string, at: number): TextFault {
  return new TextFault(
    `invalid JSON: duplicate key ${quoted(name)}: keep one of the two`,
    at,
  );
}

function leaf(
  kind: "plain" | "quoted" | "empty" | "mapping" | "sequence",
  at: number,
  end: number,
): OutlineNode {
  return { kind, at, end, tag: "", children: [] };
}
