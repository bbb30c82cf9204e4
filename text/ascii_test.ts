import { assertEquals } from "@std/assert";
import { asciiText, startsWithText } from "./ascii.ts";

Deno.test("asciiText() reads every ASCII byte as a decoder does, and no other", () => {
  for (let byte = 0; byte < 256; byte++) {
    const bytes = new Uint8Array([65, byte]);
    const wanted = byte < 128 ? new TextDecoder().decode(bytes) : undefined;
    assertEquals(asciiText(bytes), wanted, `byte ${byte}`);
  }
  assertEquals(asciiText(new Uint8Array()), "");
});

Deno.test("asciiText() leaves many bytes to a decoder", () => {
  assertEquals(asciiText(new Uint8Array(4096).fill(97)), "a".repeat(4096));
  assertEquals(asciiText(new Uint8Array(4097).fill(97)), undefined);
});

Deno.test("startsWithText() compares byte by byte, and to the end", () => {
  const bytes = new TextEncoder().encode("A=\u00e9");
  assertEquals(startsWithText(bytes, ""), true);
  assertEquals(startsWithText(bytes, "A="), true);
  assertEquals(startsWithText(bytes, "B="), false);
  assertEquals(startsWithText(bytes.subarray(0, 1), "A="), false);
});
