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
}
