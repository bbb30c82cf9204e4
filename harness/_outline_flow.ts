/** Draws lists and mappings in brackets and braces, as `@std/yaml` reads them. */

import type { OutlineChild, OutlineNode } from "./_outline.ts";
import { explicitMark } from "./_outline_block.ts";
import { leaf, type NodeReader, Stop } from "./_outline_notes.ts";
import { code } from "./_yaml_characters.ts";

/**
 * Reads the list or mapping that begins at the bracket or brace here.
 *
 * @param reader Reads its parts.
 * @param indent The column of the collection around it.
 */
export function readFlow(reader: NodeReader, indent: number): OutlineNode {
  const { cursor, notes } = reader;
  const at = cursor.position;
  const isMapping = cursor.peek() === code.leftCurly;
  const close = isMapping ? code.rightCurly : code.rightSquare;
  const children: OutlineChild[] = [];
  notes.enter(at);
  cursor.position++;
  cursor.skipSeparation();
  while (cursor.peek() !== close) {
    const child = readEntry(reader, indent, isMapping);
    notes.add(children, child);
    cursor.skipSeparation();
    if (cursor.peek() === code.comma) {
      cursor.position++;
      cursor.skipSeparation();
    } else if (cursor.peek() !== close) {
      throw new Stop(cursor.peek() === 0 ? at : cursor.position);
    }
  }
  cursor.position++;
  notes.leave();
  return { ...leaf(isMapping ? "mapping" : "sequence", at), children };
}

function readEntry(
  reader: NodeReader,
  indent: number,
  inMapping: boolean,
): OutlineChild {
  const { cursor, notes } = reader;
  const at = cursor.position;
  const isExplicit = explicitMark(cursor) === "?";
  if (isExplicit) {
    cursor.position++;
    cursor.skipSeparation();
  }
  const line = cursor.lineStart;
  const read = () =>
    reader.node(indent, "flow-in", { compact: true }) ??
      leaf("empty", cursor.position);
  const first = read();
  cursor.skipSeparation();
  const hasValue = cursor.peek() === code.colon &&
    (isExplicit || cursor.lineStart === line);
  if (!hasValue && !isExplicit && !inMapping) {
    return { at, key: undefined, node: first };
  }
  let node = leaf("empty", cursor.position);
  if (hasValue) {
    cursor.position++;
    cursor.skipSeparation();
    node = read();
  }
  const pair = { at, key: first, node };
  if (inMapping) return pair;
  const children: OutlineChild[] = [];
  notes.add(children, pair);
  return { at, key: undefined, node: { ...leaf("mapping", at), children } };
}
