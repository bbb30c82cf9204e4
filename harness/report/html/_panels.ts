/** What stands above the cases in the HTML report: verdict, filters, panels. */

import { shortened } from "../../../text/printable.ts";
import type { Status } from "../../case.ts";
import { type Entry, nameOf } from "./_case.ts";
import { type Markup, markup } from "./_markup.ts";
import type { PageDocument, PageModel } from "./_model.ts";
import { capital, duration, headline, plural, thousands } from "./_words.ts";
import type { SuiteSummary } from "../reporter.ts";

/** A list of notes that is longer is closed at first. */
const OPEN_NOTES = 12;

const STATUSES: readonly Status[] = ["fail", "pass", "skip"];

/** Renders the verdict and what it was come by. */
export function headerMarkup(model: PageModel): Markup {
  const { summary, words } = model;
  return markup`<header>
<p class="kind">${words.kind}</p>
<button type="button" id="theme" class="js-only">Theme: auto</button>
<h1 class="verdict ${verdict(summary)}">${headline(summary, words)}</h1>
${meter(model)}
<p class="facts">${facts(model)}</p>
</header>
`;
}

/** How a run ended as a whole. */
export function verdict({ failed, passed }: SuiteSummary): Status {
  return failed > 0 ? "fail" : passed > 0 ? "pass" : "skip";
}

/** The shares as a bar; the numbers stand below it. */
function meter({ counts, summary: { total } }: PageModel): Markup {
  let x = 0;
  const parts = STATUSES.map((status) => {
    const width = total === 0 ? 0 : counts[status] / total * 100;
    const part = markup`<rect class="fill-${status}" x="${percent(x)}" width="${
      percent(width)
    }" height="100%"/>`;
    x += width;
    return part;
  });
  return markup`<svg class="meter" aria-hidden="true">${parts}</svg>`;
}

function percent(share: number): string {
  return `${Number(share.toFixed(3))}%`;
}

function facts({ counts, summary, words, documents }: PageModel): Markup[] {
  const { durationMs, categories, run = {} } = summary;
  const shown = STATUSES.filter((status) => counts[status] > 0);
  const reasons = Object.entries(categories).filter(([, count]) => count > 0)
    .map(([category, count]) => `${thousands(count)} ${category}`).join(", ");
  const { seed, repeat, shard } = run;
  return [
    ...shown.map((status) =>
      fact(
        thousands(counts[status]),
        words.status[status] + (status === "fail" ? ` (${reasons})` : ""),
      )
    ),
    markup`<span>${plural(documents.length, "document")}</span>`,
    markup`<span class="time">${duration(durationMs)}</span>`,
    ...(seed === undefined ? [] : [fact("seed", `${seed}`)]),
    ...(repeat === undefined ? [] : [fact("repeated", plural(repeat, "time"))]),
    ...(shard === undefined
      ? []
      : [fact("shard", `${shard.index} of ${shard.total}`)]),
  ];
}

function fact(strong: string, rest: string): Markup {
  return markup`<span><b>${strong}</b> ${rest}</span>`;
}

/** Renders the controls, which a page without scripts does not show. */
export function filtersMarkup({ counts, ...model }: PageModel): Markup {
  const { documents, tags, summary: { total, categories }, words } = model;
  const statuses = STATUSES.filter((status) => counts[status] > 0)
    .map((status) => radio(status, words.status[status], counts[status]));
  const reasons = Object.entries(categories).filter(([, count]) => count > 0);
  return markup`<div class="bar js-only" role="search" aria-label="Cases">
<div class="search"><input type="search" id="q" aria-label="Search" placeholder="Search cases…" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><kbd aria-hidden="true">/</kbd></div>
<div class="filters" id="filters">
<fieldset class="statuses"><legend class="unseen">Status</legend>${
    radio("", "All", total, true)
  }${statuses}</fieldset>
${select("category", reasons)}${
    select("tag", tags.map(({ name, count }) => [name, count]))
  }${
    select(
      "document",
      documents.map(({ path, entries }) => [path, entries.length]),
    )
  }
<button type="button" class="quiet clear" id="clear" disabled>Clear</button>
<output class="shown" id="shown">${plural(total, "case")}</output>
</div>
</div>
`;
}

