/** No message fills more than a screen. */

import { shortened } from "../text/printable.ts";
import { columnsOf } from "./assertions/columns.ts";

const ROWS = 24;
const COLUMNS = 80;

// Longer than a path and a sentence, shorter than a screen.
const MAX_LINE = 8 * COLUMNS;

/**
 * Cuts a text to what a terminal of 24 rows and 80 columns shows at once.
 *
 * A last resort: whoever writes a message knows better what to leave out.
 *
 * @param text Any text.
 * @returns The text itself if it fits; else its long lines without their
 * middle, and how many lines are left out.
 */
export function screenful(text: string): string {
  const lines = text.split("\n").map((line) => shortened(line, MAX_LINE));
  let rows = 0;
  let kept = 0;
  for (const [index, line] of lines.entries()) {
    rows += Math.max(1, Math.ceil(columnsOf(line) / COLUMNS));
    if (rows > ROWS) {
      const more = lines.length - kept;
      const note = `(${more} more ${more === 1 ? "line" : "lines"})`;
      return [...lines.slice(0, kept), note].join("\n");
    }
    // The last row may be needed to say how much is left out.
    if (rows < ROWS) kept = index + 1;
  }
  return lines.join("\n");
}
