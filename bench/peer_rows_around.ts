/**
 * Rows of the table of guarantees: what is run, what is refused, and in which
 * surroundings.
 *
 * @module
 */

import { answer, type Row, script } from "./peer_measuring.ts";

const PLANTED = `printf '#!/bin/sh\\necho planted\\n' >workspace/planted
printf 'echo shell\\n' >tmp/script
chmod 0755 workspace/planted tmp/script`;

const ORPHAN = `(sh -c 'sleep 0 & echo $! >/tmp/orphan'
i=0; while [ -e /proc/$(cat /tmp/orphan) ] && [ $i -lt 50 ]; do sleep 0.02; i=$((i+1)); done
[ -e /proc/$(cat /tmp/orphan) ] && echo left || echo taken; kill -9 $(cat /tmp/tool)) &`;

/** What is run, what is refused, and in which surroundings. */
export const AROUND_ROWS: readonly Row[] = [
  script(
    "Missing program, program without execute permission",
    [
      "programs",
      "each way not to be executable has its code and its reason, and no shell steps in",
    ],
    (way) =>
      `${way} /nowhere 2>/dev/null; echo $?; ${way} /etc/passwd 2>/dev/null; echo $?`,
    (result) => result.replace(/^0 /, "").replace("\n", ", "),
  ),
  script(
    "A script without `#!`",
    [
      "programs",
      "each way not to be executable has its code and its reason, and no shell steps in",
    ],
    (way) => `exec ${way} /tmp/script 2>/dev/null`,
    (result) => result === "0 shell" ? "a shell runs it" : result,
    { setup: PLANTED },
  ),
  script(
    "The working directory, by an empty element of `PATH`",
    [
      "programs",
      "the search follows PATH, its absolute elements only, and passes over what may not be executed",
    ],
    (way) => {
      const [name = "", ...rest] = way.split(" ");
      return `way=$(command -v ${name}); cd /workspace; PATH=:/usr/bin exec $way ${
        rest.join(" ")
      } planted 2>/dev/null`;
    },
    (result) => result === "0 planted" ? "searched" : "not searched",
    { setup: PLANTED },
  ),
  script(
    "A bare word after the entrypoint, `echo`",
    [
      "refusals",
      "what is no command is refused with 64, on one line, and nothing runs",
    ],
    (way) => `${way.split(" ")[0]} echo run 2>/dev/null; :`,
    (result) => result === "0 run" ? "is run" : "is refused",
  ),
  script(
    "Root",
    ["users", "every command is refused for root of a user namespace"],
    (way) => `${way} id -u 2>/dev/null; echo $?`,
    (result) => result === "0 0\n0" ? "is accepted" : "is refused",
    { user: "0:0" },
  ),
  script(
    "No identity in the image",
    "`platform.identity.missing`",
    (way) => `${way} echo run 2>/dev/null; :`,
    (result) => result === "0 run" ? "is accepted" : "is refused",
    { setup: "rm etc/runner/image.env" },
  ),
  script(
    "No memory for execve(2)",
    [
      "faults",
      "execve that fails is 126 with the reason, for exec and for a plugin",
    ],
    (way) =>
      `strace -f -qq -o /tmp/trace -e inject=execve:error=ENOMEM:when=${
        way.startsWith("runner") ? 2 : 1
      } ${way} /bin/echo run 2>/dev/null; echo $?`,
    (result) => result.split(" ")[1] ?? result,
  ),
  script(
    "TERM to process 1, whose tool has a handler",
    ["process_one", "TERM to process 1 is handled by the tool's handler"],
    (way) =>
      `(until [ -e /tmp/ready ]; do :; done; kill -TERM 1) &
exec ${way} sh -c 'trap "exit 3" TERM; : >/tmp/ready; sleep 1000 & wait'`,
    (result) => `the handler's, ${result}`,
  ),
  script(
    "TERM to process 1, whose tool has none",
    [
      "process_one",
      "TERM to process 1 without a handler does nothing, as in a direct start",
    ],
    (way) =>
      `(until [ -e /tmp/ready ]; do :; done; kill -TERM 1) &
exec ${way} sh -c ': >/tmp/ready; exec sleep 2'`,
    (result) =>
      result === "0" ? "nothing, as in a direct start" : `tool ends, ${result}`,
  ),
  script(
    "A handler of the tool for TSTP, sent to process 1",
    [
      "process_one",
      "a handler of process 1 gets TSTP, CONT, WINCH and what else comes from outside",
    ],
    (way) =>
      `(until [ -e /tmp/ready ]; do :; done; kill -TSTP 1) &
exec ${way} bash -c 'trap "exit 3" TSTP; : >/tmp/ready; sleep 2 & wait'`,
    answer("3"),
  ),
  script(
    "An orphan that has ended",
    ["process_one", "an orphan is left to the tool, as in a direct start"],
    (way) =>
      `${ORPHAN} exec ${way} sh -c 'echo $$ >/tmp/tool; exec sleep 2' 2>/dev/null`,
    (result) => result.includes("taken") ? "is taken" : "is the tool's",
  ),
  script(
    "Without `/proc`",
    ["surroundings", "without /proc the refusal is 70 and says what is needed"],
    (way) => `exec ${way} echo run 2>/dev/null`,
    (result) => result === "0 run" ? "works" : `is refused, ${result}`,
    { setup: "umount proc" },
  ),
  script(
    "A read-only root without `/tmp`",
    [
      "surroundings",
      "a read-only root without /tmp is enough: nothing is written anywhere",
    ],
    (way) => `exec ${way} echo run 2>&1`,
    (result) => result === "0 run" ? "works" : `fails, ${result}`,
    { setup: "rmdir tmp\nmount -o remount,bind,ro,nosuid ." },
  ),
  script(
    "A user without a name, and no `HOME`",
    ["users", "any uid with gid 0 will do, also without a name"],
    (way) => `unset HOME; exec ${way} id -u 2>&1`,
    (result) => result === "0 1000770000" ? "works" : `fails, ${result}`,
    { user: "1000770000:0", setup: "rm etc/passwd etc/group" },
  ),
  script(
    "A `libc.so.6` planted in the working directory",
    [
      "surroundings",
      "no file below the working directory or the home is looked at, none is written, nothing is connected",
    ],
    (way) => `cd /workspace; exec ${way} echo run 2>&1`,
    (result) => result === "0 run" ? "not opened" : `fails, ${result}`,
    { setup: "echo x >workspace/libc.so.6\nchmod 0755 workspace/libc.so.6" },
  ),
];
