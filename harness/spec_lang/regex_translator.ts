/**
 * Goes through a pattern and writes its translation.
 *
 * There is no recursion: groups that are open stand on a stack.
 *
 * @module
 */

import type { CaseError } from "../case_error.ts";
import { readClass } from "./regex_class.ts";
import { readEscape } from "./regex_escape.ts";
import { readFlags, withFlags } from "./regex_flags.ts";
import { Frame, type FrameOptions, type Width } from "./regex_frame.ts";
import { type Quantifier, readQuantifier } from "./regex_quantifier.ts";
import { RegexReader } from "./regex_reader.ts";
import {
  type AnchorName,
  anchorText,
  categoryText,
  classText,
  dotText,
  foldsNatively,
  literalText,
  type RegexFlags,
} from "./regex_text.ts";

const ONE: Width = { min: 1, max: 1 };
const NONE: Width = { min: 0, max: 0 };
const VERBOSE_BLANKS = " \t\n\r\v\f";
const IDENTIFIER = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/** What a `RegExp` is made of. */
export interface RegexSource {
  /** The pattern. */
  readonly source: string;
  /** The flags. */
  readonly flags: string;
}

/** One translation from the first to the last character. */
export class RegexTranslator {
  readonly #reader: RegexReader;
  readonly #out: string[] = [];
  readonly #root: Frame;
  readonly #groups: Frame[] = [];
  readonly #names = new Map<string, number>();
  #frame: Frame;
  /** How many groups there were where the outermost lookbehind began. */
  #groupsBefore: number | undefined;
  /** What is wrong, if nothing turns up that Python finds earlier. */
  #deferred: CaseError | undefined;
  /** Whether letter case is ignored in parts of the pattern only. */
  #mixed = false;

