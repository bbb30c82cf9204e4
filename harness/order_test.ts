import { assert, assertEquals, assertThrows } from "@std/assert";
import { drawSeed, parseSeed, shuffled } from "./order.ts";
import { UsageError } from "./usage_error.ts";

const IDS = Array.from({ length: 60 }, (_, i) => `A-${i}`);
const itself = (id: string) => id;

Deno.test("shuffled() gives the order it always gave", () => {
  const told = shuffled(IDS.slice(0, 6), 1, itself).join(" ");
  assertEquals(told, "A-3 A-4 A-5 A-2 A-0 A-1");
});

Deno.test("shuffled() loses and doubles nothing, whatever the seed", () => {
  for (let seed = 0; seed < 200; seed++) {
    assertEquals(shuffled(IDS, seed, itself).toSorted(), IDS.toSorted());
  }
});

Deno.test("shuffled() orders a part as it orders the whole, however it is given", () => {
  for (let seed = 0; seed < 200; seed++) {
    const part = IDS.filter((_, i) => (i * (seed + 1)) % 3 !== 0).toReversed();
    const whole = shuffled(IDS, seed, itself);
    assertEquals(
      shuffled(part, seed, itself),
      whole.filter((id) => part.includes(id)),
    );
  }
});

Deno.test("shuffled() keeps the order of what has one id", () => {
  const items = Array.from({ length: 50 }, (_, at) => ({ at, id: "A" }));
  assertEquals(shuffled(items, 3, ({ id }) => id), items);
});

Deno.test("shuffled() puts every item in every place about as often", () => {
  const counts = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  const rounds = 2000;
  for (let seed = 0; seed < rounds; seed++) {
    shuffled(IDS.slice(0, 5), seed, itself).forEach((id, place) => {
      const row = counts[Number(id.slice(2))] ?? [];
      row[place] = (row[place] ?? 0) + 1;
    });
  }
  for (const count of counts.flat()) {
    assert(count > 0.8 * rounds / 5 && count < 1.2 * rounds / 5, `${counts}`);
  }
});

Deno.test("parseSeed() takes whole numbers that are exact", () => {
  for (const seed of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    assertEquals(parseSeed(String(seed)), seed);
  }
  for (const text of ["-1", "1.5", "0x10", "1e3", "abc", "9007199254740992"]) {
    assertThrows(() => parseSeed(text), UsageError, "as --shuffle");
  }
});

Deno.test("drawSeed() draws seeds that can be given again", () => {
  const seeds = Array.from({ length: 20 }, drawSeed);
  for (const seed of seeds) assertEquals(parseSeed(String(seed)), seed);
  assert(new Set(seeds).size > 1);
});
