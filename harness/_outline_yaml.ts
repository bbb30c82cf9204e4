/** Draws the outline of a YAML text. */

import type { OutlineNode } from "./_outline.ts";
import { readBlockMapping, readBlockSequence } from "./_outline_block.ts";
import { readFlow } from "./_outline_flow.ts";
import {
  type Context,
  leaf,
  type NodeReader,
  type OutlineLimits,
  OutlineNotes,
  Stop,
} from "./_outline_notes.ts";
import { code, isFlow, isSpace } from "./_yaml_characters.ts";
import { YamlCursor } from "./_yaml_cursor.ts";

/** What {@linkcode outlineYaml} found. */
export interface YamlOutline {
  /** The whole; nothing if the text could not be followed. */
  readonly root: OutlineNode | undefined;
  /** Where what could not be followed begins. */
  readonly stoppedAt: number | undefined;
  /** What was noted up to there. */
  readonly notes: OutlineNotes;
}

/**
 * Draws the outline of a YAML text, without recursion past the limit.
 *
 * @param text The text, with `\n` line ends.
 * @param limits What to stop at.
 */
export function outlineYaml(text: string, limits: OutlineLimits): YamlOutline {
  const notes = new OutlineNotes(limits);
  try {
    const root = new Outliner(text, notes).document();
    return { root, stoppedAt: undefined, notes };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { root: undefined, stoppedAt: error.at, notes };
  }
}

class Outliner implements NodeReader {
  readonly cursor: YamlCursor;
  readonly notes: OutlineNotes;
  readonly #text: string;
  readonly #anchors = new Map<string, OutlineNode>();

  constructor(text: string, notes: OutlineNotes) {
    this.#text = text;
    this.notes = notes;
    this.cursor = new YamlCursor(text);
  }

  document(): OutlineNode | undefined {
    const cursor = this.cursor;
    cursor.skipSeparation();
    while (cursor.peek() === code.percent && cursor.lineIndent === 0) {
      cursor.skipUntil((character) => character === code.lineFeed);
      cursor.skipSeparation();
    }
    // `@std/yaml` asks for no white space behind it.
    if (cursor.lineIndent === 0 && cursor.startsWith("---")) {
      cursor.position += 3;
      cursor.skipSeparation();
    }
    const root = this.node(cursor.lineIndent - 1, "block-out", {
      compact: true,
    });
    cursor.skipSeparation();
    if (cursor.peek() !== 0 && !cursor.atSeparator()) {
      throw new Stop(cursor.position);
    }
    return root;
  }

  node(
    parentIndent: number,
    context: Context,
    { seek = false, compact = false }: { seek?: boolean; compact?: boolean },
  ): OutlineNode | undefined {
    const cursor = this.cursor;
    const inBlock = context === "block-in" || context === "block-out";
    let deeper = 1;
    let mayHoldBlock = inBlock;
    let atNewLine = false;
    const separate = () => {
      if (!cursor.skipSeparation()) return false;
      atNewLine = true;
      deeper = Math.sign(cursor.lineIndent - parentIndent);
      return true;
    };
    if (seek) separate();
    const name = { tag: "", anchor: "" };
    if (deeper === 1) {
      while (this.#property(name)) mayHoldBlock = separate() && inBlock;
    }
    mayHoldBlock &&= atNewLine || compact;
    const isFlat = deeper === 0 && context === "block-out";
    const node = deeper === 1
      ? this.#content(parentIndent, context, mayHoldBlock, name)
      : isFlat && mayHoldBlock
      ? readBlockSequence(this)
      : undefined;
    const hasName = name.tag !== "" || name.anchor !== "";
    const found = node ??
      (hasName ? leaf("empty", cursor.position) : undefined);
    if (found === undefined || !hasName) return found;
    const named = name.tag === "" ? found : { ...found, tag: name.tag };
    if (name.anchor !== "") this.#anchors.set(name.anchor, named);
    return named;
  }

  #property(name: { tag: string; anchor: string }): boolean {
    const cursor = this.cursor;
    const start = cursor.position;
    if (cursor.peek() === code.exclamation && name.tag === "") {
      cursor.skipUntil(isSpace);
      name.tag = this.#text.slice(start, cursor.position);
      return true;
    }
    if (cursor.peek() !== code.ampersand || name.anchor !== "") return false;
    cursor.skipUntil(endsName);
    name.anchor = this.#text.slice(start + 1, cursor.position);
    // Only a collection can hold an alias of itself.
    this.#anchors.set(name.anchor, leaf("sequence", start));
    return name.anchor !== "";
  }

  #content(
    parentIndent: number,
    context: Context,
    mayHoldBlock: boolean,
    name: { readonly tag: string },
  ): OutlineNode | undefined {
    const cursor = this.cursor;
    const inFlow = context === "flow-in" || context === "flow-out";
    const indent = inFlow ? parentIndent : parentIndent + 1;
    if (mayHoldBlock) {
      const block = readBlockSequence(this) ?? readBlockMapping(this, indent);
      if (block !== undefined) return block;
    }
    const start = cursor.position;
    switch (cursor.peek()) {
      case code.leftSquare:
      case code.leftCurly:
        return readFlow(this, indent);
      case code.bar:
      case code.greater:
        if (inFlow) return undefined;
        cursor.readBlockScalar(indent);
        // Behind its last line stands the next one, or the mark of the end.
        return leaf(
          "block",
          start,
          Math.min(cursor.lineStart - 1, this.#text.length),
        );
      case code.singleQuote:
      case code.doubleQuote:
        cursor.readQuoted();
        // The text ends with a line break: a closed quote is never the end.
        if (cursor.peek() === 0) throw new Stop(start);
        return leaf("quoted", start, cursor.position);
      case code.asterisk:
        return this.#alias(name);
    }
    const end = cursor.readPlain(indent, context === "flow-in");
    return end === undefined ? undefined : leaf("plain", start, end);
  }

  #alias(name: { readonly tag: string }): OutlineNode {
    const cursor = this.cursor;
    const at = cursor.position;
    cursor.position++;
    cursor.skipUntil(endsName);
    const end = cursor.position;
    const target = this.#anchors.get(this.#text.slice(at + 1, end));
    if (target === undefined || name.tag !== "") throw new Stop(at);
    this.notes.alias({ at, end, target });
    cursor.skipSeparation();
    return leaf("alias", at, end);
  }
}

function endsName(character: number): boolean {
  return isSpace(character) || isFlow(character);
}
