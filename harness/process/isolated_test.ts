import config from "../../deno.json" with { type: "json" };
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import type { CommandRequest } from "../../host/host.ts";
import { MemoryHost, type MemoryOutcome } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import { callIsolated, type IsolatedCall, moduleOf } from "./isolated.ts";
import type { CallAnswer, CallRequest } from "./isolated_call.ts";
import { decodeOutput } from "./outcome.ts";

function callOf(
  code: string,
  change: Partial<IsolatedCall> = {},
): IsolatedCall {
  const url = `data:application/typescript,${encodeURIComponent(code)}`;
  return {
    specifier: url,
    attr: ["main"],
    argv: [],
    env: { PATH: "/usr/bin:/bin" },
    stdin: new Uint8Array(),
    tmpDir: "/tmp",
    timeoutMs: 20_000,
    ...change,
  };
}

const TOOL = { specifier: "tool", argv: ["a b"], timeoutMs: 500 };

function requestIn({ stdin }: CommandRequest): CallRequest {
  const [, json = ""] = /^await answerCall\((.*)\);$/m.exec(
    new TextDecoder().decode(stdin),
  ) ?? [];
  return JSON.parse(json);
}

/** A machine whose runtime answers as told, and what it was asked. */
function machine(answer: CallAnswer | string, outcome: MemoryOutcome = {}) {
  const requests: CommandRequest[] = [];
  const host: MemoryHost = new MemoryHost({
    env: { HOME: "/home/user", A: "tools" },
    cwd: "/repo",
    runtime: "/bin/deno",
    programs: {
      "/bin/deno": (request) => {
        requests.push(request);
        const text = typeof answer === "string"
          ? answer
          : JSON.stringify(answer);
        const bytes = new TextEncoder().encode(text);
        if (text !== "") host.writeFile(requestIn(request).answer, bytes);
        return outcome;
      },
    },
  });
  return { host, requests };
}

async function failureOf(host: MemoryHost, timeoutMs = 500): Promise<string> {
  const call = callOf("", { ...TOOL, timeoutMs });
  const error = await assertRejects(() => callIsolated(call, host), CaseError);
  assertEquals(error.category, "runtime");
  return error.message;
}

Deno.test("callIsolated() hands the call over, and takes what was printed", async () => {
  const { host, requests } = machine({ exitCode: 3 }, {
    stdout: "out",
    stderr: "err",
  });
  const env = { A: "case", SPEC_RUNNER_TMPDIR: "/tmp/spec-9" };
  const stdin = new Uint8Array([0, 0xff]);
  const call = callOf("", { ...TOOL, env, stdin, stdinIsTerminal: true });
  const outcome = await callIsolated(call, host);
  assertEquals(decodeOutput(outcome.stdout), "out");
  assertEquals(decodeOutput(outcome.stderr), "err");
  assertEquals(outcome.exitCode, 3);
  const [request] = requests;
  if (request === undefined) throw new Error("nothing was started");
  assertEquals(request.cwd, "/repo");
  assertEquals(request.env, {
    HOME: "/home/user",
    A: "tools",
    SPEC_RUNNER_TMPDIR: "/tmp/spec-9",
  });
  const { answer, ...asked } = requestIn(request);
  assertEquals(asked, {
    specifier: "tool",
    attr: ["main"],
    argv: ["a b"],
    env,
    stdin: "AP8=",
    stdinIsTerminal: true,
    tmpDir: "/tmp",
    timeoutMs: 2 ** 31 - 1,
  });
  assertEquals(host.mayAccess(answer, "read"), false);
  assertEquals(host.readDirectory("/tmp"), []);
});

const BEFORE = { stdout: "before\n" };
const SHOWN = "\nstdout:\n  | before";
const KILLED = { kind: "signal", signal: "SIGKILL", number: 9 } as const;
const END_3 = { kind: "exit", code: 3 } as const;

/** What a process answers and how it ends, and what is told. */
const FAILURES: readonly (readonly [
  CallAnswer | string,
  MemoryOutcome,
  string,
])[] = [
  [
    { failure: '"tool:main" threw Error: no' },
    BEFORE,
    '"tool:main" threw Error: no',
  ],
  [
    "",
    { ...BEFORE, end: KILLED },
    `"tool:main" ended its process by signal 9${SHOWN}`,
  ],
  [
    "",
    { ...BEFORE, end: END_3 },
    `"tool:main" ended its process with exit code 3, past the calls that do that for a case${SHOWN}`,
  ],
  [
    '{"exitC',
    { end: KILLED },
    '"tool:main" ended its process by signal 9',
  ],
  [
    "",
    { ...BEFORE, end: "hang" },
    `"tool:main" ran into the timeout: it took longer than 0.02 s${SHOWN}`,
  ],
];

