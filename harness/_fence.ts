/** Opening and closing lines of fenced blocks, by position in the document. */

/** What an opening line says. */
export interface Fence {
  /** Character code of the backtick or the tilde. */
  readonly mark: number;
  /** How many of them. */
  readonly length: number;
  /** Characters in front of them, list markers included. */
  readonly indent: number;
  /** Whether there is a `>` among those. */
  readonly quoted: boolean;
  /** Where the words behind them begin. */
  readonly infoStart: number;
}

const TAB = 0x09;
const SPACE = 0x20;
const ASTERISK = 0x2a;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const GREATER = 0x3e;
const RIGHT_PARENTHESIS = 0x29;
const BACKTICK = 0x60;
const TILDE = 0x7e;

/**
 * Reads a line as the opening of a fenced block.
 *
 * @param text The document.
 * @param start Where the line begins.
 * @param end Where it ends, before the line break.
 * @returns The fence, or nothing if the line opens none.
 */
export function readOpener(
  text: string,
  start: number,
  end: number,
): Fence | undefined {
  const first = skipBlank(text, start, end);
  if (isLetter(text.charCodeAt(first))) return undefined;
  const { at, quoted } = skipMarkers(text, first, end);
  const mark = text.charCodeAt(at);
  if (at >= end || (mark !== BACKTICK && mark !== TILDE)) return undefined;
  const infoStart = skip(text, at, end, mark);
  const length = infoStart - at;
  if (length < 3) return undefined;
  const isInlineCode = mark === BACKTICK &&
    text.slice(infoStart, end).includes("`");
  if (isInlineCode) return undefined;
  return { mark, length, indent: at - start, quoted, infoStart };
}

/**
 * Tells whether a line closes a fence.
 *
 * @param text The document.
 * @param start Where the line begins.
 * @param end Where it ends, before the line break.
 * @param fence The open fence.
 * @returns Whether the line holds nothing but a long enough run of its mark.
 */
export function isCloser(
  text: string,
  start: number,
  end: number,
  fence: Fence,
): boolean {
  let at = skipBlank(text, start, end);
  while (fence.quoted && text.charCodeAt(at) === GREATER && at < end) {
    at = skipBlank(text, at + 1, end);
  }
  const runEnd = skip(text, at, end, fence.mark);
  return runEnd - at >= fence.length && skipBlank(text, runEnd, end) === end;
}

function skipMarkers(text: string, start: number, end: number) {
  let quoted = false;
  let at = start;
  while (at < end) {
    const isQuote = text.charCodeAt(at) === GREATER;
    const next = isQuote ? at + 1 : skipListMarker(text, at, end);
    if (next === at) break;
    quoted ||= isQuote;
    at = skipBlank(text, next, end);
  }
  return { at, quoted };
}

function skipListMarker(text: string, start: number, end: number): number {
  const code = text.charCodeAt(start);
  let at = start;
  if (code === MINUS || code === PLUS || code === ASTERISK) {
    at++;
  } else {
    while (at < end && at - start < 9 && isDigit(text.charCodeAt(at))) at++;
    const sign = text.charCodeAt(at);
    if (at === start || (sign !== DOT && sign !== RIGHT_PARENTHESIS)) {
      return start;
    }
    at++;
  }
  return at < end && isBlank(text.charCodeAt(at)) ? at : start;
}

function skipBlank(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function skip(text: string, start: number, end: number, code: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === code) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}
