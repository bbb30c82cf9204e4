import { assertEquals, assertThrows } from "@std/assert";
import { withinTime } from "./time_limit.ts";

const MANY_A = "a".repeat(60);

Deno.test("withinTime() hands on what the work returns or throws", () => {
  for (const limit of [5_000, 2 ** 40, Infinity]) {
    assertEquals(withinTime(limit, () => 7), { value: 7 });
    assertEquals(withinTime(limit, () => undefined), { value: undefined });
    assertThrows(
      () =>
        withinTime(limit, () => {
          throw new RangeError("too far");
        }),
      RangeError,
      "too far",
    );
  }
});

Deno.test("withinTime() gives up on endless work, and on the next one, too", () => {
  const endless: readonly (() => unknown)[] = [
    () => /^(a+)+$/.test(`${MANY_A}b`),
    () => `${MANY_A}b`.replace(/(a|aa)+$/, ""),
    () => {
      for (;;) performance.now();
    },
  ];
  for (const limit of [0, 0.5, 7]) {
    for (const work of endless) {
      assertEquals(withinTime(limit, work), "out of time");
    }
  }
});

Deno.test("withinTime() leaves no interrupt behind for whoever runs next", () => {
  let calls = 0;
  const busy = (milliseconds: number) => {
    const start = performance.now();
    while (performance.now() - start < milliseconds) calls++;
  };
  for (let round = 0; round < 40; round++) {
    withinTime(3, () => busy(2.8 + round / 100));
    busy(0.5);
  }
  assertEquals(calls > 0, true);
});

Deno.test("withinTime() can be used by work that it limits", () => {
  const inner = () => withinTime(5, () => /^(a+)+$/.test(`${MANY_A}b`));
  assertEquals(withinTime(5_000, inner), { value: "out of time" });
  assertEquals(withinTime(5_000, () => 1), { value: 1 });
});
