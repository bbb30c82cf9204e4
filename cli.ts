/**
 * `runner`: the single entrypoint of a tool image.
 *
 * It accepts explicit commands only, refuses to run as root or without a valid
 * image identity, and becomes the tool it is asked for: signals, terminal, exit
 * code and memory are the tool's own.
 *
 * ```sh
 * runner help
 * runner exec terraform version
 * ```
 *
 * This module is a program. The same functions are for use from a script in
 * `@runner/toolkit`.
 *
 * @module
 */

import { denoHost } from "./host/deno_host.ts";
import { EXIT_CODE, type ExitCode } from "./runner/exit_code.ts";
import { main } from "./runner/main.ts";
import { ownProcess } from "./runner/process.ts";
import { refuse, renderRefusal } from "./runner/refusal.ts";

function run(): ExitCode {
  const host = denoHost();
  try {
    return main(host, ownProcess);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const refusal = refuse(
      EXIT_CODE.internal,
      `Defect of runner: ${message}`,
      "Please report this, with the command and the image",
    );
    host.write(2, new TextEncoder().encode(renderRefusal(refusal)));
    return refusal.code;
  }
}

if (import.meta.main) Deno.exit(run());
