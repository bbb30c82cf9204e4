/** Draws the outline of a YAML text. */

import type { OutlineChild, OutlineKind, OutlineNode } from "./_outline.ts";
import { code, isFlow, isSpace, YamlCursor } from "./_yaml_cursor.ts";

/** What to stop at. */
export interface OutlineLimits {
  /** How many values there may be; an alias counts as one. */
  readonly nodes: number;
  /** How many collections may stand inside each other. */
  readonly depth: number;
}

/** What {@linkcode outlineYaml} found. */
export interface YamlOutline {
  /** The whole; nothing if the text could not be followed. */
  readonly root: OutlineNode | undefined;
  /** Where what could not be followed begins. */
  readonly stoppedAt: number | undefined;
  /** The limit that was passed, and where. */
  readonly passed: { limit: keyof OutlineLimits; at: number } | undefined;
  /** Every alias up to there, and what it stands for. */
  readonly aliases: readonly YamlAlias[];
  /** Where the first key stands that is a list or a mapping. */
  readonly collectionKey: number | undefined;
  /** Where the first key or dash stands that is indented by a tab. */
  readonly tabbed: number | undefined;
  /** Behind every dash that ends an indented list without an item. */
  readonly bareDashes: readonly number[];
}

/** An alias and what it stands for. */
export interface YamlAlias {
  readonly at: number;
  readonly end: number;
  readonly target: OutlineNode;
}

type Context = "block-in" | "block-out" | "flow-in" | "flow-out";

interface NodeOptions {
  readonly seek?: boolean;
  readonly compact?: boolean;
}

/**
 * Draws the outline of a YAML text, without recursion past the limit.
 *
 * @param text The text, with `\n` line ends.
 * @param limits What to stop at.
 */
export function outlineYaml(text: string, limits: OutlineLimits): YamlOutline {
  const outliner = new Outliner(text, limits);
  return outliner.outline();
}

class Stop extends Error {
  readonly at: number;

  constructor(at: number) {
    super("Stop");
    this.at = at;
  }
}

class Outliner {
  readonly #cursor: YamlCursor;
  readonly #text: string;
  readonly #limits: OutlineLimits;
  readonly #anchors = new Map<string, OutlineNode>();
  readonly #aliases: YamlAlias[] = [];
  readonly #collectionAliases = new Set<number>();
  readonly #bareDashes: number[] = [];
  #collectionKey: number | undefined;
  #stoppedAt: number | undefined;
  #tabbed: number | undefined;
  #passed: YamlOutline["passed"];
  #nodes = 1;
  #depth = 0;

  constructor(text: string, limits: OutlineLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#cursor = new YamlCursor(text);
  }

  outline(): YamlOutline {
    const root = this.#root();
    return {
      root,
      stoppedAt: this.#stoppedAt,
      passed: this.#passed,
      aliases: this.#aliases,
      collectionKey: this.#collectionKey,
      tabbed: this.#tabbed,
      bareDashes: this.#bareDashes,
    };
  }

