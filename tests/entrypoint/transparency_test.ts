// A tool that is started through the entrypoint finds what it would find if it
// had been started directly: tests/entrypoint/probe.c writes down all of it, and
// the two are compared line by line. What differs is pinned here, to the line,
// and listed with its reason in docs/entrypoint.md.

import { assert, assertEquals } from "@std/assert";
import { PEAK, Probing } from "./_probe.ts";
import { openSandbox, raw, sandboxTests } from "./_sandbox.ts";
import { SET_UPS } from "./_set_ups.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);
const COMPILER = [sandbox.compiled, "there is no C compiler here"] as const;
const ROOT = [Deno.uid() === 0, "only root may do this"] as const;

const RUNNER = ["/usr/local/bin/runner", "exec"];
const probing = new Probing(sandbox, RUNNER);

for (const { name, prepare, fact, ...start } of SET_UPS) {
  test(`as in a direct start: ${name}`, async () => {
    const { facts, ...differing } = await probing.differences(prepare, start);
    assertEquals(differing, PEAK);
    const known = fact === undefined || facts.some((line) => fact.test(line));
    assert(known, `${fact} in none of\n${facts.join("\n")}`);
  }, COMPILER);
}

test(
  "as in a direct start: every signal ignored, but for one of the C library's own",
  async () => {
    const { facts: _, ...differing } = await probing.differences(
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
    const { facts: _, ...differing } = await probing.differences(
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
    const { facts, ...differing } = await probing.differences(prepare, start);
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
  const { facts, ...differing } = await probing.differences(
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
  const { facts, ...differing } = await probing.differences(prepare, {
    setup: terminal,
  });
  assertEquals(differing, PEAK);
  assert(facts.includes("descriptor 1 window: 33 x 77"), facts.join("\n"));
}, COMPILER);
