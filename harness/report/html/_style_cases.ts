/** How the cases of the HTML report look. */

// Not a tag of its own: it makes formatters and editors see a style sheet.
const css = String.raw;

/** Rows of cases, and the explanations of those that failed. */
const CASES = css`
  .part > h2 {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
    margin: 1.5rem 0 0;
    font-size: 1.125rem;
    font-weight: 650;
  }
  .part > h2 .quiet {
    margin: 0 -0.75rem 0 auto;
    font-weight: 400;
  }
  h2 .count,
  h3 .count {
    color: var(--soft);
    font-size: 0.875rem;
    font-weight: 400;
  }
  .document {
    scroll-margin-top: 4.5rem;
    margin-top: 0.75rem;
  }
  .document h3 {
    display: flex;
    overflow: clip;
    gap: 0.5rem;
    align-items: baseline;
    margin: 0 0 0.375rem;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .card {
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--card);
    overflow: clip;
  }
  .card::before {
    content: "";
    display: block;
    margin-bottom: -1px;
  }
  .card ul {
    content-visibility: auto;
    contain-intrinsic-size: auto 76rem;
  }
  .case {
    scroll-margin-top: 5rem;
    border-top: 1px solid var(--line);
    font-size: 0.875rem;
    overflow: clip;
  }
  .case:target {
    box-shadow: inset 0 0 0 2px var(--focus);
  }
  .row {
    display: grid;
    grid-template-columns:
      1rem minmax(0, 5fr) minmax(0, 8fr) minmax(0, 4fr) 4.5rem;
    gap: 0 0.75rem;
    align-items: baseline;
    padding: 0.3125rem 0.875rem;
  }
  .mark::before {
    font-weight: 700;
  }
  .pass .mark::before {
    content: "✓";
    color: var(--pass);
  }
  .fail .mark::before {
    content: "✗";
    color: var(--fail);
  }
  .skip .mark::before {
    content: "–";
    color: var(--skip);
  }
  .fail .row {
    grid-template-columns: 1rem fit-content(60%) minmax(0, 1fr) auto 4.5rem;
  }
  .row .id {
    font-weight: 500;
  }
  .fail .row .id {
    font-weight: 650;
  }
  .title {
    color: var(--soft);
  }
  .fail .title {
    color: var(--ink);
  }
  .reason {
    color: var(--skip);
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.25rem;
  }
  .tag {
    padding: 0 0.375rem;
    border: 1px solid var(--line);
    border-radius: 4px;
    color: var(--soft);
    font-size: 0.75rem;
  }
  .js .tag {
    cursor: pointer;
  }
  .js .tag:hover {
    border-color: var(--ink);
    color: var(--ink);
  }
  .time {
    color: var(--soft);
    text-align: right;
  }
`;

/** What a failure says. */
const FAILURES = css`
  .fail summary {
    list-style: none;
  }
  .fail summary::-webkit-details-marker {
    display: none;
  }
  .fail summary {
    position: relative;
  }
  .fail summary::before {
    content: "▾" / "";
    position: absolute;
    top: 0.5rem;
    left: 0.2rem;
    color: var(--soft);
    font-size: 0.625rem;
  }
  .fail details:not([open]) summary::before {
    content: "▸" / "";
  }
  .fail summary:hover {
    background: var(--fail-soft);
  }
  .fail summary:focus-visible {
    outline-offset: -2px;
    border-radius: 8px;
  }
  .category {
    padding: 0 0.5rem;
    border-radius: 4px;
    background: var(--fail-soft);
    color: var(--fail);
    font-size: 0.75rem;
    font-weight: 600;
  }
  .explained {
    padding: 0 0.875rem 0.75rem 2.625rem;
  }
  .explained pre {
    padding: 0.625rem 0.875rem;
    border-left: 3px solid var(--fail);
    border-radius: 0 6px 6px 0;
    background: var(--inset);
    overflow-x: auto;
    line-height: 1.5;
  }
  .first {
    display: block;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .where {
    color: var(--soft);
  }
  .origin {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    align-items: center;
    margin-top: 0.5rem;
    color: var(--soft);
    font-size: 0.8125rem;
  }
  .nothing {
    margin-top: 2rem;
    padding: 3rem 1rem;
    border: 1px dashed var(--edge);
    border-radius: 8px;
    text-align: center;
  }
  .nothing p {
    margin-bottom: 0.75rem;
  }
`;

/** The style of the cases. */
export const CASES_STYLE: string = CASES + FAILURES;
