import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { Fingerprint, fingerprintOf } from "./_fingerprint.ts";

const hexOf = (text: string) => new Fingerprint().add(text).hex();

// Shards and shuffled orders depend on these: they never change.
const PINNED: Readonly<Record<string, string>> = {
  "": "1680482147a78262",
  "A-1": "e6e0ace31f83e025",
  "A-2": "3e8cc360f198bc55",
  "RUN-π-😀": "08bbecca0544a723",
};

Deno.test("Fingerprint gives the values it always gave", () => {
  for (const [text, hex] of Object.entries(PINNED)) {
    assertEquals(hexOf(text), hex, text);
  }
});

Deno.test("Fingerprint does not depend on how a text is cut", () => {
  const text = "RUN-π-😀 and more of it";
  const bytes = new TextEncoder().encode(text);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const parts = [bytes.subarray(0, cut), bytes.subarray(cut)] as const;
    const whole = new Fingerprint().add(parts[0]).add(parts[1]);
    assertEquals(whole.hex(), hexOf(text), `cut at ${cut}`);
  }
});

Deno.test("Fingerprint tells twenty thousand ids apart", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 10_000; i++) {
    seen.add(hexOf(`case.${i}`));
    seen.add(hexOf(`case.${i}.x`));
  }
  assertEquals(seen.size, 20_000);
});

Deno.test("Fingerprint turns about half of its bits when one bit of the text turns", () => {
  const bitsOf = (bytes: Uint8Array) => new Fingerprint().add(bytes).halves();
  let turned = 0;
  let flips = 0;
  for (let length = 1; length <= 12; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => 97 + i);
    const [a, b] = bitsOf(bytes);
    for (let bit = 0; bit < 8 * length; bit++) {
      const other = bytes.slice();
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const [c, d] = bitsOf(other);
      const count = ones(a ^ c) + ones(b ^ d);
      assert(count >= 10 && count <= 54, `${count} bits at ${length}/${bit}`);
      turned += count;
      flips++;
    }
  }
  const mean = turned / flips;
  assert(mean > 30 && mean < 34, `${mean} bits on average`);
});

Deno.test("fingerprintOf() keeps the borders of texts", () => {
  assertNotEquals(fingerprintOf(["ab", "c"]), fingerprintOf(["a", "bc"]));
  assertNotEquals(fingerprintOf(["a"]), fingerprintOf(["a", ""]));
  assertNotEquals(fingerprintOf(["a", "b"]), fingerprintOf(["b", "a"]));
  assertEquals(fingerprintOf(["a", "b"]), fingerprintOf(["a", "b"].values()));
});

function ones(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest > 0; rest = (rest & (rest - 1)) >>> 0) {
    count++;
  }
  return count;
}
