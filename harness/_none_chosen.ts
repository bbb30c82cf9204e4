/** Why nothing was chosen, and what there is to choose from. */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import { answerOf, type Criterion, type Wanted } from "./_criteria.ts";
import type { Candidate } from "./selection.ts";
import { EmptySelectionError, UsageError } from "./usage_error.ts";

/** How many names an error holds. */
const MOST_NAMES = 8;

/**
 * Says that nothing fits a value.
 *
 * @param criterion What was asked.
 * @param wanted The value.
 * @param candidates All there is.
 * @returns The error.
 */
export function noneOfValue(
  criterion: Criterion,
  { value }: Wanted,
  candidates: readonly Candidate[],
): UsageError {
  const { flag, none, isThere = true } = criterion;
  const reason = none(value, candidates.length);
  if (!isThere) {
    const remedy =
      `Leave ${flag} out to have all cases; with --allow-empty this is no error`;
    return new EmptySelectionError(reason, { remedy });
  }
  const remedy = guess(criterion, value, candidates) ?? unread(candidates) ??
    known(criterion, candidates);
  return new UsageError(`Cannot find any case: ${reason}`, { remedy });
}

/**
 * Says that every criterion finds something, but nothing is found by all.
 *
 * @param criteria What was asked.
 * @param candidates All there is.
 * @returns The error.
 */
export function noneOfAll(
  criteria: readonly Criterion[],
  candidates: readonly Candidate[],
): UsageError {
  const found = criteria.map((criterion) => {
    const { flag, values } = criterion;
    const count = candidates.filter((one) =>
      answerOf(criterion, one) === "yes"
    ).length;
    const given = values.map(({ value }) => quoted(value)).join(", ");
    return `${flag} ${given} (${count} of ${candidates.length})`;
  });
  const reason = `none fits all of ${found.join(", ")}`;
  return criteria.some(({ isThere }) => isThere !== undefined)
    ? new EmptySelectionError(reason, {
      remedy: "Ask for less; with --allow-empty this is no error",
    })
    : new UsageError(`Cannot find any case: ${reason}`, {
      remedy: "Ask for less",
    });
}

function guess(
  { namesOf }: Criterion,
  value: string,
  candidates: readonly Candidate[],
): string | undefined {
  if (namesOf === undefined) return undefined;
  const name = nearest(value, new Set(candidates.flatMap(namesOf)));
  return name === undefined ? undefined : `Did you mean ${quoted(name)}?`;
}

function unread(candidates: readonly Candidate[]): string | undefined {
  const { length } = candidates.filter(({ source, library }) =>
    source === undefined && library === undefined
  );
  return length === 0
    ? undefined
    : `${length} could not be read: see them with "spec list"`;
}

function known(
  { flag, plural, namesOf }: Criterion,
  candidates: readonly Candidate[],
): string | undefined {
  if (flag === "--filter") {
    return 'See the ids with "spec list", or use wildcards: "*word*"';
  }
  if (plural === undefined || namesOf === undefined) {
    return `Leave ${flag} out, or ask for something else`;
  }
  const names = [...new Set(candidates.flatMap(namesOf))].toSorted();
  if (names.length === 0) return `There are no ${plural.toLowerCase()}`;
  const shown = names.slice(0, MOST_NAMES).map(quoted);
  const more = names.length - shown.length;
  return `${plural} are ${shown.join(", ")}${
    more > 0 ? ` and ${more} more` : ""
  }`;
}
