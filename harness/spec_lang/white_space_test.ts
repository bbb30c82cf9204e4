import { assertEquals } from "@std/assert";
import { isWhiteSpace, WHITE_SPACE } from "./white_space.ts";

Deno.test("isWhiteSpace() knows the characters of the class, and no other", () => {
  const white = new RegExp(`[${WHITE_SPACE}]`, "u");
  for (let unit = 0; unit < 0x10000; unit++) {
    const wanted = white.test(String.fromCharCode(unit));
    if (isWhiteSpace(unit) !== wanted) assertEquals(unit, undefined);
  }
});
