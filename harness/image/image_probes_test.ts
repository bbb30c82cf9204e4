import { assert, assertEquals } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import {
  MemoryHost,
  type MemoryHostOptions,
  type MemoryProgram,
} from "../../host/memory_host.ts";
import { examine } from "../doctor/examine.ts";
import { imageMain } from "./image_cli.ts";
import { imageProbes } from "./image_probes.ts";

const fails = (stderr: string, code = 1): MemoryProgram => () => ({
  stderr,
  end: { kind: "exit", code },
});

/** A machine: a shell that makes sandboxes or not, and other programs. */
function machine(
  programs: Readonly<Record<string, MemoryProgram>>,
  refusal: string | undefined,
  files: MemoryHostOptions["files"] = {},
): MemoryHostOptions {
  const sh: MemoryProgram = ({ argv }) =>
    argv[1] === "-c" || refusal === undefined ? {} : fails(refusal)(
      { argv, env: {}, searchPath: "", stdin: new Uint8Array() },
    );
  return { programs: { sh, ...programs }, ids: { uid: 1000 }, files };
}

const unshare: MemoryProgram = () => ({ stdout: "unshare 2.38\n" });
const engine = (up: boolean): MemoryProgram => ({ argv }) =>
  argv[1] === "--version" || up
    ? { stdout: "podman version 4.3.1, build x\n" }
    : fails("trying\nCannot connect to the daemon\n")(
      { argv, env: {}, searchPath: "", stdin: new Uint8Array() },
    );

const REFUSED = "unshare: unshare failed: Operation not permitted\n";

/** A machine, lines of the answer, and the exit code. */
const MACHINES: readonly (readonly [
  MemoryHostOptions,
  readonly string[],
  number,
])[] = [
  [machine({ unshare }, undefined), [
    "ok sandbox: in user namespaces; cases about root are skipped",
    "missing docker: not installed",
    "  Install it: https://github.com/containerd/nerdctl/releases",
    "image: all that is needed is here",
  ], 0],
  [machine({ unshare }, REFUSED), [
    "broken sandbox: user: unshare: unshare failed: Operation not permitted; root: unshare: unshare failed: Operation not permitted",
    "  In a container: give it --security-opt seccomp=unconfined and --cap-add SYS_ADMIN",
    "image: cannot do its work without: a sandbox or a container engine",
  ], 1],
  [machine({ podman: engine(true) }, REFUSED), [
    "missing sandbox: there is no unshare",
    "ok podman: 4.3.1, answers",
    "image: all that is needed is here",
  ], 0],
  [machine({ unshare, docker: engine(false) }, REFUSED), [
    "broken docker: 4.3.1: Cannot connect to the daemon",
    "  Start its service, or let this user reach it: systemctl start docker, usermod -aG docker USER",
  ], 1],
  [machine({ unshare, docker: fails("") }, REFUSED), [
    "broken docker: exit code 1",
  ], 1],
  ...[
    ["user/max_user_namespaces", "0", "user.max_user_namespaces=10000"],
    [
      "kernel/unprivileged_userns_clone",
      "0",
      "kernel.unprivileged_userns_clone=1",
    ],
    [
      "kernel/apparmor_restrict_unprivileged_userns",
      "1",
      "kernel.apparmor_restrict_unprivileged_userns=0",
    ],
  ].map(([file, value, remedy]) =>
    [
      machine({ unshare }, REFUSED, { [`/proc/sys/${file}`]: `${value}\n` }),
      [`  sysctl ${remedy}`],
      1,
    ] as const
  ),
];

Deno.test("image doctor says whether an entrypoint can be started, and how", async () => {
  for (const [options, lines, wanted] of MACHINES) {
    const host = new MemoryHost({ ...options, args: ["doctor"] });
    const code = await imageMain(host);
    const told = host.stdoutText.split("\n");
    for (const line of lines) assert(told.includes(line), host.stdoutText);
    assertEquals([code, host.stderrText], [wanted, ""], host.stdoutText);
    assertEquals(host.readDirectory("/tmp"), []);
  }
});

Deno.test("image doctor finds here what image verify finds here", async () => {
  const probes = imageProbes(denoHost())
    .filter(({ name }) => name === "sandbox" || name === "C library");
  const findings = await examine(probes);
  const states = findings.map(({ name, state }) => `${name} ${state}`);
  assertEquals(states[0], "C library ok");
  assert(states[1] === "sandbox ok" || findings[1]?.remedy !== undefined);
});
