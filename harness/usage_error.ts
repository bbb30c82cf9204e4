/**
 * A mistake in how the tool was called, as opposed to one in a document.
 *
 * @module
 */

/**
 * A call that cannot be carried out as it stands; the tool exits with 2.
 *
 * @example Usage
 * ```ts
 * import { UsageError } from "./usage_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new UsageError('Cannot find "spec"', {
 *   remedy: 'Did you mean "specs"?',
 * });
 * assertEquals(error.message, 'Cannot find "spec"');
 * assertEquals(error.remedy, 'Did you mean "specs"?');
 * ```
 */
export class UsageError extends Error {
  /** What to do about it, where there is a sensible answer. */
  readonly remedy: string | undefined;

  /**
   * Makes a usage error.
   *
   * @param message What was wanted and what was there.
   * @param options What to do about it, and the cause.
   */
  constructor(
    message: string,
    options: { remedy?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "UsageError";
    this.remedy = options.remedy;
  }
}
