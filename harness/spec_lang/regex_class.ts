/**
 * Character classes of Python's patterns.
 *
 * @module
 */

import { readClassEscape } from "./regex_escape.ts";
import type { RegexReader } from "./regex_reader.ts";
import type { ClassItem } from "./regex_text.ts";

/** A character class. */
export interface CharacterClass {
  /** Whether it stands for everything but its members. */
  readonly negated: boolean;
  /** Its members; at least one. */
  readonly items: readonly ClassItem[];
}

/**
 * Reads a character class.
 *
 * `]` at the beginning is a member, and so are `[`, `-` at either end, and
 * everything that JavaScript's flag `v` gives a meaning.
 *
 * @param reader The pattern, behind the opening bracket.
 * @returns The class.
 * @throws {CaseError} `schema` if it does not end or has an impossible range.
 *
 * @example Usage
 * ```ts
 * import { readClass } from "./regex_class.ts";
 * import { RegexReader } from "./regex_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readClass(new RegexReader("^]-a]")), {
 *   negated: true,
 *   items: [{ kind: "range", low: 0x5d, high: 0x61 }],
 * });
 * ```
 */
export function readClass(reader: RegexReader): CharacterClass {
  const start = reader.offset - 1;
  const negated = reader.match("^");
  const items: ClassItem[] = [];
  while (items.length === 0 || reader.next !== "]") {
    const from = reader.offset;
    const item = readItem(reader, start);
    if (!reader.match("-")) items.push(item);
    else if (reader.next === "]") items.push(item, character("-"));
    else items.push(range(item, { reader, start, from }));
  }
  reader.take();
  return { negated, items };
}

function readItem(reader: RegexReader, start: number): ClassItem {
  if (reader.next === "") {
    throw reader.error("unterminated character set", start);
  }
  if (!reader.next.startsWith("\\")) return character(reader.take());
  const escape = readClassEscape(reader);
  if (escape.kind === "category") return escape;
  const code = escape.kind === "literal" ? escape.code : 0;
  return { kind: "range", low: code, high: code };
}

function character(text: string): ClassItem {
  const code = text.codePointAt(0) ?? 0;
  return { kind: "range", low: code, high: code };
}

function range(
  low: ClassItem,
  { reader, start, from }: {
    readonly reader: RegexReader;
    readonly start: number;
    readonly from: number;
  },
): ClassItem {
  const high = readItem(reader, start);
  if (
    low.kind === "range" && high.kind === "range" && low.low <= high.high
  ) return { kind: "range", low: low.low, high: high.high };
  throw reader.error("bad character range", from);
}
