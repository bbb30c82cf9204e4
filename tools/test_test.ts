import { assertEquals } from "@std/assert";
import { ALONE, readCounts, testParts } from "./test.ts";

Deno.test("what runs alone is there, and is in no other part", async () => {
  const [sideBySide, alone] = testParts(["--coverage=x"], ["tests/y/"]);
  for (const path of ALONE) {
    assertEquals((await Deno.stat(path)).isFile, true, path);
    assertEquals(alone.includes(path), true, path);
  }
  assertEquals(sideBySide, [
    "test",
    "-A",
    "--doc",
    "--parallel",
    `--ignore=${[...ALONE, "tests/y/"].join(",")}`,
    "--coverage=x",
  ]);
  assertEquals(alone.slice(0, 4), ["test", "-A", "--doc", "--coverage=x"]);
});

Deno.test("readCounts() reads the last count, in colour or not", () => {
  const table: Readonly<Record<string, { passed: number; failed: number }>> = {
    "": { passed: 0, failed: 0 },
    "ok | 12 passed | 0 failed (1s)": { passed: 12, failed: 0 },
    "ok | 1 passed | 0 failed\nFAILED | 3 passed (2 steps) | 4 failed (1s)": {
      passed: 3,
      failed: 4,
    },
    "\x1b[32mok\x1b[0m | 5 passed | 1 ignored | 6 failed": {
      passed: 5,
      failed: 6,
    },
  };
  for (const [output, counts] of Object.entries(table)) {
    assertEquals(readCounts(output), counts, output);
  }
});
