/**
 * Reads a pattern piece by piece, the way Python's `re` does.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";

const SHOWN = 60;

/**
 * Reads a pattern: one character, or a backslash with the character behind it, at
 * a time. Offsets count code points, as Python's do.
 *
 * @example Usage
 * ```ts
 * import { RegexReader } from "./regex_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new RegexReader("a\\d");
 * assertEquals([reader.take(), reader.take(), reader.take()], ["a", "\\d", ""]);
 * ```
 */
export class RegexReader {
  readonly #characters: readonly string[];
  #offset = 0;

  /**
   * Begins at the start.
   *
   * @param pattern The pattern.
   */
  constructor(pattern: string) {
    this.#characters = [...pattern];
  }

  /** The offset of the next piece. */
  get offset(): number {
    return this.#offset;
  }

  /**
   * Goes back or forth.
   *
   * @param offset Where to read on.
   */
  seek(offset: number): void {
    this.#offset = offset;
  }

  /**
   * The next piece, left where it is.
   *
   * @returns A character, a backslash and a character, or `""` at the end.
   * @throws {CaseError} `schema` if the pattern ends in a lone backslash.
   */
  get next(): string {
    const character = this.#characters[this.#offset] ?? "";
    if (character !== "\\") return character;
    const escaped = this.#characters[this.#offset + 1];
    if (escaped !== undefined) return character + escaped;
    throw this.error("bad escape (end of pattern)", this.#offset);
  }

  /**
   * Takes the next piece.
   *
   * @returns The piece, or `""` at the end.
   */
  take(): string {
    const piece = this.next;
    this.#offset += piece.startsWith("\\") ? 2 : piece === "" ? 0 : 1;
    return piece;
  }

  /**
   * Takes the next piece if it is a certain one.
   *
   * @param piece The piece.
   * @returns Whether it was.
   */
  match(piece: string): boolean {
    if (this.next !== piece) return false;
    this.take();
    return true;
  }

  /**
   * Takes pieces as long as each is among the given characters.
   *
   * @param characters The characters.
   * @param most How many to take at most.
   * @returns What was taken.
   */
  takeWhile(characters: string, most = Infinity): string {
    let taken = "";
    while (
      taken.length < most && this.next.length === 1 &&
      characters.includes(this.next)
    ) taken += this.take();
    return taken;
  }

  /**
   * Takes everything up to a character, and the character.
   *
   * @param end The character.
   * @param what What is being read, for the message.
   * @returns What was taken, without the character; never empty.
   * @throws {CaseError} `schema` if there is nothing, or no such character.
   */
  takeUntil(end: string, what: string): string {
    const start = this.#offset;
    let taken = "";
    while (this.next !== end) {
      if (this.next === "") {
        const missing = taken === "" ? what : `${end}, unterminated name`;
        throw this.error(`missing ${missing}`, start);
      }
      taken += this.take();
    }
    if (taken === "") throw this.error(`missing ${what}`, start);
    this.take();
    return taken;
  }

  /**
   * Makes the error of a pattern that Python refuses too.
   *
   * @param message What is wrong, in Python's words.
   * @param offset Where.
   * @returns The error, category `schema`.
   */
  error(message: string, offset: number): CaseError {
    return new CaseError(
      "schema",
      `bad regex: ${message} at offset ${offset} in ${this.#shown()}`,
    );
  }

  /**
   * Makes the error of a pattern that only Python can run.
   *
   * @param construct What cannot be translated.
   * @param offset Where.
   * @returns The error, category `schema`.
   */
  unsupported(construct: string, offset: number): CaseError {
    return new CaseError(
      "schema",
      `unsupported regex: ${construct} at offset ${offset} in ${this.#shown()} has no counterpart in JavaScript`,
    );
  }

  #shown(): string {
    const cut = this.#characters.length > SHOWN ? "…" : "";
    return JSON.stringify(this.#characters.slice(0, SHOWN).join("")) + cut;
  }
}
