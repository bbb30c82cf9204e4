/** One case in the HTML report: a line, and below it why it failed. */

import { shortened } from "../../../text/printable.ts";
import type { CaseResult } from "../../case.ts";
import { type Markup, markup, markupLines } from "./_markup.ts";
import { duration, type Words } from "./_words.ts";

/** A result, and what the page knows about it. */
export interface Entry {
  /** The result. */
  readonly result: CaseResult;
  /** Its place in the order of the run, from 1: its name in the page. */
  readonly number: number;
  /** Its tags, each once. */
  readonly tags: readonly EntryTag[];
}

/** A tag of a case. */
export interface EntryTag {
  /** The tag. */
  readonly name: string;
  /** Its place in the list of all tags, from 0. */
  readonly place: number;
}

// A caret below a line says nothing once the line is wrapped, so lines are
// moved sideways; where that is likely, keys can do it, too.
const WIDE = 72;

/** Renders a case. */
export function caseMarkup(entry: Entry, words: Words): Markup {
  const { result: { status, category }, number, tags } = entry;
  const labels = tags.length === 0
    ? undefined
    : markup` data-tags="${tags.map(({ place }) => place).join(" ")}"`;
  const opening = markup`<li class="case ${status}" id="c${number}"${labels}`;
  return status === "fail"
    ? markup`${opening} data-category="${category ?? ""}">${
      failure(entry, words)
    }</li>\n`
    : markup`${opening}><div class="row">${row(entry, words)}</div></li>\n`;
}

function row({ result, tags }: Entry, words: Words): readonly Markup[] {
  const { status, id, title, category } = result;
  const word = words.status[status];
  return [
    markup`<span class="mark" role="img" aria-label="${word}"></span>`,
    markup`<span class="id">${nameOf(id)}</span>`,
    markup`<span class="title">${shortened(title ?? "")}${
      status === "skip" ? reason(result, words) : undefined
    }</span>`,
    markup`<span class="tags">${
      status === "fail"
        ? markup`<span class="category">${category ?? ""}</span>`
        : tags.map(tagMarkup)
    }</span>`,
    markup`<span class="time">${
      status === "skip" ? "" : duration(result.durationMs)
    }</span>`,
  ];
}

function reason({ title, skipReason }: CaseResult, words: Words): Markup {
  const why = skipReason ?? "no reason given";
  return markup`${
    title === undefined ? "" : " "
  }<span class="reason">${words.status.skip}: ${why}</span>`;
}

/** Text that names something: never too long, and never nothing. */
export function nameOf(text: string): string {
  return text === "" ? "(empty)" : shortened(text);
}

function tagMarkup({ name }: EntryTag): Markup {
  return markup`<span class="tag">${nameOf(name)}</span>`;
}

function failure(entry: Entry, words: Words): Markup {
  const { result, number, tags } = entry;
  const { message, location: { path, line }, type } = result;
  return markup`<details open><summary class="row">${
    row(entry, words)
  }</summary>
<div class="explained">${explanation(message ?? "")}
<p class="origin"><span class="path">${path}:${line}</span>${
    type === undefined
      ? undefined
      : markup`<span class="type">${shortened(type)}</span>`
  }${
    tags.length === 0
      ? undefined
      : markup`<span class="tags">${tags.map(tagMarkup)}</span>`
  }<a class="permalink" href="#c${number}">Link</a></p></div></details>`;
}

function explanation(message: string): Markup {
  const [first = "", ...rest] = message.split("\n");
  const where = placeOf(first);
  const focus = rest.some((line) => line.length > WIDE)
    ? markup` tabindex="0" role="group" aria-label="Explanation"`
    : undefined;
  return markup`<pre${focus}><span class="first">${
    where === "" ? undefined : markup`<span class="where">${where}</span>`
  }${first.slice(where.length)}${rest.length > 0 ? markup`\n` : ""}</span>${
    markupLines(rest.join("\n"))
  }</pre>`;
}

/** The part of a line that only says where: the same in every message. */
function placeOf(line: string): string {
  const [place = ""] = /^.*?:\d+:\d+: (?:case_id=.*?: )?/.exec(line) ?? [];
  return place;
}
