/**
 * The HTML report: one page that holds everything, for people who look into a
 * run after it.
 *
 * @module
 */

import type { CaseResult, Status } from "../case.ts";
import { caseMarkup, nameOf } from "./html/_case.ts";
import { type Markup, markup, trusted } from "./html/_markup.ts";
import { type PageDocument, type PageModel, pageModel } from "./html/_model.ts";
import {
  filtersMarkup,
  headerMarkup,
  panelsMarkup,
  verdict,
} from "./html/_panels.ts";
import { SCRIPT } from "./html/_script.ts";
import { STYLE } from "./html/_style.ts";
import { capital, headline, thousands } from "./html/_words.ts";
import type { Reporter, Sink, SuiteSummary } from "./reporter.ts";

/** Nothing is fetched, and no script runs but the page's own, by its digest. */
const POLICY = [
  "default-src 'none'",
  `script-src '${await digest(SCRIPT)}'`,
  `style-src '${await digest(STYLE)}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * The most cases in one list. What is out of sight is not laid out, list by
 * list: case by case, browsers take seconds to filter thousands of them.
 */
const LIST = 40;

/** The most that is put together before it is written, in UTF-16 code units. */
const CHUNK = 1 << 16;

/**
 * Writes results as one page of HTML.
 *
 * The page needs no other file and asks for none. Without scripts it shows
 * everything; with them it searches and filters. Text of results is escaped
 * and made safe to show wherever it stands.
 *
 * @param results The results, in discovery order.
 * @param summary What the run came to.
 * @returns The page. But for how long things took it is the same for the same
 * results.
 *
 * @example Usage
 * ```ts
 * import { htmlReport } from "./html.ts";
 * import { headAt, passed } from "../verdict.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * const page = htmlReport([passed({ ...head, id: "a < b" }, 3)], {
 *   task: "run",
 *   program: "spec",
 *   version: "1.0.0",
 *   total: 1,
 *   passed: 1,
 *   failed: 0,
 *   skipped: 0,
 *   categories: { schema: 0, assertion: 0, runtime: 0 },
 *   durationMs: 3,
 * });
 * assertStringIncludes(page, "1 case passed");
 * assertStringIncludes(page, "a &lt; b");
 * ```
 */
export function htmlReport(
  results: readonly CaseResult[],
  summary: SuiteSummary,
): string {
  return [...chunks(pieces(pageModel(results, summary)))].join("");
}

/**
 * Makes a reporter that writes the page piece by piece at the end. A run that
 * stops early writes nothing.
 *
 * @param sink Where the report goes.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { htmlReporter } from "./html.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * let page = "";
 * const reporter = htmlReporter({ write: (piece) => void (page += piece) });
 * reporter.end({
 *   task: "run",
 *   program: "spec",
 *   version: "1.0.0",
 *   total: 0,
 *   passed: 0,
 *   failed: 0,
 *   skipped: 0,
 *   categories: { schema: 0, assertion: 0, runtime: 0 },
 *   durationMs: 3,
 * });
 * assertStringIncludes(page, "Nothing was checked");
 * ```
 */
export function htmlReporter(sink: Sink): Reporter {
  const results: CaseResult[] = [];
  return {
    case(result) {
      results.push(result);
    },
    end(summary) {
      const model = pageModel(results, summary);
      for (const chunk of chunks(pieces(model))) sink.write(chunk);
    },
  };
}

async function digest(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const sha = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...sha))}`;
}

function* chunks(parts: Iterable<Markup>): Generator<string> {
  let chunk = "";
  for (const part of parts) {
    chunk += part;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

function* pieces(model: PageModel): Generator<Markup> {
  yield headMarkup(model);
  yield markup`<body>
<a class="skip-link" id="skip" href="#cases">Skip to the cases</a>
`;
  yield headerMarkup(model);
  yield markup`<main>\n`;
  yield* panelsMarkup(model);
  yield filtersMarkup(model);
  yield markup`<div id="cases" tabindex="-1">\n`;
  yield* part(model, "f", "Failures", ["fail"]);
  yield* part(model, "d", restTitle(model), ["pass", "skip"]);
  yield markup`<div class="nothing" id="nothing" hidden><p>No case matches.</p>
<button type="button" class="clear">Show all cases</button></div>
</div>
</main>
`;
  yield footer(model.summary);
}

function headMarkup({ summary, words }: PageModel): Markup {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${headline(summary, words)} – ${words.kind}</title>
<link rel="icon" href="${icon(summary)}">
<style>${trusted(STYLE)}</style>
<script>${trusted(SCRIPT)}</script>
</head>
`;
}

const COLOURS = { fail: "#d93025", pass: "#1e8e3e", skip: "#e3a008" } as const;

/** A dot in the colour of the verdict, to be found among many tabs. */
function icon(summary: SuiteSummary): string {
  const colour = COLOURS[verdict(summary)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">` +
    `<circle cx="8" cy="8" r="7" fill="${colour}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function restTitle({ counts, words }: PageModel): string {
  const named = (["pass", "skip"] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => words.status[status]).join(" and ");
  return capital(named);
}

/** The cases of some statuses, by document; nothing if there are none. */
function* part(
  model: PageModel,
  name: "f" | "d",
  title: string,
  statuses: readonly Status[],
): Generator<Markup> {
  const { counts, documents, words } = model;
  const count = statuses.reduce((sum, status) => sum + counts[status], 0);
  if (count === 0) return;
  yield markup`<section class="part">
<h2>${title} <span class="count">${thousands(count)}</span>${
    name === "f"
      ? markup`<button type="button" class="quiet js-only" id="fold">Fold or unfold all</button>`
      : undefined
  }</h2>
`;
  for (const document of documents) {
    const entries = document.entries
      .filter(({ result }) => statuses.includes(result.status));
    if (entries.length === 0) continue;
    yield documentOpening(document, name, entries.length);
    for (let done = 0; done < entries.length; done += LIST) {
      yield markup`<ul>\n`;
      const list = entries.slice(done, done + LIST);
      for (const entry of list) yield caseMarkup(entry, words);
      yield markup`</ul>\n`;
    }
    yield markup`</div></section>\n`;
  }
  yield markup`</section>\n`;
}

function documentOpening(
  { path, place }: PageDocument,
  name: string,
  count: number,
): Markup {
  return markup`<section class="document" id="${name}${place}" data-document="${place}">
<h3><span class="path">${nameOf(path)}</span> <span class="count">${
    thousands(count)
  }</span></h3>
<div class="card">
`;
}

function footer({ program, version }: SuiteSummary): Markup {
  return markup`<footer><span>${program} ${version}</span>
<span class="js-only"><kbd>/</kbd> search</span><span class="js-only"><kbd>j</kbd> <kbd>k</kbd> next and previous failure</span>
<label class="js-only"><input type="checkbox" id="keys" checked> These keys work</label></footer>
</body>
</html>
`;
}