Deno.test("callIsolated() says how a call failed, and leaves nothing", async () => {
  for (const [answer, outcome, message] of FAILURES) {
    const { host } = machine(answer, outcome);
    assertEquals(await failureOf(host, 20), message);
    assertEquals(host.readDirectory("/tmp"), []);
    assertEquals(host.processes, 0);
  }
});

Deno.test("callIsolated() says why there is no process for the call", async () => {
  assertStringIncludes(
    await failureOf(new MemoryHost()),
    '"tool:main" cannot be called in a process of its own: this program was compiled',
  );
  assertStringIncludes(
    await failureOf(new MemoryHost({ runtime: "/bin/deno" })),
    '"tool:main" cannot be called in a process of its own: /bin/deno: no such file or directory',
  );
});

const STATEFUL = `
import { basename } from "@std/path";
const kept = console.log;
console.log("while it is loaded");
let count = 0;
export async function main(argv: string[], io: { stdin: { text(): string } }) {
  kept(basename("/a/b"), ++count, argv, io.stdin.text(), Deno.env.get("A"));
  await new Deno.Command("echo", { args: ["a child"], stdout: "inherit" }).output();
  console.error(Object.keys(Deno.env.toObject()).join());
  Deno.exit(7);
}`;

Deno.test("callIsolated() calls in a fresh process as if it were this one", async () => {
  const call = callOf(STATEFUL, {
    argv: ["x"],
    stdin: new TextEncoder().encode("in"),
    env: { A: "1", PATH: "/usr/bin:/bin" },
  });
  const outcomes = await Promise.all(
    [1, 2].map(() => callIsolated(call, denoHost())),
  );
  for (const { exitCode, stdout, stderr } of outcomes) {
    assertEquals(exitCode, 7);
    assertEquals(decodeOutput(stdout), 'b 1 [ "x" ] in 1\na child\n');
    const names = decodeOutput(stderr).trimEnd().split(",");
    assertEquals(names.sort(), ["A", "PATH"]);
  }
});

Deno.test("callIsolated() shows what a function throws as a call in this process does", async () => {
  const call = callOf(`export function main() {
    console.log("before");
    throw new RangeError("too far");
  }`);
  const error = await assertRejects(
    () => callIsolated(call, denoHost()),
    CaseError,
  );
  const [first = "", ...rest] = error.message.split("\n");
  assertStringIncludes(first, '" threw RangeError: too far');
  assertEquals(rest.at(-1), "  | before");
  assertEquals(rest.filter((line) => line.includes("isolated")), []);
});

Deno.test("callIsolated() stops a loop that never waits [not SF-CMD-11]", async () => {
  const call = callOf("for (;;); export const main = 1;", { timeoutMs: 300 });
  const error = await assertRejects(
    () => callIsolated(call, denoHost()),
    CaseError,
  );
  const message = "ran into the timeout: it took longer than 0.3 s";
  assertStringIncludes(error.message, message);
});

Deno.test("moduleOf() names the other side beside this one, in a registry by its export", () => {
  const table = {
    "file:///repo/harness/process/isolated.ts":
      "file:///repo/harness/process/isolated_call.ts",
    "https://jsr.io/@runner/toolkit/0.2.0/harness/process/isolated.ts":
      "jsr:@runner/toolkit@0.2.0/isolated-call",
    "http://127.0.0.1:80/@a/b/1.2.3-rc.1/harness/process/isolated.ts":
      "jsr:@a/b@1.2.3-rc.1/isolated-call",
    "https://example.com/toolkit/harness/process/isolated.ts":
      "https://example.com/toolkit/harness/process/isolated_call.ts",
  };
  for (const [url, module] of Object.entries(table)) {
    assertEquals(moduleOf(url), module);
  }
  const exported = new URL(
    `../../${config.exports["./isolated-call"]}`,
    import.meta.url,
  );
  assertEquals(exported.href, moduleOf(import.meta.url));
});
