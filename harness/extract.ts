/**
 * The case blocks of a Markdown document.
 *
 * @module
 */

import { type Fence, isCloser, readOpener } from "./_fence.ts";
import { FenceLines } from "./_fence_lines.ts";
import { caseWords } from "./_info.ts";
import { MAX_ITEMS } from "./_listed_items.ts";
import { outdented } from "./_outdented.ts";
import type { CodedText } from "./_coded_text.ts";
import type { CaseBlock, Problem } from "./case.ts";

/**
 * Finds the fenced blocks of a Markdown document that hold cases.
 *
 * Fences follow CommonMark (three or more backticks or tildes; closed by at
 * least as many of the same, alone on a line; no backtick after backticks),
 * but for the indentation: it may be any, opening and closing. An opener may
 * stand behind a list marker. A block holds cases if the words after its
 * opener include `spec-test` and `yaml` or `yml`, in any order and letter
 * case. What is inside another fence is content.
 *
 * A byte order mark is skipped; `\r\n` and `\r` end a line as `\n` does, and
 * are `\n` in the blocks. One pass, linear in the text.
 *
 * A problem is what looks like a case but would never run:
 * - a block that is not closed;
 * - a YAML block with a word two or less edits from `spec-test`, or with `spec`
 *   and `test` as two words;
 * - a block with such a word and no language, or another one than YAML;
 * - a block whose words are not separated by blanks, as in `yaml,spec-test`;
 * - a case in a block quote;
 * - an opener of a case inside a fence that the end of that case would close,
 *   or that is never closed.
 *
 * @param path The document, as the caller named it.
 * @param text The document's text.
 * @returns Blocks and problems, in document order.
 *
 * @example Usage
 * ```ts
 * import { extractBlocks } from "./extract.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "# Title\n\n~~~yaml spec-test\nid: A-1\n~~~\n";
 * assertEquals(extractBlocks("a.spec.md", text), [{
 *   kind: "block",
 *   path: "a.spec.md",
 *   line: 3,
 *   bodyLine: 4,
 *   indent: 0,
 *   text: "id: A-1\n",
 * }]);
 * ```
 */
export function extractBlocks(
  path: string,
  text: string,
): readonly (CaseBlock | Problem)[] {
  return new Extraction(path, unixText(text)).run();
}

/**
 * Finds the blocks of a document whose codes are known. They know where in it
 * they stand.
 *
 * @param path The document, as the caller named it.
 * @param source The document's text, with `\n` line ends.
 * @returns Blocks and problems, as {@linkcode extractBlocks} finds them.
 */
export function findBlocks(
  path: string,
  source: CodedText,
): readonly (CaseBlock | Problem)[] {
  return new Extraction(path, source.text, source).run();
}

/**
 * The text with `\n` for every line ending and without a byte order mark.
 *
 * @param text Any text.
 * @returns The text itself if nothing had to change.
 *
 * @example Usage
 * ```ts
 * import { unixText } from "./extract.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(unixText("\ufeffa\r\nb\rc\n"), "a\nb\nc\n");
 * ```
 */
export function unixText(text: string): string {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return bare.includes("\r") ? bare.replace(/\r\n?/g, "\n") : bare;
}

interface OpenFence {
  readonly fence: Fence;
  readonly line: number;
  readonly bodyStart: number;
  /** Whether it opens a case, be it only one that is shown. */
  readonly holdsCase: boolean;
  readonly message: string | undefined;
}

class Extraction {
  readonly #path: string;
  readonly #source: string;
  readonly #coded: CodedText | undefined;
  readonly #lines: FenceLines;
  readonly #found: (CaseBlock | Problem)[] = [];
  #open: OpenFence | undefined;
  #lastInfo = "";
  #lastWords = caseWords("");
  /** The first case inside the open fence, and how much was found before it. */
  #shown: { readonly opener: OpenFence; readonly at: number } | undefined;

  constructor(path: string, source: string, coded?: CodedText) {
    this.#path = path;
    this.#source = source;
    this.#coded = coded;
    this.#lines = new FenceLines(source, coded?.codes);
  }

