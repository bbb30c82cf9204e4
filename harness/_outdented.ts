/** The body of an indented fence. */

import { MAX_BYTES } from "./_yaml_limits.ts";

/**
 * Takes the indentation of a fence off its body. The text ends soon after the
 * limit of a block: what is too large is not read anyway.
 *
 * @param body The lines of the body.
 * @param indent How many columns are taken off each of them, at most.
 */
export function outdented(body: string, indent: number): string {
  const lines: string[] = [];
  let kept = 0;
  let start = 0;
  while (start <= body.length && kept <= MAX_BYTES + 1) {
    const end = endOfLine(body, start);
    let text = start;
    const most = Math.min(end, start + indent);
    while (text < most && (body[text] === " " || body[text] === "\t")) text++;
    lines.push(body.slice(text, end));
    kept += end - text + 1;
    start = end + 1;
  }
  return lines.join("\n");
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}
