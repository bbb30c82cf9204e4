import { assert, assertEquals, assertThrows } from "@std/assert";
import type { CaseResult } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { folded, repeated } from "./repeat.ts";
import { failed, headAt, passed, skipped } from "./verdict.ts";

const head = {
  ...headAt({ path: "a.spec.md", line: 7, column: 1 }),
  id: "A-1",
};
const pass = passed(head, 1);
const fail = failed(head, new CaseError("assertion", "wanted x"), 2);
const crash = failed(head, new CaseError("runtime", "no such program"), 4);
const skip = skipped(head, "no terminal");

Deno.test("folded() makes the one result of all ways to run a case four times", () => {
  for (let ways = 0; ways < 16; ways++) {
    const results = Array.from(
      { length: 4 },
      (_, time) => (ways >> time) % 2 === 0 ? pass : fail,
    );
    const passes = results.filter(({ status }) => status === "pass").length;
    const result = folded(results);
    assertEquals(result.durationMs, 4 + (4 - passes), `${ways}`);
    assertEquals(result.status, passes === 4 ? "pass" : "fail", `${ways}`);
    assertEquals(result.id, "A-1");
    const isFlaky = passes > 0 && passes < 4;
    assertEquals(result.message?.includes("flaky") ?? false, isFlaky);
    if (!isFlaky) continue;
    assert(
      result.message?.includes(
        `it passed ${passes} of 4 times; time ${
          results.indexOf(fail) + 1
        } failed:\n  | a.spec.md:7:1: wanted x`,
      ),
    );
  }
});

Deno.test("folded() tells the failure that came first, and its category", () => {
  assertEquals(folded([crash, fail]).message, crash.message);
  const result = folded([pass, crash, fail]);
  assertEquals(result.category, "runtime");
  assert(
    result.message?.includes("time 2 failed:\n  | a.spec.md:7:1: no such"),
  );
});

Deno.test("folded() leaves a case alone that is skipped each time", () => {
  assertEquals(folded([skip, skip]), skip);
});

Deno.test("folded() wants a result", () => {
  assertThrows(() => folded([]), RangeError);
});

Deno.test("repeated() runs one time after the other, and keeps what is exclusive so", async () => {
  const events: string[] = [];
  const results: CaseResult[] = [pass, fail, pass];
  const job = {
    exclusive: true,
    run: async () => {
      events.push("begin");
      await Promise.resolve();
      events.push("end");
      return results.shift() ?? pass;
    },
  };
  const three = repeated(job, 3);
  assertEquals(three.exclusive, true);
  assertEquals((await three.run()).category, "assertion");
  assertEquals(events.join(" "), "begin end begin end begin end");
  assertEquals(repeated(job, 1), job);
});
