/** Which cases of a document stand at a line. */

import { printable, quoted } from "../text/printable.ts";
import { decodeUtf8, unixBytes } from "./_utf8.ts";
import type { Problem, SourceCase } from "./case.ts";
import type { SpecDocument } from "./discover.ts";
import { extractBlocks } from "./extract.ts";
import { UsageError } from "./usage_error.ts";
import { caseIdentity } from "./validate.ts";

type Item = SourceCase | Problem;

/** What stands from one line to another, both included. */
interface Span {
  readonly item: Item;
  readonly first: number;
  readonly last: number;
}

/**
 * Finds what stands at the lines of a document that are wanted.
 *
 * A case reaches from the fence of its block to the other one; in a list, from
 * its dash to the line before the next one, the first from the fence and the
 * last to it. What looks like a case but is none reaches to the next one: nobody
 * can tell where it ends. Of several items that stand at one line, all are
 * wanted.
 *
 * @param document The document; its lines are the ones that are wanted.
 * @param bytes Its content.
 * @param items What was read of it.
 * @returns The items that stand there, in the order of the document.
 * @throws {UsageError} If nothing stands at one of the lines: with what stands
 * closest to it.
 */
export function itemsAt(
  document: SpecDocument,
  bytes: Uint8Array,
  items: readonly Item[],
): readonly Item[] {
  const { path, lines = [] } = document;
  const spans = spansOf(document, bytes, items);
  const wanted = new Set(lines.flatMap((line) => {
    const found = spans.filter(({ first, last }) =>
      first <= line && line <= last
    );
    if (found.length === 0) throw nothingAt(path, line, spans);
    return found.map(({ item }) => item);
  }));
  return items.filter((item) => wanted.has(item));
}

function spansOf(
  { path, format }: SpecDocument,
  bytes: Uint8Array,
  items: readonly Item[],
): readonly Span[] {
  const decoded = decodeUtf8(unixBytes(bytes));
  if (!decoded.ok) return spread(items, { first: 1, last: Infinity });
  const whole = { first: 1, last: Math.max(1, linesIn(decoded.text)) };
  if (format !== "md") return spread(items, whole);
  const blocks = extractBlocks(path, decoded.text)
    .filter((block) => block.kind === "block")
    .map(({ line, bodyLine, text }) => ({
      first: line,
      last: bodyLine + linesIn(text),
    }));
  const groups = groupsOf(items, blocks, whole);
  // Of a block that was not read any more, the last item tells.
  const rest = items.slice(-1);
  const unread = blocks.filter((block) => !groups.has(block))
    .flatMap(({ first, last }) => rest.map((item) => ({ item, first, last })));
  return [
    ...[...groups].flatMap(([range, group]) => spread(group, range)),
    ...unread,
  ];
}

type Range = Pick<Span, "first" | "last">;

/**
 * Puts items into the blocks they stand in; one that stands in none gets a
 * range of its own, up to whatever comes next. All are in the order of lines.
 */
function groupsOf(
  items: readonly Item[],
  blocks: readonly Range[],
  whole: Range,
): Map<Range, Item[]> {
  const groups = new Map<Range, Item[]>();
  let next = 0;
  for (const [index, item] of items.entries()) {
    const { line } = item.location;
    while ((blocks[next]?.last ?? Infinity) < line) next++;
    const block = blocks[next];
    const follower = items[index + 1]?.location.line ?? Infinity;
    const range = block !== undefined && block.first <= line ? block : {
      first: line,
      last: Math.min(follower, block?.first ?? Infinity, whole.last + 1) - 1,
    };
    const group = groups.get(range);
    if (group === undefined) groups.set(range, [item]);
    else group.push(item);
  }
  return groups;
}

/** Divides a range among the items in it, in their order. */
function spread(items: readonly Item[], range: Range): readonly Span[] {
  return items.map((item, index) => {
    const { line } = item.location;
    const next = items[index + 1]?.location.line ?? range.last + 1;
    const first = index === 0 ? range.first : line;
    return { item, first, last: Math.max(line, next - 1) };
  });
}

function linesIn(text: string): number {
  const breaks = text.match(/\n/g)?.length ?? 0;
  return breaks + (text === "" || text.endsWith("\n") ? 0 : 1);
}

function nothingAt(
  path: string,
  line: number,
  spans: readonly Span[],
): UsageError {
  const distance = ({ first, last }: Span) =>
    line < first ? first - line : line - last;
  const [nearest] = spans.toSorted((a, b) => distance(a) - distance(b));
  const message = `Cannot find any case: line ${line} of ${
    quoted(path)
  } is in no case`;
  if (nearest === undefined) {
    return new UsageError(message, {
      remedy: "There is no case in this document",
    });
  }
  const { item, first, last } = nearest;
  const id = item.kind === "case" ? caseIdentity(item) : item.id;
  const place = `${printable(path)}:${item.location.line}`;
  return new UsageError(message, {
    remedy: `The nearest is ${
      id === undefined ? "what cannot be read" : quoted(id)
    }, lines ${first} to ${last}: ${place}`,
  });
}
