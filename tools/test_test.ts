import { assertEquals } from "@std/assert";
import { ALONE, readCounts } from "./test.ts";

Deno.test("what runs alone is there", async () => {
  for (const path of ALONE) {
    const { isFile } = await Deno.stat(new URL(`../${path}`, import.meta.url));
    assertEquals(isFile, true, path);
  }
});

Deno.test("CI runs each task of the gate", async () => {
  const read = (path: string) =>
    Deno.readTextFile(new URL(`../${path}`, import.meta.url));
  const { tasks } = JSON.parse(await read("deno.json"));
  const script = await read(".ci/run");
  const gate = tasks.ok.command.split(" && ");
  assertEquals(gate.length > 1, true);
  for (const command of gate) {
    const words = command.replace(/^deno (?=task )/, '"${DENO[@]}" ');
    assertEquals(script.includes(`${words}\n`), true, command);
  }
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
