/** Where clauses are named: in the tables of a page, in cases, in tests. */

import { isJsonList, type Json } from "../harness/json.ts";
import type { SourceCase } from "../harness/case.ts";

/** A clause that is named somewhere. */
export interface Mention {
  /** Its id. */
  readonly id: string;
  /** `FILE:LINE`. */
  readonly place: string;
}

/** A row of a page that explains a clause. */
export interface Row extends Mention {
  /** Whether it binds people, so that nothing can show it. */
  readonly isPolicy: boolean;
  /** The targets of its links. */
  readonly links: readonly string[];
}

const HARNESS_ID = "(?:HC|SF)-[A-Z]+-\\d+";
const ID = `(?:RP-[A-Z]+-\\d+|${HARNESS_ID})`;
const ROW_REGEXP = new RegExp(`^\\| \`(${ID})\` `);

/**
 * Reads the clauses a page explains: each is a table row that begins with its id.
 *
 * @param path The page, for places.
 * @param text Its text.
 */
export function rowsOf(path: string, text: string): Row[] {
  return text.split("\n").flatMap((line, index) => {
    const id = ROW_REGEXP.exec(line)?.[1];
    if (id === undefined) return [];
    const cells = line.split("|").map((cell) => cell.trim());
    return [{
      id,
      place: `${path}:${index + 1}`,
      isPolicy: cells.includes("policy"),
      links: Array.from(line.matchAll(/\]\(([^)]+)\)/g), ([, to = ""]) => to),
    }];
  });
}

/**
 * Reads the clauses a case cites among its tags.
 *
 * @param source The case.
 */
export function citedBy(source: SourceCase): Mention[] {
  const tags: Json | undefined = source.value["tags"];
  if (!isJsonList(tags)) return [];
  return tags.flatMap((tag, index) => {
    const { path, line } = source.locate(["tags", index]);
    const ids = String(tag).match(new RegExp(`^${ID}$`)) ?? [];
    return ids.map((id) => ({ id, place: `${path}:${line}` }));
  });
}

/** A citation in the source of a test. */
export interface TestCitation extends Mention {
  /** Whether it stands in the name of a test that is run, where it counts. */
  readonly counts: boolean;
  /** Whether the name says that the clause is shown broken. */
  readonly isBroken: boolean;
}

const TEST_REGEXP =
  /\bDeno\.test\(\s*(["`])(?<name>(?:\\.|(?!\1).)*)\1\s*,(?!\s*\{[^}]*\bignore\b)/gs;

/**
 * Reads the clauses a file of tests cites: `[SF-YAML-1]` in the name of a test
 * that shows the clause kept, `[not SF-YAML-1]` of one that shows it broken.
 *
 * @param path The file, for places.
 * @param text Its text.
 */
export function citedInTests(path: string, text: string): TestCitation[] {
  const names = Array.from(text.matchAll(TEST_REGEXP), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const citation = new RegExp(`(\\bnot )?\\b(${HARNESS_ID})\\b`, "g");
  return Array.from(
    text.matchAll(citation),
    ({ index, 1: not, 2: id = "" }) => ({
      id,
      place: `${path}:${text.slice(0, index).split("\n").length}`,
      counts: names.some(({ start, end }) => start < index && index < end),
      isBroken: not !== undefined,
    }),
  );
}

/**
 * Complains of every mention that has no counterpart.
 *
 * @param mentions What is to have one.
 * @param others Where it is looked for.
 * @param complaint What to say.
 */
export function unmatched(
  mentions: readonly Mention[],
  others: readonly Mention[],
  complaint: string,
): string[] {
  const known = new Set(others.map(({ id }) => id));
  return mentions.filter(({ id }) => !known.has(id))
    .map(({ id, place }) => `${place}: ${id} ${complaint}`);
}
