/**
 * Bundles a program and all it imports to one file.
 *
 * @module
 */

import { dirname, resolve } from "@std/path";

/**
 * Bundles a program and all it imports to one file.
 *
 * It runs in the program's folder, so that the result does not depend on where
 * the caller stands: the names of the modules are written into it, relative to
 * the working directory. No configuration is read: the entrypoint imports
 * nothing from outside, and a bundle of something that does fails.
 *
 * @param entry The program.
 * @param output The file to write, in a folder that is there.
 * @throws {Error} If the program cannot be bundled.
 */
export async function bundle(entry: string, output: string): Promise<void> {
  const program = resolve(entry);
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--no-config",
      "--no-lock",
      "--quiet",
      "--platform=deno",
      "--output",
      resolve(output),
      program,
    ],
    cwd: dirname(program),
    env: { NO_COLOR: "1" },
  });
  const { success, stderr } = await command.output();
  if (success) return;
  throw new Error(
    `Cannot bundle ${entry}: ${new TextDecoder().decode(stderr).trim()}`,
  );
}
