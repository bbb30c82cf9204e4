// The end is the tool's: its exit code, every signal, also under load. Every exit
// code, and longer, is in tests/heavy/endings.ts.

import { assertEquals } from "@std/assert";
import { checkEndings, CODES, SIGNALS } from "./_endings.ts";
import { openSandbox, sandboxTests } from "./_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

/** Those that mean something to somebody, and the ends of the range. */
const SOME = new Set(
  [0, 1, 2, 64, 70, 77, 78, 125, 126, 127, 128, 129, 137, 143, 254, 255],
);

test("of 70 starts, 32 at a time, each ends as its own tool does: with usual exit codes, by every signal", async () => {
  const codes = CODES.filter(({ code }) => SOME.has(code));
  const table = [...SIGNALS, ...codes];
  assertEquals(table.length, 70);
  await checkEndings(sandbox, table);
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
