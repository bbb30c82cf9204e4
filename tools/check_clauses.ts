/**
 * Holds clauses, documents and cases together, in both directions:
 *
 * - every clause of the contract is explained in `docs/contract.md`, and nothing
 *   is explained there that is no clause;
 * - every clause that binds an image is cited by a case, and no case cites a
 *   clause that there is not;
 * - every case that expects a failure also checks the message, and names a
 *   control: a case that succeeds.
 *
 * ```sh
 * deno task clauses
 * ```
 *
 * @module
 */

import type { Json } from "../harness/json.ts";
import { isJsonList } from "../harness/json.ts";
import { CLAUSES } from "../harness/image/clauses.ts";
import { platformDocuments } from "../harness/image/platform_cases.ts";
import { parseDocument } from "../harness/parse.ts";

/** What the checks need to know of a case. */
export interface CitingCase {
  /** Its id. */
  readonly id: string;
  /** The tags that look like clauses. */
  readonly clauses: readonly string[];
  /** The exit code it expects. */
  readonly exitCode: number;
  /** The id of its control, if it names one. */
  readonly control: string | undefined;
  /** Whether it says anything about what is printed. */
  readonly asserts: boolean;
}

const CLAUSE_REGEXP = /\bRP-[A-Z]+-\d+\b/g;

/**
 * Checks the three rules.
 *
 * @param documentation The text of `docs/contract.md`.
 * @param cases The cases.
 * @returns Every violation as a sentence.
 */
export function checkClauses(
  documentation: string,
  cases: readonly CitingCase[],
): string[] {
  const known = new Set(CLAUSES.map(({ id }) => id));
  const explained = new Set(explainedIn(documentation));
  const cited = new Set(cases.flatMap(({ clauses }) => clauses));
  return [
    ...missing(known, explained, "is not explained in docs/contract.md"),
    ...missing(
      explained,
      known,
      "is explained in docs/contract.md, but is no clause",
    ),
    ...missing(bindingImages(), cited, "is cited by no case"),
    ...missing(cited, known, "is cited, but is no clause"),
    ...cases.flatMap((item) => checkNegative(item, cases)),
  ];
}

function bindingImages(): Set<string> {
  const binding = CLAUSES.filter(({ kind }) => kind !== "policy");
  return new Set(binding.map(({ id }) => id));
}

/** A clause is explained where a table row begins with it. */
function explainedIn(documentation: string): string[] {
  return [...documentation.matchAll(/^\| `(RP-[A-Z]+-\d+)` /gm)]
    .map(([, id = ""]) => id);
}

function missing(
  wanted: ReadonlySet<string>,
  there: ReadonlySet<string>,
  complaint: string,
): string[] {
  return [...wanted].filter((id) => !there.has(id))
    .map((id) => `${id} ${complaint}`);
}

function checkNegative(
  { id, exitCode, control, asserts }: CitingCase,
  cases: readonly CitingCase[],
): string[] {
  if (exitCode === 0) return [];
  const problems: string[] = [];
  if (!asserts) problems.push(`${id} expects a failure but checks no message`);
  const partner = cases.find((other) => other.id === control);
  if (control === undefined) {
    problems.push(`${id} expects a failure but names no x-control`);
  } else if (partner === undefined) {
    problems.push(`${id} names the control ${control}, which is no case`);
  } else if (partner.exitCode !== 0) {
    problems.push(`${id} names the control ${control}, which itself fails`);
  }
  return problems;
}

/**
 * Reads the platform cases as far as the checks need them.
 *
 * @returns The cases.
 * @throws {TypeError} If a document holds something that is no case.
 */
export function readCases(): CitingCase[] {
  return platformDocuments().flatMap((document) =>
    parseDocument(document, document.bytes).map((item) => {
      if (item.kind === "problem") throw new TypeError(item.message);
      const { id, tags, exit_code: exitCode, assert } = item.value;
      const control = item.value["x-control"];
      return {
        id: String(id),
        clauses: clausesAmong(tags),
        exitCode: typeof exitCode === "number" ? exitCode : 0,
        control: typeof control === "string" ? control : undefined,
        asserts: isJsonList(assert) && assert.length > 0,
      };
    })
  );
}

function clausesAmong(tags: Json | undefined): string[] {
  const words = isJsonList(tags) ? tags.map(String) : [];
  return words.flatMap((tag) => tag.match(CLAUSE_REGEXP) ?? []);
}

if (import.meta.main) {
  const path = new URL("../docs/contract.md", import.meta.url);
  const cases = readCases();
  const problems = checkClauses(await Deno.readTextFile(path), cases);
  for (const problem of problems) console.error(problem);
  console.error(
    `${CLAUSES.length} clauses, ${cases.length} cases, ${problems.length} problems`,
  );
  Deno.exit(problems.length > 0 ? 1 : 0);
}
