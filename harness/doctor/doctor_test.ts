import { assert, assertEquals, assertRejects } from "@std/assert";
import { HostError, PSEUDO_TERMINAL } from "../../host/host.ts";
import {
  MemoryHost,
  type MemoryHostOptions,
  type MemoryProgram,
} from "../../host/memory_host.ts";
import { specMain } from "../spec_cli/main.ts";
import { UsageError } from "../usage_error.ts";
import { askProgram } from "./ask_program.ts";
import { doctor } from "./doctor.ts";
import { examine } from "./examine.ts";
import { installHint } from "./packages.ts";

const DF = `Filesystem 1024-blocks   Used Available Capacity Mounted on
overlay      102400000 200000  FREE        21% /
`;
const df = (free: number): MemoryProgram => () => ({
  stdout: DF.replace("FREE", String(free)),
});
const WELL: MemoryHostOptions = {
  programs: {
    sh: () => ({}),
    df: df(2_097_152),
    git: () => ({ stdout: "git version 2.39.5\n" }),
    deno: () => ({}),
  },
  runtime: "deno",
  runtimeVersion: "2.9.6",
  files: { "/proc/7/stat": "", "/proc/self/environ": "" },
};

async function ask(options: MemoryHostOptions, ...args: string[]) {
  const host = new MemoryHost({ ...options, args: ["doctor", ...args] });
  const code = await specMain(host);
  assertEquals(host.stderrText, "");
  assertEquals(host.readDirectory("/tmp"), []);
  return { code, text: host.stdoutText };
}

Deno.test("spec doctor tells a line for each thing, and what is needed", async () => {
  const { code, text } = await ask(WELL);
  assertEquals(
    text,
    `ok deno: 2.9.6, amd64
ok C library: answers: user 1000
ok commands: programs can be started
ok temporary directory: /tmp, 2048 MiB free
ok configuration: none
ok /proc: processes are visible
ok terminal: a command can sit at one, with stdin_isatty
ok processes for functions: can be started, with --isolate process
ok git: 2.39.5
ok output: no terminal: plain
ok environment: says nothing
ok capabilities: 17, listed by spec capabilities

spec: all that is needed is here
`,
  );
  assertEquals(code, 0);
});

const fail: MemoryProgram = () => ({
  stderr: "first\nno can do\n",
  end: { kind: "exit", code: 4 },
});

/** What is different, what is said then, and whether that is needed. */
const ILL: readonly (readonly [string, MemoryHostOptions, string, boolean])[] =
  [
    [
      "old",
      { runtimeVersion: "1.46.3" },
      "broken deno: 1.46.3, amd64: wan",
      true,
    ],
    [
      "no shell",
      { programs: {}, files: { "/etc/os-release": "ID=alpine\n" } },
      "missing commands: there is no sh in PATH\n  Install it: apk add busybox",
      true,
    ],
    [
      "no starts",
      { programs: { ...WELL.programs, sh: fail } },
      "broken commands: no can do\n  Give the program all permissions",
      true,
    ],
    [
      "full",
      { programs: { ...WELL.programs, df: df(1024) } },
      "broken temporary directory: /tmp, 1 MiB free\n  Make room",
      true,
    ],
    [
      "no df",
      { programs: { sh: () => ({}) } },
      "ok temporary directory: /tmp, free space unknown",
      false,
    ],
    [
      "configured",
      { files: { "/runner.json": '{ "spec": {} }' } },
      "ok configuration: runner.json",
      false,
    ],
    [
      "misconfigured",
      { files: { "/runner.json": '{ "sepc": {} }' } },
      'broken configuration: runner.json:1:3: unknown key "sepc"',
      true,
    ],
    [
      "no /proc",
      { files: {} },
      "missing /proc: /proc: no such file or directory: what a command",
      false,
    ],
    [
      "hidden",
      { files: { "/proc/self/environ": "" } },
      "broken /proc: no process is visible",
      false,
    ],
    [
      "compiled",
      { programs: { sh: () => ({}) }, runtime: undefined } as object,
      "missing processes for functions: this program was compiled",
      false,
    ],
    [
      "no git",
      { programs: { sh: () => ({}) } },
      "missing git: not installed\n  Install it: apt-get install git (Debian),",
      false,
    ],
    [
      "broken git",
      { programs: { ...WELL.programs, git: fail } },
      "broken git: no can do",
      false,
    ],
    ["terminal", { terminals: [1] }, "ok output: a terminal, with col", false],
    [
      "plain",
      { terminals: [1], env: { NO_COLOR: "1" } },
      "ok output: a terminal, plain: NO_COLOR",
      false,
    ],
    [
      "set up",
      { env: { SPEC_RUNNER_SAFE_MODE: "hush" } },
      "ok environment: SPEC_RUNNER_SAFE_MODE is set",
      false,
    ],
  ];

