import { assertEquals } from "@std/assert";
import { exitCodeOf } from "./_function.ts";

Deno.test("exitCodeOf() takes every exit code, and nothing for the default", () => {
  for (let code = 0; code < 256; code++) {
    assertEquals(exitCodeOf(code, 9), code);
  }
  for (const nothing of [undefined, null]) {
    assertEquals(exitCodeOf(nothing, 9), 9);
  }
  for (const other of [-1, 256, 1.5, NaN, "0", true, {}]) {
    assertEquals(exitCodeOf(other, 9), undefined);
  }
});