  /**
   * Begins a translation.
   *
   * @param pattern The pattern.
   * @param flags The flags it begins with.
   */
  constructor(pattern: string, flags: RegexFlags) {
    this.#reader = new RegexReader(pattern);
    this.#root = new Frame(undefined, {
      kind: "root",
      negative: false,
      offset: 0,
      flags,
      closing: "",
    });
    this.#frame = this.#root;
  }

  /**
   * Translates the pattern.
   *
   * @returns Source and flags of the translation; or nothing if letter case is
   * ignored in parts only, and has to be spelled out.
   * @throws {CaseError} `schema` if Python refuses the pattern, or JavaScript has
   * no counterpart for it.
   */
  translate(): RegexSource | undefined {
    while (this.#reader.next !== "") this.#translatePiece();
    if (this.#frame !== this.#root) {
      throw this.#reader.error(
        "missing ), unterminated subpattern",
        this.#frame.options.offset,
      );
    }
    if (this.#deferred !== undefined) throw this.#deferred;
    if (this.#mixed) return undefined;
    const flags = foldsNatively(this.#root.flags) ? "iu" : "u";
    return { source: this.#out.join(""), flags };
  }

  #translatePiece(): void {
    const reader = this.#reader;
    const offset = reader.offset;
    const piece = reader.next;
    if (this.#frame.flags.verbose && this.#skipBlank(piece)) return;
    const quantifier = readQuantifier(reader);
    if (quantifier !== undefined) return this.#quantify(quantifier, offset);
    if (piece.startsWith("\\")) return this.#escape(offset);
    reader.take();
    const special = SPECIAL.get(piece);
    if (special !== undefined) return special(this, offset);
    this.#literal(piece.codePointAt(0) ?? 0);
  }

  #skipBlank(piece: string): boolean {
    if (piece !== "#" && !VERBOSE_BLANKS.includes(piece)) return false;
    let skipped = this.#reader.take();
    if (skipped !== "#") return true;
    while (skipped !== "" && skipped !== "\n") skipped = this.#reader.take();
    return true;
  }

  #atom(text: string, width: Width, frame?: Frame): void {
    this.#out.push(text);
    this.#frame.add({ kind: "atom", width, frame });
  }

  #literal(code: number): void {
    this.#atom(literalText(code, this.#frame.flags), ONE);
  }

  /** Writes an anchor. */
  anchor(name: AnchorName | "^" | "$"): void {
    this.#out.push(anchorText(name, this.#frame.flags));
    this.#frame.add({ kind: "anchor", width: NONE, frame: undefined });
  }

  /** Writes the translation of `.`. */
  dot(): void {
    this.#atom(dotText(this.#frame.flags), ONE);
  }

  /** Writes a character class. */
  characterClass(): void {
    const { negated, items } = readClass(this.#reader);
    const { flags } = this.#frame;
    this.#atom(classText(items, { negated, flags }), ONE);
  }

  #escape(offset: number): void {
    const escape = readEscape(this.#reader);
    switch (escape.kind) {
      case "literal":
        return this.#literal(escape.code);
      case "category":
        return this.#atom(categoryText(escape.name, this.#frame.flags), ONE);
      case "anchor":
        return this.anchor(escape.name);
      case "reference":
        return this.#reference(escape.group, { offset, name: offset });
    }
  }

  #quantify(quantifier: Quantifier, offset: number): void {
    const { last } = this.#frame;
    if (last === undefined || last.kind === "anchor") {
      throw this.#reader.error("nothing to repeat", offset);
    }
    if (last.kind === "repeat") {
      throw this.#reader.error("multiple repeat", offset);
    }
    if (this.#reader.next === "+") {
      throw this.#reader.unsupported("possessive quantifier", offset);
    }
    const lazy = this.#reader.match("?") ? "?" : "";
    this.#out.push(quantifier.text + lazy);
    this.#frame.repeat(quantifier.min, quantifier.max);
  }

  /** Begins another alternative. */
  alternate(): void {
    this.#out.push("|");
    this.#frame.alternate();
  }

  /** Closes the innermost group. */
  close(offset: number): void {
    const frame = this.#frame;
    const { parent, options: { kind, closing } } = frame;
    if (parent === undefined) {
      throw this.#reader.error("unbalanced parenthesis", offset);
    }
    const width = frame.close();
    this.#frame = parent;
    if (kind === "behind") this.#closeBehind(frame, width);
    this.#atom(closing, kind === "group" ? width : NONE, frame);
  }

  #closeBehind(frame: Frame, { min, max }: Width): void {
    if (min !== max) {
      this.#deferred ??= this.#reader.error(
        "look-behind requires fixed-width pattern",
        frame.options.offset,
      );
    }
    if (!frame.isBehind()) this.#groupsBefore = undefined;
  }

  /** Opens a group of whatever kind. */
  open(offset: number): void {
    const reader = this.#reader;
    if (!reader.match("?")) return this.#openGroup(offset);
    const kind = reader.take();
    if (kind === "") {
      throw reader.error("unexpected end of pattern", reader.offset);
    }
    if ("aiLmstux-".includes(kind)) return this.#openFlags(offset);
    const extension = EXTENSIONS.get(kind);
    if (extension !== undefined) return extension(this, offset);
    throw reader.error(`unknown extension ?${kind}`, offset + 1);
  }

  #openGroup(offset: number, name?: string): void {
    const text = name === undefined ? "(" : `(?<${name}>`;
    this.#groups.push(this.#push(text, { kind: "group", offset }));
  }

  #push(
    text: string,
    options: Pick<FrameOptions, "kind" | "offset"> & Partial<FrameOptions>,
  ): Frame {
    this.#out.push(text);
    this.#frame = new Frame(this.#frame, {
      negative: false,
      flags: this.#frame.flags,
      closing: ")",
      ...options,
    });
    return this.#frame;
  }

  /** Opens `(?:`. */
  openPlain(offset: number): void {
    this.#push("(?:", { kind: "group", offset });
  }

  /** Opens `(?=` or `(?!`. A group around it lets it be repeated. */
  openAhead(offset: number, sign: string): void {
    this.#push(`(?:(?${sign}`, {
      kind: "ahead",
      offset,
      negative: sign === "!",
      closing: "))",
    });
  }

  /** Opens `(?<=` or `(?<!`. */
  openBehind(offset: number): void {
    const reader = this.#reader;
    const sign = reader.take();
    if (sign === "") {
      throw reader.error("unexpected end of pattern", reader.offset);
    }
    if (sign !== "=" && sign !== "!") {
      throw reader.error(`unknown extension ?<${sign}`, offset + 1);
    }
    this.#groupsBefore ??= this.#groups.length;
    this.#push(`(?:(?<${sign}`, {
      kind: "behind",
      offset,
      negative: sign === "!",
      closing: "))",
    });
  }

  #openFlags(offset: number): void {
    const reader = this.#reader;
    reader.seek(offset + 2);
    const inline = readFlags(reader);
    const outer = this.#frame.flags;
    const flags = withFlags(outer, inline);
    if (!inline.global) {
      this.#mixed ||= foldsNatively(flags) !== foldsNatively(outer);
      this.#push("(?:", { kind: "group", offset, flags });
      return;
    }
    if (this.#frame !== this.#root || !this.#root.empty) {
      throw reader.error(
        "global flags not at the start of the expression",
        offset,
      );
    }
    if (outer.ascii && inline.on.includes("u")) {
      throw reader.error("ASCII and UNICODE flags are incompatible", offset);
    }
    this.#root.flags = flags;
  }

  /** Goes on behind `(?P`. */
  openPython(offset: number): void {
    const reader = this.#reader;
    const kind = reader.take();
    const at = reader.offset;
    if (kind === "<") {
      const name = this.#name(">", at);
      const known = this.#names.get(name);
      if (known !== undefined) {
        const message = `redefinition of group name '${name}' as group ${
          this.#groups.length + 1
        }; was group ${known}`;
        throw reader.error(message, at);
      }
      this.#names.set(name, this.#groups.length + 1);
      return this.#openGroup(offset, name);
    }
    if (kind === "") throw reader.error("unexpected end of pattern", at);
    if (kind !== "=") {
      throw reader.error(`unknown extension ?P${kind}`, offset + 1);
    }
    const name = this.#name(")", at);
    const group = this.#names.get(name);
    if (group === undefined) {
      throw reader.error(`unknown group name '${name}'`, at);
    }
    this.#reference(group, { offset, name: at });
  }

  #name(end: string, at: number): string {
    const name = this.#reader.takeUntil(end, "group name");
    if (IDENTIFIER.test(name)) return name;
    throw this.#reader.error(`bad character in group name '${name}'`, at);
  }

  /** A reference; `name` is the offset of the group's name or number. */
  #reference(
    group: number,
    at: { readonly offset: number; readonly name: number },
  ): void {
    const reader = this.#reader;
    const frame = this.#groups[group - 1];
    if (frame === undefined) {
      throw reader.error(`invalid group reference ${group}`, at.offset + 1);
    }
    if (frame.open) {
      throw reader.error("cannot refer to an open group", at.name);
    }
    if (this.#groupsBefore !== undefined && group > this.#groupsBefore) {
      throw reader.error(
        "cannot refer to group defined in the same lookbehind subpattern",
        reader.offset,
      );
    }
    if (!frame.hasTakenPart()) {
      this.#deferred ??= reader.unsupported(
        `reference to group ${group}, which the match may have passed by,`,
        at.offset,
      );
    }
    const { flags } = this.#frame;
    if (flags.ignoreCase && !foldsNatively(flags)) {
      this.#deferred ??= reader.unsupported(
        "reference that ignores letter case in a part of the pattern or in ASCII",
        at.offset,
      );
    }
    this.#atom(`(?:\\${group})`, frame.width);
  }

  /** Skips `(?#…)`. */
  comment(offset: number): void {
    let skipped = "";
    while (skipped !== ")") {
      if (this.#reader.next === "") {
        throw this.#reader.error("missing ), unterminated comment", offset);
      }
      skipped = this.#reader.take();
    }
  }

  /** Refuses a group that JavaScript does not have. */
  refuse(construct: string, offset: number): never {
    throw this.#reader.unsupported(construct, offset);
  }
}

/** What to do behind a character that is special, and has been taken. */
type Handler = (translator: RegexTranslator, offset: number) => void;

const SPECIAL: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["|", (translator) => translator.alternate()],
  [")", (translator, offset) => translator.close(offset)],
  ["(", (translator, offset) => translator.open(offset)],
  ["[", (translator) => translator.characterClass()],
  [".", (translator) => translator.dot()],
  ["^", (translator) => translator.anchor("^")],
  ["$", (translator) => translator.anchor("$")],
]);

/** What to do behind `(?` and a character. */
const EXTENSIONS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  [":", (translator, offset) => translator.openPlain(offset)],
  ["=", (translator, offset) => translator.openAhead(offset, "=")],
  ["!", (translator, offset) => translator.openAhead(offset, "!")],
  ["<", (translator, offset) => translator.openBehind(offset)],
  ["P", (translator, offset) => translator.openPython(offset)],
  ["#", (translator, offset) => translator.comment(offset)],
  [">", (translator, offset) => translator.refuse("atomic group", offset)],
  ["(", (translator, offset) => translator.refuse("conditional group", offset)],
]);
