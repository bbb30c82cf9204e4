// The end is the tool's: every exit code, every signal, also under load.

import { assertEquals } from "@std/assert";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

/**
 * Signals whose default is not the end: CHLD, CONT, URG, WINCH, and those that
 * stop. 32 and 33 are the C library's own.
 */
const OTHERS = new Set([17, 18, 19, 20, 21, 22, 23, 28, 32, 33]);

const CODES = Array.from(
  { length: 256 },
  (_, code) => ({ words: `exit ${code}`, code }),
);

const SIGNALS = Array.from({ length: 64 }, (_, index) => index + 1)
  .filter((signal) => !OTHERS.has(signal))
  .map((signal) => ({ words: `kill -${signal} $$`, code: 128 + signal }));

test("of 600 starts, 32 at a time, each ends as its own tool does: with every exit code, by every signal", async () => {
  const table = [...SIGNALS, ...CODES, ...CODES, ...CODES].slice(0, 600);
  const list = table.map(({ words }, index) => `${index}:${words}\n`).join("");
  const { code, stdout } = await sandbox.shell(
    `ulimit -c 0; exec xargs -P 32 -d '\n' -n 1 env --default-signal sh -c '
      output=$(runner exec sh -c "echo \${1%%:*}.; \${1#*:}" sh "$1" 2>/dev/null)
      echo "\${1%%:*} $? $output"' sh`,
    { stdin: list },
  );
  assertEquals(code, 0);
  const lines = stdout.trimEnd().split("\n")
    .sort((a, b) => parseInt(a) - parseInt(b));
  assertEquals(
    lines,
    table.map(({ code }, index) => `${index} ${code} ${index}.`),
  );
});

test(
  "the two signals that the C library keeps for itself end a tool as well",
  async () => {
    for (const way of ["", "runner exec "]) {
      const ends = await sandbox.each(
        [32, 33].map((signal) =>
          `stage default all -- /usr/bin/env ${way}stage kill ${signal} -- /bin/true`
        ),
      );
      assertEquals(
        ends.map(({ code }) => code),
        [160, 161],
        way,
      );
    }
  },
  [sandbox.compiled, "there is no C compiler here"],
);

test("a signal at any moment of a start that is not process 1 ends it by that signal", async () => {
  const { stdout } = await sandbox.shell(
    `for delay in 0 0.002 0.005 0.01 0.015 0.02 0.03 0.05; do
  for signal in TERM INT HUP; do
    env --default-signal runner exec sleep 1000 &
    # The shell starts jobs with INT ignored, until env puts that right.
    while read -r name <"/proc/$!/comm"; do
      case $name in sh | dash | bash | env) ;; *) break ;; esac
    done
    sleep $delay
    kill -$signal $!
    wait $!
    echo $signal $?
  done
done 2>/dev/null`,
  );
  const round = "TERM 143\nINT 130\nHUP 129\n";
  assertEquals(stdout, round.repeat(8));
});
