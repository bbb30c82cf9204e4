/**
 * Runs all tests with coverage and holds the thresholds of `deno.json`.
 *
 * The entry programs and what only ever runs in a child process (the call of
 * execve, the timed-out child) cannot be counted by the runtime and are left
 * out of the figure; they are tested as processes instead.
 *
 * ```sh
 * deno task test:coverage
 * ```
 *
 * @module
 */

import { testAll } from "./test.ts";

/** Counted by no coverage, because they run in processes of their own. */
const NOT_COUNTED = [
  "/(cli|spec|image)\\.ts$",
  "/runner/process\\.ts$",
  "/(tools|bench|tests)/",
  "(_test|_testing|_behaviour)\\.ts$",
].join("|");

async function run(...args: string[]): Promise<boolean> {
  const command = new Deno.Command(Deno.execPath(), { args });
  const { success } = await command.spawn().status;
  return success;
}

if (import.meta.main) {
  const folder = "coverage";
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  const flags = ["--coverage-raw-data-only", `--coverage=${folder}`];
  const held = await testAll({ flags }) &&
    await run("coverage", folder, `--exclude=${NOT_COUNTED}`);
  Deno.exit(held ? 0 : 1);
}
