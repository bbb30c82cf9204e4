// As process 1 of its namespace the tool is alone, and gets what process 1 gets.
// Taking in orphans is the tool's business, as in a direct start.

import { assert, assertEquals } from "@std/assert";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

const DIRECT = "exec ";
const RUNNER = "exec runner exec ";
const WAYS = [DIRECT, RUNNER] as const;

test("a second after the start only the tool is left, with one thread, as process 1", async () => {
  const { stdout } = await sandbox.shell(
    `${RUNNER} bash -c 'echo $$; sleep 1; echo /proc/[0-9]* /proc/[0-9]*/task/*'`,
  );
  assertEquals(stdout, "1\n/proc/1 /proc/1/task/1\n");
});

test("TERM to process 1 is handled by the tool's handler", async () => {
  for (const way of WAYS) {
    const { code, stdout } = await sandbox.shell(
      `(until [ -e /tmp/ready ]; do :; done; kill -TERM 1) &
${way} sh -c 'trap "echo handled; exit 3" TERM; : >/tmp/ready
sleep 1000 & wait'`,
    );
    assertEquals([code, stdout], [3, "handled\n"], way);
  }
});

test("TERM to process 1 without a handler does nothing, as in a direct start", async () => {
  for (const way of WAYS) {
    const running = sandbox.spawn({
      program: "/bin/sh",
      args: [
        "-c",
        `(until [ "$(cat /proc/1/comm)" = cat ]; do :; done
kill -TERM 1; echo sent) & ${way} cat`,
      ],
    });
    await running.until("sent\n");
    await running.write("alive\n");
    const { code, stdout } = await running.end();
    assertEquals([code, stdout], [0, "sent\nalive\n"], way);
  }
});

test("a storm of signals during the start of process 1 is passed over or ends it, and never hangs it", async () => {
  for (const way of WAYS) {
    const { code, stdout } = await sandbox.shell(
      `(while :; do kill -TERM 1; done) &
${way} sh -c 'trap "trap : TERM; echo handled; exit 3" TERM
while :; do :; done'`,
    );
    // See "What remains different" in docs/entrypoint.md.
    const ended = way === RUNNER && code === 143;
    assertEquals([code, stdout], ended ? [143, ""] : [3, "handled\n"], way);
  }
});

test("an orphan is left to the tool, as in a direct start", async () => {
  for (const way of WAYS) {
    const running = sandbox.spawn({
      program: "/bin/bash",
      args: [
        "-c",
        // It ends once its parent is gone and the tool is there: before, one of
        // the shells would take it in.
        `(sh -c 'until [ -e /tmp/alone ] && [ "$(cat /proc/1/comm)" = cat ]; do :; done &
echo $! >/tmp/orphan'
: >/tmp/alone
until grep -q '^State:.Z' "/proc/$(cat /tmp/orphan)/status"; do :; done
grep -E '^(State|PPid):' "/proc/$(cat /tmp/orphan)/status"; echo seen) &
${way} cat`,
      ],
    });
    await running.until("seen\n");
    const { code, stdout } = await running.end();
    assertEquals(code, 0);
    assertEquals(stdout, "State:\tZ (zombie)\nPPid:\t1\nseen\n", way);
  }
});

test("the tool is stopped and continued, at any moment of the start", async () => {
  const { code, stdout } = await sandbox.run({
    program: "/bin/bash",
    args: [
      "-c",
      `for delay in 0 0.01 0.02 0.05; do
  mkfifo /tmp/$delay
  runner exec cat <>/tmp/$delay & tool=$!
  sleep $delay
  kill -STOP $tool
  until grep -q '^State:.T' /proc/$tool/status; do :; done
  kill -CONT $tool
  until [ "$(cat /proc/$tool/comm)" = cat ]; do :; done
  kill -TERM $tool
  wait $tool
  echo $?
done 2>/dev/null`,
    ],
  });
  assertEquals([code, stdout], [0, "143\n".repeat(4)]);
});

/** Waits until a process is in a state, by its letter in proc(5). */
async function untilState(pid: number, letter: string): Promise<void> {
  for (;;) {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    if (stat.slice(stat.lastIndexOf(")")).startsWith(`) ${letter} `)) return;
  }
}

test("process 1 is stopped and continued from outside, and passes over the stop it may pass over", async () => {
  for (const way of WAYS) {
    const running = sandbox.spawn({
      program: "/bin/sh",
      args: ["-c", `${way} cat`],
    });
    await running.write("one\n");
    await running.until("one\n");
    const pid = await running.processOne();
    assertEquals(await Deno.readTextFile(`/proc/${pid}/comm`), "cat\n");
    Deno.kill(pid, "SIGTSTP");
    await running.write("two\n");
    await running.until("two\n");
    Deno.kill(pid, "SIGSTOP");
    await untilState(pid, "T");
    await running.write("three\n");
    Deno.kill(pid, "SIGCONT");
    await running.until("three\n");
    const { code, stdout } = await running.end();
    assertEquals([code, stdout], [0, "one\ntwo\nthree\n"], way);
  }
});

test("a handler of process 1 gets TSTP, CONT, WINCH and what else comes from outside", async () => {
  const signals = ["TSTP", "CONT", "WINCH", "HUP", "USR1", "INT", "QUIT"];
  for (const way of WAYS) {
    const running = sandbox.spawn({
      program: "/bin/bash",
      args: [
        "-c",
        `${way} bash -c 'for s in ${signals.join(" ")}; do trap "echo got $s" $s
done; trap "exit 3" TERM; echo ready; while :; do sleep 1000 & wait $!; done'`,
      ],
    });
    await running.until("ready\n");
    const pid = await running.processOne();
    for (const signal of signals) {
      Deno.kill(pid, `SIG${signal}` as Deno.Signal);
      await running.until(`got ${signal}\n`);
    }
    Deno.kill(pid, "SIGTERM");
    const { code } = await running.end();
    assertEquals(code, 3, way);
  }
});

test("after the start not a page of the entrypoint or its runtime is left in memory", async () => {
  const [direct, runner] = await sandbox.each([
    "exec cat /proc/self/maps",
    "exec runner exec cat /proc/self/maps",
  ]);
  const mapped = (maps = "") =>
    new Set(maps.split("\n").map((line) => line.split(/ +/)[5]));
  assertEquals(mapped(runner?.stdout), mapped(direct?.stdout));
  assert(mapped(runner?.stdout).has("/usr/bin/cat"));
});
