import { assertEquals } from "@std/assert";
import { codedBytes, codedText, WIDE } from "./_coded_text.ts";
import { parseDocument } from "./parse.ts";

const encoder = new TextEncoder();

Deno.test("codes stand beside each code unit, however they are found", () => {
  const table: Readonly<Record<string, readonly number[]>> = {
    "": [],
    "a\n\x7f": [0x61, 0x0a, 0x7f],
    "é": [WIDE],
    "\u2028a": [WIDE, 0x61],
    "\u{1f600}-": [WIDE, WIDE, 0x2d],
  };
  for (const [text, codes] of Object.entries(table)) {
    assertEquals([...codedText(text).codes], codes);
    for (const mark of ["", "\ufeff"]) {
      const bytes = encoder.encode(mark + text);
      assertEquals([...codedBytes(text, bytes).codes], codes);
    }
    const twice = encoder.encode(`\ufeff\ufeff${text}`);
    assertEquals([...codedBytes(text, twice).codes], codes);
    assertEquals(codedBytes(text, twice).text, text);
  }
});

Deno.test("cases are read at their place whatever stands in front of them", () => {
  const block = "```yaml spec-test\nid: A\ntags: [é, b]\n```\n";
  const list = "- - ```yaml spec-test\n    id: B\n    ```\n";
  for (
    const before of ["", "\ufeff", "\ufeff\ufeff", "é\u{1f600}\n", "a\r\n"]
  ) {
    const bytes = encoder.encode(before + block + list);
    const found = parseDocument({ path: "p", format: "md" }, bytes);
    const values = found.map((one) => one.kind === "case" ? one.value : one);
    assertEquals(values, [{ id: "A", tags: ["é", "b"] }, { id: "B" }]);
  }
});
