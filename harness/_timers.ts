/**
 * Timers that stay what they are: a case that runs in this process may put
 * others in their place for a while.
 *
 * @module
 */

/** As it was when the tools were loaded. */
export const setTimeout: typeof globalThis.setTimeout = globalThis.setTimeout;

/** As it was when the tools were loaded. */
export const clearTimeout: typeof globalThis.clearTimeout =
  globalThis.clearTimeout;
