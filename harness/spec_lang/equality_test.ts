import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { WIDE } from "./_support_test.ts";
import { deepEqual } from "./equality.ts";
import { jsonText } from "./json_text.ts";
import { Meter } from "./meter.ts";

const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  1.5,
  -1e21,
  "",
  "a",
  "1",
  '\u2028\ud800-\u{1f600}"\\\n',
  [],
  [null],
  [0],
  [[0]],
  [0, 1],
  [1, 0],
  {},
  { a: 0 },
  { a: 1 },
  { b: 0 },
  { a: 0, b: [1, { c: {} }] },
  { "": "", " ": [[], {}] },
  { a: {} },
  JSON.parse('{"__proto__":{}}'),
  JSON.parse('{"__proto__":0}'),
  JSON.parse('{"constructor":0}'),
];

const meter = () => new Meter(WIDE, () => 0);

Deno.test("deepEqual() tells every value from every other", () => {
  for (const [i, a] of VALUES.entries()) {
    for (const [j, b] of VALUES.entries()) {
      const copy: Json = JSON.parse(JSON.stringify(b));
      assertEquals(deepEqual(a, copy, meter()), i === j, `${i} and ${j}`);
    }
  }
});

Deno.test("deepEqual() does not mind the order of keys", () => {
  const a = { x: 1, y: { p: [1], q: 2 } };
  const b = { y: { q: 2, p: [1] }, x: 1 };
  assertEquals(deepEqual(a, b, meter()), true);
});

Deno.test("jsonText() writes what JSON.stringify() writes", () => {
  for (const value of [...VALUES, VALUES]) {
    assertEquals(jsonText(value, meter()), JSON.stringify(value));
  }
  const long = Array.from({ length: 10_000 }, (_, index) => ({ index }));
  assertEquals(jsonText(long, meter()), JSON.stringify(long));
});