Deno.test("spec doctor says what is missing or broken, and what to do", async () => {
  for (const [label, options, wanted, isNeeded] of ILL) {
    const { code, text } = await ask({ ...WELL, ...options });
    assert(text.includes(wanted), `${label}: ${text}`);
    assertEquals(code, isNeeded ? 1 : 0, label);
    const [, name = ""] = /^\w+ (.*?):/.exec(wanted) ?? [];
    const last = isNeeded
      ? `spec: cannot do its work without: ${name}\n`
      : "spec: all that is needed is here\n";
    assert(text.endsWith(last), `${label}: ${text}`);
    assert(!text.includes("hush"));
  }
});

Deno.test("spec doctor tells a terminal that is missing from one that fails", async () => {
  const cases = [
    [new HostError("ENOENT", PSEUDO_TERMINAL), "missing terminal: a pseudo-"],
    [new HostError("EPERM", "sh"), "broken terminal: Cannot start"],
  ] as const;
  for (const [error, wanted] of cases) {
    const sh: MemoryProgram = ({ stdinIsTerminal = false }) => {
      if (stdinIsTerminal) throw error;
      return {};
    };
    const { code, text } = await ask({
      ...WELL,
      programs: { ...WELL.programs, sh },
    });
    assert(text.includes(wanted), text);
    assert(text.includes("\n  Mount devpts at /dev/pts"), text);
    assertEquals(code, 0);
  }
});

Deno.test("spec doctor says why there is no room for what is temporary", async () => {
  const host = new MemoryHost({ ...WELL, args: ["doctor"] });
  host.makeTempDirectory = () => {
    throw new HostError("EROFS", "/tmp");
  };
  assertEquals(await specMain(host), 1);
  const wanted = "broken temporary directory: /tmp: read-only file system\n";
  assert(host.stdoutText.includes(`${wanted}  Make room`), host.stdoutText);
});

Deno.test("spec doctor --json says the same to tools", async () => {
  const { code, text } = await ask({ ...WELL, programs: {} }, "--json");
  const { version, program, ok, unmet, findings } = JSON.parse(text);
  assertEquals([code, version, program, ok], [1, 1, "spec", false]);
  assertEquals(unmet, ["commands"]);
  assertEquals(findings.length, 12);
  assertEquals(findings[0], {
    name: "deno",
    state: "ok",
    fact: "2.9.6, amd64",
    remedy: null,
    need: "deno",
  });
  const git = findings.find(({ name }: { name: string }) => name === "git");
  assertEquals([git.state, git.need], ["missing", null]);
  assert(git.remedy.startsWith("Install it: "));
});

Deno.test("spec doctor can be interrupted, and leaves nothing", async () => {
  const host: MemoryHost = new MemoryHost({
    ...WELL,
    args: ["doctor"],
    programs: {
      ...WELL.programs,
      git: () => {
        queueMicrotask(() => host.interrupt("SIGINT"));
        return { end: "hang" };
      },
    },
  });
  assertEquals(await specMain(host), 130);
  assertEquals([host.stdoutText, host.processes], ["", 0]);
  assertEquals(host.readDirectory("/tmp"), []);
});

Deno.test("doctor() takes no path", async () => {
  const request = { program: "spec", json: false, probes: [] } as const;
  await assertRejects(
    () => doctor({ ...request, paths: ["x"] }, new MemoryHost()),
    UsageError,
    'Cannot look at "x": the command takes no path',
  );
});

Deno.test("examine() never hangs and never throws", async () => {
  const never = () => new Promise<never>(() => {});
  const findings = await examine([
    { name: "hangs", ask: never },
    {
      name: "throws",
      ask: () => {
        throw new RangeError("too far");
      },
    },
    { name: "rejects", ask: () => Promise.reject("why") },
    { name: "answers", ask: () => ({ state: "ok", fact: "yes" }) },
  ], 5);
  assertEquals(findings.map(({ name, state, fact }) => [name, state, fact]), [
    ["hangs", "broken", "no answer within 0.005 seconds"],
    ["throws", "broken", "too far"],
    ["rejects", "broken", "why"],
    ["answers", "ok", "yes"],
  ]);
});

Deno.test("askProgram() ends a program that does not", async () => {
  const host = new MemoryHost({ programs: { hang: () => ({ end: "hang" }) } });
  const answer = await askProgram(["hang"], host, { timeoutMs: 5 });
  assertEquals(answer.kind, "failed");
  assertEquals(host.processes, 0);
});

Deno.test("installHint() names the package of the distribution", () => {
  const cases = [
    ['ID=fedora\nVERSION="40"', "docker", "dnf install moby-engine"],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', "git", "dnf install git"],
    [
      "ID=ubuntu\nID_LIKE=debian",
      "unshare",
      "apt-get install util-linux mount",
    ],
    ["ID=alpine", "podman", "apk add podman"],
    ["ID=alpine", "nerdctl", "https://github.com/containerd/nerdctl/releases"],
    [
      "ID=plan9",
      "sh",
      "apt-get install dash (Debian), apk add busybox (Alpine), dnf install bash (Fedora)",
    ],
  ] as const;
  for (const [release, program, wanted] of cases) {
    const host = new MemoryHost({ files: { "/etc/os-release": release } });
    assertEquals(installHint(program, host), `Install it: ${wanted}`);
  }
});
