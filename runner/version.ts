/**
 * The versions of the program and of the contract it keeps.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

/** The version of this package; written once, in `deno.json`. */
export const VERSION: string = config.version;

/** The version of the runner platform contract that is kept. */
export const CONTRACT_VERSION = "0.2.0";
