/**
 * A run that starts no further case once too many have failed.
 *
 * @module
 */

import type { CaseResult } from "./case.ts";
import type { Job } from "./schedule.ts";
import { type CaseHead, skipped } from "./verdict.ts";

/**
 * Makes jobs that are done only while few have failed.
 *
 * What was begun by then comes to its end. What was not is skipped, with the
 * reason: it has not passed, and it is not missing either.
 *
 * @param jobs What is to be done, in the order it is begun.
 * @param heads What is known of the case of each.
 * @param limit How many failures are too many, at least 1.
 * @returns The same jobs.
 *
 * @example Usage
 * ```ts
 * import { bailing } from "./bail.ts";
 * import { CaseError } from "./case_error.ts";
 * import { failed, headAt } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * const result = failed(head, new CaseError("assertion", "wanted x"));
 * const job = { exclusive: false, run: () => Promise.resolve(result) };
 * const [first, second] = bailing([job, job], [head, head], 1);
 * assertEquals((await first?.run())?.status, "fail");
 * assertEquals((await second?.run())?.skipReason, "not run: 1 case had failed (--bail)");
 * ```
 */
export function bailing<J extends Job<CaseResult>>(
  jobs: readonly J[],
  heads: readonly CaseHead[],
  limit: number,
): J[] {
  let failures = 0;
  const reason = `not run: ${
    limit === 1 ? "1 case" : `${limit} cases`
  } had failed (--bail)`;
  return jobs.map((job, index) => ({
    ...job,
    async run() {
      const head = heads[index];
      if (failures >= limit && head !== undefined) return skipped(head, reason);
      const result = await job.run();
      if (result.status === "fail") failures++;
      return result;
    },
  }));
}
