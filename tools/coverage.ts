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

import { testParts } from "./test.ts";

/** Counted by no coverage, because they run in processes of their own. */
const NOT_COUNTED = [
  "/(cli|spec|image)\\.ts$",
  "/runner/process\\.ts$",
  "/(tools|bench|tests)/",
  "(_test|_testing|_behaviour)\\.ts$",
].join("|");

/** These start the built form, which coverage does not see. */
const BUILT_FORM = ["tests/entrypoint/"];

async function run(...args: string[]): Promise<boolean> {
  const command = new Deno.Command(Deno.execPath(), { args });
  const { success } = await command.spawn().status;
  return success;
}

if (import.meta.main) {
  const folder = "coverage";
  const flags = ["--coverage-raw-data-only", `--coverage=${folder}`];
  const [sideBySide, alone] = testParts(flags, BUILT_FORM);
  const held = await run(...sideBySide, "--clean") &&
    await run(...alone) &&
    await run("coverage", folder, `--exclude=${NOT_COUNTED}`) &&
    await run("test", "-A", "--doc", "--parallel", ...BUILT_FORM);
  Deno.exit(held ? 0 : 1);
}
