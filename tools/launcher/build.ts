/**
 * Builds the portable form's launcher from its C source.
 *
 * The result is kept in the repository, in base 64, so that `deno task build`
 * needs no compiler. Run this after a change of `launcher.c`, with the compiler
 * that {@linkcode COMPILER_VERSION} names:
 *
 * ```sh
 * deno run -A tools/launcher/build.ts
 * ```
 *
 * @module
 */

import { fromFileUrl } from "@std/path";

/** The compiler whose output is kept; another one gives other bytes. */
export const COMPILER_VERSION = "12.2.0";

/** The machines the launcher is kept for, and the compiler for each. */
export const COMPILERS = {
  x86_64: "x86_64-linux-gnu-gcc",
  aarch64: "aarch64-linux-gnu-gcc",
} as const;

/** A machine the launcher is kept for. */
export type LauncherMachine = keyof typeof COMPILERS;

const FLAGS = [
  "-std=c11",
  "-Os",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-static",
  "-nostdlib",
  "-ffreestanding",
  "-fno-stack-protector",
  "-fno-asynchronous-unwind-tables",
  "-fno-tree-loop-distribute-patterns",
  "-fno-pie",
  "-no-pie",
  "-Wl,--build-id=none,-z,noexecstack,-z,norelro,-z,noseparate-code,-s",
];

const FOLDER = new URL("./", import.meta.url);

/** Tells whether the compiler for a machine is here, in the kept version. */
export async function hasCompiler(machine: LauncherMachine): Promise<boolean> {
  return await compilerVersion(COMPILERS[machine]) === COMPILER_VERSION;
}

/** Asks a compiler for its version; nothing if there is no such program. */
export async function compilerVersion(
  compiler: string,
): Promise<string | undefined> {
  try {
    const command = new Deno.Command(compiler, {
      args: ["-dumpfullversion"],
      stderr: "null",
    });
    const { stdout } = await command.output();
    return new TextDecoder().decode(stdout).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Compiles the launcher for a machine. */
export async function compileLauncher(
  machine: LauncherMachine,
): Promise<Uint8Array> {
  const output = await Deno.makeTempFile();
  try {
    const source = fromFileUrl(new URL("launcher.c", FOLDER));
    const command = new Deno.Command(COMPILERS[machine], {
      args: [...FLAGS, "-o", output, source],
    });
    const { success, stderr } = await command.output();
    if (!success) {
      throw new Error(
        `Cannot compile the launcher: ${new TextDecoder().decode(stderr)}`,
      );
    }
    return await Deno.readFile(output);
  } finally {
    await Deno.remove(output);
  }
}

/** Reads the launcher that is kept for a machine. */
export async function readLauncher(
  machine: LauncherMachine,
): Promise<Uint8Array> {
  const text = await Deno.readTextFile(keptFile(machine));
  return Uint8Array.fromBase64(text);
}

function keptFile(machine: LauncherMachine): URL {
  return new URL(`launcher.${machine}.b64`, FOLDER);
}

function wrapped(text: string): string {
  return text.replace(/.{1,76}/g, "$&\n");
}

async function main(): Promise<void> {
  for (const machine of Object.keys(COMPILERS) as LauncherMachine[]) {
    const bytes = await compileLauncher(machine);
    await Deno.writeTextFile(keptFile(machine), wrapped(bytes.toBase64()));
    console.log(`${machine}: ${bytes.length} bytes`);
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`launcher: ${message}`);
    Deno.exit(1);
  }
}
