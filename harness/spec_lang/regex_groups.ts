/**
 * The capturing groups of a pattern, by number and by name.
 *
 * @module
 */

import type { Frame } from "./regex_frame.ts";
import type { RegexReader } from "./regex_reader.ts";

/** Where a reference stands. */
export interface ReferencePlace {
  /** The offset of the reference. */
  readonly offset: number;
  /** The offset of the name in it; that of the reference if it has a number. */
  readonly name: number;
}

const IDENTIFIER = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/** The capturing groups opened so far. */
export class RegexGroups {
  readonly #reader: RegexReader;
  readonly #frames: Frame[] = [];
  readonly #names = new Map<string, number>();

  /**
   * Begins without any group.
   *
   * @param reader The pattern.
   */
  constructor(reader: RegexReader) {
    this.#reader = reader;
  }

  /** How many groups have been opened. */
  get count(): number {
    return this.#frames.length;
  }

  /**
   * Adds a group.
   *
   * @param frame The group.
   */
  add(frame: Frame): void {
    this.#frames.push(frame);
  }

  /**
   * Reads the name of the group that is about to be opened.
   *
   * @returns The name.
   * @throws {CaseError} `schema` if it is none, or taken.
   */
  declare(): string {
    const at = this.#reader.offset;
    const name = this.#name(">");
    const known = this.#names.get(name);
    const group = this.count + 1;
    if (known !== undefined) {
      throw this.#reader.error(
        `redefinition of group name '${name}' as group ${group}; was group ${known}`,
        at,
      );
    }
    this.#names.set(name, group);
    return name;
  }

  /**
   * Reads the name in a reference.
   *
   * @returns The number of the group.
   * @throws {CaseError} `schema` if there is no such group.
   */
  readReference(): number {
    const at = this.#reader.offset;
    const name = this.#name(")");
    const group = this.#names.get(name);
    if (group !== undefined) return group;
    throw this.#reader.error(`unknown group name '${name}'`, at);
  }

  #name(end: string): string {
    const at = this.#reader.offset;
    const name = this.#reader.takeUntil(end, "group name");
    if (IDENTIFIER.test(name)) return name;
    throw this.#reader.error(`bad character in group name '${name}'`, at);
  }

  /**
   * Finds the group of a reference that has just been read.
   *
   * @param group The number of the group.
   * @param place Where the reference stands.
   * @param before How many groups the reference may look back on, if it is inside
   * a lookbehind.
   * @returns The group.
   * @throws {CaseError} `schema` if it may not be referred to here.
   */
  find(group: number, place: ReferencePlace, before: number): Frame {
    const reader = this.#reader;
    const frame = this.#frames[group - 1];
    if (frame === undefined) {
      throw reader.error(`invalid group reference ${group}`, place.offset + 1);
    }
    if (frame.open) {
      throw reader.error("cannot refer to an open group", place.name);
    }
    if (group <= before) return frame;
    throw reader.error(
      "cannot refer to group defined in the same lookbehind subpattern",
      reader.offset,
    );
  }
}
