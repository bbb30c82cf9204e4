/**
 * Starts of tools that end in many ways, many at a time.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { EntrypointSandbox } from "./_sandbox.ts";

/** How a tool ends: what a shell is told to do, and the code its caller sees. */
export interface Ending {
  /** Words for the shell. */
  readonly words: string;
  /** The exit code, or 128 and the number of the signal. */
  readonly code: number;
}

/**
 * Signals whose default is not the end: CHLD, CONT, URG, WINCH, and those that
 * stop. 32 and 33 are the C library's own.
 */
const OTHERS = new Set([17, 18, 19, 20, 21, 22, 23, 28, 32, 33]);

/** Every exit code. */
export const CODES: readonly Ending[] = Array.from(
  { length: 256 },
  (_, code) => ({ words: `exit ${code}`, code }),
);

/** Every signal that ends a program. */
export const SIGNALS: readonly Ending[] = Array.from(
  { length: 64 },
  (_, index) => index + 1,
)
  .filter((signal) => !OTHERS.has(signal))
  .map((signal) => ({ words: `kill -${signal} $$`, code: 128 + signal }));

/** Starts a tool for each, 32 at a time, and compares how all of them end. */
export async function checkEndings(
  sandbox: EntrypointSandbox,
  table: readonly Ending[],
): Promise<void> {
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
}