  #root(): OutlineNode | undefined {
    try {
      return this.#document();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.#stoppedAt = error.at;
      return undefined;
    }
  }

  #document(): OutlineNode | undefined {
    const cursor = this.#cursor;
    cursor.skipSeparation();
    while (cursor.peek() === code.percent && cursor.lineIndent === 0) {
      cursor.skipUntil((character) => character === code.lineFeed);
      cursor.skipSeparation();
    }
    if (cursor.lineIndent === 0 && cursor.atSeparator()) {
      cursor.position += 3;
      cursor.skipSeparation();
    }
    const root = this.#node(cursor.lineIndent - 1, "block-out", {
      compact: true,
    });
    cursor.skipSeparation();
    if (cursor.peek() !== 0 && !cursor.atSeparator()) {
      throw new Stop(cursor.position);
    }
    return root;
  }

  #node(
    parentIndent: number,
    context: Context,
    { seek = false, compact = false }: NodeOptions,
  ): OutlineNode | undefined {
    const cursor = this.#cursor;
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
      ? this.#blockSequence()
      : undefined;
    const hasName = name.tag !== "" || name.anchor !== "";
    const found = node ?? (hasName ? this.#empty() : undefined);
    if (found === undefined || !hasName) return found;
    const named = name.tag === "" ? found : { ...found, tag: name.tag };
    if (name.anchor !== "") this.#anchors.set(name.anchor, named);
    return named;
  }

  #property(name: { tag: string; anchor: string }): boolean {
    const cursor = this.#cursor;
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
    this.#anchors.set(name.anchor, leaf("sequence", start, start));
    return name.anchor !== "";
  }

  #content(
    parentIndent: number,
    context: Context,
    mayHoldBlock: boolean,
    name: { readonly tag: string },
  ): OutlineNode | undefined {
    const cursor = this.#cursor;
    const inFlow = context === "flow-in" || context === "flow-out";
    const indent = inFlow ? parentIndent : parentIndent + 1;
    if (mayHoldBlock) {
      const block = this.#blockSequence() ?? this.#blockMapping(indent);
      if (block !== undefined) return block;
    }
    const start = cursor.position;
    switch (cursor.peek()) {
      case code.leftSquare:
      case code.leftCurly:
        return this.#flow(indent);
      case code.bar:
      case code.greater:
        if (inFlow) return undefined;
        cursor.readBlockScalar(indent);
        return leaf("block", start, start);
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
    const cursor = this.#cursor;
    const at = cursor.position;
    cursor.position++;
    cursor.skipUntil(endsName);
    const end = cursor.position;
    const target = this.#anchors.get(this.#text.slice(at + 1, end));
    if (target === undefined || name.tag !== "") throw new Stop(at);
    this.#aliases.push({ at, end, target });
    if (isCollection(target)) this.#collectionAliases.add(at);
    cursor.skipSeparation();
    return leaf("alias", at, end);
  }

  #blockSequence(): OutlineNode | undefined {
    const cursor = this.#cursor;
    const indent = cursor.position - cursor.lineStart;
    const at = cursor.position;
    const children: OutlineChild[] = [];
    if (!atDash(cursor)) return undefined;
    this.#enter(at);
    while (atDash(cursor)) {
      const dash = cursor.position;
      this.#noteTab(dash);
      cursor.position++;
      const isNextLine = cursor.skipSeparation();
      if (isNextLine && cursor.lineIndent <= indent) {
        this.#add(children, dash, undefined, leaf("empty", dash + 1, dash + 1));
        if (cursor.lineIndent === indent) continue;
        this.#bareDashes.push(dash + 1);
        break;
      }
      const line = cursor.lineStart;
      const node = this.#node(indent, "block-in", { compact: true });
      // `@std/yaml` drops an item that turns out to be nothing.
      if (node !== undefined) this.#add(children, dash, undefined, node);
      cursor.skipSeparation();
      if (cursor.peek() === 0 || cursor.lineIndent < indent) break;
      if (cursor.lineStart === line || cursor.lineIndent > indent) {
        throw new Stop(cursor.position);
      }
    }
    this.#depth--;
    return { ...leaf("sequence", at, at), children };
  }

  // Also reads the scalar or flow collection that turns out not to be a key.
  #blockMapping(flowIndent: number): OutlineNode | undefined {
    const cursor = this.#cursor;
    const at = cursor.position;
    const indent = at - cursor.lineStart;
    const children: OutlineChild[] = [];
    let key: OutlineNode | undefined;
    let keyAt = at;
    let isExplicit = false;
    let isMapping = false;
    while (cursor.peek() !== 0) {
      const line = cursor.lineStart;
      const here = cursor.position;
      const mark = explicitMark(cursor);
      const wasExplicit = isExplicit;
      if (mark === ":" && !isExplicit) throw new Stop(here);
      if (mark !== undefined) cursor.position++;
      const found = mark === undefined
        ? this.#node(flowIndent, "flow-out", { compact: true })
        : undefined;
      if (mark === undefined) {
        if (found === undefined) break;
        cursor.skipBlank();
        const isKey = cursor.lineStart === line && cursor.peek() === code.colon;
        if (!isKey && isMapping) throw new Stop(here);
        if (!isKey) return found;
        cursor.position++;
      }
      if (!isMapping) this.#enter(at);
      this.#noteTab(here);
      isMapping = true;
      isExplicit = mark === "?";
      if (mark !== ":") {
        if (wasExplicit) this.#add(children, keyAt, key ?? this.#empty());
        key = found;
        keyAt = here;
      }
      if (cursor.lineStart === line || cursor.lineIndent > indent) {
        const node = this.#node(indent, "block-out", {
          seek: true,
          compact: mark !== undefined,
        });
        if (isExplicit) {
          key = node;
        } else {
          this.#add(children, keyAt, key ?? this.#empty(), node);
          key = undefined;
        }
        cursor.skipSeparation();
      }
      if (cursor.lineIndent > indent && cursor.peek() !== 0) {
        throw new Stop(cursor.position);
      }
      if (cursor.lineIndent < indent) break;
    }
    if (isExplicit) this.#add(children, keyAt, key ?? this.#empty());
    if (!isMapping) return undefined;
    this.#depth--;
    return { ...leaf("mapping", at, at), children };
  }

  #flow(indent: number): OutlineNode {
    const cursor = this.#cursor;
    const at = cursor.position;
    const isMapping = cursor.peek() === code.leftCurly;
    const close = isMapping ? code.rightCurly : code.rightSquare;
    const children: OutlineChild[] = [];
    this.#enter(at);
    cursor.position++;
    cursor.skipSeparation();
    while (cursor.peek() !== close) {
      this.#flowEntry(indent, isMapping, children);
      cursor.skipSeparation();
      if (cursor.peek() === code.comma) {
        cursor.position++;
        cursor.skipSeparation();
      } else if (cursor.peek() !== close) {
        throw new Stop(cursor.peek() === 0 ? at : cursor.position);
      }
    }
    cursor.position++;
    this.#depth--;
    return { ...leaf(isMapping ? "mapping" : "sequence", at, at), children };
  }

  #flowEntry(
    indent: number,
    isMapping: boolean,
    children: OutlineChild[],
  ): void {
    const cursor = this.#cursor;
    const at = cursor.position;
    const line = cursor.lineStart;
    const isExplicit = explicitMark(cursor) === "?";
    if (isExplicit) {
      cursor.position++;
      cursor.skipSeparation();
    }
    const first = this.#node(indent, "flow-in", { compact: true }) ??
      this.#empty();
    cursor.skipSeparation();
    const isPair = cursor.peek() === code.colon &&
      (isExplicit || cursor.lineStart === line);
    let second: OutlineNode | undefined;
    if (isPair) {
      cursor.position++;
      cursor.skipSeparation();
      second = this.#node(indent, "flow-in", { compact: true });
    }
    if (isMapping) {
      this.#add(children, at, first, second);
    } else if (isPair || isExplicit) {
      const pair: OutlineChild[] = [];
      this.#add(pair, at, first, second);
      this.#add(children, at, undefined, {
        ...leaf("mapping", at, at),
        children: pair,
      });
    } else {
      this.#add(children, at, undefined, first);
    }
  }

  #add(
    children: OutlineChild[],
    at: number,
    key: OutlineNode | undefined,
    node: OutlineNode = this.#empty(),
  ): void {
    if (
      key !== undefined &&
      (isCollection(key) || this.#collectionAliases.has(key.at))
    ) {
      this.#collectionKey ??= at;
    }
    if (++this.#nodes > this.#limits.nodes) this.#pass("nodes", at);
    children.push({ at, key, node });
  }

  #noteTab(at: number): void {
    const start = this.#cursor.lineStart;
    if (/^ *\t/.test(this.#text.slice(start, at))) this.#tabbed ??= at;
  }

  #enter(at: number): void {
    if (++this.#depth > this.#limits.depth) this.#pass("depth", at);
  }

  #pass(limit: keyof OutlineLimits, at: number): never {
    this.#passed = { limit, at };
    throw new Stop(at);
  }

  #empty(): OutlineNode {
    return leaf("empty", this.#cursor.position, this.#cursor.position);
  }
}

function leaf(kind: OutlineKind, at: number, end: number): OutlineNode {
  return { kind, at, end, tag: "", children: [] };
}

function isCollection(node: OutlineNode): boolean {
  return node.kind === "mapping" || node.kind === "sequence";
}

function atDash(cursor: YamlCursor): boolean {
  return cursor.peek() === code.minus && isSpace(cursor.peek(1));
}

function explicitMark(cursor: YamlCursor): "?" | ":" | undefined {
  if (!isSpace(cursor.peek(1))) return undefined;
  if (cursor.peek() === code.question) return "?";
  return cursor.peek() === code.colon ? ":" : undefined;
}

function endsName(character: number): boolean {
  return isSpace(character) || isFlow(character);
}
