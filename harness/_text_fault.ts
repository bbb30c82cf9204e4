/** A text that cannot be read, at an offset. */

/** Why a text gives no value. Part of one block or file, so without a path. */
export class TextFault extends Error {
  /** Where, in UTF-16 code units from 0. */
  readonly offset: number;

  /**
   * Makes a fault.
   *
   * @param message What was wanted and what was there.
   * @param offset Where, in UTF-16 code units from 0.
   * @param options The cause.
   */
  constructor(message: string, offset: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "TextFault";
    this.offset = offset;
  }
}

/** What is wrong with `{{ name }}: x` and `[a]: x`. */
export const COLLECTION_KEY =
  'invalid key: a list or a mapping cannot be a key; put a value that begins with "{" or "[" in quotes';
