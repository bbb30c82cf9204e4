/**
 * Documents that are made to break a reader, and how they are answered.
 *
 * Every answer is located, has one category and is short enough for a screen,
 * whatever is in the document. How long it takes is measured by hand: a test
 * that looks at the clock fails on a busy machine.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import type { CaseResult } from "../../harness/case.ts";
import type { CaseFormat } from "../../harness/discover.ts";
import { jsonReporter } from "../../harness/report/json.ts";
import { terminalReporter } from "../../harness/report/terminal.ts";
import { runSuite } from "../../harness/run_suite.ts";
import { UsageError } from "../../harness/usage_error.ts";
import { MemoryHost } from "../../host/memory_host.ts";

/** A document, and what becomes of it. */
export interface Hostile {
  /** How it writes its cases. Default `md`. */
  readonly format?: CaseFormat;
  readonly text: string | Uint8Array;
  /** The content of the file `s` beside it. */
  readonly subject?: string;
  /** How the {@linkcode answers} begin. */
  readonly wanted: readonly string[];
}

/** How many lists or calls stand inside each other. */
export const DEEP = 100_000;
/** A mebibyte. */
export const MIB: number = 1024 * 1024;

/** A block of a Markdown document that holds a case. */
export function fenced(body: string): string {
  return `\`\`\`yaml spec-test\n${body}\n\`\`\`\n`;
}

/** A case that looks at the file `s`, with more keys from line 5 on. */
export function looking(rest: string): string {
  return fenced(`id: A\ntype: text.file\npath: s\n${rest}`);
}

/** A case with an expression, in line 5, column 42. */
export function evaluating(expression: string): string {
  return looking(`assert: {target: text, must: [evaluate: [${expression}]]}`);
}

/** Registers a test for each document. */
export function testAnswers(table: Readonly<Record<string, Hostile>>): void {
  for (const [name, hostile] of Object.entries(table)) {
    Deno.test(`a hostile document is answered: ${name}`, async () => {
      const given = await answers(hostile);
      const begun = given.map((text, index) =>
        text.slice(0, hostile.wanted[index]?.length)
      );
      assertEquals(begun, hostile.wanted);
    });
  }
}

/**
 * Runs a document.
 *
 * @returns For each case `pass`, or `LINE:COLUMN CATEGORY MESSAGE`; what the
 * message says of the place in the case is left out.
 */
export async function answers(
  hostile: Omit<Hostile, "wanted">,
): Promise<string[]> {
  const { format = "md", text, subject = "" } = hostile;
  const bytes = typeof text === "string"
    ? new TextEncoder().encode(text)
    : text;
  const results: CaseResult[] = [];
  let printed = "";
  const sink = { write: (piece: string) => void (printed += piece) };
  const reporters = [terminalReporter(sink), jsonReporter({ write() {} }), {
    case: (result: CaseResult) => void results.push(result),
    end: () => {},
  }];
  const documents = [{ path: "/p", format, bytes }];
  const host = new MemoryHost({ files: { "/s": subject } });
  try {
    await runSuite({ documents, reporters, jobs: 1 }, host);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [error.message];
  }
  // deno-lint-ignore no-control-regex -- control characters are the subject
  assertMatch(printed, /^[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]*$/);
  return results.map(answer);
}

function answer({ status, category, message }: CaseResult): string {
  if (message === null) return status;
  const [whole, place, text = ""] = /^\/p:(\d+:\d+): (.*)$/s.exec(message) ??
    [];
  assertEquals(whole, message, "located");
  assertEquals(message.length < 24 * 80, true, "no more than a screen");
  assertEquals(message.split("\n").length <= 24, true, "no more than a screen");
  const words = text.replace(
    /^case_id=\S* assert_path=\S* (?:target=\S* )?(?:op=\S* )?/,
    "",
  );
  return `${place} ${category} ${words}`;
}
