/**
 * Goes through a pattern and writes its translation.
 *
 * There is no recursion: groups that are open stand on a stack.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import { readClass } from "./regex_class.ts";
import { readEscape } from "./regex_escape.ts";
import { type InlineFlags, readFlags, withFlags } from "./regex_flags.ts";
import { COMPARISON, single } from "./regex_cost.ts";
import type { Frame } from "./regex_frame.ts";
import { type ReferencePlace, RegexGroups } from "./regex_groups.ts";
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
import type { RegexSource, Translation } from "./regex_translation.ts";
import { type AtomOptions, RegexWriter } from "./regex_writer.ts";

/** What is known of a class, and of a character. */
const ONE: AtomOptions = { width: { min: 1, max: 1 }, cost: single(1) };
const VERBOSE_BLANKS = " \t\n\r\v\f";

/** One translation from the first to the last character. */
export class RegexTranslator {
  /** What was met that is outside the portable subset, and where first. */
  readonly unportable = new Map<string, number>();
  readonly #reader: RegexReader;
  readonly #writer: RegexWriter;
  readonly #groups: RegexGroups;
  /** How many groups there were where the outermost lookbehind began. */
  #groupsBefore = Infinity;
  /** What Python says of a lookbehind only when nothing else is wrong. */
  #widthError: CaseError | undefined;
  /** What is impossible here, if Python finds nothing wrong at all. */
  #unsupported: CaseError | undefined;
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
    this.#writer = new RegexWriter(flags);
    this.#groups = new RegexGroups(this.#reader);
  }

  /**
   * Translates the pattern.
   *
   * @returns Source and flags of the translation; or nothing if letter case is
   * ignored in parts only, and has to be spelled out.
   * @throws {CaseError} `schema` if Python refuses the pattern, or JavaScript has
   * no counterpart for it.
   */
  translate(): Translation | undefined {
    while (this.#reader.next !== "") this.#translatePiece();
    const { frame, root, anchored, repeats } = this.#writer;
    if (frame !== root) {
      throw this.#reader.error(
        "missing ), unterminated subpattern",
        frame.options.offset,
      );
    }
    if (this.#widthError !== undefined) throw this.#widthError;
    if (this.#unsupported !== undefined) throw this.#unsupported;
    if (this.#mixed) return undefined;
    root.close();
    const { beginning, cost: { steps } } = root;
    return { ...this.#source(root), steps, beginning, repeats, anchored };
  }

  #source({ flags }: Frame): RegexSource {
    if (this.#writer.tooLarge) {
      throw new CaseError(
        "schema",
        "bad regex: it has more classes like \\w and \\b than the engine can take; use fewer, or (?a)",
      );
    }
    return {
      source: this.#writer.text,
      flags: foldsNatively(flags) ? "iu" : "u",
    };
  }

  #translatePiece(): void {
    const reader = this.#reader;
    const offset = reader.offset;
    const piece = reader.next;
    if (this.#writer.flags.verbose && this.#skipBlank(piece)) return;
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

  #literal(code: number): void {
    const { flags } = this.#writer;
    const literal = flags.ignoreCase ? undefined : String.fromCodePoint(code);
    this.#writer.atom(literalText(code, flags), { ...ONE, literal });
  }

  /** Writes an anchor. */
  anchor(name: AnchorName | "^" | "$"): void {
    this.#writer.anchor(anchorText(name, this.#writer.flags));
  }

  /** Writes the translation of `.`. */
  dot(): void {
    this.#writer.atom(dotText(this.#writer.flags), ONE);
  }

  /** Writes a character class. */
  characterClass(): void {
    const { negated, items } = readClass(this.#reader);
    const { flags } = this.#writer;
    this.#writer.atom(classText(items, { negated, flags }), ONE);
  }

  #escape(offset: number): void {
    const escape = readEscape(this.#reader);
    const { flags } = this.#writer;
    switch (escape.kind) {
      case "literal":
        return this.#literal(escape.code);
      case "category":
        return this.#writer.atom(categoryText(escape.name, flags), ONE);
      case "anchor":
        return this.anchor(escape.name);
      case "reference":
        return this.#reference(escape.group, { offset, name: offset });
    }
  }

  #quantify(quantifier: Quantifier, offset: number): void {
    const { last } = this.#writer;
    if (last === undefined || last.kind === "anchor") {
      throw this.#reader.error("nothing to repeat", offset);
    }
    if (last.kind === "repeat") {
      throw this.#reader.error("multiple repeat", offset);
    }
    if (this.#reader.next === "+") {
      this.refuse("possessive quantifier", offset);
    }
    this.#writer.repeat(quantifier, this.#reader.match("?"));
  }

  /** Begins another alternative. */
  alternate(): void {
    this.#writer.alternate();
  }

  /** Closes the innermost group. */
  close(offset: number): void {
    const { frame: { parent } } = this.#writer;
    if (parent === undefined) {
      throw this.#reader.error("unbalanced parenthesis", offset);
    }
    const frame = this.#writer.close(parent);
    if (frame.options.kind === "behind") this.#checkBehind(frame);
  }

  #checkBehind(frame: Frame): void {
    if (frame.width.min !== frame.width.max) {
      this.#widthError ??= this.#reader.error(
        "look-behind requires fixed-width pattern",
        frame.options.offset,
      );
    }
    if (!frame.isBehind) this.#groupsBefore = Infinity;
  }

  /** Opens a group of whatever kind. */
  open(offset: number): void {
    const reader = this.#reader;
    if (!reader.match("?")) return this.#openGroup(offset, "(");
    const kind = this.#extension();
    if ("aiLmstux-".includes(kind)) return this.#openFlags(offset);
    const extension = EXTENSIONS.get(kind);
    if (extension !== undefined) return extension(this, offset);
    throw reader.error(`unknown extension ?${kind}`, offset + 1);
  }

  /** Takes the character that says what kind of group this is. */
  #extension(): string {
    const kind = this.#reader.take();
    if (kind !== "") return kind;
    throw this.#reader.error("unexpected end of pattern", this.#reader.offset);
  }

  #openGroup(offset: number, text: string): void {
    this.#groups.add(this.#writer.open(text, { kind: "group", offset }));
  }

  /** Opens `(?:`. */
  openPlain(offset: number): void {
    this.#writer.open("(?:", { kind: "group", offset });
  }

  /** Opens `(?=` or `(?!`. A group around it lets it be repeated. */
  openAhead(offset: number, sign: string): void {
    const negative = sign === "!";
    const closing = "))";
    const options = { kind: "ahead", offset, negative, closing } as const;
    this.#writer.open(`(?:(?${sign}`, options);
  }

  /** Opens `(?<=` or `(?<!`. */
  openBehind(offset: number): void {
    const sign = this.#extension();
    if (sign !== "=" && sign !== "!") {
      throw this.#reader.error(`unknown extension ?<${sign}`, offset + 1);
    }
    this.#note("lookbehind", offset);
    this.#groupsBefore = Math.min(this.#groupsBefore, this.#groups.count);
    const negative = sign === "!";
    const closing = "))";
    const options = { kind: "behind", offset, negative, closing } as const;
    this.#writer.open(`(?:(?<${sign}`, options);
  }

  #openFlags(offset: number): void {
    this.#note("inline flags", offset);
    this.#reader.seek(offset + 2);
    const inline = readFlags(this.#reader);
    const outer = this.#writer.flags;
    const flags = withFlags(outer, inline);
    if (inline.global) {
      this.#checkGlobal(inline, offset);
      this.#writer.root.flags = flags;
    } else {
      this.#mixed ||= foldsNatively(flags) !== foldsNatively(outer);
      this.#writer.open("(?:", { kind: "group", offset, flags });
    }
  }

  #checkGlobal(inline: InlineFlags, offset: number): void {
    const { frame, root } = this.#writer;
    if (frame !== root || !root.empty) {
      throw this.#reader.error(
        "global flags not at the start of the expression",
        offset,
      );
    }
    if (root.flags.ascii && inline.on.includes("u")) {
      throw this.#reader.error(
        "ASCII and UNICODE flags are incompatible",
        offset,
      );
    }
  }

  /** Goes on behind `(?P`. */
  openPython(offset: number): void {
    const kind = this.#extension();
    if (kind === "<") {
      this.#note("named group", offset);
      return this.#openGroup(offset, `(?<${this.#groups.declare()}>`);
    }
    if (kind !== "=") {
      throw this.#reader.error(`unknown extension ?P${kind}`, offset + 1);
    }
    this.#note("named reference", offset);
    const name = this.#reader.offset;
    this.#reference(this.#groups.readReference(), { offset, name });
  }

  #reference(group: number, place: ReferencePlace): void {
    const frame = this.#groups.find(group, place, this.#groupsBefore);
    const { flags } = this.#writer;
    const refuse = (construct: string) => {
      const { offset } = place;
      this.#unsupported ??= this.#reader.unsupported(construct, offset);
    };
    if (!frame.hasTakenPart()) {
      refuse(
        `reference to group ${group}, which the match may have passed by,`,
      );
    }
    if (flags.ignoreCase && !foldsNatively(flags)) {
      refuse("reference that ignores letter case in ASCII or in a part only");
    }
    const { width } = frame;
    this.#writer.atom(`(?:\\${group})`, { width, cost: COMPARISON });
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

  #note(construct: string, offset: number): void {
    if (this.unportable.has(construct)) return;
    this.unportable.set(construct, offset);
  }

  /** Refuses what JavaScript does not have. */
  refuse(construct: string, offset: number): never {
    this.#note(construct, offset);
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
