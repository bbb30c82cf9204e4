/** JSON with comments: what a person writes, as the reader of JSON takes it. */

const STRING = /"(?:\\.|[^"\\])*"?/sy;
const COMMENT = /\/\/[^\n]*|\/\*.*?\*\//sy;
const BLANK = /\s+/y;

/**
 * Blanks out comments, and commas behind which a list or an object ends.
 *
 * Every other character keeps its place, and so what is wrong with the rest is
 * found where it was written.
 *
 * @param text JSON with comments.
 * @returns JSON of the same length.
 */
export function withoutComments(text: string): string {
  const pieces: string[] = [];
  let last = "[";
  let comma: number | undefined;
  for (let at = 0; at < text.length;) {
    const blank = match(COMMENT, text, at) ?? match(BLANK, text, at);
    const piece = blank ?? match(STRING, text, at) ?? text[at] ?? "";
    at += piece.length;
    pieces.push(blank === undefined ? piece : blank.replace(/[^\s]/g, " "));
    if (blank !== undefined) continue;
    if (comma !== undefined && /^[\]}]$/.test(piece)) pieces[comma] = " ";
    // One that follows nothing is a mistake, and stays one.
    const follows = piece === "," && !/^[[{,]$/.test(last);
    comma = follows ? pieces.length - 1 : undefined;
    last = piece;
  }
  return pieces.join("");
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
