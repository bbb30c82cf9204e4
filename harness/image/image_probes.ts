/**
 * What `image doctor` asks the machine.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { askProgram } from "../doctor/ask_program.ts";
import type { Answer, Probe } from "../doctor/examine.ts";
import { machineProbes } from "../doctor/machine_probes.ts";
import { installHint } from "../doctor/packages.ts";
import { ENGINES } from "./engine.ts";
import { prepareSandbox, type SandboxHost } from "./sandbox.ts";
import type { Tree } from "./tree.ts";

const NEED = "a sandbox or a container engine";
const SANDBOX_TIMEOUT_MS = 4_000;

/** What an engine is to do that does not answer. */
const WAKE: Readonly<Record<typeof ENGINES[number], string>> = {
  docker:
    "Start its service, or let this user reach it: systemctl start docker, usermod -aG docker USER",
  podman: 'See what "podman info" says',
  nerdctl: "Start containerd: systemctl start containerd",
};

/**
 * Makes the probes of `image doctor`.
 *
 * @param host The machine.
 * @returns The probes.
 *
 * @example Usage
 * ```ts
 * import { imageProbes } from "./image_probes.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const names = imageProbes(new MemoryHost()).map(({ name }) => name);
 * assertEquals(names.slice(-4), ["sandbox", "docker", "podman", "nerdctl"]);
 * ```
 */
export function imageProbes(host: Host): readonly Probe[] {
  return [
    ...machineProbes("image", host),
    { name: "sandbox", need: NEED, ask: () => askSandbox(host) },
    ...ENGINES.map((engine) => ({
      name: engine,
      need: NEED,
      ask: () => askEngine(engine, host),
    })),
  ];
}

async function askSandbox(host: Host): Promise<Answer> {
  const unshare = await askProgram(["unshare", "--version"], host);
  if (unshare.kind === "missing") {
    return {
      state: "missing",
      fact: "there is no unshare",
      remedy: installHint("unshare", host),
    };
  }
  const root = host.makeTempDirectory("runner-doctor-");
  try {
    const result = await prepareSandbox(bounded(host), emptyTree(root, host));
    if (!result.ok) return refused(result.reasons, host);
    using sandbox = result.sandbox;
    const how = sandbox.mode === "user"
      ? "in user namespaces"
      : "as root, in a mount namespace";
    const both = sandbox.capabilities.includes("sandbox.root")
      ? ""
      : "; cases about root are skipped";
    return { state: "ok", fact: `${how}${both}` };
  } finally {
    host.remove(root);
  }
}

/** As much of a tree as a sandbox needs to start. */
function emptyTree(root: string, host: Pick<Host, "makeDirectory">): Tree {
  host.makeDirectory(`${root}/etc/runner`);
  host.makeDirectory(`${root}/usr/local/lib/runner.d`);
  const user = { name: "runner", uid: 10001, gid: 10001 };
  const folders = { home: "/home/runner", workDirectory: "/workspace" };
  return { root, domain: undefined, user: { ...user, ...folders } };
}

function refused(reasons: readonly string[], host: Host): Answer {
  const limit = setting("/proc/sys/user/max_user_namespaces", host);
  const clone = setting("/proc/sys/kernel/unprivileged_userns_clone", host);
  const armor = setting(
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    host,
  );
  const remedy = limit === "0"
    ? "sysctl user.max_user_namespaces=10000"
    : clone === "0"
    ? "sysctl kernel.unprivileged_userns_clone=1"
    : armor === "1"
    ? "sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    : "In a container: give it --security-opt seccomp=unconfined and --cap-add SYS_ADMIN";
  return { state: "broken", fact: reasons.join("; "), remedy };
}

function setting(path: string, host: Host): string | undefined {
  if (!host.mayAccess(path, "read")) return undefined;
  return new TextDecoder().decode(host.readFile(path, { maxBytes: 64 })).trim();
}

/** A machine whose programs are killed after a while. */
function bounded(host: Host): SandboxHost {
  return {
    env: (name) => host.env(name),
    makeDirectory: (path) => host.makeDirectory(path),
    makeTempDirectory: (prefix) => host.makeTempDirectory(prefix),
    remove: (path) => host.remove(path),
    userIds: () => host.userIds(),
    writeFile: (path, bytes, options) => host.writeFile(path, bytes, options),
    start(request) {
      const command = host.start(request);
      const timer = setTimeout(
        () => command.signalGroup("SIGKILL"),
        SANDBOX_TIMEOUT_MS,
      );
      command.end.finally(() => clearTimeout(timer));
      return command;
    },
  };
}

async function askEngine(
  engine: typeof ENGINES[number],
  host: Host,
): Promise<Answer> {
  const own = await askProgram([engine, "--version"], host);
  if (own.kind === "missing") {
    return {
      state: "missing",
      fact: "not installed",
      remedy: installHint(engine, host),
    };
  }
  const remedy = WAKE[engine];
  if (own.kind === "failed") {
    return { state: "broken", fact: own.reason, remedy };
  }
  const version = /\d+(?:\.\d+)+[\w.+~-]*/.exec(own.text)?.[0] ?? "here";
  const answer = await askProgram([engine, "version"], host);
  if (answer.kind === "said") {
    return { state: "ok", fact: `${version}, answers` };
  }
  const reason = answer.kind === "failed" ? answer.reason : "it went away";
  return { state: "broken", fact: `${version}: ${reason}`, remedy };
}
