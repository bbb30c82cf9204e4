/**
 * What is known of a group of a pattern while and after it is read.
 *
 * @module
 */

import {
  type Beginning,
  BeginningReader,
  type Piece,
} from "./regex_beginning.ts";
import {
  anyOrder,
  type Cost,
  either,
  FREE,
  looking,
  repeated,
  sequence,
  single,
} from "./regex_cost.ts";
import type { RegexFlags } from "./regex_text.ts";

/** The width of what can be as long as it likes, and of what is longer still. */
const MAX_WIDTH = 2 ** 64;

/** How often the engine writes out what is repeated a number of times. */
const MAX_COPIES = 3;

/** How many characters something can match. */
export interface Width {
  /** The fewest. */
  readonly min: number;
  /** The most. */
  readonly max: number;
}

/** What a quantifier that follows would repeat. */
export interface Atom extends Piece {
  /** How many characters it can match. */
  readonly width: Width;
  /** How much it holds that is hard to compile: classes beyond U+FFFF. */
  readonly bulk: number;
  /** The group it is, if it is one. */
  readonly frame: Frame | undefined;
}

/** What a group is opened with. */
export interface FrameOptions {
  /** What the group does. */
  readonly kind: "root" | "group" | "ahead" | "behind";
  /** Whether what is inside must not match. */
  readonly negative: boolean;
  /** The offset of its parenthesis. */
  readonly offset: number;
  /** The flags in force inside. */
  readonly flags: RegexFlags;
  /** The text that ends its translation. */
  readonly closing: string;
}

/** A group, or the whole pattern. */
export class Frame {
  /** What it was opened with. */
  readonly options: FrameOptions;
  /** The group around it. */
  readonly parent: Frame | undefined;
  /** Whether any group around it is a lookbehind. */
  readonly isBehind: boolean;
  /** The flags in force inside; those of the whole pattern can change. */
  flags: RegexFlags;
  /** Whether it has not been closed yet. */
  open = true;
  /** What the next quantifier would repeat. */
  last: Atom | undefined;
  /** How much of it is hard to compile, all alternatives together. */
  bulk = 0;
  /** How many alternatives it has so far. */
  alternatives = 1;
  readonly #alternativeAround: number;
  #mayBeSkipped = false;
  #min = 0;
  #max = 0;
  #leastMin = MAX_WIDTH;
  #mostMax = 0;
  #cost = FREE;
  #costs: Cost | undefined;
  readonly #beginning = new BeginningReader();

  /**
   * Opens a group.
   *
   * @param parent The group around it.
   * @param options What it is opened with.
   */
  constructor(parent: Frame | undefined, options: FrameOptions) {
    this.parent = parent;
    this.options = options;
    this.isBehind = parent !== undefined &&
      (parent.isBehind || parent.options.kind === "behind");
    this.flags = options.flags;
    this.#alternativeAround = parent?.alternatives ?? 0;
  }

  /** Whether there is nothing inside so far. */
  get empty(): boolean {
    return this.last === undefined && this.alternatives === 1;
  }

  /**
   * Adds an atom.
   *
   * @param atom The atom.
   */
  add(atom: Atom): void {
    this.#settle();
    this.last = atom;
  }

  #settle(): void {
    this.#min = Math.min(this.#min + (this.last?.width.min ?? 0), MAX_WIDTH);
    this.#max = Math.min(this.#max + (this.last?.width.max ?? 0), MAX_WIDTH);
    if (this.last === undefined) return;
    this.bulk += this.last.bulk;
    this.#beginning.add(this.last);
    const together = this.isBehind || this.options.kind === "behind"
      ? anyOrder
      : sequence;
    this.#cost = together(this.#cost, this.last.cost);
  }

  /**
   * Repeats the last atom.
   *
   * @param min How often at least.
   * @param max How often at most; may be infinite.
   */
  repeat(min: number, max: number): void {
    if (this.last === undefined) return;
    const { width, cost, bulk, frame } = this.last;
    frame?.repeated(min, max);
    this.last = {
      kind: "repeat",
      width: {
        min: width.min * min,
        max: width.max === 0 ? 0 : Math.min(width.max * max, MAX_WIDTH),
      },
      cost: repeated(cost, { min, max }),
      bulk: bulk * (max < Infinity ? Math.min(max, MAX_COPIES) : 1),
      frame,
    };
  }

  /** Begins the next alternative. */
  alternate(): void {
    this.#endAlternative();
    this.#beginning.forget();
    this.alternatives++;
  }

  #endAlternative(): void {
    this.#settle();
    this.last = undefined;
    this.#leastMin = Math.min(this.#leastMin, this.#min);
    this.#mostMax = Math.max(this.#mostMax, this.#max);
    this.#min = 0;
    this.#max = 0;
    this.#costs = this.#costs === undefined
      ? this.#cost
      : either(this.#costs, this.#cost);
    this.#cost = FREE;
  }

  /**
   * Closes the group.
   *
   * @returns How many characters can match what is inside.
   */
  close(): Width {
    this.#endAlternative();
    this.open = false;
    return this.width;
  }

  /** How many characters can match what is inside, once it is closed. */
  get width(): Width {
    return { min: this.#leastMin, max: this.#mostMax };
  }

  /** What every match of what is inside begins with, as far as it is known. */
  get beginning(): Beginning {
    return this.#beginning.beginning;
  }

  /** How much work it is to match what is inside, once it is closed. */
  get cost(): Cost {
    const inside = sequence(single(1), this.#costs ?? FREE);
    const { kind } = this.options;
    return kind === "ahead" || kind === "behind" ? looking(inside) : inside;
  }

  /**
   * Notes that the group is repeated.
   *
   * Behind the current place JavaScript goes right to left, so that of many
   * repetitions it is another one that is captured last.
   *
   * @param min How often at least.
   * @param max How often at most.
   */
  repeated(min: number, max: number): void {
    const { kind } = this.options;
    this.#mayBeSkipped ||= min === 0 ||
      (max > 1 && (kind === "behind" || this.isBehind));
  }

  /**
   * Decides whether the group has surely taken part in the match when the match
   * has come to the place that is being read.
   *
   * @returns False if it may have been passed by.
   */
  hasTakenPart(): boolean {
    return Frame.#leadsHere(this, this.parent);
  }

  static #leadsHere(frame: Frame, parent: Frame | undefined): boolean {
    let inner = frame;
    let around = parent;
    while (around !== undefined) {
      if (inner.#mayBeSkipped || inner.options.negative) return false;
      if (around.open) return around.alternatives === inner.#alternativeAround;
      if (around.alternatives > 1) return false;
      inner = around;
      around = around.parent;
    }
    return false;
  }
}
