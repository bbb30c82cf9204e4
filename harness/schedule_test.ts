import { assertEquals, assertRejects } from "@std/assert";
import { type Job, runInOrder } from "./schedule.ts";

/** Jobs that tell how many run at once, and what they were told to do. */
function makeJobs(kinds: readonly boolean[], log: string[]) {
  const running = { all: 0, exclusive: 0, most: 0, mostExclusive: 0 };
  const jobs = kinds.map((exclusive, index): Job<number> => ({
    exclusive,
    run: async () => {
      log.push(`start ${index}`);
      running.most = Math.max(running.most, ++running.all);
      if (exclusive) running.exclusive++;
      running.mostExclusive = Math.max(
        running.mostExclusive,
        running.exclusive,
      );
      await new Promise((done) => setTimeout(done, (7 * index) % 5));
      if (exclusive) running.exclusive--;
      running.all--;
      return index;
    },
  }));
  return { jobs, running };
}

const MIXED = Array.from({ length: 40 }, (_, index) => index % 3 === 0);

Deno.test("runInOrder() gives out results in order whatever the limit", async () => {
  for (const limit of [1, 2, 8, 100]) {
    const { jobs, running } = makeJobs(MIXED, []);
    const results: number[] = [];
    await runInOrder(jobs, { limit, emit: (result) => results.push(result) });
    assertEquals(results, [...MIXED.keys()]);
    assertEquals(running.most <= limit, true);
    assertEquals(running.mostExclusive, 1);
  }
});

Deno.test("runInOrder() runs jobs side by side, but not exclusive ones", async () => {
  const { jobs, running } = makeJobs(MIXED, []);
  await runInOrder(jobs, { limit: 4, emit: () => {} });
  assertEquals(running.most, 4);
  const alone = makeJobs(MIXED.map(() => true), []);
  await runInOrder(alone.jobs, { limit: 4, emit: () => {} });
  assertEquals(alone.running.most, 1);
});

Deno.test("runInOrder() with limit 1 starts jobs in order", async () => {
  const log: string[] = [];
  const { jobs } = makeJobs(MIXED, log);
  await runInOrder(jobs, { limit: 1, emit: () => {} });
  assertEquals(log, [...MIXED.keys()].map((index) => `start ${index}`));
});

Deno.test("runInOrder() gives out a result before later jobs are done", async () => {
  const order: string[] = [];
  const gate = Promise.withResolvers<string>();
  const jobs: Job<string>[] = [
    { exclusive: false, run: () => Promise.resolve("first") },
    { exclusive: false, run: () => gate.promise },
  ];
  await runInOrder(jobs, {
    limit: 2,
    emit: (result) => {
      order.push(result);
      gate.resolve("second");
    },
  });
  assertEquals(order, ["first", "second"]);
});

Deno.test("runInOrder() starts nothing more once a result is refused", async () => {
  const log: string[] = [];
  const { jobs } = makeJobs(MIXED.map(() => false), log);
  const reasons: unknown[] = [];
  const refusal = new Error("no more");
  await assertRejects(
    () =>
      runInOrder(jobs, {
        limit: 2,
        emit: (result) => {
          if (result === 3) throw refusal;
        },
        onStop: (reason) => reasons.push(reason),
      }),
    Error,
    "no more",
  );
  assertEquals(reasons, [refusal]);
  assertEquals(log.length < 10, true, log.join());
});

Deno.test("runInOrder() stops at a signal, also one given before", async () => {
  for (const early of [true, false]) {
    const controller = new AbortController();
    const log: string[] = [];
    const { jobs } = makeJobs(MIXED, log);
    if (early) controller.abort(new Error("enough"));
    await assertRejects(
      () =>
        runInOrder(jobs, {
          limit: 2,
          signal: controller.signal,
          emit: () => controller.abort(new Error("enough")),
        }),
      Error,
      "enough",
    );
    assertEquals(log.length < 6, true, log.join());
    assertEquals(early && log.length > 0, false);
  }
});

Deno.test("runInOrder() lets timers run between jobs that never wait", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const spin = () => {
    const end = performance.now() + 10;
    while (performance.now() < end);
    return Promise.resolve(0);
  };
  const jobs = Array.from({ length: 20 }, () => ({
    exclusive: false,
    run: spin,
  }));
  await runInOrder(jobs, { limit: 2, emit: () => {} });
  clearInterval(timer);
  assertEquals(ticks > 0, true);
});
