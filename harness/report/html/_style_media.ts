/** How the HTML report looks on a phone and on paper. */

// Not a tag of its own: it makes formatters and editors see a style sheet.
const css = String.raw;

/** The same on a phone: a case has two lines, only the search stays in sight. */
const PHONE = css`
  @media (max-width: 44rem) {
    .bar {
      display: contents;
    }
    .search {
      position: sticky;
      top: 0;
      z-index: 1;
      padding: 0.5rem 0;
      background: var(--page);
    }
    .search kbd {
      display: none;
    }
    .row,
    .fail .row {
      grid-template-columns: 1rem minmax(0, 1fr) auto;
    }
    .row .title,
    .row .tags {
      grid-column: 2 / -1;
      justify-content: start;
    }
    .row .title:empty,
    .row .tags:empty {
      display: none;
    }
    .filters {
      gap: 0.375rem;
    }
    .row .time {
      grid-row: 1;
      grid-column: 3;
    }
    th,
    td {
      padding: 0.25rem 0.4rem;
      font-size: 0.8125rem;
    }
    th:first-child,
    td:first-child {
      padding-left: 0.875rem;
    }
    th:last-child,
    td:last-child {
      padding-right: 0.875rem;
    }
    .explained {
      padding-left: 0.875rem;
    }
    .statuses {
      flex: 1 0 100%;
    }
    .statuses label {
      flex: 1 0 auto;
      justify-content: center;
      padding: 0.25rem;
    }
    select {
      flex: 1 1 6rem;
      min-width: 0;
    }
    .shown {
      flex: 1;
      order: 1;
      text-align: left;
    }
    .clear {
      order: 2;
    }
  }
`;

/** The same on paper: in full, without controls. */
const PAPER = css`
  @media print {
    :root,
    :root[data-theme] {
      color-scheme: light;
      --page: #fff;
    }
    body {
      max-width: none;
      padding: 0;
      font-size: 9pt;
    }
    .js-only,
    .skip-link,
    .permalink,
    summary::before {
      display: none !important;
    }
    .card ul {
      content-visibility: visible;
    }
    details::details-content {
      content-visibility: visible;
      height: auto;
    }
    .panels {
      display: block;
    }
    .panel {
      margin-bottom: 0.75rem;
    }
    .case,
    tr {
      break-inside: avoid;
    }
    h2,
    h3 {
      break-after: avoid;
    }
    .scroll {
      overflow: visible;
    }
    th {
      white-space: nowrap;
    }
    pre {
      overflow: visible;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .meter,
    .share svg,
    .category,
    pre {
      print-color-adjust: exact;
    }
  }
`;

/** The style of small screens and paper. */
export const MEDIA_STYLE: string = PHONE + PAPER;
