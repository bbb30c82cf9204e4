/**
 * What is wrong with a text that is no JSON, in words of our own: those of
 * the engine change from one version to the next.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const BLANKS = " \t\n\r";

/** Characters of the text that are shown from a place on, and before it. */
const SHOWN = { after: 40, before: 20 } as const;

/**
 * Finds the first place where a text is no JSON.
 *
 * RFC 8259. One pass, without host recursion.
 *
 * @param text The text.
 * @returns What was wanted, where, and what is there, shortened; nothing if
 * the text is JSON.
 *
 * @example Usage
 * ```ts
 * import { jsonFault } from "./json_fault.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   jsonFault("ready\n"),
 *   String.raw`wanted a value at line 1, column 1, found "ready\n"`,
 * );
 * assertEquals(jsonFault("[1, 2]"), undefined);
 * ```
 */
export function jsonFault(text: string): string | undefined {
  if (text === "") return "the text is empty";
  const scan = new Scan(text);
  const wanted = scan.fault();
  if (wanted === undefined) return undefined;
  const { at } = scan;
  const blank = text.trim() === "";
  if (at === text.length && blank) {
    return `the text is blank: ${start(text, SHOWN.after)}`;
  }
  const where = `wanted ${wanted} at ${place(text, at)}`;
  const before = at === 0 ? "" : ` after ${end(text.slice(0, at))}`;
  return at === text.length
    ? `${where}, but the text ends${before}`
    : `${where}, found ${start(text.slice(at), SHOWN.after)}${before}`;
}

/** What may stand next. */
type State = "value" | "first item" | "first key" | "key" | "after";

class Scan {
  readonly #text: string;
  readonly #closers: ("]" | "}")[] = [];
  /** How far it got, in UTF-16 code units. */
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What was wanted where it stopped; nothing if it came to a good end. */
  fault(): string | undefined {
    let state: State = "value";
    while (true) {
      this.#skipBlanks();
      const next = this.#step(state);
      if (next === "end") return undefined;
      if (typeof next !== "string") return next.wanted;
      state = next;
    }
  }

  #step(state: State): State | "end" | { readonly wanted: string } {
    switch (state) {
      case "first item":
        return this.#take("]") ? this.#close() : this.#value('a value or "]"');
      case "first key":
        return this.#take("}")
          ? this.#close()
          : this.#key('a key in double quotes or "}"');
      case "key":
        return this.#key("a key in double quotes");
      case "value":
        return this.#value("a value");
      case "after":
        return this.#after();
    }
  }

  #value(wanted: string): State | { readonly wanted: string } {
    if (this.#take("[")) {
      this.#closers.push("]");
      return "first item";
    }
    if (this.#take("{")) {
      this.#closers.push("}");
      return "first key";
    }
    if (this.#text[this.at] === '"') return this.#string() ?? "after";
    return this.#match(NUMBER) || this.#match(WORD) ? "after" : { wanted };
  }

  #key(wanted: string): State | { readonly wanted: string } {
    if (this.#text[this.at] !== '"') return { wanted };
    const fault = this.#string();
    if (fault !== undefined) return fault;
    this.#skipBlanks();
    return this.#take(":") ? "value" : { wanted: '":"' };
  }

  #after(): State | "end" | { readonly wanted: string } {
    const closer = this.#closers.at(-1);
    if (closer === undefined) {
      return this.at === this.#text.length ? "end" : { wanted: "the end" };
    }
    if (this.#take(closer)) return this.#close();
    if (this.#take(",")) return closer === "}" ? "key" : "value";
    return { wanted: `"," or "${closer}"` };
  }

  #close(): "after" {
    this.#closers.pop();
    return "after";
  }

  #string(): { readonly wanted: string } | undefined {
    this.at++;
    while (this.at < this.#text.length) {
      const code = this.#text.charCodeAt(this.at);
      if (code < 0x20) {
        return { wanted: "an escape for the control character in a string" };
      }
      if (code === 0x5c) {
        if (!this.#match(ESCAPE)) return { wanted: "an escape of JSON" };
        continue;
      }
      this.at++;
      if (code === 0x22) return undefined;
    }
    return { wanted: "the quote that closes a string" };
  }

  #take(character: string): boolean {
    if (this.#text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    this.at += found?.length ?? 0;
    return found !== undefined;
  }

  #skipBlanks(): void {
    while (
      this.at < this.#text.length && BLANKS.includes(this.#text.charAt(this.at))
    ) {
      this.at++;
    }
  }
}

function place(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return `line ${line}, column ${column}`;
}

// Whole characters, also of those that take two code units.
function start(text: string, count: number): string {
  const characters = Array.from(text.slice(0, 2 * count + 2)).slice(0, count);
  const piece = characters.join("");
  return quoted(piece.length < text.length ? `${piece}…` : piece);
}

function end(text: string): string {
  const count = SHOWN.before;
  const characters = Array.from(text.slice(-2 * count)).slice(-count);
  const piece = characters.join("");
  return quoted(piece.length < text.length ? `…${piece}` : piece);
}
