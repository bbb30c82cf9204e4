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

/**
 * Nothing is to be done, and nobody made a mistake: nothing has changed, or
 * nothing failed the last time. The tool exits with 2 unless that was allowed.
 *
 * @example Usage
 * ```ts
 * import { EmptySelectionError, UsageError } from "./usage_error.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const error = new EmptySelectionError("nothing has changed", {});
 * assert(error instanceof UsageError);
 * assertEquals(error.message, "Cannot find any case: nothing has changed");
 * assertEquals(error.reason, "nothing has changed");
 * ```
 */
export class EmptySelectionError extends UsageError {
  /** Why there is nothing to do. */
  readonly reason: string;

  /**
   * Makes an error.
   *
   * @param reason Why there is nothing to do.
   * @param options What to do about it.
   */
  constructor(reason: string, options: { remedy?: string }) {
    super(`Cannot find any case: ${reason}`, options);
    this.reason = reason;
  }
}
