/**
 * `image`: makes the contract files of a tool image, and holds images against
 * the runner contract.
 *
 * @example Verify a tree
 * ```sh
 * deno run -A image.ts verify --sandbox dist/rootfs
 * ```
 *
 * @module
 */

import { imageMain } from "./harness/image/image_cli.ts";
import { denoHost } from "./host/deno_host.ts";
import { withOwnOutput } from "./host/own_output.ts";

if (import.meta.main) {
  const { exit } = Deno;
  exit(await imageMain(withOwnOutput(denoHost())));
}
