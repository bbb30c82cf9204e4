/**
 * The version, written down once, in `deno.json`.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

/**
 * The version of this package.
 *
 * @example Usage
 * ```ts
 * import { VERSION } from "./version.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(VERSION, /^\d+\.\d+\.\d+/);
 * ```
 */
export const VERSION: string = config.version;
