/** Draws lists and mappings in block style, as `@std/yaml` reads them. */

import type { OutlineChild, OutlineNode } from "./_outline.ts";
import { leaf, type NodeReader, Stop } from "./_outline_notes.ts";
import { code, isSpace } from "./_yaml_characters.ts";
import type { YamlCursor } from "./_yaml_cursor.ts";

/**
 * Reads a list in block style.
 *
 * @param reader Reads its items.
 * @returns The list, or nothing if none begins here.
 */
export function readBlockSequence(reader: NodeReader): OutlineNode | undefined {
  const { cursor, notes } = reader;
  const at = cursor.position;
  const indent = at - cursor.lineStart;
  const children: OutlineChild[] = [];
  if (!atDash(cursor)) return undefined;
  notes.enter(at);
  while (atDash(cursor)) {
    const dash = cursor.position;
    notes.tab(cursor, dash);
    cursor.position++;
    const isNextLine = cursor.skipSeparation();
    if (isNextLine && cursor.lineIndent <= indent) {
      const node = leaf("empty", dash + 1);
      notes.add(children, { at: dash, key: undefined, node });
      if (cursor.lineIndent === indent) continue;
      notes.bareDashes.push(dash + 1);
      break;
    }
    const line = cursor.lineStart;
    const node = reader.node(indent, "block-in", { compact: true });
    // `@std/yaml` drops an item that turns out to be nothing.
    if (node !== undefined) {
      notes.add(children, { at: dash, key: undefined, node });
    }
    cursor.skipSeparation();
    if (cursor.peek() === 0 || cursor.lineIndent < indent) break;
    if (cursor.lineStart === line || cursor.lineIndent > indent) {
      throw new Stop(cursor.position);
    }
  }
  notes.leave();
  return { ...leaf("sequence", at), children };
}

/**
 * Reads a mapping in block style.
 *
 * @param reader Reads its keys and values.
 * @param flowIndent The column that belongs to the collection around it.
 * @returns The mapping; the scalar, alias or flow collection that was read and
 * turned out not to be a key; or nothing if neither begins here.
 */
export function readBlockMapping(
  reader: NodeReader,
  flowIndent: number,
): OutlineNode | undefined {
  const { cursor, notes } = reader;
  const at = cursor.position;
  const indent = at - cursor.lineStart;
  const children: OutlineChild[] = [];
  let key: OutlineNode | undefined;
  let keyAt = at;
  let isExplicit = false;
  let isMapping = false;
  const add = (node = emptyAt(cursor)) => {
    notes.add(children, { at: keyAt, key: key ?? emptyAt(cursor), node });
    key = undefined;
  };
  while (cursor.peek() !== 0) {
    const line = cursor.lineStart;
    const here = cursor.position;
    const lead = readLead(reader, flowIndent);
    if (lead === undefined) break;
    if (lead.kind === "value" && !isMapping) return lead.node;
    if (lead.kind === "value" || (lead.kind === ":" && !isExplicit)) {
      throw new Stop(here);
    }
    if (!isMapping) notes.enter(at);
    isMapping = true;
    notes.tab(cursor, here);
    if (lead.kind !== ":") {
      if (isExplicit) add();
      key = lead.node;
      keyAt = here;
    }
    isExplicit = lead.kind === "?";
    if (cursor.lineStart === line || cursor.lineIndent > indent) {
      const compact = lead.kind !== "key";
      const node = reader.node(indent, "block-out", { seek: true, compact });
      if (isExplicit) key = node;
      else add(node);
      cursor.skipSeparation();
    }
    if (cursor.peek() !== 0 && cursor.lineIndent > indent) {
      throw new Stop(cursor.position);
    }
    if (cursor.lineIndent < indent) break;
  }
  if (isExplicit) add();
  if (!isMapping) return undefined;
  notes.leave();
  return { ...leaf("mapping", at), children };
}

/**
 * Tells whether a `?` or `:` stands alone at the position.
 *
 * @param cursor The position.
 */
export function explicitMark(cursor: YamlCursor): "?" | ":" | undefined {
  if (!isSpace(cursor.peek(1))) return undefined;
  if (cursor.peek() === code.question) return "?";
  return cursor.peek() === code.colon ? ":" : undefined;
}

type Lead =
  | { readonly kind: "?" | ":"; readonly node: undefined }
  | { readonly kind: "key" | "value"; readonly node: OutlineNode };

function readLead(reader: NodeReader, flowIndent: number): Lead | undefined {
  const { cursor } = reader;
  const line = cursor.lineStart;
  const mark = explicitMark(cursor);
  if (mark !== undefined) {
    cursor.position++;
    return { kind: mark, node: undefined };
  }
  const node = reader.node(flowIndent, "flow-out", { compact: true });
  if (node === undefined) return undefined;
  if (cursor.lineStart !== line) return { kind: "value", node };
  cursor.skipBlank();
  if (cursor.peek() !== code.colon) return { kind: "value", node };
  cursor.position++;
  return { kind: "key", node };
}

function atDash(cursor: YamlCursor): boolean {
  return cursor.peek() === code.minus && isSpace(cursor.peek(1));
}

function emptyAt(cursor: YamlCursor): OutlineNode {
  return leaf("empty", cursor.position);
}
