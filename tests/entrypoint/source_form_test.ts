// The entrypoint from source, as `deno task runner` starts it: no launcher stands
// before the runtime, as in the compiled form. What that makes of a tool's start
// is pinned here, to the line, and listed in docs/entrypoint.md.

import { assertEquals, assertMatch } from "@std/assert";
import { type Differences, PEAK, Probing } from "./_probe.ts";
import { openSandbox, quote, sandboxTests } from "./_sandbox.ts";
import { SET_UPS } from "./_set_ups.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const COMPILER = [sandbox.compiled, "there is no C compiler here"] as const;

const SOURCE = new URL("../../", import.meta.url).pathname;
const SETUP = `mkdir source; mount --bind ${quote(SOURCE)} source`;
const FROM_SOURCE = ["/usr/local/lib/runner/deno", "run", "-A", "--no-prompt"]
  .concat("--no-config", "--no-lock", "--no-remote", "--no-npm", "--quiet")
  .concat("/source/cli.ts");
const probing = new Probing(sandbox, [...FROM_SOURCE, "exec"]);

const NONE: Differences = { direct: [], runner: [] };

const opened = (descriptor: number) =>
  `descriptor ${descriptor}: flags 0, status 8002, mode 20666, offset 0, ` +
  "owner 0, /dev/null";

/**
 * When a start has taken half a second, the runtime handles HUP, INT and TERM;
 * then those that were ignored arrive as default.
 */
const SLOW: Differences = {
  direct: [
    "signal 1: handler 0x1, flags 0, mask 0",
    "signal 2: handler 0x1, flags 0, mask 0",
    "signal 13: handler 0x1, flags 0, mask 0",
    String.raw`/proc/self/status: SigIgn:\x090000000000201003`,
  ],
  runner: [
    "signal 1: handler (nil), flags 0, mask 0",
    "signal 2: handler (nil), flags 0, mask 0",
    "signal 13: handler (nil), flags 0, mask 0",
    String.raw`/proc/self/status: SigIgn:\x090000000000200000`,
  ],
};

/**
 * State of the caller, what is different besides the peak of memory, and what
 * may be instead.
 */
const STATES: readonly (readonly [string, Differences, Differences?])[] = [
  ["nothing special", NONE],
  ["other limits lowered", NONE],
  ["umask, niceness and working directory", NONE],
  ["blocked signals waiting", NONE],
  ["what prctl(2) and others set", NONE],
  ["descriptors 3, 7 and 9 open, 5 to be closed, 7 non-blocking", NONE],
  ["HUP, INT, TTOU and PIPE ignored, TERM and USR1 blocked", {
    direct: [
      "signal 13: handler 0x1, flags 0, mask 0",
      String.raw`/proc/self/status: SigIgn:\x090000000000201003`,
    ],
    runner: [
      "signal 13: handler (nil), flags 0, mask 0",
      String.raw`/proc/self/status: SigIgn:\x090000000000200003`,
    ],
  }, SLOW],
  ["descriptors 0,1,2 closed", {
    direct: [],
    runner: [opened(0), opened(1), opened(2)],
  }],
];

async function differences(name: string): Promise<Differences> {
  const state = SET_UPS.find((state) => state.name === name);
  if (state === undefined) throw new TypeError(`there is no state "${name}"`);
  const start = { ...state, setup: SETUP };
  const { direct, runner } = await probing.differences(state.prepare, start);
  return {
    direct: direct.filter((line) => !PEAK.direct.includes(line)),
    runner: runner.filter((line) => !PEAK.runner.includes(line)),
  };
}

for (const [name, expected, slow] of STATES) {
  test(`from source, as in a direct start or as pinned: ${name}`, async () => {
    const found = await differences(name);
    const isSlow = slow?.runner.length === found.runner.length;
    assertEquals(found, isSlow ? slow : expected);
  }, COMPILER);
}

test(
  "from source, the soft limit on open files becomes the hard one",
  async () => {
    const { direct, runner } = await differences(
      "a soft limit of 1024 open files",
    );
    assertEquals([direct.length, runner.length], [1, 1]);
    assertMatch(direct[0] ?? "", /Max open files +1024 /);
    assertMatch(runner[0] ?? "", /Max open files +(\d+) +\1 /);
  },
  COMPILER,
);

test("from source, a working directory that was removed is none to start in", async () => {
  const { code, stdout } = await sandbox.shell(
    'mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d; exec "$@" exec true',
    { setup: SETUP, args: ["sh", ...FROM_SOURCE] },
  );
  assertEquals([code, stdout], [1, ""]);
});

test("from source, exit codes, arguments and refusals are the same", async () => {
  const call = FROM_SOURCE.map(quote).join(" ");
  const ends = await sandbox.each([
    `${call} exec sh -c 'exit 37'`,
    `${call} exec printf '[%s]' '' 'a b' "$(printf '\\377')" --version`,
    `${call} ls`,
    `${call} exec nope`,
    `${call} about`,
  ], { setup: SETUP });
  assertEquals(ends.map(({ code }) => code), [37, 0, 64, 127, 0]);
  assertEquals(ends[1]?.stdout, "[][a b][\xff][--version]");
});

test("from source, variables that steer the runtime do so: there is no launcher", async () => {
  const call = FROM_SOURCE.map(quote).join(" ");
  const [end] = await sandbox.each([`COMPLETE= ${call} exec echo executed`], {
    setup: SETUP,
  });
  assertEquals([end?.code, end?.stdout.includes("executed")], [0, false]);
});
