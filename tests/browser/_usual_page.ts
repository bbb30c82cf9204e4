/** A page with every outcome, for tests that look at it. */

import { htmlReport } from "../../harness/report/html.ts";
import {
  EVERY_OUTCOME,
  summaryOf,
} from "../../harness/report/html/_page_testing.ts";
import { type BrowserTest, type Look, type Visit, visit } from "./_visit.ts";

/** The page. */
export const PAGE = htmlReport(
  EVERY_OUTCOME,
  summaryOf(EVERY_OUTCOME, { notes: ["contract: 2 clauses: 1 broken"] }),
);

/** The ids on it, in its order. */
export const ALL = ["A-2", "B-1", "B-2", "A-1", "A-3", "B-3"];

/** Makes tests that look at the page. */
export function looksAt(test: BrowserTest) {
  return (
    name: string,
    act: (one: Visit) => Promise<void>,
    how: Look = {},
  ): void => test(name, (browser) => visit(browser, PAGE, how, act));
}
