/** How the controls and panels of the HTML report look. */

// Not a tag of its own: it makes formatters and editors see a style sheet.
const css = String.raw;

/** The bar of filters, and buttons wherever they are. */
const CONTROLS = css`
  button,
  select,
  input[type="search"] {
    min-height: 2.25rem;
    border: 1px solid var(--edge);
    border-radius: 6px;
    background: var(--card);
    color: var(--ink);
    font: inherit;
    font-size: 0.875rem;
  }
  button {
    padding: 0 0.75rem;
    cursor: pointer;
  }
  button:hover,
  select:hover {
    border-color: var(--ink);
  }
  select:has(option:checked:not([value=""])) {
    border-color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--ink);
  }
  .quiet {
    min-height: 1.75rem;
    border-color: transparent;
    background: none;
    color: var(--link);
  }
  .bar {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    margin: 0.75rem -0.5rem 0;
    padding: 0.5rem;
    background: var(--page);
    border-bottom: 1px solid var(--line);
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .search {
    flex: 1 1 13rem;
    position: relative;
  }
  .search input {
    width: 100%;
    padding: 0 2.25rem 0 0.75rem;
  }
  .search kbd {
    position: absolute;
    right: 0.625rem;
    top: 50%;
    translate: 0 -50%;
    color: var(--soft);
    pointer-events: none;
  }
  .search input:not(:placeholder-shown) + kbd {
    display: none;
  }
  ::placeholder {
    color: var(--soft);
    opacity: 1;
  }
  select {
    max-width: 10rem;
    padding: 0 0.25rem;
    text-overflow: ellipsis;
  }
  .statuses {
    display: flex;
    margin: 0;
    padding: 2px;
    border: 1px solid var(--edge);
    border-radius: 6px;
    background: var(--card);
  }
  .statuses label {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    padding: 0.25rem 0.625rem;
    border-radius: 4px;
    font-size: 0.875rem;
    cursor: pointer;
  }
  .statuses .number {
    color: var(--soft);
    font-size: 0.8125rem;
  }
  .statuses input {
    position: absolute;
    opacity: 0;
    pointer-events: none;
  }
  .statuses label:has(:checked) {
    background: var(--ink);
    color: var(--card);
  }
  .statuses label:has(:checked) .number {
    color: inherit;
  }
  .statuses label:has(:focus-visible) {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .clear:disabled {
    visibility: hidden;
  }
  .shown {
    min-width: 7.5rem;
    text-align: right;
    color: var(--soft);
    font-size: 0.875rem;
  }
`;

/** Panels that open, and what the page ends with. */
const PANELS = css`
  .panels {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 0.75rem;
  }
  .panel[open] {
    grid-column: 1 / -1;
  }
  .panel {
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--card);
    font-size: 0.875rem;
    overflow: clip;
  }
  summary {
    cursor: pointer;
  }
  .panel > summary {
    padding: 0.5rem 0.875rem;
    font-weight: 600;
  }
  .panel .count {
    color: var(--soft);
    font-weight: 400;
  }
  .panel pre {
    padding: 0 0.875rem 0.75rem;
    overflow-x: auto;
    line-height: 1.55;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 0.25rem 0.875rem;
    border-top: 1px solid var(--line);
    text-align: right;
    vertical-align: top;
  }
  th {
    color: var(--soft);
    font-weight: 400;
  }
  th:first-child,
  td:first-child {
    text-align: left;
  }
  td.zero {
    color: var(--soft);
  }
  .share {
    width: 30%;
    vertical-align: middle;
  }
  .share svg {
    display: block;
    width: 100%;
    height: 0.5rem;
  }
  .scroll {
    overflow-x: auto;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem 1.5rem;
    margin-top: 2rem;
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
    color: var(--soft);
    font-size: 0.8125rem;
  }
`;

/** The style of controls and panels. */
export const CONTROLS_STYLE: string = CONTROLS + PANELS;
