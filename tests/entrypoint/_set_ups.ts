/**
 * States in which a process may be when it starts another.
 *
 * @module
 */

import type { Start } from "./_sandbox.ts";

/** A state, and how to get into it. */
export interface SetUp extends Start {
  /** What is special about it. */
  readonly name: string;
  /** Shell text that ends in becoming the words it was given. */
  readonly prepare: string;
  /** A fact that proves that the set-up is in force. */
  readonly fact?: RegExp;
}

/** The states, in the order of the tests. */
export const SET_UPS: readonly SetUp[] = [
  { name: "nothing special", prepare: 'exec "$@"', fact: /^process: 1, / },
  {
    name: "a soft limit of 1024 open files",
    prepare: 'ulimit -Sn 1024; exec "$@"',
    fact: /Max open files +1024 /,
  },
  {
    name: "a soft limit of 4 open files",
    prepare: 'exec stage limit-7 4 -- "$@"',
    fact: /Max open files +4 /,
  },
  {
    name: "other limits lowered",
    prepare: 'ulimit -c 0; ulimit -Sf 4096; ulimit -St 500; exec "$@"',
    fact: /Max cpu time +500 /,
  },
  {
    name: "HUP, INT, TTOU and PIPE ignored, TERM and USR1 blocked",
    prepare: "exec env --ignore-signal=HUP,INT,TTOU,PIPE " +
      '--block-signal=TERM,USR1 "$@"',
    fact: /SigIgn:\\x090*201003$/,
  },
  {
    name: "blocked signals waiting",
    prepare: 'exec stage pending 15 pending 10 pending 35 -- "$@"',
    fact: /ShdPnd:\\x090000000400004200$/,
  },
  {
    name: "descriptors 3, 7 and 9 open, 5 to be closed, 7 non-blocking",
    prepare: "exec stage open 3 open 5 cloexec 5 open 7 nonblock 7 -- " +
      '"$@" 9</etc/passwd',
    fact: /^descriptor 7: flags 0, status 8802,/,
  },
  ...[[0], [1], [2], [0, 1], [0, 1, 2]].map((descriptors): SetUp => ({
    name: `descriptors ${descriptors} closed`,
    prepare: `exec stage ${
      descriptors.map((descriptor) => `close ${descriptor}`).join(" ")
    } -- "$@"`,
  })),
  {
    name: "umask, niceness and working directory",
    prepare: 'umask 0157; cd /usr/share; exec nice -n 5 "$@"',
    fact: /^priority: 5$/,
  },
  {
    name: "a working directory that was removed",
    prepare: 'mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d; exec "$@"',
    fact: /^\/proc\/self\/cwd: \/tmp\/d \(deleted\)$/,
  },
  {
    name: "a removed working directory and all standard descriptors closed",
    prepare: "mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d; " +
      'exec stage close 0 close 1 close 2 -- "$@"',
    fact: /\(deleted\)$/,
  },
  {
    name: "half of standard input read",
    prepare: 'exec <"$0.txt"; read -r line; exec "$@"',
    setup: "printf 'one\\ntwo\\n' >workspace/sh.txt",
    fact: /^descriptor 0: .* offset 4, .*sh.txt$/,
  },
  {
    name: "what prctl(2) and others set",
    prepare: "exec stage parent-death 10 subreaper 1 no-new-privs 1 " +
      "slack 123456 huge-pages-off 1 personality 0040000 policy 3 " +
      'io-priority 24579 alarm 1000 -- "$@"',
    fact: /^prctl timer slack: 123456$/,
  },
  {
    name: "a session of its own",
    prepare: 'exec setsid "$@"',
  },
];
