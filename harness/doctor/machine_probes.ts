/**
 * What both `spec` and `image` ask the machine.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { findConfigFiles } from "../spec_cli/config_files.ts";
import type { ConfiguredProgram } from "../spec_cli/config.ts";
import { askProgram } from "./ask_program.ts";
import type { Answer, Probe } from "./examine.ts";
import { installHint } from "./packages.ts";

const OLDEST_MAJOR = 2;
const MEBIBYTE = 1024 * 1024;
const LITTLE_ROOM = 64 * MEBIBYTE;
const RUN_WITH_ALL = "Give the program all permissions: deno run -A";

/**
 * Makes the probes that both programs have.
 *
 * @param program Who asks.
 * @param host The machine.
 * @returns The probes.
 *
 * @example Usage
 * ```ts
 * import { examine } from "./examine.ts";
 * import { machineProbes } from "./machine_probes.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [deno] = await examine(machineProbes("spec", new MemoryHost()));
 * assertEquals(deno?.state, "ok");
 * ```
 */
export function machineProbes(
  program: ConfiguredProgram,
  host: Host,
): readonly Probe[] {
  const needed = (name: string, ask: Probe["ask"]) => ({
    name,
    need: name,
    ask,
  });
  return [
    needed("deno", () => askRuntime(host)),
    needed("C library", () => askLibrary(host)),
    needed("commands", () => askCommands(host)),
    needed("temporary directory", () => askTemporary(host)),
    needed("configuration", () => askConfiguration(program, host)),
    { name: "/proc", ask: () => askProcesses(host) },
  ];
}

function askRuntime(host: Host): Answer {
  const version = host.runtimeVersion();
  const fact = `${version}, ${host.architecture()}`;
  return Number.parseInt(version) >= OLDEST_MAJOR ? { state: "ok", fact } : {
    state: "broken",
    fact: `${fact}: wanted ${OLDEST_MAJOR} or newer`,
    remedy: "deno upgrade",
  };
}

function askLibrary(host: Host): Answer {
  try {
    const { uid, euid } = host.userIds();
    const as = uid === euid ? "" : `, effective ${euid}`;
    return { state: "ok", fact: `answers: user ${uid}${as}` };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const { code, reason } = error;
    return code === "EACCES"
      ? { state: "broken", fact: reason, remedy: RUN_WITH_ALL }
      : {
        state: "missing",
        fact: reason,
        remedy: "Use a system with glibc, such as Debian or Fedora",
      };
  }
}

async function askCommands(host: Host): Promise<Answer> {
  const answer = await askProgram(["sh", "-c", "exit 0"], host);
  if (answer.kind === "said") {
    return { state: "ok", fact: "programs can be started" };
  }
  if (answer.kind === "failed") {
    return { state: "broken", fact: answer.reason, remedy: RUN_WITH_ALL };
  }
  return {
    state: "missing",
    fact: "there is no sh in PATH",
    remedy: installHint("sh", host),
  };
}

async function askTemporary(host: Host): Promise<Answer> {
  const remedy = "Make room, or name another directory with TMPDIR";
  let directory: string | undefined;
  try {
    directory = host.makeTempDirectory("runner-doctor-");
    host.writeFile(`${directory}/file`, new Uint8Array(4096));
    const parent = directory.replace(/\/[^/]*$/, "") || "/";
    const free = await freeBytes(directory, host);
    const room = free === undefined
      ? "free space unknown"
      : `${Math.floor(free / MEBIBYTE)} MiB free`;
    const fact = `${parent}, ${room}`;
    return free === undefined || free >= LITTLE_ROOM
      ? { state: "ok", fact }
      : { state: "broken", fact, remedy };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { state: "broken", fact: error.message, remedy };
  } finally {
    if (directory !== undefined) host.remove(directory);
  }
}

/** Source: df(1) of POSIX: the fourth column, of 1024 bytes each. */
async function freeBytes(
  path: string,
  host: Host,
): Promise<number | undefined> {
  const answer = await askProgram(["df", "-Pk", path], host);
  if (answer.kind !== "said") return undefined;
  const [, line = ""] = answer.text.split("\n");
  const [, free] = /(\d+)\s+\d+%/.exec(line) ?? [];
  return free === undefined ? undefined : Number(free) * 1024;
}

async function askConfiguration(
  program: ConfiguredProgram,
  host: Host,
): Promise<Answer> {
  const levels = findConfigFiles(host);
  const none = { state: "ok", fact: "none" } as const;
  if (levels.length === 0) return none;
  const { readConfig } = await import("../spec_cli/config.ts");
  const config = readConfig(levels, program);
  return config === undefined ? none : { state: "ok", fact: config.path };
}

function askProcesses(host: Host): Answer {
  const remedy = "mount -t proc proc /proc";
  const effect = "what a command leaves behind outside of its group goes on";
  try {
    const numbers = host.readDirectory("/proc")
      .filter(({ name }) => /^\d+$/.test(name)).length;
    host.readFile("/proc/self/environ");
    return numbers > 0
      ? { state: "ok", fact: "processes are visible" }
      : { state: "broken", fact: `no process is visible: ${effect}`, remedy };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { state: "missing", fact: `${error.message}: ${effect}`, remedy };
  }
}
