/**
 * YAML of the common shape, as nearly all cases are written, in one pass:
 * mappings and lists in block style, lists and mappings in brackets, scalars
 * that are plain, quoted or literal.
 *
 * It reads what `@std/yaml` reads, or nothing: at the first character that is
 * anything else it leaves the whole text to the library.
 */

import { codedText } from "./_coded_text.ts";
import { QuickCursor, type QuickText, UNUSUAL } from "./_quick_cursor.ts";
import { keyEnd, readKey } from "./_quick_keys.ts";
import { readLiteral, readPlain, readQuoted } from "./_quick_scalars.ts";
import { code } from "./_yaml_characters.ts";

/** What was read. */
export interface QuickValue {
  /** JSON values in new objects; nothing in it depends on how it is written. */
  readonly value: unknown;
}

/**
 * Reads a YAML text, if it is of the common shape.
 *
 * @param text The text, with `\n` line ends; or where it stands in another.
 * @returns What it says; nothing if the library has to be asked.
 */
export function readQuickly(text: string | QuickText): QuickValue | undefined {
  const quick = typeof text === "string" ? wholeText(text) : text;
  if (quick.codes[quick.end - 1] !== code.lineFeed) return undefined;
  try {
    const cursor = new QuickCursor(quick);
    const value = readBlock(cursor);
    return cursor.column === -1 ? { value } : undefined;
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

function wholeText(text: string): QuickText {
  return { ...codedText(text), start: 0, end: text.length };
}

function readBlock(cursor: QuickCursor): unknown {
  return cursor.atDash() ? readSequence(cursor) : readMapping(cursor);
}

function readMapping(cursor: QuickCursor): Record<string, unknown> {
  const column = cursor.at - cursor.lineStart;
  const mapping: Record<string, unknown> = {};
  cursor.enter();
  do {
    const end = keyEnd(cursor);
    if (end < 0) throw UNUSUAL;
    const key = readKey(cursor, end);
    if (isTaken(mapping, key)) throw UNUSUAL;
    mapping[key] = readValue(cursor, column);
  } while (cursor.column === column);
  return left(cursor, column, mapping);
}

/** What stands behind a key: on its line, or on the next ones. */
function readValue(cursor: QuickCursor, column: number): unknown {
  if (!cursor.atLineEnd()) return readInline(cursor, column);
  cursor.toContent(cursor.at + 1);
  if (cursor.column > column) return readBlock(cursor);
  if (cursor.column === column && cursor.atDash()) return readSequence(cursor);
  cursor.count();
  return null;
}

function readSequence(cursor: QuickCursor): unknown[] {
  const column = cursor.at - cursor.lineStart;
  const items: unknown[] = [];
  cursor.enter();
  do {
    cursor.at++;
    if (cursor.atLineEnd()) throw UNUSUAL;
    const isBlock = cursor.atDash() || keyEnd(cursor) >= 0;
    items.push(isBlock ? readBlock(cursor) : readInline(cursor, column));
  } while (cursor.column === column && cursor.atDash());
  return left(cursor, column, items);
}

/** Leaves a block collection: what follows may not be indented further. */
function left<T>(cursor: QuickCursor, column: number, collection: T): T {
  if (cursor.column > column) throw UNUSUAL;
  cursor.leave();
  return collection;
}

/** A scalar, or a collection in brackets, up to the content behind its line. */
function readInline(cursor: QuickCursor, column: number): unknown {
  if (cursor.codes[cursor.at] === code.bar) {
    cursor.count();
    return readLiteral(cursor, column);
  }
  const value = readFlow(cursor, false);
  cursor.endLine();
  return value;
}

function readFlow(cursor: QuickCursor, inFlow: boolean): unknown {
  switch (cursor.codes[cursor.at]) {
    case code.leftSquare:
      return readFlowSequence(cursor);
    case code.leftCurly:
      return readFlowMapping(cursor);
    case code.singleQuote:
    case code.doubleQuote:
      cursor.count();
      return readQuoted(cursor);
  }
  cursor.count();
  return readPlain(cursor, inFlow);
}

function readFlowSequence(cursor: QuickCursor): unknown[] {
  const items: unknown[] = [];
  cursor.enter();
  while (nextEntry(cursor, code.rightSquare, items.length > 0)) {
    const end = keyEnd(cursor);
    if (end < 0) {
      items.push(readFlow(cursor, true));
      continue;
    }
    const mapping: Record<string, unknown> = {};
    cursor.enter();
    readFlowPair(cursor, end, mapping);
    cursor.leave();
    items.push(mapping);
  }
  cursor.leave();
  return items;
}

function readFlowMapping(cursor: QuickCursor): Record<string, unknown> {
  const mapping: Record<string, unknown> = {};
  let isLater = false;
  cursor.enter();
  while (nextEntry(cursor, code.rightCurly, isLater)) {
    const end = keyEnd(cursor);
    if (end < 0) throw UNUSUAL;
    readFlowPair(cursor, end, mapping);
    isLater = true;
  }
  cursor.leave();
  return mapping;
}

function readFlowPair(
  cursor: QuickCursor,
  end: number,
  mapping: Record<string, unknown>,
): void {
  const key = readKey(cursor, end);
  if (isTaken(mapping, key)) throw UNUSUAL;
  cursor.skipInFlow();
  mapping[key] = readFlow(cursor, true);
}

/**
 * Moves to the next entry in brackets.
 *
 * @param cursor Behind the opening bracket, or behind an entry.
 * @param closing What ends the collection.
 * @param isLater Whether there was an entry: a comma has to follow.
 * @returns Whether there is one; else the closing bracket was read.
 */
function nextEntry(
  cursor: QuickCursor,
  closing: number,
  isLater: boolean,
): boolean {
  const { codes } = cursor;
  if (!isLater) cursor.at++;
  cursor.skipInFlow();
  if (isLater && codes[cursor.at] === code.comma) {
    cursor.at++;
    cursor.skipInFlow();
  } else if (isLater && codes[cursor.at] !== closing) {
    throw UNUSUAL;
  }
  if (codes[cursor.at] !== closing) return true;
  cursor.at++;
  return false;
}

// What every object has is no value of its own: `constructor`.
function isTaken(mapping: Record<string, unknown>, key: string): boolean {
  return mapping[key] !== undefined && Object.hasOwn(mapping, key);
}
