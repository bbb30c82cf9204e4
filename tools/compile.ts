/**
 * Compiles the entrypoint to one executable: `deno task compile`.
 *
 * The flags matter for what the executable does, not only for how it is made:
 *
 * - `-A --no-prompt`: a narrower permission for the C library would make the
 *   runtime look for it in the working directory first;
 * - `--no-config --no-lock`: nothing beside the executable is read when it runs;
 * - `--no-code-cache`: a cache would be loaded from a name in the temporary
 *   directory that anybody can guess;
 * - `--v8-flags=--single-threaded`: few threads, for containers with few.
 *
 * `DENO_*` and `NODE_*` variables are kept away from the compiler, which would
 * write some of them into the executable.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";
import { bundle } from "./bundle.ts";

/** What {@linkcode compileEntrypoint} is given. */
export interface CompileOptions {
  /** The root of the repository. */
  readonly source: string;
  /** The executable to write. */
  readonly output: string;
}

/** The flags of `deno compile`, without the output and the program. */
export const COMPILE_FLAGS = [
  "-A",
  "--no-prompt",
  "--no-config",
  "--no-lock",
  "--no-code-cache",
  "--v8-flags=--single-threaded",
] as const;

/** Variables the compiler is run with, if they are set. */
const KEPT_VARIABLES = ["HOME", "PATH", "DENO_DIR", "DENORT_BIN"] as const;

/**
 * Compiles the entrypoint.
 *
 * `--no-config` leaves the import map behind, so the program is bundled first;
 * what is compiled is one file without imports.
 */
export async function compileEntrypoint(
  options: CompileOptions,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "runner-compile-" });
  try {
    const script = `${folder}/runner.js`;
    await bundle(`${options.source}/cli.ts`, script);
    await runCompiler(script, options.output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runCompiler(script: string, output: string): Promise<void> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["compile", ...COMPILE_FLAGS, "--output", output, script],
    clearEnv: true,
    env: cleanEnvironment(),
  });
  const { success, stderr } = await command.output();
  if (success) return;
  const reason = new TextDecoder().decode(stderr).trim();
  throw new Error(
    `Cannot compile the entrypoint: ${reason}\n` +
      "deno compile downloads a runtime part; where that is not possible, " +
      "build the portable form",
  );
}

function cleanEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { NO_COLOR: "1" };
  for (const name of KEPT_VARIABLES) {
    const value = Deno.env.get(name);
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

async function main(args: string[]): Promise<number> {
  if (args.length > 0) {
    console.error(
      `compile: Cannot compile: wanted no arguments, got "${args[0]}"\n` +
        "Usage: deno task compile",
    );
    return 2;
  }
  const source = fromFileUrl(new URL("../", import.meta.url))
    .replace(/\/$/, "");
  const output = `${source}/dist/runner`;
  try {
    await Deno.mkdir(`${source}/dist`, { recursive: true });
    await compileEntrypoint({ source, output });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`compile: ${message}`);
    return 1;
  }
  console.error(`compiled ${output}`);
  return 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
