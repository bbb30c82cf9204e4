/**
 * The part of the machine that the entrypoint needs.
 *
 * @module
 */

import type { Host } from "../host/host.ts";

/** The part of the machine that the entrypoint needs. */
export type RunnerHost = Pick<
  Host,
  | "cwd"
  | "isTerminal"
  | "lstat"
  | "mayAccess"
  | "readDirectory"
  | "readFile"
  | "stat"
  | "userIds"
  | "write"
>;
