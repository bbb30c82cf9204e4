/**
 * From what happened to a case to its result.
 *
 * @module
 */

import { HostError } from "../host/host.ts";
import { printable } from "../text/printable.ts";
import { located } from "./_located.ts";
import { screenful } from "./_screen.ts";
import type { CaseResult, SourceCase } from "./case.ts";
import { CaseError, type Category, type Location } from "./case_error.ts";
import { isJsonList } from "./json.ts";
import { caseIdentity } from "./validate.ts";

/** What a result says about a case whatever became of it. */
export type CaseHead = Pick<
  CaseResult,
  "id" | "location" | "type" | "title" | "tags"
>;

/**
 * Reads what a result says about a case before anything in it is checked.
 *
 * @param source The case as written.
 * @returns Its id or `FILE:LINE`, and whatever else of it has the right type.
 *
 * @example Usage
 * ```ts
 * import { headOf } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = { type: "text.file", title: 5 };
 * assertEquals(headOf({ kind: "case", value, location, locate: () => location }), {
 *   id: "a.spec.md:7",
 *   location,
 *   type: "text.file",
 *   title: undefined,
 *   tags: [],
 * });
 * ```
 */
export function headOf(source: SourceCase): CaseHead {
  const tags = own(source, "tags");
  return {
    id: caseIdentity(source),
    location: source.location,
    type: text(own(source, "type")),
    title: text(own(source, "title")),
    tags: isJsonList(tags) ? tags.filter((tag) => typeof tag === "string") : [],
  };
}

/**
 * Makes the head of something that holds no readable case.
 *
 * @param location Where it stands.
 * @returns A head whose id is `FILE:LINE`.
 *
 * @example Usage
 * ```ts
 * import { headAt } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * assertEquals(headAt(location).id, "a.spec.md:7");
 * ```
 */
export function headAt(location: Location): CaseHead {
  const id = `${location.path}:${location.line}`;
  return { id, location, type: undefined, title: undefined, tags: [] };
}

/**
 * Makes the result of a case that holds.
 *
 * @param head The case.
 * @param durationMs How long it took, in milliseconds.
 * @returns The result.
 *
 * @example Usage
 * ```ts
 * import { headAt, passed } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * assertEquals(passed(head, 3).status, "pass");
 * ```
 */
export function passed(head: CaseHead, durationMs: number): CaseResult {
  return {
    ...head,
    status: "pass",
    category: null,
    message: null,
    skipReason: undefined,
    durationMs,
  };
}

/**
 * Makes the result of a case that was not run.
 *
 * @param head The case.
 * @param reason Why it was not run.
 * @returns The result.
 *
 * @example Usage
 * ```ts
 * import { headAt, skipped } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * const result = skipped(head, 'missing capability "terminal"');
 * assertEquals(result.status, "skip");
 * assertEquals(result.message, null);
 * ```
 */
export function skipped(head: CaseHead, reason: string): CaseResult {
  return { ...passed(head, 0), status: "skip", skipReason: reason };
}

/**
 * Makes the result of a case that failed.
 *
 * @param head The case.
 * @param error What was thrown. Anything but a `CaseError` is a runtime failure.
 * @param durationMs How long it took, in milliseconds; default 0.
 * @returns The result; its message begins with the closest known place, and is
 * no longer than a screen.
 *
 * @example Usage
 * ```ts
 * import { CaseError } from "./case_error.ts";
 * import { failed, headAt } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * const result = failed(head, new CaseError("schema", "unknown key \"tpye\""));
 * assertEquals(result.category, "schema");
 * assertEquals(result.message, 'a.spec.md:7:1: unknown key "tpye"');
 * ```
 */
export function failed(
  head: CaseHead,
  error: unknown,
  durationMs = 0,
): CaseResult {
  const { category, text, location = head.location } = reasonOf(error);
  const message = located(location, screenful(text));
  return { ...passed(head, durationMs), status: "fail", category, message };
}

/**
 * Makes the result of a case that ended otherwise than it expects. Its message
 * may be longer than a screen: what became of the case is told in full.
 *
 * @param result What became of the case.
 * @param differences What was wanted and what was there, line by line.
 * @param location Where the expectation stands.
 * @returns The result.
 *
 * @example Usage
 * ```ts
 * import { headAt, passed, unexpected } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const result = passed({ ...headAt(location), id: "A-1" }, 3);
 * const { message } = unexpected(result, ["status: wanted fail, got pass"], location);
 * assertEquals(message?.split("\n"), [
 *   "a.spec.md:7:1: case_id=A-1: it did not end as expected",
 *   "  status: wanted fail, got pass",
 * ]);
 * ```
 */
export function unexpected(
  result: CaseResult,
  differences: readonly string[],
  location: Location,
): CaseResult {
  const text = [
    `case_id=${printable(result.id)}: it did not end as expected`,
    ...differences.map((line) => `  ${line}`),
  ].join("\n");
  const message = located(location, text);
  const { durationMs } = result;
  return {
    ...passed(result, durationMs),
    status: "fail",
    category: "assertion",
    message,
  };
}

interface Reason {
  readonly category: Category;
  readonly text: string;
  readonly location?: Location | undefined;
}

function reasonOf(error: unknown): Reason {
  if (error instanceof CaseError) {
    const { category, message, location } = error;
    return { category, text: message, location };
  }
  const text = error instanceof HostError
    ? error.message
    : `unexpected error: ${String(error)}`;
  return {
    category: "runtime",
    text: text.split("\n").map(printable).join("\n"),
  };
}

function own(source: SourceCase, key: string) {
  return Object.hasOwn(source.value, key) ? source.value[key] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
