// Calls to the kernel that fail, one at a time: strace(1) makes them. The work is
// done, or the exit code says that it is not; nothing is half done in silence.

import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { openSandbox, sandboxTests, stracing } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const STRACE = await stracing(sandbox);

/** Runs a command while a call fails, which strace describes. */
const failing = (fault: string, command: string) =>
  `strace -f -qq -o /tmp/trace -e inject=${fault} runner ${command}`;

/** The entrypoint's own first call is the runtime, its second the tool. */
const EXECVE: readonly (readonly [string, number, string])[] = [
  ["ENOMEM", 126, "cannot allocate memory"],
  ["EAGAIN", 126, "resource temporarily unavailable"],
  ["E2BIG", 126, "argument list too long"],
  ["EMFILE", 126, "too many open files"],
  ["EIO", 126, "input/output error"],
  ["EPERM", 126, "operation not permitted"],
];

test(
  "execve that fails is 126 with the reason, for exec and for a plugin",
  async () => {
    const commands = ["exec /bin/echo executed", "hello"];
    const ends = await sandbox.each(
      EXECVE.flatMap(([error]) =>
        commands.map((command) =>
          failing(`execve:error=${error}:when=2+`, command)
        )
      ),
      {
        setup:
          `printf '#!/bin/sh\necho executed\n' >usr/local/lib/runner.d/hello
chmod 0555 usr/local/lib/runner.d/hello`,
      },
    );
    for (const [index, [error, code, reason]] of EXECVE.entries()) {
      for (const end of ends.slice(2 * index, 2 * index + 2)) {
        assertEquals([end.code, end.stdout], [code, ""], error);
        assertMatch(end.stderr, /^runner: Cannot execute "[^\n]+\n$/);
        assert(end.stderr.includes(`: ${reason}\n`), end.stderr);
      }
    }
  },
  STRACE,
);

test(
  "a command for which execve fails once only is run: it is tried twice",
  async () => {
    const [end] = await sandbox.each([
      failing("execve:error=EAGAIN:when=2", "exec /bin/echo executed"),
    ]);
    assertEquals([end?.code, end?.stdout, end?.stderr], [0, "executed\n", ""]);
  },
  STRACE,
);

test("a runtime that cannot be started is 70", async () => {
  const [end] = await sandbox.each([
    failing("execve:error=ENOMEM:when=1", "exec echo executed"),
  ]);
  assertEquals([end?.code, end?.stdout], [70, ""]);
  assertMatch(end?.stderr ?? "", /^runner: Cannot start the runtime: /);
}, STRACE);

/** Calls that fail on one file only, and what comes of it. */
const ON_A_FILE: readonly (readonly [string, string, number, string])[] = [
  ["/etc/runner/image.env", "openat:error=EIO", 78, "input/output error"],
  ["/etc/runner/image.env", "openat:error=EMFILE", 78, "too many open files"],
  ["/etc/runner/image.env", "read,pread64:error=EIO", 78, "input/output error"],
  ["/etc/runner/image.env", "openat:error=EINTR:when=1", 0, ""],
  ["/proc/self/environ", "openat:error=EIO", 70, "input/output error"],
  ["/proc/self/cmdline", "openat:error=EACCES", 70, "permission denied"],
  ["/usr/local/lib/runner.d", "openat:error=EMFILE", 78, "too many open files"],
  ["/tmp/.1", "write,writev:error=ENOSPC", 74, "no space left on device"],
  ["/tmp/.1", "write,writev:error=EIO", 74, "input/output error"],
  ["/tmp/.1", "write,writev:error=EINTR:when=1", 0, ""],
  ["/tmp/.1", "write,writev:error=EAGAIN:when=1", 0, ""],
];

/** What strace says by itself, of a path that is a link. */
const RESOLVED = /^strace: Requested path .*\n/;

test(
  "a call that fails on a file is told with its reason, and repeated where that helps",
  async () => {
    const ends = await sandbox.each([
      "runner help",
      ...ON_A_FILE.map(([path, fault]) =>
        failing(`${fault} -P ${path}`, "help")
      ),
    ]);
    const help = ends.shift()?.stdout;
    for (const [index, [path, fault, code, reason]] of ON_A_FILE.entries()) {
      const end = ends[index];
      const about = `${path} ${fault}`;
      assertEquals([end?.code, end?.stdout], [code, code ? "" : help], about);
      const said = end?.stderr.replace(RESOLVED, "") ?? "";
      assertMatch(said, code ? /^runner: Cannot / : /^$/, about);
      assertStringIncludes(said, reason, about);
    }
  },
  STRACE,
);

const AT = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

/** What a start asks of the kernel, at one time after the other. */
const SWEEP = [
  ...AT.map((when) => `mmap:error=ENOMEM:when=${when}`),
  ...AT.map((when) => `openat:error=EMFILE:when=${when}`),
  ...AT.map((when) => `read,pread64:error=EIO:when=${when}`),
  ...["", ":when=2", ":when=3"].map((when) =>
    `clone,clone3:error=EAGAIN${when}`
  ),
];

test(
  "whatever call fails during a start: the work is done, or nothing is printed and the code is not 0",
  async () => {
    const ends = await sandbox.each(
      SWEEP.map((fault) =>
        `ulimit -c 0; ${failing(fault, "exec /bin/echo done")}`
      ),
    );
    const codes = ends.map(({ code }) => code);
    assert(codes.includes(0) && codes.includes(70), `${codes}`);
    for (const [index, { code, stdout }] of ends.entries()) {
      assertEquals(code === 0, stdout === "done\n", SWEEP[index]);
      assert(code === 0 || stdout === "", SWEEP[index]);
    }
  },
  STRACE,
);
