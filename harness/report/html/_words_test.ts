import { assertEquals } from "@std/assert";
import type { SuiteSummary } from "../reporter.ts";
import { summaryOf } from "./_page_testing.ts";
import { duration, headline, wordsFor } from "./_words.ts";

/** Task, program, and how passes, failures and skips are told. */
const HEADLINES: readonly (readonly [
  Partial<SuiteSummary>,
  readonly [passed: number, failed: number, skipped: number],
  string,
])[] = [
  [{}, [0, 3, 0], "3 of 3 cases failed"],
  [{}, [12_345, 1, 2], "1 of 12,348 cases failed"],
  [{}, [1, 0, 0], "1 case passed"],
  [{}, [2, 0, 0], "All 2 cases passed"],
  [{}, [2, 0, 1], "2 of 3 cases passed, 1 skipped"],
  [{}, [0, 0, 2], "Nothing was checked: every case was skipped"],
  [{ task: "lint" }, [5, 1, 0], "1 of 6 cases is wrong"],
  [{ task: "lint" }, [5, 2, 0], "2 of 7 cases are wrong"],
  [{ task: "lint" }, [5, 0, 0], "All 5 cases are right"],
  [{ task: "conformance" }, [5, 1, 0], "1 of 6 cases did not end as expected"],
  [{ task: "conformance" }, [5, 0, 0], "All 5 cases ended as expected"],
];

Deno.test("headline() says in a sentence what a run came to", () => {
  for (const [rest, [passed, failed, skipped], sentence] of HEADLINES) {
    const total = passed + failed + skipped;
    const counts = { total, passed, failed, skipped };
    const summary = summaryOf([], { ...counts, ...rest });
    assertEquals(headline(summary, wordsFor(summary)), sentence);
  }
});

Deno.test("duration() is short, and rounds without a jump", () => {
  const spans = [0, 0.4, 999.4, 999.5, 1250, 59_940, 59_950, 3_600_000];
  assertEquals(spans.map(duration), [
    ...["0 ms", "0 ms", "999 ms", "1.0 s", "1.3 s", "59.9 s"],
    ...["1 min 00 s", "60 min 00 s"],
  ]);
});