function radio(
  value: string,
  word: string,
  count: number,
  isChecked = false,
): Markup {
  return markup`<label><input type="radio" name="status" value="${value}"${
    isChecked ? markup` checked` : undefined
  }>${capital(word)} <span class="number">${thousands(count)}</span></label>`;
}

/** A choice among places in a list; where there is none, no choice. */
function select(
  name: string,
  options: readonly (readonly [string, number])[],
): Markup | undefined {
  if (options.length === 0) return undefined;
  const value = (text: string, index: number) =>
    name === "category" ? text : `${index}`;
  const label = capital(name);
  return markup`<select id="${name}" aria-label="${label}"><option value="">${label}</option>${
    options.map(([text, count], index) =>
      markup`<option value="${value(text, index)}">${shortened(text, 100)} (${
        thousands(count)
      })</option>`
    )
  }</select>`;
}

/** Renders notes, documents and the cases that took longest. */
export function panelsMarkup(model: PageModel): readonly Markup[] {
  const { summary: { notes = [] } } = model;
  return [
    markup`<div class="panels">`,
    ...(notes.length === 0 ? [] : [notesPanel(notes)]),
    documentsPanel(model),
    ...(model.slowest.length === 0 ? [] : [slowestPanel(model.slowest)]),
    markup`</div>\n`,
  ];
}

function notesPanel(notes: readonly string[]): Markup {
  const open = notes.length > OPEN_NOTES ? undefined : markup` open`;
  return markup`<details class="panel" id="notes"${open}><summary>Notes ${
    countMarkup(notes.length)
  }</summary>
<pre tabindex="0" role="group" aria-label="Notes">${
    notes.map((line) => markup`${line}\n`)
  }</pre></details>
`;
}

function slowestPanel(entries: readonly Entry[]): Markup {
  const longest = entries[0]?.result.durationMs ?? 0;
  const rows = entries.map(({ number, result: { id, durationMs } }) =>
    markup`<tr><td><a class="id" href="#c${number}">${nameOf(id)}</a></td>
<td class="share"><svg aria-hidden="true"><rect class="fill-time" width="${
      percent(durationMs / longest * 100)
    }" height="100%"/></svg></td><td class="time">${
      duration(durationMs)
    }</td></tr>
`
  );
  return markup`<details class="panel" id="slowest"><summary>Slowest ${
    countMarkup(entries.length)
  }</summary>
<table>${rows}</table></details>
`;
}

function documentsPanel({ documents, words }: PageModel): Markup {
  const heads = STATUSES.map((status) =>
    markup`<th scope="col">${words.status[status]}</th>`
  );
  return markup`<details class="panel" id="documents"><summary>Documents ${
    countMarkup(documents.length)
  }</summary>
<div class="scroll"><table><thead><tr><th scope="col">document</th>${heads}<th scope="col">time</th></tr></thead>
${documents.map(documentRow)}</table></div></details>
`;
}

function documentRow(
  { path, place, counts, durationMs }: PageDocument,
): Markup {
  const cells = STATUSES.map((status) =>
    markup`<td class="number${counts[status] === 0 ? " zero" : ""}">${
      thousands(counts[status])
    }</td>`
  );
  return markup`<tr><td><a class="path" href="#${
    counts.fail > 0 ? "f" : "d"
  }${place}">${nameOf(path)}</a></td>${cells}<td class="time">${
    duration(durationMs)
  }</td></tr>
`;
}

function countMarkup(count: number): Markup {
  return markup`<span class="count">${thousands(count)}</span>`;
}
