import { assertEquals, assertThrows } from "@std/assert";
import { findText } from "./find_text.ts";

const LONG = 1_000_000;

Deno.test("findText() finds what the engine finds", () => {
  // Long enough for its own way, and with many false starts.
  const unit = "ab".repeat(200) + "aab".repeat(100);
  const filler = "abaab".repeat(LONG / 5);
  for (const tail of ["", "c", "abc"]) {
    const part = unit + tail;
    for (const place of [0, 1, 7, LONG / 2, LONG]) {
      const text = filler.slice(0, place) + part + filler.slice(place);
      const wanted = text.indexOf(part);
      assertEquals(findText(text, part), wanted, `${tail} at ${place}`);
      const next = text.indexOf(part, wanted + 1);
      assertEquals(findText(text, part, { from: wanted + 1 }), next);
    }
    assertEquals(findText(filler, part), filler.indexOf(part));
  }
  assertEquals(findText("abc", ""), 0);
  assertEquals(findText("abc", "c", { from: 3 }), -1);
  assertEquals(findText("abc", "abcd"), -1);
});

Deno.test("findText() is linear where the engine is not", () => {
  const half = "a".repeat(100_000);
  assertEquals(findText("a".repeat(4 * LONG), `${half}b${half}`), -1);
});

Deno.test("findText() tells how much it is about to look at", () => {
  let told = 0;
  const look = (units: number) => {
    told += units;
    if (told > 2 * LONG) throw new RangeError("enough");
  };
  const text = "a".repeat(4 * LONG);
  const part = "a".repeat(1000) + "b";
  assertThrows(() => findText(text, part, { look }), RangeError, "enough");
});
