/**
 * The `spec` command: runs executable specifications.
 *
 * @example Run what is in a folder
 * ```sh
 * deno run -A spec.ts run specs/
 * ```
 *
 * @module
 */

import { specMain } from "./harness/spec_cli/main.ts";
import { denoHost } from "./host/deno_host.ts";
import { withOwnOutput } from "./host/own_output.ts";

if (import.meta.main) {
  // Taken before anything runs: a case may stand in for it while it runs.
  const { exit } = Deno;
  exit(await specMain(withOwnOutput(denoHost())));
}