  run(): readonly (CaseBlock | Problem)[] {
    while (this.#lines.next(this.#open?.fence.quoted === true)) {
      this.#line();
      // Whoever reads them stops before the last one.
      if (this.#found.length > MAX_ITEMS) return this.#found;
    }
    this.#end();
    return this.#found;
  }

  #line(): void {
    const { start, end } = this.#lines;
    if (this.#open?.fence.quoted === true && !isQuoted(this.#source, start)) {
      this.#close();
    }
    const open = this.#open;
    if (open !== undefined && isCloser(this.#source, start, end, open.fence)) {
      if (open.holdsCase) {
        this.#found.push(this.#block(open, start));
      }
      return this.#close();
    }
    if (open?.holdsCase === true) return;
    const fence = readOpener(this.#source, start, end);
    if (fence !== undefined) this.#opener(fence);
  }

  #opener(fence: Fence): void {
    const words = this.#words(fence);
    const opener = lookAt({ fence, words }, this.#lines, this.#open);
    if (opener.message !== undefined) this.#problem(opener, opener.message);
    else if (this.#open !== undefined && opener.holdsCase) {
      this.#shown ??= { opener, at: this.#found.length };
    }
    this.#open ??= opener;
  }

  // A document repeats itself.
  #words({ infoStart }: Fence): string {
    const info = this.#source.slice(infoStart, this.#lines.end);
    if (info !== this.#lastInfo) {
      this.#lastInfo = info;
      this.#lastWords = caseWords(info);
    }
    return this.#lastWords;
  }

  #block({ fence, line, bodyStart }: OpenFence, end: number): CaseBlock {
    const { indent } = fence;
    const body = this.#source.slice(bodyStart, end);
    const found = {
      kind: "block",
      path: this.#path,
      line,
      bodyLine: line + 1,
      indent,
      text: indent === 0 ? body : outdented(body, indent),
    } as const;
    const source = this.#coded;
    return indent > 0 || source === undefined
      ? found
      : { ...found, within: { ...source, start: bodyStart } };
  }

  #close(): void {
    this.#open = undefined;
    this.#shown = undefined;
  }

  #end(): void {
    if (this.#open?.holdsCase === true) {
      this.#problem(this.#open, "case block is not closed");
    } else if (this.#open !== undefined && this.#shown !== undefined) {
      const { opener, at } = this.#shown;
      const message =
        `case block is not run, because the fence of line ${this.#open.line} around it is not closed`;
      this.#problem(opener, message, at);
    }
  }

  #problem(
    open: OpenFence,
    message: string,
    at: number = this.#found.length,
  ): void {
    const location = {
      path: this.#path,
      line: open.line,
      column: open.fence.indent + 1,
    };
    this.#found.splice(at, 0, { kind: "problem", location, message });
  }
}

interface Opener {
  readonly fence: Fence;
  /** What the words behind it say. */
  readonly words: string;
}

function lookAt(
  { fence, words }: Opener,
  { end, number: line }: FenceLines,
  outer: OpenFence | undefined,
): OpenFence {
  const isCase = words === "case";
  const found = { fence, line, bodyStart: end + 1 };
  if (outer !== undefined) {
    const message = isCase ? wouldEnd(outer, fence) : undefined;
    return { ...found, holdsCase: isCase && message === undefined, message };
  }
  if (isCase && fence.quoted) {
    const message =
      "case block stands in a block quote, where it is not run: move it out, or show it inside another fence";
    return { ...found, holdsCase: false, message };
  }
  return {
    ...found,
    holdsCase: isCase,
    message: words === "other" || isCase ? undefined : words,
  };
}

// Of two nested fences the outer one has to be the longer one, or made of the
// other character: else the end of the inner one ends the outer one.
function wouldEnd(outer: OpenFence, inner: Fence): string | undefined {
  if (outer.fence.mark !== inner.mark || outer.fence.length > inner.length) {
    return undefined;
  }
  return `case block is not run, because it opens inside the fence of line ${outer.line}: close that fence first, or make it longer to show the block`;
}

function isQuoted(source: string, start: number): boolean {
  let at = start;
  while (source[at] === " " || source[at] === "\t") at++;
  return source[at] === ">";
}
