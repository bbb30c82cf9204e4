/**
 * The part of the machine that the entrypoint needs.
 *
 * @module
 */

import type { Reader } from "../host/deno_reader.ts";
import type { Host } from "../host/host.ts";

/** The part of the machine that the entrypoint needs: it looks, and prints. */
export type RunnerHost = Reader & Pick<Host, "write">;
