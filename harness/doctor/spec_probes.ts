/**
 * What `spec doctor` asks the machine.
 *
 * @module
 */

import { type Host, HostError, PSEUDO_TERMINAL } from "../../host/host.ts";
import { capabilitySet } from "../capabilities.ts";
import { BUILT_IN_TYPES } from "../types/registry.ts";
import { askProgram } from "./ask_program.ts";
import type { Answer, Probe } from "./examine.ts";
import { machineProbes } from "./machine_probes.ts";
import { installHint } from "./packages.ts";

/** Variables that change how every case runs. */
const VARIABLES = [
  "SPEC_RUNNER_ENTRYPOINT",
  "SPEC_RUNNER_SAFE_MODE",
  "SPEC_RUNNER_ENV_ALLOWLIST",
  "SPEC_RUNNER_ASSERT_HEALTH",
] as const;

/**
 * Makes the probes of `spec doctor`.
 *
 * @param host The machine.
 * @returns The probes.
 *
 * @example Usage
 * ```ts
 * import { specProbes } from "./spec_probes.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const names = specProbes(new MemoryHost()).map(({ name }) => name);
 * assertEquals(names.includes("terminal"), true);
 * ```
 */
export function specProbes(host: Host): readonly Probe[] {
  return [
    ...machineProbes("spec", host),
    { name: "terminal", ask: () => askTerminal(host) },
    { name: "processes for functions", ask: () => askOwnRuntime(host) },
    { name: "git", ask: () => askGit(host) },
    { name: "output", ask: () => askOutput(host) },
    { name: "environment", ask: () => askEnvironment(host) },
    { name: "capabilities", ask: askCapabilities },
  ];
}

async function askTerminal(host: Host): Promise<Answer> {
  const words = ["sh", "-c", "test -t 0"];
  const answer = await askProgram(words, host, { stdinIsTerminal: true });
  if (answer.kind === "said") {
    return { state: "ok", fact: "a command can sit at one, with stdin_isatty" };
  }
  const reason = answer.kind === "missing" ? "there is no sh" : answer.reason;
  return {
    state: reason.includes(PSEUDO_TERMINAL) ? "missing" : "broken",
    fact: reason,
    remedy: "Mount devpts at /dev/pts, with /dev/ptmx",
  };
}

function askOwnRuntime(host: Host): Answer {
  try {
    return host.runtimeCommand() === undefined
      ? {
        state: "missing",
        fact: "this program was compiled, and has no runtime beside it",
        remedy: "For --isolate process run it from source",
      }
      : { state: "ok", fact: "can be started, with --isolate process" };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return {
      state: "broken",
      fact: error.message,
      remedy: "Give the program all permissions: deno run -A",
    };
  }
}

async function askGit(host: Host): Promise<Answer> {
  const answer = await askProgram(["git", "--version"], host);
  const remedy = installHint("git", host);
  if (answer.kind === "missing") {
    return { state: "missing", fact: "not installed", remedy };
  }
  return answer.kind === "said"
    ? { state: "ok", fact: answer.text.replace(/^git version /, "") }
    : { state: "broken", fact: answer.reason, remedy };
}

function askOutput(host: Host): Answer {
  if (!host.isTerminal(1)) return { state: "ok", fact: "no terminal: plain" };
  const isPlain = (host.env("NO_COLOR") ?? "") !== "" ||
    host.env("TERM") === "dumb";
  return {
    state: "ok",
    fact: isPlain
      ? "a terminal, plain: NO_COLOR or TERM say so"
      : "a terminal, with colours",
  };
}

// Named and not shown: a value may be nobody's business.
function askEnvironment(host: Host): Answer {
  const set = VARIABLES.filter((name) => host.env(name) !== undefined);
  return {
    state: "ok",
    fact: set.length === 0 ? "says nothing" : `${set.join(", ")} is set`,
  };
}

function askCapabilities(): Answer {
  const { size } = capabilitySet(BUILT_IN_TYPES.values());
  return { state: "ok", fact: `${size}, listed by spec capabilities` };
}
