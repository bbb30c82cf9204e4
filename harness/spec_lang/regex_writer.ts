/**
 * Writes the translation of a pattern, and knows the groups that are open.
 *
 * @module
 */

import {
  type Atom,
  Frame,
  type FrameOptions,
  type Width,
} from "./regex_frame.ts";
import { COMPARISON, type Cost, MANY_TIMES, single } from "./regex_cost.ts";
import type { Quantifier } from "./regex_quantifier.ts";
import type { RegexFlags } from "./regex_text.ts";

/** How many characters an anchor matches. */
const NONE: Width = { min: 0, max: 0 };
/** What looking at the characters before and behind a place takes at most. */
const LOOK_AROUND = single(6);

/**
 * A reference that matches nothing, anywhere: its group stands behind
 * everything and is empty. Python has no such name.
 *
 * The engine works out what the first eight characters of a match may be, over
 * all ways through classes that reach beyond U+FFFF. For ten `\w` in a row that
 * takes V8 15.0 half a minute, and nothing can interrupt it. At a reference it
 * does not look further; in exchange it searches more slowly.
 */
const BARRIER = "(?:\\k<$>)";
const BARRIER_GROUP = "(?<$>)";
/** How much bulk needs no barrier; beyond, the time grows sevenfold by class. */
const MAX_BULK = 10;
/** How much of what it begins with leaves the engine little to work out. */
const CLEAR_BEGINNING = 5;
/** How much a whole pattern may hold, each taking up to a millisecond. */
const MAX_BULK_OF_ALL = 2000;
const BULKY_REGEXP = /\\p\{|\\u\{[0-9a-f]{5}/g;

/** What is known of something that is written. */
export interface AtomOptions {
  /** How many characters it can match. */
  readonly width: Width;
  /** How much work it is. */
  readonly cost: Cost;
  /** The character it stands for, if it stands for one alone. */
  readonly literal?: string | undefined;
  /** The group it is, if it is one. */
  readonly frame?: Frame;
  /** How much the group holds that is hard to compile. */
  readonly bulk?: number;
}

/** The translation so far. */
export class RegexWriter {
  readonly #out: string[] = [];
  #bulkOfAll = 0;
  #anchored = false;
  readonly #repeats = new Set<string>();
  #growsOtherwise = false;
  /** The whole pattern. */
  readonly root: Frame;
  /** The innermost group that is open. */
  frame: Frame;

  /**
   * Begins a translation.
   *
   * @param flags The flags in force.
   */
  constructor(flags: RegexFlags) {
    this.root = new Frame(undefined, {
      kind: "root",
      negative: false,
      offset: 0,
      flags,
      closing: "",
    });
    this.frame = this.root;
  }

  /** The flags in force. */
  get flags(): RegexFlags {
    return this.frame.flags;
  }

  /** What a quantifier would repeat. */
  get last(): Atom | undefined {
    return this.frame.last;
  }

  /** The whole text, once the root is closed. */
  get text(): string {
    const text = this.#out.join("");
    const { bulk, beginning } = this.root;
    const isSimple = bulk <= MAX_BULK || this.#anchored ||
      beginning.text.length >= CLEAR_BEGINNING;
    return isSimple ? text : `${BARRIER}${text}${BARRIER_GROUP}`;
  }

  /** Whether a match can only be at the beginning of the text. */
  get anchored(): boolean {
    return this.#anchored;
  }

  /** The classes that repeat; nothing if the work grows otherwise, too. */
  get repeats(): readonly string[] | undefined {
    return this.#growsOtherwise ? undefined : [...this.#repeats];
  }

  /** Whether there are more classes than the engine can take. */
  get tooLarge(): boolean {
    return this.#bulkOfAll > MAX_BULK_OF_ALL;
  }

  /**
   * Writes something that can be repeated.
   *
   * @param text Its text.
   * @param options What is known of it.
   */
  atom(text: string, options: AtomOptions): void {
    this.#out.push(text);
    const bulk = this.#count(text);
    this.#growsOtherwise ||= options.cost === COMPARISON;
    this.frame.add({ kind: "atom", frame: undefined, bulk, ...options });
  }

  #count(text: string): number {
    const bulk = text.match(BULKY_REGEXP)?.length ?? 0;
    this.#bulkOfAll += bulk;
    return bulk;
  }

  /**
   * Writes something of no width that cannot be repeated.
   *
   * @param text Its text.
   */
  anchor(text: string): void {
    this.#anchored ||= text === "^" && this.frame === this.root &&
      this.root.empty;
    this.#count(text);
    this.#out.push(text);
    this.frame.add({
      kind: "anchor",
      width: NONE,
      cost: text.length === 1 ? single(1) : LOOK_AROUND,
      bulk: 0,
      frame: undefined,
    });
  }

  /**
   * Repeats what was written last.
   *
   * @param quantifier How often.
   * @param lazy Whether as seldom as possible.
   */
  repeat({ min, max, text }: Quantifier, lazy: boolean): void {
    if (max >= MANY_TIMES) this.#noteRepeated(this.last);
    this.#out.push(text, lazy ? "?" : "");
    this.frame.repeat(min, max);
  }

  #noteRepeated(atom: Atom | undefined): void {
    const isClass = atom?.frame === undefined && atom?.width.max === 1;
    if (isClass) this.#repeats.add(this.#out.at(-1) ?? "");
    else this.#growsOtherwise = true;
  }

  /** Begins another alternative. */
  alternate(): void {
    this.#anchored &&= this.frame !== this.root;
    this.#out.push("|");
    this.frame.alternate();
  }

  /**
   * Opens a group.
   *
   * @param text What it begins with.
   * @param options What is known of it.
   * @returns The group.
   */
  open(
    text: string,
    options: Pick<FrameOptions, "kind" | "offset"> & Partial<FrameOptions>,
  ): Frame {
    this.#out.push(text);
    const inherited = { negative: false, flags: this.flags, closing: ")" };
    this.frame = new Frame(this.frame, { ...inherited, ...options });
    return this.frame;
  }

  /**
   * Closes the innermost group.
   *
   * @param parent The group around it.
   * @returns The group that was closed.
   */
  close(parent: Frame): Frame {
    const frame = this.frame;
    const { kind, closing } = frame.options;
    const inside = frame.close();
    const width = kind === "group" ? inside : NONE;
    this.frame = parent;
    this.atom(closing, { width, cost: frame.cost, bulk: frame.bulk, frame });
    return frame;
  }
}
