/**
 * What a watch knows, and what comes of a key, a change, or the end of a run.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import { printable, shortened } from "../../text/printable.ts";

/** What is to be run. */
export type Wanted =
  | { readonly kind: "all" }
  | {
    readonly kind: "some";
    /** Why, for people. */
    readonly why: string;
    /** Documents, or cases as `FILE:LINE`. */
    readonly paths: readonly string[];
  };

/** What a watch knows. */
export interface WatchState {
  /** What became of each case when it was last run, by document and id. */
  readonly results: ReadonlyMap<string, CaseResult>;
  /** The ids that are wanted; all if nothing. */
  readonly filter: string | undefined;
  /** A filter that is being typed. */
  readonly typed: string | undefined;
  /** What is being run. */
  readonly running: Wanted | undefined;
  /** What is to be run next. */
  readonly next: Wanted | undefined;
  /** Whether the watch has come to its end. */
  readonly ended: boolean;
}

/** What may happen. */
export type WatchEvent =
  | {
    readonly kind: "key";
    /** The character, or the sequence that a key sends. */
    readonly key: string;
  }
  | {
    readonly kind: "changed";
    /** Documents that the change touches. */
    readonly documents: readonly string[];
  }
  | { readonly kind: "started" }
  | {
    readonly kind: "ran";
    /** What came of it, in order; nothing if it did not come to its end. */
    readonly results: readonly CaseResult[];
  };

/** The state before anything has happened: all cases are to be run. */
export const FIRST_STATE: WatchState = {
  results: new Map(),
  filter: undefined,
  typed: undefined,
  running: undefined,
  next: { kind: "all" },
  ended: false,
};

/**
 * Says what comes of an event. What is to be done about it stands in the new
 * state: `next` is to be run, or the watch has ended.
 *
 * @param state What is known.
 * @param event What happened.
 * @returns What is known now.
 *
 * @example A document is written
 * ```ts
 * import { FIRST_STATE, step } from "./watch_state.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const idle = { ...FIRST_STATE, next: undefined };
 * const { next } = step(idle, { kind: "changed", documents: ["a.spec.md"] });
 * assertEquals(next, { kind: "some", why: "changed", paths: ["a.spec.md"] });
 * ```
 */
export function step(state: WatchState, event: WatchEvent): WatchState {
  switch (event.kind) {
    case "started":
      return { ...state, running: state.next, next: undefined };
    case "changed":
      return event.documents.length === 0
        ? state
        : wanting(state, some("changed", event.documents));
    case "ran":
      return { ...state, running: undefined, results: learnt(state, event) };
    case "key":
      return state.typed === undefined
        ? (KEYS.get(event.key) ?? same)(state)
        : typing(state, state.typed, event.key);
  }
}

const KEYS: ReadonlyMap<string, (state: WatchState) => WatchState> = new Map([
  ["a", (state: WatchState) => wanting(state, { kind: "all" })],
  ["\r", (state: WatchState) => wanting(state, { kind: "all" })],
  ["f", wantFailed],
  ["/", (state: WatchState) => ({ ...state, typed: "" })],
  ["q", (state: WatchState) => ({ ...state, ended: true })],
  ["\x03", (state: WatchState) => ({ ...state, ended: true })],
  ["\x04", (state: WatchState) => ({ ...state, ended: true })],
]);

function same(state: WatchState): WatchState {
  return state;
}

/** What is wanted already is not forgotten. */
function wanting(state: WatchState, wanted: Wanted): WatchState {
  const { next } = state;
  if (next === undefined || wanted.kind === "all") {
    return { ...state, next: wanted };
  }
  if (next.kind === "all") return state;
  const paths = [...new Set([...next.paths, ...wanted.paths])];
  return { ...state, next: { ...wanted, paths } };
}

function some(why: string, paths: readonly string[]): Wanted {
  return { kind: "some", why, paths };
}

function wantFailed(state: WatchState): WatchState {
  const places = failedCases(state)
    .map(({ location: { path, line } }) => `${path}:${line}`);
  return places.length === 0
    ? state
    : wanting(state, some("failed last", places));
}

/**
 * Lists the cases that failed when they were last run.
 *
 * @param state What is known.
 * @returns Their results.
 */
export function failedCases({ results }: WatchState): readonly CaseResult[] {
  return [...results.values()].filter(({ status }) => status === "fail");
}

const ERASE: ReadonlySet<string> = new Set(["\x7f", "\b"]);

function typing(state: WatchState, typed: string, key: string): WatchState {
  if (key === "\x03") return { ...state, ended: true };
  if (key === "\x1b") return { ...state, typed: undefined };
  if (ERASE.has(key)) return { ...state, typed: typed.slice(0, -1) };
  if (key === "\r" || key === "\n") {
    const filter = typed === "" ? undefined : typed;
    return wanting({ ...state, typed: undefined, filter }, { kind: "all" });
  }
  return key < " " || key.length > 1 ? state : { ...state, typed: typed + key };
}

/** A document that was run whole holds no other cases any more. */
function learnt(
  { results, running, filter }: WatchState,
  { results: news }: Extract<WatchEvent, { readonly kind: "ran" }>,
): ReadonlyMap<string, CaseResult> {
  const isWhole = running?.kind === "all" && filter === undefined;
  if (news.length === 0) return results;
  const documents = new Set(news.map(({ location }) => location.path));
  const whole = (path: string) =>
    isWhole || (documents.has(path) && running?.kind === "some" &&
      filter === undefined && running.paths.includes(path));
  const kept = [...results].filter(([, { location }]) => !whole(location.path));
  return new Map([
    ...kept,
    ...news.map((result) =>
      [`${result.location.path}\0${result.id}`, result] as const
    ),
  ]);
}

/**
 * Draws the line that says how things stand and which keys there are.
 *
 * @param state What is known.
 * @returns The line, without its end.
 *
 * @example Usage
 * ```ts
 * import { FIRST_STATE, statusLine } from "./watch_state.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const idle = { ...FIRST_STATE, next: undefined, filter: "A-*" };
 * assertEquals(
 *   statusLine(idle),
 *   'watching, filter "A-*": a all, f failed (0), / filter, q quit',
 * );
 * ```
 */
export function statusLine(state: WatchState): string {
  const { typed, filter, running } = state;
  if (typed !== undefined) {
    return `filter (a glob over ids, empty for all): ${printable(typed)}`;
  }
  if (running !== undefined) return "running; q quit";
  const filtered = filter === undefined
    ? ""
    : `, filter "${printable(shortened(filter))}"`;
  const failed = failedCases(state).length;
  return `watching${filtered}: a all, f failed (${failed}), / filter, q quit`;
}
