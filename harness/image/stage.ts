/**
 * Where the entrypoint of an image runs while it is verified.
 *
 * @module
 */

/** Where the entrypoint runs, and what it lets a case do. */
export interface Stage {
  /** The environment of the cases, with the entrypoint among it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it lets a case do, as capabilities. */
  readonly capabilities: readonly string[];
  /** What it does not, capabilities and case types, and why. Default: nothing. */
  readonly unavailable?: ReadonlyMap<string, string>;
  /** Why the entrypoint is not started, in lines. Default: it is. */
  readonly notStarted?: readonly string[];
  /**
   * Tells trouble of the stage from an image that disagrees. Default: there is
   * none.
   *
   * @param error What a case failed with.
   * @returns The failure as what it is.
   */
  readonly tellTrouble?: (error: unknown) => unknown;
  /** What a reader should know besides, in lines. Default: nothing. */
  readonly notes?: readonly string[];
}
