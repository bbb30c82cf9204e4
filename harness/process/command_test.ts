import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import type { CommandRequest, Host } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import { type CommandLimits, runCommand, stopAllCommands } from "./command.ts";
import { decodeOutput } from "./outcome.ts";

const HOST = denoHost();

function run(
  script: string,
  limits: Partial<CommandLimits> = {},
  change: Partial<CommandRequest> = {},
  host: Host = HOST,
) {
  const path = "/usr/bin:/bin";
  const argv = ["sh", "-c", script];
  const stdin = new Uint8Array();
  return runCommand(
    { argv, env: { PATH: path }, searchPath: path, stdin, ...change },
    { timeoutMs: 20_000, ...limits },
    host,
  );
}

async function refusal(outcome: Promise<unknown>): Promise<string> {
  const error = await assertRejects(() => outcome, CaseError);
  assertEquals(error.category, "runtime");
  return error.message;
}

/** Runs something that must not wait for what it left behind. */
async function quickly<T>(action: () => Promise<T>): Promise<T> {
  const before = performance.now();
  const result = await action();
  const took = performance.now() - before;
  assert(took < 20_000, `took ${took} ms`);
  return result;
}

/** Expects that no process with a word in its command line is left, or dying. */
async function assertGone(word: string) {
  let found: string[] = [];
  for (let tries = 0; tries < 200; tries++) {
    const { stdout } = await run("ps -eo stat=,args=");
    found = decodeOutput(stdout).split("\n")
      .filter((line) => line.includes(word) && !line.startsWith("Z"));
    if (found.length === 0) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  assertEquals(found, []);
}

// Every exit code is in tests/heavy/exit_codes.ts.
Deno.test("runCommand() keeps both streams and the exit code", async () => {
  const outcome = await run("printf out; printf err >&2; exit 7");
  assertEquals(decodeOutput(outcome.stdout), "out");
  assertEquals(decodeOutput(outcome.stderr), "err");
  assertEquals(outcome.exitCode, 7);
  for (const code of [0, 1, 127, 128, 255]) {
    assertEquals((await run(`exit ${code}`)).exitCode, code);
  }
});

Deno.test("runCommand() adds 128 to the number of the signal that ended it", async () => {
  for (const [name, number] of [["KILL", 9], ["TERM", 15], ["SEGV", 11]]) {
    assertEquals(
      (await run(`kill -${name} $$`)).exitCode,
      128 + Number(number),
    );
  }
});

Deno.test("runCommand() drains both streams side by side, megabytes of them", async () => {
  const megabytes = 5;
  const fill = `head -c ${megabytes}000000 /dev/zero | tr '\\0'`;
  const outcome = await run(`${fill} a >&2; ${fill} b; ${fill} c >&2`);
  assertEquals(outcome.stdout.length, megabytes * 1_000_000);
  assertEquals(outcome.stderr.length, 2 * megabytes * 1_000_000);
  assert(outcome.stderr.at(-1) === 0x63);
});

Deno.test("runCommand() feeds input while it drains", async () => {
  const stdin = new TextEncoder().encode("x".repeat(1_000_000));
  const echoed = await run("cat", {}, { stdin });
  assertEquals(echoed.stdout.length, stdin.length);
  assertEquals((await run("exit 3", {}, { stdin })).exitCode, 3);
});

Deno.test("runCommand() stops a command that takes too long, and shows what it printed", async () => {
  const message = await quickly(() =>
    refusal(run("echo begun; echo why >&2; exec sleep 30", { timeoutMs: 1000 }))
  );
  assertEquals(
    message,
    'timeout: command "sh -c echo begun; echo why >&2; exec sleep 30" took' +
      " longer than 1 s and was interrupted" +
      "\nstderr:\n  | why\nstdout:\n  | begun",
  );
});

Deno.test("runCommand() gives an interrupted command time to clean up", async () => {
  const script = "trap 'echo cleaned; exit 0' INT; sleep 30 & wait";
  const message = await refusal(run(script, { timeoutMs: 1000 }));
  assert(message.endsWith("was interrupted\nstdout:\n  | cleaned"), message);
});

Deno.test("runCommand() kills a command that ignores the interrupt, children included", async () => {
  const script = "trap '' INT; sleep 31.25 & sleep 31.25; sleep 31.25";
  const message = await quickly(() =>
    refusal(run(script, { timeoutMs: 1000 }))
  );
  assert(message.includes("was killed, an interrupt did not end it"), message);
  await assertGone("sleep 31.25");
});

Deno.test("runCommand() does not wait for a background child, and leaves none", async () => {
  for (const redirect of ["", ">/dev/null 2>&1 </dev/null"]) {
    const outcome = await quickly(() =>
      run(`sleep 32.25 ${redirect} & echo x`)
    );
    assertEquals(decodeOutput(outcome.stdout), "x\n");
    await assertGone("sleep 32.25");
  }
});

Deno.test("runCommand() keeps what a background child prints a moment later", async () => {
  const outcome = await run("(sleep 0.01; echo late) & echo x");
  assertEquals(decodeOutput(outcome.stdout), "x\nlate\n");
});

Deno.test("runCommand() does not wait for a process that left the group", async () => {
  const leave = "setsid sleep 60 & echo $!";
  const [outcome, message] = await quickly(() =>
    Promise.all([
      run(leave),
      refusal(run(`${leave}; exec sleep 60`, { timeoutMs: 1000 })),
    ])
  );
  const printed = decodeOutput(outcome.stdout);
  assertMatch(printed, /^\d+\n$/);
  Deno.kill(Number(printed), "SIGKILL");
  const [, pid = ""] = /stdout:\n {2}\| (\d+)$/.exec(message) ?? [];
  assertMatch(pid, /^\d+$/, message);
  Deno.kill(Number(pid), "SIGKILL");
});

Deno.test("runCommand() refuses to keep more than the limit", async () => {
  for (const [to, name] of [["", "stdout"], [" >&2", "stderr"]]) {
    const message = await quickly(() =>
      refusal(run(`yes${to}`, { maxOutputBytes: 1000 }))
    );
    const wanted = `Cannot keep what command "sh -c yes${to}" prints: ` +
      `more than 1000 bytes on ${name}\n${name}:\n  | y\n`;
    assertEquals(message.slice(0, wanted.length), wanted);
  }
  const whole = await run("printf 12345", { maxOutputBytes: 5 });
  assertEquals(whole.stdout.length, 5);
});

Deno.test("runCommand() says what is missing", async () => {
  const table: [Partial<CommandRequest>, string][] = [
    [
      { argv: ["no-such-program", "x"] },
      'Cannot start "no-such-program": there is no such program in PATH "/usr/bin:/bin"',
    ],
    [
      { argv: ["./no/such"] },
      'Cannot start "./no/such": no such file; relative paths begin at the working directory',
    ],
    [
      { argv: ["/etc/passwd"] },
      'Cannot start "/etc/passwd": permission denied; is it an executable file?',
    ],
    [
      { cwd: "/no/such" },
      'Cannot start "sh": /no/such: no such file or directory',
    ],
    [
      { argv: ["sh", "a\0b"] },
      'Cannot start "sh": invalid argument',
    ],
  ];
  for (const [change, message] of table) {
    assertEquals(await refusal(run("", {}, change)), message);
  }
});

Deno.test("runCommand() tells a missing interpreter from a missing program", async () => {
  const path = Deno.makeTempFileSync();
  Deno.writeTextFileSync(path, "#!/no/such/interpreter\n");
  Deno.chmodSync(path, 0o755);
  const message = await refusal(run("", {}, { argv: [path] }));
  assert(message.includes("the interpreter its first line names"), message);
  Deno.removeSync(path);
});

Deno.test("runCommand() runs in the working directory, where relative programs begin", async () => {
  const { stdout } = await run("pwd");
  assertEquals(decodeOutput(stdout), `${Deno.cwd()}\n`);
});

Deno.test("stopAllCommands() ends all that run, and nothing that has ended", async () => {
  await run("true");
  const running = [1, 2].map(() => run("sleep 33.25 & exec sleep 33.25"));
  await new Promise((go) => setTimeout(go, 100));
  stopAllCommands();
  const outcomes = await quickly(() => Promise.all(running));
  assertEquals(outcomes.map(({ exitCode }) => exitCode), [137, 137]);
  await assertGone("sleep 33.25");
  stopAllCommands();
});

Deno.test("runCommand() needs no real machine", async () => {
  const host = new MemoryHost({
    programs: {
      sh: ({ argv }) => ({
        stdout: argv.slice(2).join(),
        end: { kind: "signal", signal: "SIGHUP", number: 1 },
      }),
    },
  });
  const outcome = await run("said", {}, {}, host);
  assertEquals(decodeOutput(outcome.stdout), "said");
  assertEquals(outcome.exitCode, 129);
});
