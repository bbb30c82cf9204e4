/**
 * What a program of this machine says.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { printable } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";
import { runCommand } from "../process/command.ts";
import { decodeOutput } from "../process/outcome.ts";

/** The part of the machine that programs are started with. */
export type ProgramHost = Pick<Host, "env" | "environment" | "start" | "stat">;

/** What came of a call. */
export type ProgramAnswer =
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "said"; readonly text: string };

/** How a program is called. */
export interface AskOptions {
  /** Whether it is to sit at a terminal. Default false. */
  readonly stdinIsTerminal?: boolean;
  /** Milliseconds it may take. Default 6,000. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 6_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;
const MAX_REASON = 200;

/**
 * Calls a program, for a few seconds at most.
 *
 * @param argv The program and its words.
 * @param host The machine.
 * @param options How it is called.
 * @returns What it printed; or why it could not be asked.
 *
 * @example Usage
 * ```ts
 * import { askProgram } from "./ask_program.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const programs = { git: () => ({ stdout: "git version 2.39.5\n" }) };
 * const host = new MemoryHost({ programs });
 * assertEquals(
 *   await askProgram(["git", "--version"], host),
 *   { kind: "said", text: "git version 2.39.5" },
 * );
 * assertEquals(await askProgram(["hg"], host), { kind: "missing" });
 * ```
 */
export async function askProgram(
  argv: readonly string[],
  host: ProgramHost,
  options: AskOptions = {},
): Promise<ProgramAnswer> {
  const { stdinIsTerminal = false, timeoutMs = TIMEOUT_MS } = options;
  const request = {
    argv,
    env: host.environment(),
    searchPath: host.env("PATH") ?? "",
    stdin: new Uint8Array(),
    stdinIsTerminal,
  };
  const limits = { timeoutMs, maxOutputBytes: MAX_OUTPUT_BYTES };
  try {
    const { exitCode, stdout, stderr } = await runCommand(
      request,
      limits,
      host,
    );
    if (exitCode === 0) {
      return { kind: "said", text: decodeOutput(stdout).trim() };
    }
    const [last = ""] = decodeOutput(stderr).trim().split("\n").slice(-1);
    return { kind: "failed", reason: shownReason(last, exitCode) };
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    const { cause } = error;
    if (cause instanceof HostError && cause.code === "ENOENT") {
      return cause.path === argv[0]
        ? { kind: "missing" }
        : { kind: "failed", reason: cause.message };
    }
    return { kind: "failed", reason: shownReason(error.message, 0) };
  }
}

function shownReason(said: string, exitCode: number): string {
  const words = printable(said).slice(0, MAX_REASON);
  return words === "" ? `exit code ${exitCode}` : words;
}
