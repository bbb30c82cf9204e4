/**
 * The parts of YAML below collections: white space, comments, scalars.
 *
 * Reads what `@std/yaml` reads, in the same places, but keeps only positions.
 * What `@std/yaml` would refuse may be read as anything.
 */

import {
  code,
  isBlank,
  isBlockIndicator,
  isBreak,
  isFlow,
  isSpace,
  NEVER_PLAIN,
} from "./_yaml_characters.ts";

/** A reading position in YAML text with `\n` line ends. */
export class YamlCursor {
  /** The position, from 0. */
  position = 0;
  /** Spaces in front of the current line. */
  lineIndent = 0;
  /** Where the current line begins. */
  lineStart = 0;
  readonly #text: string;

  /**
   * Starts at the beginning.
   *
   * @param text The text. A NUL in it ends it.
   */
  constructor(text: string) {
    // The end mark saves every look at a character a check of bounds.
    this.#text = `${text}\n\0`;
    this.#readIndent();
  }

  /** The character `offset` behind the position; 0 is the end. */
  peek(offset = 0): number {
    return this.#text.charCodeAt(this.position + offset);
  }

  /** Whether a mark stands at the position. */
  startsWith(mark: string): boolean {
    return this.#text.startsWith(mark, this.position);
  }

  /** The current line up to an offset in it. */
  lineUpTo(offset: number): string {
    return this.#text.slice(this.lineStart, offset);
  }

  /** Moves to the given character code, or to the end of the line before it. */
  skipUntil(stop: (character: number) => boolean): void {
    while (this.peek() !== 0 && !stop(this.peek())) this.position++;
  }

  /** Skips spaces and tabs. */
  skipBlank(): void {
    while (isBlank(this.peek())) this.position++;
  }

  /**
   * Skips white space, line breaks and, if they may be there, comments.
   *
   * @param options Whether `#` begins a comment.
   * @returns Whether there was a line break.
   */
  skipSeparation(options: { comments: boolean } = { comments: true }): boolean {
    let broke = false;
    while (this.peek() !== 0) {
      this.skipBlank();
      if (options.comments && this.peek() === code.sharp) {
        this.skipUntil(isBreak);
      }
      if (!isBreak(this.peek())) break;
      this.#nextLine();
      this.#readIndent();
      broke = true;
    }
    return broke;
  }

  /** Whether `---` or `...` stands alone at the position. */
  atSeparator(): boolean {
    const first = this.peek();
    return (first === code.minus || first === code.dot) &&
      this.peek(1) === first && this.peek(2) === first &&
      (this.peek(3) === 0 || isSpace(this.peek(3)));
  }

  /**
   * Reads a plain scalar.
   *
   * @param indent Columns that its next lines need at least.
   * @param inFlow Whether it stands inside brackets or braces.
   * @returns Where it ends, or nothing if none begins here.
   */
  readPlain(indent: number, inFlow: boolean): number | undefined {
    if (!this.#mayBePlain(inFlow)) return undefined;
    const start = this.position;
    let end = start;
    while (this.peek() !== 0 && !this.#endsPlain(inFlow)) {
      if (!isBreak(this.peek())) {
        if (!isBlank(this.peek())) end = this.position + 1;
        this.position++;
        continue;
      }
      const { lineStart, lineIndent } = this;
      this.skipSeparation({ comments: false });
      if (this.lineIndent >= indent) continue;
      this.position = end;
      this.lineStart = lineStart;
      this.lineIndent = lineIndent;
      break;
    }
    return end === start ? undefined : end;
  }

  /** Reads a quoted scalar, up to behind the closing quote. */
  readQuoted(): void {
    const quote = this.peek();
    this.position++;
    while (this.peek() !== 0) {
      const character = this.peek();
      if (isBreak(character)) {
        this.skipSeparation({ comments: false });
        continue;
      }
      this.position++;
      if (character === code.backslash && quote === code.doubleQuote) {
        if (!isBreak(this.peek())) this.position++;
      } else if (character === quote) {
        if (quote === code.doubleQuote || this.peek() !== quote) return;
        this.position++;
      }
    }
  }

  /**
   * Reads a block scalar, up to the line behind it.
   *
   * @param indent Columns that its lines need at least.
   */
  readBlockScalar(indent: number): void {
    let textIndent = indent;
    let isKnown = false;
    for (this.position++; isBlockIndicator(this.peek()); this.position++) {
      const digit = this.peek() - 0x30;
      if (digit < 1) continue;
      textIndent = indent + digit - 1;
      isKnown = true;
    }
    this.skipUntil(isBreak);
    while (this.peek() !== 0) {
      this.#nextLine();
      this.lineIndent = 0;
      while (
        (!isKnown || this.lineIndent < textIndent) &&
        this.peek() === code.space
      ) {
        this.lineIndent++;
        this.position++;
      }
      if (!isKnown) textIndent = Math.max(textIndent, this.lineIndent);
      if (isBreak(this.peek())) continue;
      if (this.lineIndent < textIndent) return;
      isKnown = true;
      this.skipUntil(isBreak);
    }
  }

  #mayBePlain(inFlow: boolean): boolean {
    const first = this.peek();
    if (isSpace(first) || isFlow(first) || NEVER_PLAIN.has(first)) return false;
    if (first !== code.question && first !== code.minus) return true;
    const second = this.peek(1);
    return !isSpace(second) && !(inFlow && isFlow(second));
  }

  #endsPlain(inFlow: boolean): boolean {
    const character = this.peek();
    if (character === code.colon) {
      const next = this.peek(1);
      return isSpace(next) || (inFlow && isFlow(next));
    }
    if (character === code.sharp) return isSpace(this.peek(-1));
    return (inFlow && isFlow(character)) ||
      (this.position === this.lineStart && this.atSeparator());
  }

  #nextLine(): void {
    this.position++;
    this.lineStart = this.position;
  }

  #readIndent(): void {
    this.lineIndent = 0;
    while (this.peek() === code.space) {
      this.lineIndent++;
      this.position++;
    }
  }
}
