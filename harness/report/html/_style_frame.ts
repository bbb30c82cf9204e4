/** How the page of the HTML report looks: colours, letters, what stands above. */

// Not a tag of its own: it makes formatters and editors see a style sheet.
const css = String.raw;

/** Colours, letters and the frame of the page. */
const BASE = css`
  :root {
    color-scheme: light dark;
    --page: light-dark(#f5f6f8, #0e1116);
    --card: light-dark(#fff, #161b22);
    --inset: light-dark(#f7f8fa, #10151b);
    --ink: light-dark(#1a1f27, #e6eaf0);
    --soft: light-dark(#545d6a, #a0aab6);
    --line: light-dark(#dce1e7, #2a313b);
    --edge: light-dark(#7f8895, #6d7787);
    --fail: light-dark(#b3261e, #ff9a90);
    --pass: light-dark(#136c2e, #63cf83);
    --skip: light-dark(#835400, #e3b65a);
    --fill-fail: light-dark(#d1362c, #f0655a);
    --fill-pass: light-dark(#2c9c49, #3fae5f);
    --fill-skip: light-dark(#b07c00, #d09a2c);
    --fail-soft: light-dark(#fdf0ee, #2a181a);
    --focus: light-dark(#0b57d0, #8ab4ff);
    --link: light-dark(#0b57d0, #8ab4ff);
    --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas,
      "DejaVu Sans Mono", monospace;
  }
  :root[data-theme="light"] {
    color-scheme: light;
  }
  :root[data-theme="dark"] {
    color-scheme: dark;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden],
  :root:not(.js) .js-only {
    display: none !important;
  }
  body {
    margin: 0 auto;
    padding: 0 clamp(0.75rem, 3vw, 2rem) 3rem;
    max-width: 84rem;
    background: var(--page);
    color: var(--ink);
    font: 0.9375rem/1.5 var(--sans);
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  pre,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: var(--link);
    text-underline-offset: 0.15em;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .skip-link:not(:focus),
  .unseen {
    position: absolute;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .id,
  .path,
  .type,
  pre,
  kbd {
    font-family: var(--mono);
    font-size: 0.9em;
  }
  .id,
  .path,
  .type,
  .title,
  .tag,
  .reason,
  option {
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
  }
  .time,
  .count,
  .number {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  kbd {
    padding: 0.05em 0.4em;
    border: 1px solid var(--edge);
    border-radius: 4px;
  }
`;

/** What is above the cases: the verdict, panels, the bar of filters. */
const TOP = css`
  header {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0.25rem 1rem;
    padding: 1.75rem 0 1rem;
  }
  .kind {
    color: var(--soft);
    font-size: 0.8125rem;
  }
  h1 {
    display: flex;
    gap: 0.625rem;
    align-items: center;
    font-size: clamp(1.5rem, 1.1rem + 1.6vw, 2.125rem);
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.015em;
    text-wrap: balance;
  }
  .verdict::before {
    display: grid;
    flex: none;
    place-items: center;
    width: 1.15em;
    height: 1.15em;
    border-radius: 50%;
    color: #fff;
    font-size: 0.85em;
    line-height: 1;
  }
  .verdict.fail::before {
    content: "✕" / "";
    background: light-dark(#c5221f, #c7362f);
  }
  .verdict.pass::before {
    content: "✓" / "";
    background: light-dark(#188038, #217c3d);
  }
  .verdict.skip::before {
    content: "–" / "";
    background: light-dark(#835400, #8a5c0c);
  }
  h1,
  .meter,
  .facts {
    grid-column: 1 / -1;
  }
  .meter {
    width: 100%;
    height: 0.625rem;
    margin: 0.625rem 0 0.375rem;
    border-radius: 0.3125rem;
    background: var(--line);
  }
  .fill-fail {
    fill: var(--fill-fail);
  }
  .fill-pass {
    fill: var(--fill-pass);
  }
  .fill-skip {
    fill: var(--fill-skip);
  }
  .fill-time {
    fill: var(--edge);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem 1.25rem;
    color: var(--soft);
    font-size: 0.875rem;
  }
  .facts b {
    color: var(--ink);
    font-weight: 600;
  }
`;

/** The style of the page as a whole. */
export const FRAME_STYLE: string = BASE + TOP;
