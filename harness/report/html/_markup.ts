/**
 * Markup that cannot hold text from outside as anything but text.
 *
 * Whatever is put into a template is escaped, unless it is markup itself, and
 * markup comes out of templates only.
 */

import { printable } from "../../../text/printable.ts";

/** What a template takes; nothing at all is shown as nothing. */
export type Piece =
  | string
  | number
  | undefined
  | Markup
  | readonly Markup[];

/** A piece of HTML. */
export class Markup {
  readonly #html: string;

  /**
   * Only for {@linkcode markup} and {@linkcode trusted}.
   *
   * @param html The piece, complete.
   */
  constructor(html: string) {
    this.#html = html;
  }

  /** The piece as text. */
  toString(): string {
    return this.#html;
  }
}

/**
 * Makes markup of a template. Text in it is made safe to show and escaped, for
 * elements and for values of attributes in double quotes.
 *
 * @param parts The parts of the template.
 * @param values What stands between them.
 * @returns The markup.
 */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly Piece[]
): Markup {
  let html = parts[0] ?? "";
  for (const [index, value] of values.entries()) {
    html += pieceOf(value) + (parts[index + 1] ?? "");
  }
  return new Markup(html);
}

/**
 * Takes a text of this program as it stands.
 *
 * @param html What is markup already: a style, a script, a constant.
 * @returns The markup.
 */
export function trusted(html: string): Markup {
  return new Markup(html);
}

/**
 * Makes text of several lines safe: each is shown as one line.
 *
 * @param lines Text from outside.
 * @returns Its lines, escaped, with line feeds between them.
 */
export function markupLines(lines: string): Markup {
  return new Markup(lines.split("\n").map(escaped).join("\n"));
}

function pieceOf(value: Piece): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number" || value instanceof Markup) return `${value}`;
  return value.join("");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

// What is no character in any text, and an error in HTML.
const NO_CHARACTER = /\p{Noncharacter_Code_Point}/gu;

// Most text is plain, and needs no closer look.
const PLAIN = /^[ !#-%(-;=?-~]*$/;

function escaped(text: string): string {
  if (PLAIN.test(text)) return text;
  return printable(text)
    .replace(NO_CHARACTER, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`)
    .replace(/[&<>"']/g, (c) => ENTITIES.get(c) ?? c);
}
