/**
 * Holds clauses, documents, cases and tests together, in both directions.
 *
 * Of the runner contract (`docs/contract.md`): every clause has a row, every
 * clause that binds an image is cited by a case, and every case that expects a
 * failure looks at the message and names a control that succeeds.
 *
 * Of the harness contract and the format (`docs/harness.md`): every clause is
 * shown kept and shown broken, by cases of `specs/harness/` or by tests that
 * carry its id in their names, and leads into the guide.
 *
 * ```sh
 * deno task clauses
 * ```
 *
 * @module
 */

import { type Row, rowsOf } from "./_clause_mentions.ts";
import {
  checkHarness,
  type Evidence,
  evidenceOfDocument,
  evidenceOfTests,
  HARNESS_PAGE,
} from "./_harness_clauses.ts";
import {
  checkPlatform,
  PLATFORM_PAGE,
  readPlatformCases,
} from "./_platform_clauses.ts";

const GUIDE = "docs/spec.md";
const CASES = "specs/harness";
const TESTS = ["harness", "host", "tests", "spec_test.ts"] as const;

/** What the checks found. */
export interface ClauseReport {
  /** How many clauses there are. */
  readonly clauses: number;
  /** How many cases and tests show them. */
  readonly evidence: number;
  /** Every violation as a sentence that begins with `FILE:LINE`. */
  readonly problems: readonly string[];
}

/**
 * Checks the project's own clauses.
 *
 * @param root The root of the repository, ending in a slash.
 * @returns What was found.
 */
export function checkClauses(root: URL): ClauseReport {
  const text = (path: string) => Deno.readTextFileSync(new URL(path, root));
  const rows = (page: string): Row[] => rowsOf(page, text(page));
  const platform = rows(PLATFORM_PAGE);
  const harness = rows(HARNESS_PAGE);
  const cases = readPlatformCases();
  const evidence = readEvidence(root);
  return {
    clauses: platform.length + harness.length,
    evidence: cases.length + evidence.length,
    problems: [
      ...checkPlatform(platform, cases),
      ...checkHarness(harness, evidence, text(GUIDE)),
    ],
  };
}

function readEvidence(root: URL): Evidence[] {
  const read = (path: string) => Deno.readFileSync(new URL(path, root));
  const decoder = new TextDecoder();
  return [
    ...filesBelow(CASES, root, ".spec.md")
      .filter((path) => !path.includes("/unreadable/"))
      .flatMap((path) => evidenceOfDocument(path, read(path))),
    ...TESTS.flatMap((path) => filesBelow(path, root, "_test.ts"))
      .flatMap((path) => evidenceOfTests(path, decoder.decode(read(path)))),
  ];
}

function filesBelow(path: string, root: URL, ending: string): string[] {
  if (path.endsWith(ending)) return [path];
  const entries = [...Deno.readDirSync(new URL(path, root))];
  return entries.flatMap(({ name, isDirectory }) => {
    if (isDirectory) return filesBelow(`${path}/${name}`, root, ending);
    return name.endsWith(ending) ? [`${path}/${name}`] : [];
  }).toSorted();
}

if (import.meta.main) {
  const report = checkClauses(new URL("../", import.meta.url));
  for (const problem of report.problems) console.error(problem);
  console.error(
    `${report.clauses} clauses, ${report.evidence} cases and tests, ${report.problems.length} problems`,
  );
  Deno.exit(report.problems.length > 0 ? 1 : 0);
}
