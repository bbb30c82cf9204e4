/**
 * Suites with libraries, for the tests of this folder.
 *
 * @module
 */

import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import type { CaseResult } from "../case.ts";
import type { Json, JsonObject } from "../json.ts";
import { runSuite, type SuiteOptions } from "../run_suite.ts";

/** What is at which path. */
export type Files = NonNullable<MemoryHostOptions["files"]>;

/** A library as JSON, which is YAML too. */
export function library(functions: JsonObject, more: JsonObject = {}): string {
  return JSON.stringify({
    id: `lib.${Object.keys(functions).join(".")}`,
    type: "spec_lang.library",
    functions,
    ...more,
  });
}

/** Libraries as several blocks of a Markdown document. */
export function markdown(...blocks: string[]): string {
  return blocks.map((text) => `\`\`\`yaml spec-test\n${text}\n\`\`\`\n`).join(
    "\n",
  );
}

/** A host that notes which files were read. */
export class ReadingHost extends MemoryHost {
  readonly reads: string[] = [];

  override readFile(path: string): Uint8Array<ArrayBuffer> {
    this.reads.push(path);
    return super.readFile(path);
  }
}

/** Runs documents below `/repo/specs` from `/repo`. */
export async function run(files: Files, options: Partial<SuiteOptions> = {}) {
  const host = new ReadingHost({
    files: { "/repo/.git/HEAD": "", ...files },
    cwd: "/repo",
  });
  const results: CaseResult[] = [];
  const summary = await runSuite({
    paths: ["specs"],
    formats: ["md", "yaml", "json"],
    ...options,
    reporters: [
      { case: (result) => void results.push(result), end() {} },
      ...options.reporters ?? [],
    ],
  }, host);
  return { host, results, summary };
}

/** A case that passes if an expression is true. */
export function using(specLang: JsonObject, expression: Json = true): string {
  return JSON.stringify({
    id: "A-1",
    type: "text.file",
    harness: { "spec_lang": specLang },
    assert: {
      target: "text",
      must: [{ evaluate: [["eq", expression, true]] }],
    },
  });
}
