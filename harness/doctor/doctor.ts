/**
 * `spec doctor` and `image doctor`, from questions to an exit code.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import type { Host } from "../../host/host.ts";
import { interruptible, print, TOOL_EXIT_CODE } from "../command_line.ts";
import { stopAllCommands } from "../process/command.ts";
import { UsageError } from "../usage_error.ts";
import { examine, type Probe, unmet } from "./examine.ts";
import { tellFindings, type TellOptions } from "./tell.ts";

/** What a doctor was asked. */
export interface DoctorRequest extends TellOptions {
  /** Words that are no flags: there is to be none. */
  readonly paths: readonly string[];
  /** The questions. */
  readonly probes: readonly Probe[];
}

/**
 * Asks the questions, and prints the answers.
 *
 * @param request The questions, and how the answers are told.
 * @param host Where they are printed, and who tells of signals.
 * @returns 0 if all that is needed is there, otherwise 1.
 * @throws {UsageError} If there are words that are no flags.
 *
 * @example Usage
 * ```ts
 * import { doctor } from "./doctor.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ask = () => ({ state: "missing", fact: "not installed" }) as const;
 * const probes = [{ name: "git", need: "git", ask }];
 * const request = { program: "spec", json: false, paths: [], probes } as const;
 * const host = new MemoryHost();
 * assertEquals(await doctor(request, host), 1);
 * assertEquals(host.stdoutText.split("\n")[0], "missing git: not installed");
 * ```
 */
export async function doctor(
  { paths: [path], probes, ...options }: DoctorRequest,
  host: Pick<Host, "onInterrupt" | "write">,
): Promise<number> {
  if (path !== undefined) {
    throw new UsageError(
      `Cannot look at ${quoted(path)}: the command takes no path`,
      { remedy: `It is about this machine: ${options.program} doctor` },
    );
  }
  const findings = await interruptible(host, async (signal) => {
    signal.addEventListener("abort", stopAllCommands);
    const findings = await examine(probes);
    signal.throwIfAborted();
    return findings;
  });
  print(tellFindings(findings, options), host);
  return unmet(findings).length === 0
    ? TOOL_EXIT_CODE.ok
    : TOOL_EXIT_CODE.failed;
}
