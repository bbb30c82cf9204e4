/**
 * Bundles a program and all it imports to one file.
 *
 * @module
 */

import { dirname, resolve } from "@std/path";

/** What {@linkcode bundle} makes. */
export interface BundleOptions {
  /** `module` keeps `import.meta`; a `script` is a small one without. */
  readonly kind: "module" | "script";
  /** An import map: what stands in for what. Default: nothing. */
  readonly importMap?: string;
}

const KIND_FLAGS = {
  module: [],
  script: ["--format=iife", "--minify"],
} as const;

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
 * @param options What to make of it. Default: a module.
 * @throws {Error} If the program cannot be bundled.
 */
export async function bundle(
  entry: string,
  output: string,
  options: BundleOptions = { kind: "module" },
): Promise<void> {
  const program = resolve(entry);
  const { kind, importMap } = options;
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--no-config",
      "--no-lock",
      "--quiet",
      "--platform=deno",
      ...KIND_FLAGS[kind],
      ...(importMap === undefined ? [] : ["--import-map", resolve(importMap)]),
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
