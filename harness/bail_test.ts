import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { bailing } from "./bail.ts";
import { CaseError } from "./case_error.ts";
import { runInOrder } from "./schedule.ts";
import { failed, headAt, passed } from "./verdict.ts";

const headOf = (line: number) => headAt({ path: "a.md", line, column: 1 });

/** Jobs that fail where it is said so, and who was begun. */
function jobsOf(fails: readonly boolean[]) {
  const begun: number[] = [];
  const heads = fails.map((_, at) => headOf(at + 1));
  const jobs = heads.map((head, at) => ({
    exclusive: at % 3 === 0,
    run: async () => {
      begun.push(at);
      await Promise.resolve();
      return fails[at]
        ? failed(head, new CaseError("assertion", "no"))
        : passed(head, 1);
    },
  }));
  return { begun, heads, jobs };
}

Deno.test("bailing() begins nothing after the last failure that is allowed", async () => {
  const property = fc.asyncProperty(
    fc.array(fc.boolean(), { maxLength: 20 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 4 }),
    async (fails, bail, limit) => {
      const { begun, heads, jobs } = jobsOf(fails);
      const told: string[] = [];
      await runInOrder(bailing(jobs, heads, bail), {
        limit,
        emit: ({ id, status }) => void told.push(`${status} ${id}`),
      });
      assertEquals(told.map((one) => one.slice(5)), heads.map(({ id }) => id));
      const failures = told.filter((one) => one.startsWith("fail")).length;
      const skips = told.filter((one) => one.startsWith("skip")).length;
      assertEquals(begun.length, fails.length - skips);
      // Those that were running beside the last one end as they end.
      const most = bail - 1 + limit;
      assertEquals(failures <= most, true, `${told}`);
      if (skips > 0) assertEquals(failures >= bail, true, `${told}`);
    },
  );
  await fc.assert(property);
});

Deno.test("bailing() says why a case was not run, and leaves jobs exclusive", async () => {
  const { heads, jobs } = jobsOf([true, true, false]);
  const [first, second, third] = bailing(jobs, heads, 2);
  assertEquals([first, second, third].map((job) => job?.exclusive), [
    true,
    false,
    false,
  ]);
  await first?.run();
  assertEquals((await second?.run())?.status, "fail");
  const result = await third?.run();
  assertEquals(result?.status, "skip");
  assertEquals(result?.id, heads[2]?.id);
  assertEquals(result?.skipReason, "not run: 2 cases had failed (--bail)");
});
