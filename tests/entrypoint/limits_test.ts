// Where there is too little of something, the work is done or the exit code is
// not 0: never a success without the work, never a hang.

import { assert, assertEquals, assertMatch } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import { main } from "../../runner/main.ts";
import { controlGroup, type ControlGroupKind } from "./_control_group.ts";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

const DONE = "runner exec printf done";
const HELP = "runner help";

/** Limits that leave room, by `ulimit` of the shell. */
const ENOUGH = [
  "-n 64",
  "-c 0",
  "-l 0",
  "-t 60",
  "-s 2048",
  "-Sn 4",
  "-Ss 2048",
];

/** Limits the runtime cannot live with; measured, and listed in the docs. */
const TOO_LITTLE = [
  "-n 4",
  "-n 8",
  "-v 100000",
  "-v 4000000",
  "-d 1000",
  "-s 64",
];

/** Whoever runs these tests may have descriptors open, which take up room. */
const CLOSE = "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-";

test("under a limit that leaves room the work is done", async () => {
  const pieces = ENOUGH.map((limit) => `${CLOSE}; ulimit ${limit}; ${DONE}`);
  for (const [index, end] of (await sandbox.each(pieces)).entries()) {
    const expected = { code: 0, stdout: "done", stderr: "" };
    assertEquals(end, expected, ENOUGH[index]);
  }
});

test("under a limit that leaves none, nothing is printed and the exit code is not 0", async () => {
  const pieces = TOO_LITTLE.flatMap((limit) => [
    `ulimit -c 0; ulimit ${limit}; exec ${DONE}`,
    `ulimit -c 0; ulimit ${limit}; exec ${HELP}`,
    `ulimit -c 0; ulimit ${limit}; exec runner exec no-such-command`,
  ]);
  for (
    const [index, { code, stdout }] of (await sandbox.each(pieces)).entries()
  ) {
    assertEquals(stdout, "", pieces[index]);
    assert(code !== 0, pieces[index]);
  }
});

test("a file that may not grow is the printing's failure", async () => {
  const [help, about] = await sandbox.each([
    "ulimit -f 0; runner help >/tmp/out; code=$?; ulimit -f unlimited 2>/dev/null; exit $code",
    "env --ignore-signal=XFSZ sh -c 'ulimit -f 0; runner about >/tmp/out'",
  ]);
  assertEquals(help?.code, 128 + 25);
  assertEquals(about?.code, 74);
});

/** Twenty arguments of so many bytes, and what the shell says about the start. */
const arguments_ = (bytes: number) =>
  `word=$(head -c ${bytes} /dev/zero | tr '\\0' x)
runner exec sh -c 'echo $# $0' sh $(for n in $(seq 20); do echo "$word"; done)`;

test("arguments up to the kernel's limit arrive; beyond it nothing runs, and the code is 70 or the caller's 126", async () => {
  const sizes = [60_000, 90_000, 100_000, 104_000, 104_850, 110_000, 130_000];
  const ends = await sandbox.each(sizes.map(arguments_), {
    setup: "",
  });
  const outcomes = ends.map(({ code, stdout }) => `${code} ${stdout.trim()}`);
  for (const [index, outcome] of outcomes.entries()) {
    assertMatch(outcome, /^(0 20 sh|70|126) ?$/, `${sizes[index]} bytes`);
  }
  assertEquals(outcomes[0], "0 20 sh");
  assertEquals(outcomes.at(-1), "126 ");
});

test("an environment that only just fits the kernel is refused by the launcher, not cut", async () => {
  const [end] = await sandbox.each([
    "A=$(head -c 131069 /dev/zero | tr '\\0' x) runner exec true",
  ]);
  assertEquals([end?.code, end?.stdout], [70, ""]);
  assertMatch(
    end?.stderr ?? "",
    /^runner: Cannot start the runtime: .*\n.*too large\n$/,
  );
});

const NPROC = [Deno.uid() === 0, "only root can be another user"] as const;

/** A user nobody else is, so that only the sandbox's processes count. */
const NOBODY_ELSE = `${500_000_000 + Deno.pid}:10001`;

test(
  "four processes are enough, and with one nothing succeeds silently",
  async () => {
    const run = (limit: number, command: string) =>
      sandbox.run({
        mode: "root",
        user: NOBODY_ELSE,
        program: "/usr/bin/prlimit",
        args: [`--nproc=${limit}`, ...command.split(" ")],
      });
    for (const limit of [2, 4]) {
      const { code, stdout } = await run(limit, "runner exec printf done");
      assertEquals([code, stdout], [0, "done"], `${limit} processes`);
    }
    const { code, stdout } = await run(1, "runner exec printf done");
    assertEquals(stdout, "");
    assert(code !== 0);
  },
  NPROC,
);

/** What a control group leaves, and how much of it is enough. */
const GROUPS: readonly (readonly [ControlGroupKind, number, string])[] = [
  ["memory", 16 << 20, "16 MiB of memory are enough"],
  // One of them waits outside of the sandbox.
  ["pids", 4, "four processes and threads are enough, also by a control group"],
];

for (const [kind, limit, name] of GROUPS) {
  const group = sandbox.refusal === undefined
    ? controlGroup(kind, limit)
    : undefined;
  test(name, async () => {
    const enter = `echo $$ >${group}/cgroup.procs; exec "$@"`;
    for (const words of [["exec", "printf", "done"], ["about"]]) {
      const outer = ["sh", "-c", enter, "sh"];
      const { code, stderr } = await sandbox.run({ outer, args: words });
      assertEquals([code, stderr], [0, ""], words.join(" "));
    }
  }, [group !== undefined, `no ${kind} control group can be made here`]);
}

const FAILURES = ["E2BIG", "EAGAIN", "EIO", "ELIBBAD", "EMFILE", "ENFILE"]
  .concat("ENOMEM", "EPERM", "EINVAL", "EISDIR", "ETXTBSY", "error 999");

Deno.test("whatever execve fails with is 126 with the reason, ENOENT 127, and never 0", async () => {
  for (const code of [...FAILURES, "ENOENT"]) {
    const host = new MemoryHost({
      ids: { uid: 10001, euid: 10001, gid: 10001, egid: 10001 },
      files: {
        "/etc/runner/image.env":
          "RUNNER_IMAGE=base\nRUNNER_DOMAIN=base\nRUNNER_ROLE=base\n",
        "/usr/local/lib/runner.d": { kind: "directory", mode: 0o555 },
      },
    });
    const path = new TextEncoder().encode("/bin/tool");
    const restore = { openFilesLimit: undefined, ignoreSigpipe: false };
    const words = ["exec", "/bin/tool"].map((word) =>
      new TextEncoder().encode(word)
    );
    const exit = await main(host, {
      start: () => ({ words, environment: [], restore }),
      replace: () => ({ code, path }),
    });
    assertEquals(exit, code === "ENOENT" ? 127 : 126, code);
    assertEquals(host.stdoutText, "");
    assertMatch(
      host.stderrText,
      /^runner: Cannot execute "\/bin\/tool": [^\n]+\n/,
      code,
    );
  }
});
