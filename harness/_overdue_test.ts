import { assertEquals, assertRejects } from "@std/assert";
import { inTime, stopWaiting } from "./_overdue.ts";
import { CaseError } from "./case_error.ts";

const NEVER = () => new Promise<void>(() => {});

Deno.test("inTime() gives up a case that does not end", async () => {
  const limit = { type: "demo", timeoutMs: 1, graceMs: 0 };
  const error = await assertRejects(() => inTime(NEVER, limit), CaseError);
  assertEquals(error.category, "runtime");
  assertEquals(
    error.message,
    'case type "demo" did not end within 1 ms, nor soon after: run() has to stop by itself when context.timeoutMs is over',
  );
});

Deno.test("inTime() leaves no timer behind", async () => {
  const limit = { type: "demo", timeoutMs: 2 ** 31 - 1 };
  await inTime(() => Promise.resolve(), limit);
  await assertRejects(() => inTime(() => Promise.reject(new Error()), limit));
  void inTime(NEVER, limit);
  await new Promise((done) => setTimeout(done, 0));
  stopWaiting();
});
