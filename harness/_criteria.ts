/** What is asked of cases, value by value. */

import { quoted } from "../text/printable.ts";
import { compileGlob } from "./_glob.ts";
import type { Candidate, Selection } from "./selection.ts";
import { UsageError } from "./usage_error.ts";
import { headAt } from "./verdict.ts";

/**
 * Whether a case is wanted. `maybe` is for what cannot be read: it could be
 * one that is wanted.
 */
export type Answer = "yes" | "maybe" | "no";

/** Asks a case. */
type Ask = (one: Candidate) => Answer;

/** One value of a criterion. */
export interface Wanted {
  /** The value as given. */
  readonly value: string;
  /** Tells whether a case is wanted. */
  readonly ask: Ask;
}

/** One kind of thing that is asked: of its values one is enough. */
export interface Criterion {
  /** The flag, with dashes. */
  readonly flag: string;
  /** The values as given. */
  readonly values: readonly Wanted[];
  /**
   * Says that nothing fits.
   *
   * @param value The value as given.
   * @param count How many cases there are.
   */
  readonly none: (value: string, count: number) => string;
  /** How what it goes by is called. Nothing: a slip of the pen is unlikely. */
  readonly plural?: string;
  /** What a case has of it. */
  readonly namesOf?: (one: Candidate) => readonly string[];
  /**
   * Set if it goes by how things are, so that nothing may fit and nobody has
   * slipped: whether there is anything it could fit.
   */
  readonly isThere?: boolean;
}

/**
 * Lists all that is asked.
 *
 * @param selection What cases are chosen by.
 * @returns What each case has to be; nothing if any will do.
 * @throws {UsageError} If a glob is broken.
 */
export function criteriaOf(selection: Selection): readonly Criterion[] {
  return [...byName(selection), ...byState(selection)]
    .filter(({ values }) => values.length > 0);
}

function byName(selection: Selection): readonly Criterion[] {
  const { filter = [], tags = [], caseTypes = [], documentNames = [] } =
    selection;
  const idGlobs = typeof filter === "string" ? [filter] : filter;
  return [
    {
      flag: "--filter",
      values: idGlobs.map((glob) => ({ value: glob, ask: hasId(glob) })),
      none: (value, count) => `none of ${count} ids matches ${quoted(value)}`,
      plural: "Ids",
      namesOf: ({ head }) => [head.id],
    },
    {
      flag: "--tag",
      values: tags.map((tag) => ({ value: tag, ask: hasTag(tag) })),
      none: (value, count) =>
        `none of ${count} cases has the tag ${quoted(value)}`,
      plural: "Tags",
      namesOf: ({ head }) => head.tags,
    },
    {
      flag: "--type",
      values: caseTypes.map((type) => ({ value: type, ask: hasType(type) })),
      none: (value, count) =>
        `none of ${count} cases is of type ${quoted(value)}`,
      plural: "Types",
      namesOf: ({ head }) => head.type === undefined ? [] : [head.type],
    },
    {
      flag: "--document",
      values: documentNames.map((glob) => ({ value: glob, ask: isIn(glob) })),
      none: (value, count) =>
        `none of ${count} cases is in a document that matches ${quoted(value)}`,
      plural: "Documents",
      namesOf: ({ head }) => [head.location.path],
    },
  ];
}

function byState(
  { excludeTags = [], lastFailed, changed }: Selection,
): readonly Criterion[] {
  return [
    {
      flag: "--exclude-tag",
      values: excludeTags.length === 0
        ? []
        : [{ value: excludeTags.join(" "), ask: hasNone(excludeTags) }],
      none: (_, count) =>
        `all of ${count} cases have one of the tags ${
          excludeTags.map(quoted).join(", ")
        }`,
    },
    {
      flag: "--last-failed",
      values: lastFailed === undefined
        ? []
        : [{ value: lastFailed.source, ask: isAmong(lastFailed.ids) }],
      none: (value, count) =>
        lastFailed?.ids.size === 0
          ? `nothing failed in ${quoted(value)}`
          : `none of ${count} cases is one of those that failed in ${
            quoted(value)
          }`,
      isThere: lastFailed !== undefined && lastFailed.ids.size > 0,
    },
    {
      flag: "--changed",
      values: changed === undefined
        ? []
        : [{ value: changed.since, ask: isOneOf(changed.paths) }],
      none: (value) => `no document has changed since ${quoted(value)}`,
      isThere: false,
    },
  ];
}

/**
 * Asks one criterion.
 *
 * @param criterion What is asked.
 * @param one The case.
 * @returns The best of the answers of its values.
 */
export function answerOf({ values }: Criterion, one: Candidate): Answer {
  const answers = values.map(({ ask }) => ask(one));
  if (answers.includes("yes")) return "yes";
  return answers.includes("maybe") ? "maybe" : "no";
}

function answer(isWanted: boolean, mayBe = false): Answer {
  if (isWanted) return "yes";
  return mayBe ? "maybe" : "no";
}

/** It could be any case: who could tell, if it has no id? */
function isNameless({ head }: Candidate): boolean {
  return head.id === headAt(head.location).id;
}

function isUnread({ source, library }: Candidate): boolean {
  return source === undefined && library === undefined;
}

function hasId(glob: string): Ask {
  const matches = globOf(glob, "id");
  return (one) => answer(matches(one.head.id), isNameless(one));
}

function hasTag(tag: string): Ask {
  return (one) => answer(one.head.tags.includes(tag), isUnread(one));
}

function hasType(type: string): Ask {
  return (one) => answer(one.head.type === type, isUnread(one));
}

function isIn(glob: string): Ask {
  const matches = globOf(glob, "document");
  return ({ head: { location: { path } } }) => {
    const parts = path.split("/");
    return answer(parts.some((_, at) => matches(parts.slice(at).join("/"))));
  };
}

function hasNone(tags: readonly string[]): Ask {
  return ({ head }) => answer(!head.tags.some((tag) => tags.includes(tag)));
}

function isAmong(ids: ReadonlySet<string>): Ask {
  return (one) => answer(ids.has(one.head.id), isNameless(one));
}

function isOneOf(paths: ReadonlySet<string>): Ask {
  return ({ head }) => answer(paths.has(head.location.path));
}

function globOf(glob: string, what: string): (text: string) => boolean {
  const wrong = (reason: string, remedy: string) =>
    new UsageError(`Cannot filter by ${what}: the pattern ${reason}`, {
      remedy,
    });
  if (glob === "") {
    throw wrong("is empty", 'Give one that can match, such as "RUN-*"');
  }
  const compiled = compileGlob(glob);
  if (compiled.ok) return compiled.matches;
  const remedy = 'To match "[" itself, write "[[]"';
  throw wrong(`${quoted(glob)} ${compiled.reason}`, remedy);
}
