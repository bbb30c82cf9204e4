/** The harness contract and the format: their page, their cases, their tests. */

import type { Problem, SourceCase } from "../harness/case.ts";
import { capabilitySet } from "../harness/capabilities.ts";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../harness/json.ts";
import { parseDocument } from "../harness/parse.ts";
import { BUILT_IN_TYPES } from "../harness/types/registry.ts";
import {
  citedBy,
  citedInTests,
  type Mention,
  type Row,
  unmatched,
} from "./_clause_mentions.ts";

/** The page that explains the clauses. */
export const HARNESS_PAGE = "docs/harness.md";

/** Something that shows clauses: a case, or a test with ids in its name. */
export interface Evidence {
  /** The clauses. */
  readonly clauses: readonly Mention[];
  /** Whether it shows them kept, or broken. */
  readonly shows: "kept" | "broken";
  /** What is wrong with it, each at its place. */
  readonly problems: readonly string[];
}

/**
 * Checks that clauses and evidence agree: every clause has a row, is shown kept
 * and is shown broken, and nothing else is cited.
 *
 * @param rows The rows of the page.
 * @param evidence What shows them.
 * @param guide The text of the page its links lead to.
 * @returns Every violation as a sentence that begins with its place.
 */
export function checkHarness(
  rows: readonly Row[],
  evidence: readonly Evidence[],
  guide: string,
): string[] {
  const checkable = rows.filter(({ isPolicy }) => !isPolicy);
  const shown = (shows: Evidence["shows"]) =>
    evidence.filter((one) => one.shows === shows)
      .flatMap(({ clauses }) => clauses);
  const first = new Map(rows.toReversed().map((row) => [row.id, row]));
  const again = rows.filter((row) => first.get(row.id) !== row);
  return [
    ...again.map(({ id, place }) => `${place}: ${id} is explained twice`),
    ...unmatched(checkable, shown("kept"), "is shown kept by nothing"),
    ...unmatched(checkable, shown("broken"), "is shown broken by nothing"),
    ...unmatched(
      evidence.flatMap(({ clauses }) => clauses),
      rows,
      "is cited, but is no clause",
    ),
    ...evidence.flatMap(({ problems }) => problems),
    ...rows.flatMap((row) => checkLinks(row, guide)),
  ];
}

function checkLinks({ id, place, links }: Row, guide: string): string[] {
  if (links.length === 0) return [`${place}: ${id} has no link into the guide`];
  const anchors = new Set(
    Array.from(
      guide.matchAll(/^#+ (.+)$/gm),
      ([, title = ""]) => anchor(title),
    ),
  );
  return links.map((link) => link.replace(/^spec\.md#/, ""))
    .filter((link) => !anchors.has(link))
    .map((link) => `${place}: ${id} links to "${link}", where nothing is`);
}

/** As the pages of a repository are linked. */
function anchor(title: string): string {
  return title.toLowerCase().replace(/[^\w\- ]/g, "").replaceAll(" ", "-");
}

/**
 * Reads what the cases of one document show.
 *
 * A case that states its status under `expect` shows its clauses broken if that
 * is `fail`; one whose program is the spec command, if that is to fail.
 *
 * @param path The document, for places.
 * @param bytes Its content.
 */
export function evidenceOfDocument(
  path: string,
  bytes: Uint8Array,
): Evidence[] {
  return parseDocument({ path, format: "md" }, bytes)
    .filter((item) => !isLibrary(item))
    .map((item): Evidence => {
      if (item.kind === "case") return evidenceOfCase(item);
      const { line } = item.location;
      const problems = [`${path}:${line}: ${item.message}`];
      return { clauses: [], shows: "kept", problems };
    });
}

function isLibrary(item: SourceCase | Problem): boolean {
  return item.kind === "case" && item.value["type"] === "spec_lang.library";
}

function evidenceOfCase(source: SourceCase): Evidence {
  const clauses = citedBy(source);
  const { path, line } = source.location;
  const mustFail = path.includes("/failing/");
  const expected = mustFail ? expectationOf(source.value) : {};
  const fails = expected["status"] === "fail";
  const complaints: readonly (readonly [boolean, string])[] = [
    [clauses.length === 0, "cites no clause"],
    [
      mustFail && expected["status"] === undefined,
      "states no status under expect",
    ],
    [
      fails && !tellsMessage(expected),
      "expects a failure, but not its category and words of its message",
    ],
    [
      isSkipped(source) && expected["status"] !== "skip",
      "is skipped, so that it shows nothing",
    ],
  ];
  return {
    clauses,
    shows: fails || isFailingCall(source.value) ? "broken" : "kept",
    problems: complaints.filter(([isWrong]) => isWrong).map(([, complaint]) =>
      `${path}:${line}: ${source.value["id"]} ${complaint}`
    ),
  };
}

/** What is portable, and over it what is our own. */
function expectationOf({ expect }: JsonObject): JsonObject {
  const own = part(part(expect, "impl"), "deno");
  return { ...part(expect, "portable"), ...own };
}

function part(value: Json | undefined, key: string): JsonObject {
  const found = value !== undefined && isJsonObject(value)
    ? value[key]
    : undefined;
  return found !== undefined && isJsonObject(found) ? found : {};
}

function tellsMessage(expected: JsonObject): boolean {
  const tokens = expected["message_tokens"];
  return typeof expected["category"] === "string" && isJsonList(tokens) &&
    tokens.length > 0;
}

const CAPABILITIES = capabilitySet(BUILT_IN_TYPES.values());

function isSkipped({ value }: SourceCase): boolean {
  const requires = part(value, "requires");
  const needed = requires["capabilities"];
  return requires["when_missing"] === "skip" && isJsonList(needed) &&
    needed.some((name) => !CAPABILITIES.has(String(name)));
}

/** Whether a case calls the spec command, and wants it to fail. */
function isFailingCall(value: JsonObject): boolean {
  const { exit_code: exitCode } = value;
  const { entrypoint } = part(value, "harness");
  return String(entrypoint).startsWith("./nested.ts:") &&
    exitCode !== undefined && exitCode !== 0;
}

/**
 * Reads what a file of tests shows.
 *
 * @param path The file, for places.
 * @param text Its text.
 */
export function evidenceOfTests(path: string, text: string): Evidence[] {
  return citedInTests(path, text).map(({ id, place, counts, isBroken }) => ({
    clauses: counts ? [{ id, place }] : [],
    shows: isBroken ? "broken" : "kept",
    problems: counts
      ? []
      : [`${place}: ${id} does not stand in the name of a test that is run`],
  }));
}
