/**
 * The case blocks of a document, laid out; everything else as it is.
 *
 * @module
 */

import { outlineYaml, type YamlOutline } from "../_outline_yaml.ts";
import { Places } from "../_places.ts";
import { LIMITS, MAX_BYTES } from "../_yaml_limits.ts";
import type { CaseBlock, Problem, SourceCase } from "../case.ts";
import type { Location } from "../case_error.ts";
import type { SpecDocument } from "../discover.ts";
import { extractBlocks, unixText } from "../extract.ts";
import { parseBlock, parseDocument } from "../parse.ts";
import { layout } from "./_layout.ts";
import { BodyLines } from "./_body_lines.ts";
import { type Token, tokensOf, Unsuited } from "./_tokens.ts";

/** A block that was left as it is. */
export interface LeftBlock {
  /** What it was left for. */
  readonly location: Location;
  /** Why. */
  readonly reason: string;
}

/** What became of a document. */
export interface FormattedDocument {
  /** The new text; nothing if it is laid out already. */
  readonly text: string | undefined;
  /** What cannot be read, and so was left as it is. */
  readonly problems: readonly Problem[];
  /** Blocks that hold something a layout could change the meaning of. */
  readonly left: readonly LeftBlock[];
}

/** Lays out the text of a block. */
export type LayOut = typeof layout;

/** How many characters may stand in a line. */
const WIDTH = 80;

/**
 * Lays out the case blocks of a document.
 *
 * White space between words and marks is all that changes: keys and dashes are
 * indented by two columns, one space stands behind a dash, a colon and a comma,
 * and what is in brackets stands on one line of up to 80 characters, or with
 * each item on a line. The same text comes out if it is laid out again.
 *
 * Blocks that cannot be read are left alone, and so are those that hold what
 * cannot be moved safely. A JSON document is not changed.
 *
 * @param document The document.
 * @param bytes Its content.
 * @param lay Lays out one block. Default: as told above.
 * @returns The new text, and what was left.
 * @throws {RangeError} If the new text would not say the same as the old one,
 * which is a mistake of this function.
 *
 * @example Usage
 * ```ts
 * import { formatDocument } from "./format_document.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "# A\n\n~~~yaml spec-test\nid:   A-1\ntags: [a,b]\n~~~\n";
 * const bytes = new TextEncoder().encode(text);
 * const result = formatDocument({ path: "a.spec.md", format: "md" }, bytes);
 * assertEquals(
 *   result.text,
 *   "# A\n\n~~~yaml spec-test\nid: A-1\ntags: [a, b]\n~~~\n",
 * );
 * ```
 */
export function formatDocument(
  document: SpecDocument,
  bytes: Uint8Array,
  lay: LayOut = layout,
): FormattedDocument {
  const { path, format } = document;
  const before = parseDocument(document, bytes);
  if (format === "json") return { text: undefined, problems: [], left: [] };
  const text = exactText(bytes);
  if (text === undefined) {
    const problems = before.filter((one) => one.kind === "problem");
    return { text: undefined, problems, left: [] };
  }
  const parts = format === "md"
    ? extractBlocks(path, unixText(text))
    : [wholeFile(path, unixText(text))];
  const formatter = new DocumentFormatter(text, lay);
  for (const part of parts) formatter.add(part);
  const { problems, left } = formatter;
  const written = formatter.end();
  if (written === text) return { text: undefined, problems, left };
  const after = parseDocument(document, new TextEncoder().encode(written));
  if (!saysTheSame(before, after)) {
    throw new RangeError(
      "what it would say is not what it says: please report this, with the document",
    );
  }
  return { text: written, problems, left };
}

class DocumentFormatter {
  readonly problems: Problem[] = [];
  readonly left: LeftBlock[] = [];
  readonly #lines: BodyLines;
  readonly #lay: LayOut;

  constructor(text: string, lay: LayOut) {
    this.#lines = new BodyLines(text);
    this.#lay = lay;
  }

  add(part: CaseBlock | Problem): void {
    if (part.kind === "problem") {
      this.problems.push(part);
      return;
    }
    const problems = parseBlock(part).filter((one) => one.kind === "problem");
    if (problems.length > 0) this.problems.push(...problems);
    else this.#block(part);
  }

  end(): string {
    return this.#lines.end();
  }

  #block(block: CaseBlock): void {
    try {
      const text = unixText(block.text);
      const { root, stoppedAt } = outlined(text);
      if (root === undefined) {
        throw new Unsuited("something rare", stoppedAt ?? 0);
      }
      const body = this.#lines.bodyOf(block);
      const laid = this.#lay(text, root, WIDTH - block.indent);
      if (laid === text) return;
      if (new TextEncoder().encode(laid).length > MAX_BYTES) {
        throw new Unsuited("so much that it could not be read any more", 0);
      }
      if (!haveSameTokens(text, laid)) {
        throw new RangeError("its words would not be the same");
      }
      body.replace(laid);
    } catch (error) {
      if (!(error instanceof Unsuited)) throw error;
      const location = new Places(block).at(error.offset);
      this.left.push({ location, reason: error.message });
    }
  }
}

function outlined(text: string): YamlOutline {
  return outlineYaml(text, LIMITS);
}

function haveSameTokens(before: string, after: string): boolean {
  const [old, now] = [before, after].map((text) => {
    const { root } = outlined(text);
    const tokens = root === undefined ? [] : tokensOf(text, root);
    return tokens.map((token) => wordsOf(text, token));
  });
  return old?.join("\n") === now?.join("\n");
}

// Text of several lines moves as a whole; what it says is compared apart.
function wordsOf(text: string, { kind, at, end }: Token): string {
  return `${kind} ${text.slice(at, end).replace(/\n *| *$/g, " ")}`;
}

function saysTheSame(
  before: readonly (SourceCase | Problem)[],
  after: readonly (SourceCase | Problem)[],
): boolean {
  const said = (items: readonly (SourceCase | Problem)[]) =>
    JSON.stringify(
      items.map((one) =>
        one.kind === "case" ? one.value : [one.id, one.message]
      ),
    );
  return said(before) === said(after);
}

function exactText(bytes: Uint8Array): string | undefined {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function wholeFile(path: string, text: string): CaseBlock {
  return { kind: "block", path, line: 1, bodyLine: 1, indent: 0, text };
}
