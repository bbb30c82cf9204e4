// A tool that is started through the entrypoint finds what it would find if it
// had been started directly: tests/entrypoint/probe.c writes down all of it, and
// the two are compared line by line. What differs is pinned here, to the line,
// and listed with its reason in docs/entrypoint.md.

import { assert, assertEquals } from "@std/assert";
import {
  openSandbox,
  quote,
  raw,
  sandboxTests,
  type Start,
} from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const COMPILER = [sandbox.compiled, "there is no C compiler here"] as const;
const ROOT = [Deno.uid() === 0, "only root may do this"] as const;

const PROBE = "/usr/local/bin/probe";
const RUNNER = "/usr/local/bin/runner";

/** Whoever runs these tests may have left signals ignored. */
const CLEAN = ["default", "all", "--"];

let runs = 0;

/** Process 1 puts itself into a state and becomes what follows. */
async function probe(
  prepare: string,
  words: readonly string[],
  start: Start,
): Promise<string[]> {
  const out = `${sandbox.folder}/out-${runs++}`;
  await Deno.mkdir(out);
  await Deno.chmod(out, 0o777);
  const setup = `mkdir out\nmount --bind ${quote(out)} out\n${
    start.setup ?? ""
  }`;
  const program = "/usr/local/bin/stage";
  const args = [...CLEAN, "/bin/sh", "-c", prepare, "sh", ...words]
    .concat("/out/report", "a b", "");
  const end = await sandbox.run({ ...start, program, setup, args });
  assertEquals([end.code, end.stderr, end.stdout], [0, "", ""], prepare);
  const report = await Deno.readTextFile(`${out}/report`);
  return report.trimEnd().split("\n");
}

/** The lines of a direct start that the entrypoint changes, and into what. */
async function differences(
  prepare: string,
  start: Start = {},
): Promise<{ direct: string[]; runner: string[]; facts: string[] }> {
  const direct = await probe(prepare, [PROBE], start);
  const runner = await probe(prepare, [RUNNER, "exec", PROBE], start);
  assert(direct.length > 150, `only ${direct.length} facts`);
  return {
    direct: direct.filter((line) => !runner.includes(line)),
    runner: runner.filter((line) => !direct.includes(line)),
    facts: direct,
  };
}

/** The kernel keeps the highest mark of memory over execve(2). */
const PEAK = {
  direct: ["peak memory: own"],
  runner: ["peak memory: another program's"],
};

interface SetUp extends Start {
  /** What is special about it. */
  readonly name: string;
  /** Shell text that ends in becoming the words it was given. */
  readonly prepare: string;
  /** A fact that proves that the set-up is in force. */
  readonly fact?: RegExp;
}

const SET_UPS: readonly SetUp[] = [
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

for (const { name, prepare, fact, ...start } of SET_UPS) {
  test(`as in a direct start: ${name}`, async () => {
    const { facts, ...differing } = await differences(prepare, start);
    assertEquals(differing, PEAK);
    const known = fact === undefined || facts.some((line) => fact.test(line));
    assert(known, `${fact} in none of\n${facts.join("\n")}`);
  }, COMPILER);
}

test(
  "as in a direct start: every signal ignored, but for one of the C library's own",
  async () => {
    const { facts: _, ...differing } = await differences(
      'exec stage ignore all -- "$@"',
    );
    assertEquals(differing, {
      direct: [
        "signal 33: handler 0x1, flags 0, mask 0",
        ...PEAK.direct,
        String.raw`/proc/self/status: SigIgn:\x09fffffffffffbfeff`,
      ],
      runner: [
        "signal 33: handler (nil), flags 0, mask 0",
        ...PEAK.runner,
        String.raw`/proc/self/status: SigIgn:\x09fffffffefffbfeff`,
      ],
    });
  },
  COMPILER,
);

test(
  "as in a direct start: every signal blocked, but for the C library's own",
  async () => {
    const { facts: _, ...differing } = await differences(
      'exec stage block all -- "$@"',
    );
    assertEquals(differing, {
      direct: [
        ...PEAK.direct,
        String.raw`/proc/self/status: SigBlk:\x09fffffffffffbfeff`,
      ],
      runner: [
        ...PEAK.runner,
        String.raw`/proc/self/status: SigBlk:\x09fffffffe7ffbfeff`,
      ],
    });
  },
  COMPILER,
);

test(
  "as in a direct start: root's change of user leaves groups and capabilities alone",
  async () => {
    const prepare = "exec setpriv --reuid 10001 --regid 10001 --groups 7,8,9 " +
      '--inh-caps +net_bind_service --ambient-caps +net_bind_service "$@"';
    const start = { user: "0:0", mode: "root" } as const;
    const { facts, ...differing } = await differences(prepare, start);
    assertEquals(differing, PEAK);
    assert(facts.includes("ambient capability: 10"));
    assert(facts.includes(String.raw`/proc/self/status: Groups:\x097 8 9 `));
  },
  COMPILER,
  ROOT,
);

test("as in a direct start: an environment no shell could make", async () => {
  const entries = ["B=1", "A=1", "A=2", "odd", "", "a.b=1", "=y", "A=", "@A=1"]
    .concat("X=\xff\xfe", "L=a\nb\r", "B=3", "DENO_DIR=x", "PATH=/nowhere")
    .concat("RUNNER_LAUNCHER=1:1:7:9", `LONG=${"x".repeat(100_000)}`);
  const file = `${sandbox.folder}/environment`;
  await Deno.writeFile(
    file,
    raw(entries.map((entry) => `${entry}\0`).join("")),
  );
  const { facts, ...differing } = await differences(
    'exec stage environment /tmp/list -- "$@"',
    { setup: `cp ${file} tmp/list` },
  );
  assertEquals(differing, PEAK);
  const entry = (line: string) =>
    /^entry \d+: (.*)$/.exec(line)?.slice(1) ?? [];
  assertEquals(facts.flatMap(entry).slice(0, 12), [
    ...["B=1", "A=1", "A=2", "odd", "", "a.b=1", "=y", "A=", "@A=1"],
    ...[String.raw`X=\xff\xfe`, String.raw`L=a\x0ab\x0d`, "B=3"],
  ]);
}, COMPILER);

test("as in a direct start: on a terminal", async () => {
  const terminal = `mkdir dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx`;
  const inside = "stty rows 33 cols 77 -ixon intr ^X; exec env -u ALL $ALL";
  const prepare = `export ALL="$*"; script -qec '${inside}' /dev/null ` +
    "</dev/null >/dev/null";
  const { facts, ...differing } = await differences(prepare, {
    setup: terminal,
  });
  assertEquals(differing, PEAK);
  assert(facts.includes("descriptor 1 window: 33 x 77"), facts.join("\n"));
}, COMPILER);
