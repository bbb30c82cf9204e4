/** The runner contract: its clauses, its page and its cases. */

import { CLAUSES } from "../harness/image/clauses.ts";
import { platformDocuments } from "../harness/image/platform_cases.ts";
import { isJsonList } from "../harness/json.ts";
import { parseDocument } from "../harness/parse.ts";
import {
  citedBy,
  type Mention,
  type Row,
  unmatched,
} from "./_clause_mentions.ts";

/** The page that explains the clauses. */
export const PLATFORM_PAGE = "docs/contract.md";
const CATALOGUE = "harness/image/clauses.ts";

/** What the checks need to know of a case. */
export interface CitingCase {
  /** Its id. */
  readonly id: string;
  /** Where it stands. */
  readonly place: string;
  /** The clauses it cites. */
  readonly clauses: readonly Mention[];
  /** The exit code it expects. */
  readonly exitCode: number;
  /** The id of its control, if it names one. */
  readonly control: string | undefined;
  /** Whether it says anything about what is printed. */
  readonly asserts: boolean;
}

/**
 * Checks that clauses, rows and cases agree, and that every case that expects a
 * failure looks at the message and names a control that succeeds.
 *
 * @param rows The rows of the page.
 * @param cases The cases.
 * @returns Every violation as a sentence that begins with its place.
 */
export function checkPlatform(
  rows: readonly Row[],
  cases: readonly CitingCase[],
): string[] {
  const clauses = catalogue();
  const binding = clauses.filter(({ kind }) => kind !== "policy");
  const cited = cases.flatMap((item) => item.clauses);
  return [
    ...unmatched(clauses, rows, `is not explained in ${PLATFORM_PAGE}`),
    ...unmatched(rows, clauses, "is explained, but is no clause"),
    ...unmatched(binding, cited, "is cited by no case"),
    ...unmatched(cited, clauses, "is cited, but is no clause"),
    ...cases.flatMap((item) => checkNegative(item, cases)),
  ];
}

function catalogue() {
  const url = new URL(`../${CATALOGUE}`, import.meta.url);
  const lines = Deno.readTextFileSync(url).split("\n");
  return CLAUSES.map(({ id, kind }) => {
    const line = lines.findIndex((text) => text.includes(`"${id}"`)) + 1;
    return { id, kind, place: `${CATALOGUE}:${line}` };
  });
}

function checkNegative(
  { id, place, exitCode, control, asserts }: CitingCase,
  cases: readonly CitingCase[],
): string[] {
  if (exitCode === 0) return [];
  const problems: string[] = [];
  if (!asserts) problems.push("expects a failure but checks no message");
  const partner = cases.find((other) => other.id === control);
  if (control === undefined) {
    problems.push("expects a failure but names no x-control");
  } else if (partner === undefined) {
    problems.push(`names the control ${control}, which is no case`);
  } else if (partner.exitCode !== 0) {
    problems.push(`names the control ${control}, which itself fails`);
  }
  return problems.map((problem) => `${place}: ${id} ${problem}`);
}

/**
 * Reads the platform cases as far as the checks need them.
 *
 * @returns The cases.
 * @throws {TypeError} If a document holds something that is no case.
 */
export function readPlatformCases(): CitingCase[] {
  return platformDocuments().flatMap((document) =>
    parseDocument(document, document.bytes).map((item) => {
      if (item.kind === "problem") throw new TypeError(item.message);
      const { id, exit_code: exitCode, assert } = item.value;
      const control = item.value["x-control"];
      return {
        id: String(id),
        place: `${item.location.path}:${item.location.line}`,
        clauses: citedBy(item),
        exitCode: typeof exitCode === "number" ? exitCode : 0,
        control: typeof control === "string" ? control : undefined,
        asserts: isJsonList(assert) && assert.length > 0,
      };
    })
  );
}
