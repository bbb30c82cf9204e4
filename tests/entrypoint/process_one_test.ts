// As process 1 of its namespace the tool is alone, and gets what process 1 gets.
// Taking in orphans is the tool's business, as in a direct start.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openSandbox, sandboxTests, type Start } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const COMPILER = [sandbox.compiled, "there is no C compiler here"] as const;

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
        // It ends once the tool is there: before, it would be the shell's.
        `(sh -c 'until [ "$(cat /proc/1/comm)" = cat ]; do :; done &
echo $! >/tmp/orphan'
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

/** Process 1 on a terminal of its own, as a container engine starts it. */
function onTerminal(words: string, start: Start = {}) {
  return sandbox.spawn({
    ...start,
    outer: [`${sandbox.folder}/terminal`],
    program: "/bin/sh",
    args: ["-c", `exec setsid --ctty ${words}`],
  });
}

test("Ctrl-C on the terminal reaches a handler of process 1", async () => {
  const running = onTerminal(
    `runner exec bash -c 'trap "echo got INT; exit 9" INT; echo "rea""dy"
sleep 1000 & wait'`,
  );
  await running.until("ready");
  await running.write("\x03");
  const { code, stdout } = await running.end();
  assertEquals(code, 9);
  assertStringIncludes(stdout, "got INT\r\n");
}, COMPILER);

test(
  "Ctrl-C ends a tool that is not process 1, and the caller sees it",
  async () => {
    const running = onTerminal(
      `sh -c 'trap : INT; runner exec sh -c "echo rea\\"\\"dy; exec sleep 1000"
echo ended $?'`,
    );
    await running.until("ready");
    await running.write("\x03");
    const { stdout } = await running.end();
    assertStringIncludes(stdout, "ended 130\r\n");
  },
  COMPILER,
);

test(
  "the terminal's size is the tool's, and so is the news of its change",
  async () => {
    const running = onTerminal(
      `runner exec bash -c 'trap "stty size; exit 5" WINCH; stty size
stty rows 33 cols 77; sleep 1000 & wait'`,
    );
    const { code, stdout } = await running.end();
    assertEquals([code, stdout], [5, "24 80\r\n33 77\r\n"]);
  },
  COMPILER,
);

const BASH = `rm etc/runner/runtime.env
echo RUNTIME_SHELL=/bin/bash >etc/runner/runtime.env
cat >tmp/tool <<'END'
#!/bin/sh
trap 'echo continued' CONT
echo ready
while :; do :; done
END
chmod 0755 tmp/tool`;

test(
  "a shell on a terminal is process 1, has job control, and its exit code counts",
  async () => {
    const running = onTerminal("runner shell", { setup: BASH });
    await running.write(`echo "pid"' '$$ "$0"\n`);
    await running.until("pid 1 /bin/bash\r\n");
    await running.write("/tmp/tool\n");
    await running.until("ready\r\n");
    await running.write("\x1a");
    await running.until("Stopped");
    await running.write("fg\n");
    // Only now the terminal is the tool's again.
    await running.until("continued\r\n");
    await running.write("\x03");
    await running.write("echo ended with' '$?; exit 7\n");
    const { code, stdout } = await running.end();
    assertStringIncludes(stdout, "ended with 130\r\n");
    assertEquals(code, 7);
  },
  COMPILER,
);

test(
  "the shell is the one of the file, whatever the environment says",
  async () => {
    const running = onTerminal("env RUNTIME_SHELL=/bin/evil runner shell", {
      setup: BASH,
    });
    await running.write('echo "$0 and"" $RUNTIME_SHELL"; exit 0\n');
    const { code, stdout } = await running.end();
    assertEquals(code, 0);
    assertStringIncludes(stdout, "/bin/bash and /bin/evil\r\n");
  },
  COMPILER,
);

test("without a terminal on all of 0, 1 and 2 there is no shell", async () => {
  const ends = await sandbox.each([
    "runner shell",
    "echo echo executed | runner shell",
    "runner shell <&-",
  ], { setup: BASH });
  for (const { code, stdout, stderr } of ends) {
    assertEquals([code, stdout], [64, ""]);
    assertStringIncludes(stderr, "descriptor 0 is not a terminal");
  }
});

test("with a terminal on some of 0, 1 and 2 there is no shell", async () => {
  const table = [
    [">/tmp/out", 1],
    [">/tmp/out 2>&1", 1],
    ["2>/tmp/out", 2],
    ["<&-", 0],
    ["</dev/null", 0],
  ] as const;
  for (const [redirection, missing] of table) {
    const running = onTerminal(
      `sh -c 'runner shell ${redirection}; echo ended $?; cat /tmp/out'`,
      { setup: BASH },
    );
    const { stdout } = await running.end();
    assertStringIncludes(stdout, "ended 64\r\n");
    assertStringIncludes(stdout, `descriptor ${missing} is not a terminal`);
  }
}, COMPILER);
