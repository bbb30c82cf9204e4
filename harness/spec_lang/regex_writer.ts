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
import type { Quantifier } from "./regex_quantifier.ts";
import type { RegexFlags } from "./regex_text.ts";

/** How many characters an anchor matches. */
const NONE: Width = { min: 0, max: 0 };

/** The translation so far. */
export class RegexWriter {
  readonly #out: string[] = [];
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

  /** The text so far. */
  get text(): string {
    return this.#out.join("");
  }

  /**
   * Writes something that can be repeated.
   *
   * @param text Its text.
   * @param width How many characters it can match.
   * @param frame The group it is, if it is one.
   */
  atom(text: string, width: Width, frame?: Frame): void {
    this.#out.push(text);
    this.frame.add({ kind: "atom", width, frame });
  }

  /**
   * Writes something of no width that cannot be repeated.
   *
   * @param text Its text.
   */
  anchor(text: string): void {
    this.#out.push(text);
    this.frame.add({ kind: "anchor", width: NONE, frame: undefined });
  }

  /**
   * Repeats what was written last.
   *
   * @param quantifier How often.
   * @param lazy Whether as seldom as possible.
   */
  repeat({ min, max, text }: Quantifier, lazy: boolean): void {
    this.#out.push(text, lazy ? "?" : "");
    this.frame.repeat(min, max);
  }

  /** Begins another alternative. */
  alternate(): void {
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
    const width = frame.close();
    this.frame = parent;
    this.atom(closing, kind === "group" ? width : NONE, frame);
    return frame;
  }
}
