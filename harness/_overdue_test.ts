import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { inTime, stopWaiting } from "./_overdue.ts";
import { CaseError } from "./case_error.ts";

const NEVER = () => new Promise<void>(() => {});

Deno.test("inTime() gives up a case that does not end", async () => {
  const limit = { type: "demo", timeoutMs: 1, graceMs: 0 };
  const waits = async () => await inTime(NEVER, limit);
  const error = await assertRejects(waits, CaseError);
  assertEquals(error.category, "runtime");
  assertEquals(
    error.message,
    'case type "demo" did not end within 1 ms, nor soon after: run() has to stop by itself when context.timeoutMs is over',
  );
});

Deno.test("inTime() is done at once with a case that waits for nothing", () => {
  const limit = { type: "demo", timeoutMs: 1 };
  assertEquals(inTime(() => {}, limit), undefined);
  const fail = () => {
    throw new TypeError("a slip");
  };
  assertThrows(
    () => inTime(fail, limit),
    CaseError,
    'case type "demo" threw in run(): TypeError: a slip',
  );
});

Deno.test("inTime() leaves no timer behind", async () => {
  const limit = { type: "demo", timeoutMs: 2 ** 31 - 1 };
  await inTime(() => Promise.resolve(), limit);
  await assertRejects(async () =>
    await inTime(() => Promise.reject(new Error()), limit)
  );
  void inTime(NEVER, limit);
  stopWaiting();
});
