/** The beginning and the end of what a program printed, as rows of a terminal. */

import { printable, shortened } from "../../text/printable.ts";

const COLUMNS = 80;
// A path and a sentence; more of a line is rarely read.
const MAX_LINE = 160;
const MARGIN = "  | ";

/**
 * Shows a text in so many rows, each line marked.
 *
 * @param text What was printed; may be as long as memory holds.
 * @param rows How many rows there are, 9 at least.
 * @returns Its lines, if they fit; else a third of them from its beginning,
 * how many lines are left out, and its end.
 */
export function showStream(text: string, rows: number): string[] {
  const body = text.replace(/\r?\n$/, "");
  const first = firstLines(body, rows + 1);
  const all = first.map(showLine);
  if (rowsOf(all) <= rows) return all;
  const head = fitting(all, Math.floor(rows / 3));
  const last = lastLines(body, rows).map(showLine);
  const tail = fitting(last, rows - rowsOf(head) - 1);
  const left = countLines(body) - head.length - tail.length;
  const note = `  … ${left} ${left === 1 ? "line" : "lines"} left out`;
  return [...head, note, ...tail.toReversed()];
}

/**
 * Counts the rows that lines take.
 *
 * @param lines Lines as shown.
 */
export function rowsOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + rowsOfLine(line), 0);
}

function rowsOfLine(line: string): number {
  return Math.ceil(line.length / COLUMNS);
}

function fitting(lines: readonly string[], rows: number): string[] {
  let free = rows;
  const end = lines.findIndex((line) => (free -= rowsOfLine(line)) < 0);
  return lines.slice(0, end < 0 ? lines.length : end);
}

function showLine(line: string): string {
  const plain = line.endsWith("\r") ? line.slice(0, -1) : line;
  return `${MARGIN}${printable(shortened(plain, MAX_LINE))}`.trimEnd();
}

function firstLines(text: string, most: number): string[] {
  const lines: string[] = [];
  let start = 0;
  while (start <= text.length && lines.length < most) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    lines.push(text.slice(start, end));
    start = end + 1;
  }
  return lines;
}

// The last one first.
function lastLines(text: string, most: number): string[] {
  const lines: string[] = [];
  let end = text.length;
  while (end >= 0 && lines.length < most) {
    const found = end === 0 ? -1 : text.lastIndexOf("\n", end - 1);
    lines.push(text.slice(found + 1, end));
    end = found;
  }
  return lines;
}

function countLines(text: string): number {
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) === 0x0a) count++;
  }
  return count;
}
