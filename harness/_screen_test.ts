import { assertEquals } from "@std/assert";
import { screenful } from "./_screen.ts";

Deno.test("screenful() leaves alone what fits", () => {
  for (const text of ["", "a", "a\nb\n", `${"x".repeat(80)}\n`.repeat(23)]) {
    assertEquals(screenful(text), text);
  }
});

Deno.test("screenful() counts rows, not lines", () => {
  const lines = (line: string, count: number) => Array(count).fill(line);
  /** A line, how many of them, and how many lines are kept. */
  const cuts = [
    ["x", 25, 23],
    ["x".repeat(81), 13, 11],
    ["x".repeat(160), 13, 11],
    ["\u65e5".repeat(41), 13, 11],
    ["", 100, 23],
    ["x".repeat(640), 4, 2],
  ] as const;
  for (const [line, count, kept] of cuts) {
    assertEquals(screenful(lines(line, count).join("\n")).split("\n"), [
      ...lines(line, kept),
      `(${count - kept} more lines)`,
    ]);
  }
});

Deno.test("screenful() leaves out the middle of a very long line", () => {
  const text = `a${"x".repeat(1_000_000)}b`;
  assertEquals(
    screenful(text),
    `a${"x".repeat(426)}\u2026${"x".repeat(212)}b`,
  );
});

Deno.test("screenful() counts one line as one", () => {
  const text = `${"x\n".repeat(22)}${"y".repeat(200)}`;
  assertEquals(screenful(text).endsWith("x\n(1 more line)"), true);
});
