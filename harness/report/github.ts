/**
 * The GitHub report: commands that make annotations beside the changed lines.
 *
 * @module
 */

import { shortened } from "../../text/printable.ts";
import type { CaseResult } from "../case.ts";
import { placedMessage } from "./_place.ts";
import { plainLine, plainText } from "./_plain.ts";
import { countsText, isUnchecked, NOTHING_CHECKED, WORDS } from "./_words.ts";
import type { Reporter, Sink, SuiteSummary } from "./reporter.ts";

// GitHub shows no more errors of one step; the others would be lost unseen.
const MAX_ERRORS = 10;
const MAX_NAMES = 100;

/**
 * Makes a reporter that writes an `::error` command for each failure, at the
 * end. GitHub shows ten: of more failures, the tenth command names the rest.
 * Notes of the run are a `::notice`.
 *
 * Nothing but commands and the counts is written, so that no text of a case
 * can be taken for a command of its own.
 *
 * Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 *
 * @param sink Where the report goes.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { githubReporter } from "./github.ts";
 * import { failed, headAt } from "../verdict.ts";
 * import { CaseError } from "../case_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = githubReporter({ write: (piece) => void (text += piece) });
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * const error = new CaseError("assertion", "wanted 100%\n  got 99%");
 * reporter.case(failed({ ...head, id: "A-1" }, error));
 * reporter.abort?.("interrupted by SIGINT");
 * assertEquals(text.split("\n"), [
 *   "::error file=a.spec.md,line=7,col=1,title=A-1 (assertion)::wanted 100%25%0A  got 99%25",
 *   "::error title=Stopped::interrupted by SIGINT",
 *   "",
 * ]);
 * ```
 */
export function githubReporter(sink: Sink): Reporter {
  const failures: CaseResult[] = [];
  let { again } = WORDS.run;
  const write = (lines: readonly string[]) =>
    sink.write(lines.map((line) => `${line}\n`).join(""));
  return {
    start({ task }) {
      again = WORDS[task].again;
    },
    case(result) {
      if (result.status === "fail") failures.push(result);
    },
    end(summary) {
      write([
        ...errorCommands(failures, { again, limit: MAX_ERRORS }),
        ...(isUnchecked(summary)
          ? [error({ title: "Nothing was checked" }, NOTHING_CHECKED)]
          : []),
        ...noteCommands(summary),
        countsText(summary),
      ]);
    },
    abort(reason) {
      write([
        ...errorCommands(failures, { again, limit: MAX_ERRORS - 1 }),
        error({ title: "Stopped" }, reason),
      ]);
    },
  };
}

function errorCommands(
  failures: readonly CaseResult[],
  { again, limit }: { readonly again: string; readonly limit: number },
): string[] {
  if (failures.length <= limit) return failures.map(errorCommand);
  const shown = failures.slice(0, limit - 1);
  const rest = failures.slice(shown.length);
  const named = rest.slice(0, MAX_NAMES);
  const names = named.map(({ id, location: { path, line } }) =>
    `${shortened(id)} (${path}:${line})`
  );
  const unnamed = rest.length - named.length;
  const text = [...names, ...(unnamed > 0 ? [`${unnamed} more`] : [])]
    .join("\n");
  return [
    ...shown.map(errorCommand),
    error({ title: `${rest.length} more ${again}` }, text),
  ];
}

function errorCommand(result: CaseResult): string {
  const { location: { path, line, column }, text } = placedMessage(result);
  const title = `${shortened(result.id)} (${result.category})`;
  return error({ file: path, line, col: column, title }, text);
}

function noteCommands({ program, notes = [] }: SuiteSummary): string[] {
  if (notes.length === 0) return [];
  const shown = notes.slice(0, MAX_NAMES);
  const more = notes.length - shown.length;
  const text = [...shown, ...(more > 0 ? [`${more} more lines`] : [])];
  return [command("notice", { title: `Notes of ${program}` }, text.join("\n"))];
}

type Properties = Readonly<Record<string, string | number>>;

function error(properties: Properties, text: string): string {
  return command("error", properties, text);
}

function command(name: string, properties: Properties, text: string): string {
  const named = Object.entries(properties).map(([key, value]) =>
    `${key}=${escapedProperty(plainLine(`${value}`))}`
  );
  return `::${name} ${named.join(",")}::${escapedData(plainText(text))}`;
}

// Source: `escapeData` and `escapeProperty` of actions/toolkit, core/command.
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
