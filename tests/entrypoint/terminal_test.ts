// Process 1 on a terminal: its keys, its size, its jobs, and the shell that a
// person asks for.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { openSandbox, sandboxTests, type Start } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const COMPILER = [sandbox.compiled, "there is no C compiler here"] as const;

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
