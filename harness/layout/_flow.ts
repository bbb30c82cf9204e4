/** Lists and mappings in brackets: on one line, or broken over several. */

import { STEP } from "./_columns.ts";
import { type Token, type TokenKind, Unsuited } from "./_tokens.ts";

/** What stands between brackets. */
interface Flow {
  readonly open: string;
  readonly close: string;
  readonly items: readonly (readonly Part[])[];
  /** Whether there is a comma behind the last item. */
  readonly isTrailing: boolean;
}

type Part = { readonly kind: TokenKind; readonly text: string } | Flow;

/** Where something is written. */
interface Spot {
  /** The column it begins in. */
  readonly column: number;
  /** The column of the line that its items are indented against. */
  readonly indent: number;
  /** How many characters may stand in a line. */
  readonly width: number;
}

/**
 * Lays out a list or mapping in brackets.
 *
 * @param text The text.
 * @param tokens Its tokens.
 * @param from Which of them is the first bracket.
 * @returns A writer for a place, and the token behind the last bracket.
 * @throws {Unsuited} If a comment, or text of several lines, stands in it.
 */
export function readFlow(
  text: string,
  tokens: readonly Token[],
  from: number,
): { readonly write: (spot: Spot) => string; readonly next: number } {
  const { flow, next } = new FlowReader(text, tokens).read(from);
  return { write: (spot) => broken(flow, spot, 0), next };
}

class FlowReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  read(from: number): { flow: Flow; next: number } {
    const open = this.#written(from);
    const items: Part[][] = [];
    let item: Part[] = [];
    let at = from + 1;
    for (;;) {
      const kind = this.#tokens[at]?.kind;
      if (kind === "close" || kind === undefined) break;
      if (kind === "comma") {
        items.push(item);
        item = [];
        at++;
      } else if (kind === "open") {
        const inner = this.read(at);
        item.push(inner.flow);
        at = inner.next;
      } else {
        item.push({ kind, text: this.#written(at) });
        at++;
      }
    }
    const isTrailing = item.length === 0 && items.length > 0;
    if (item.length > 0) items.push(item);
    const close = this.#written(at);
    return { flow: { open, close, items, isTrailing }, next: at + 1 };
  }

  #written(index: number): string {
    const { kind, at, end } = this.#tokens[index] ??
      { kind: "close", at: this.#text.length, end: this.#text.length };
    if (kind === "comment") throw new Unsuited("a comment in brackets", at);
    const text = this.#text.slice(at, end);
    if (!text.includes("\n")) return text;
    throw new Unsuited("text of several lines in brackets", at);
  }
}

function flat({ open, close, items, isTrailing }: Flow): string {
  if (items.length === 0) return open + close;
  const pad = open === "{" ? " " : "";
  const inside = items.map(flatItem).join(", ") + (isTrailing ? "," : "");
  return open + pad + inside + pad + close;
}

function flatItem(parts: readonly Part[]): string {
  return parts.map((part, index) =>
    gap(parts[index - 1], part) + ("items" in part ? flat(part) : part.text)
  ).join("");
}

function gap(before: Part | undefined, part: Part): string {
  if (before === undefined) return "";
  if ("kind" in part && part.kind === "colon") {
    return "kind" in before && before.kind === "scalar" ? "" : " ";
  }
  return " ";
}

/** On one line if it fits there with what follows, else an item on each. */
function broken(flow: Flow, spot: Spot, behind: number): string {
  const { column, indent, width } = spot;
  const line = flat(flow);
  if (column + widthOf(line) + behind <= width) return line;
  const inside = indent + STEP;
  const items = flow.items.map((item) => brokenItem(item, inside, width));
  const start = `\n${" ".repeat(inside)}`;
  return flow.open + start + items.join(`,${start}`) +
    (flow.isTrailing ? "," : "") + `\n${" ".repeat(indent)}` + flow.close;
}

function brokenItem(
  parts: readonly Part[],
  indent: number,
  width: number,
): string {
  const line = flatItem(parts);
  if (indent + widthOf(line) + 1 <= width) return line;
  let text = "";
  for (const [index, part] of parts.entries()) {
    text += gap(parts[index - 1], part);
    const lastLine = text.slice(text.lastIndexOf("\n") + 1);
    const column = (text.includes("\n") ? 0 : indent) + widthOf(lastLine);
    text += "items" in part
      ? broken(part, { column, indent, width }, 1)
      : part.text;
  }
  return text;
}

function widthOf(line: string): number {
  return Array.from(line).length;
}
