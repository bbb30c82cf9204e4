import { assertEquals } from "@std/assert";
import { printable, quoted } from "./printable.ts";

Deno.test("printable() leaves ordinary text alone", () => {
  const text = "plain, ümläut, 日本, 🎉 and \\backslash";
  assertEquals(printable(text), text);
});

Deno.test("printable() escapes every control character", () => {
  for (let code = 0; code < 0xa0; code++) {
    const character = String.fromCharCode(code);
    const isControl = code < 0x20 || code >= 0x7f;
    const shown = printable(character);
    assertEquals(shown !== character, isControl, `code ${code}`);
    assertEquals(/^[\x20-\x7e]+$/.test(shown), true, `code ${code}`);
  }
});

Deno.test("printable() escapes what hides or reorders text", () => {
  assertEquals(printable("\u202eabc\u2066"), "\\u{202e}abc\\u{2066}");
  assertEquals(printable("\ud800"), "\\u{d800}");
});

Deno.test("quoted() escapes quotes and backslashes once", () => {
  assertEquals(quoted('a"b\\c\n'), String.raw`"a\"b\\c\n"`);
});
