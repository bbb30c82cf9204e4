/** What is known of a case once it is read, and before it is looked into. */

import { quoted } from "../text/printable.ts";
import { isLibrary } from "./_library_type.ts";
import type { Problem, SourceCase } from "./case.ts";
import { CaseError, type Location } from "./case_error.ts";
import { caseIdentity } from "./validate.ts";
import { type CaseHead, headAt, headOf } from "./verdict.ts";

/** A case or library of a run, or the failure that stands in its place. */
export type LoadedCase =
  | { readonly head: CaseHead; readonly source: SourceCase }
  | {
    readonly head: CaseHead;
    readonly library: SourceCase;
    readonly source?: undefined;
  }
  | {
    readonly head: CaseHead;
    readonly error: CaseError;
    /** The case, if it can be read but cannot take its place. */
    readonly source?: SourceCase;
  };

/**
 * Takes what was read of a document.
 *
 * @param item A case, or what is wrong in its place.
 * @returns It, with what reports say of it.
 */
export function loadedCase(item: SourceCase | Problem): LoadedCase {
  if (item.kind === "problem") {
    const { message, location, id } = item;
    return failure(new CaseError("schema", message), location, id);
  }
  const head = headOf(item);
  return isLibrary(item) ? { head, library: item } : { head, source: item };
}

/**
 * Makes what stands in the place of something that cannot be read.
 *
 * @param error Why it cannot be read.
 * @param location Where it stands.
 * @param id Its id, if that could be read.
 * @returns A failure.
 */
export function failure(
  error: CaseError,
  location: Location,
  id?: string,
): LoadedCase {
  const value = id === undefined ? {} : { id };
  const named = { id: caseIdentity({ value, location }) };
  return { head: { ...headAt(location), ...named }, error };
}

/**
 * Lets the first case keep an id that several have; the later ones fail.
 *
 * @param loaded All cases, also those that are not wanted.
 * @returns The same cases, in the same order.
 */
export function refuseDuplicates(loaded: readonly LoadedCase[]): LoadedCase[] {
  const seen = new Map<string, Location>();
  return loaded.map((item) => {
    const { head } = item;
    const first = seen.get(head.id);
    if (first === undefined) seen.set(head.id, head.location);
    if (first === undefined || "error" in item) return item;
    const written = "library" in item ? item.library : item.source;
    if (written.value["id"] !== head.id) return item;
    const { path, line } = first;
    const message = `duplicate id ${
      quoted(head.id)
    }: it is already used at ${path}:${line}`;
    const location = written.locate(["id"]);
    const error = new CaseError("schema", message, { location });
    return "library" in item
      ? { head, error }
      : { head, error, source: item.source };
  });
}
