import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { arrange } from "./arrange.ts";
import { shuffled } from "./order.ts";

const casesOf = (ids: readonly string[]) => ids.map((id) => ({ head: { id } }));
const idsOf = (items: readonly { readonly head: { readonly id: string } }[]) =>
  items.map(({ head }) => head.id);

// Ids may well be there twice: the later one fails.
const ids = fc.array(fc.string({ maxLength: 4 }), { maxLength: 40 });
const total = fc.integer({ min: 1, max: 12 });
const seed = fc.option(fc.nat(), { nil: undefined });
const durations = fc.option(
  fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.nat()))
    .map((pairs) => new Map(pairs)),
  { nil: undefined },
);
const options = fc.record({ seed, durations }).map((both) =>
  Object.fromEntries(
    Object.entries(both).filter(([, value]) => value !== undefined),
  )
);

Deno.test("arrange() leaves all cases in their order if nothing is asked for", () => {
  const cases = casesOf(["B", "A", "C"]);
  assertEquals(arrange(cases, {}), {
    items: cases,
    places: [1, 2, 3],
    facts: {},
  });
});

Deno.test("arrange() puts every case into exactly one shard, and tells its place", () => {
  fc.assert(fc.property(ids, total, options, (ids, total, options) => {
    const wanted = casesOf(ids);
    const parts = Array.from(
      { length: total },
      (_, at) =>
        arrange(wanted, { ...options, shard: { index: at + 1, total } }),
    );
    const placed = parts.flatMap(({ items, places }) =>
      items.map((item, at) => [places[at] ?? 0, item.head.id] as const)
    );
    assertEquals(
      placed.toSorted(([a], [b]) => a - b),
      ids.map((id, at) => [at + 1, id] as const),
    );
    for (const { facts } of parts) {
      assertEquals(facts.suite, parts[0]?.facts.suite);
      assertEquals(facts.shard?.plan, parts[0]?.facts.shard?.plan);
      assertEquals(facts.cases, ids.length);
    }
  }));
});

Deno.test("arrange() shuffles each shard as it would the whole", () => {
  fc.assert(fc.property(ids, total, fc.nat(), (ids, total, seed) => {
    const wanted = casesOf(ids);
    const whole = shuffled(ids, seed, (id) => id);
    for (let index = 1; index <= total; index++) {
      const shard = { index, total };
      const own = idsOf(arrange(wanted, { shard, seed }).items);
      const part = idsOf(arrange(wanted, { shard }).items);
      assertEquals(own.toSorted(), part.toSorted());
      assertEquals(own, whole.filter((id) => part.includes(id)));
    }
  }));
});

Deno.test("arrange() divides the same way in whatever order documents are", () => {
  fc.assert(fc.property(ids, total, options, (ids, total, options) => {
    const shard = { index: 1, total };
    const there = arrange(casesOf(ids), { ...options, shard });
    const back = arrange(casesOf(ids.toReversed()), { ...options, shard });
    assertEquals(idsOf(back.items).toSorted(), idsOf(there.items).toSorted());
  }));
});

Deno.test("arrange() takes other ids, and other documents, for another suite", () => {
  const suiteOf = (ids: readonly string[], contents: readonly string[]) =>
    arrange(casesOf(ids), { shard: { index: 1, total: 2 }, contents })
      .facts.suite;
  const suite = suiteOf(["A", "B"], ["a.md", "1"]);
  assert(suite !== undefined);
  assertEquals(suiteOf(["A", "B"], ["a.md", "1"]), suite);
  assertNotEquals(suiteOf(["B", "A"], ["a.md", "1"]), suite);
  assertNotEquals(suiteOf(["A"], ["B", "a.md", "1"]), suite);
  assertNotEquals(suiteOf(["A", "B"], ["a.md", "2"]), suite);
  assertNotEquals(suiteOf(["A", "B"], ["b.md", "1"]), suite);
});
