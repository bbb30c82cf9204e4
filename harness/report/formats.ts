/**
 * The report formats by name.
 *
 * @module
 */

import type { Reporter, Sink } from "./reporter.ts";
import { type TerminalOptions, terminalReporter } from "./terminal.ts";

/** Makes a reporter of one format; a format ignores options it does not know. */
export type MakeReporter = (sink: Sink, options: TerminalOptions) => Reporter;

/**
 * The report formats by name, as `--report` takes them, and how each is got.
 *
 * The names are known at once. What makes a report is imported when it is asked
 * for: a run does not pay for formats it does not write.
 *
 * @example Usage
 * ```ts
 * import { REPORT_FORMATS } from "./formats.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const make = await REPORT_FORMATS.get("ndjson")?.();
 * let text = "";
 * make?.({ write: (piece) => void (text += piece) }, {}).abort?.("why");
 * assertEquals(JSON.parse(text), { event: "abort", reason: "why" });
 * ```
 */
export const REPORT_FORMATS: ReadonlyMap<string, () => Promise<MakeReporter>> =
  new Map<string, () => Promise<MakeReporter>>([
    ["terminal", () => Promise.resolve(terminalReporter)],
    ["json", async () => (await import("./json.ts")).jsonReporter],
    ["junit", async () => (await import("./junit.ts")).junitReporter],
    ["html", async () => (await import("./html.ts")).htmlReporter],
    ["dot", async () => (await import("./dot.ts")).dotReporter],
    ["tap", async () => (await import("./tap.ts")).tapReporter],
    ["github", async () => (await import("./github.ts")).githubReporter],
    ["markdown", async () => (await import("./markdown.ts")).markdownReporter],
    ["ndjson", async () => (await import("./ndjson.ts")).ndjsonReporter],
  ]);
