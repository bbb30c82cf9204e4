/**
 * From a document to its cases, not yet looked into.
 *
 * @module
 */

import { codedBytes } from "./_coded_text.ts";
import { readJson } from "./_json.ts";
import { ListedItems } from "./_listed_items.ts";
import { type BlockOrigin, readCases } from "./_read_cases.ts";
import { TextFault } from "./_text_fault.ts";
import { Places } from "./_places.ts";
import { decodeUtf8, unixBytes, writtenText } from "./_utf8.ts";
import { type ReadText, readYaml } from "./_yaml.ts";
import type { CaseBlock, Problem, SourceCase } from "./case.ts";
import type { SpecDocument } from "./discover.ts";
import { findBlocks, unixText } from "./extract.ts";

/**
 * Reads the cases of one block.
 *
 * A block is one mapping or a list of mappings, in YAML 1.2 core schema with
 * anchors and merge keys: `yes` is a string, a timestamp is an error. What
 * comes out are JSON values in plain objects, `__proto__` is a key like any
 * other. Refused, because reading on would change their meaning silently: keys
 * that are no strings, duplicate keys, integers beyond 2^53 - 1, values and
 * tags with no JSON value, indentation by tabs.
 *
 * Bounds: 4 MiB, 200,000 values with aliases followed, 100 collections inside
 * each other. A problem with the block as a whole stands for all its cases, a
 * problem with one item of a list leaves the others alone.
 *
 * @param block The block.
 * @returns Its cases and problems, in the order of the block; at least one.
 *
 * @example Usage
 * ```ts
 * import { parseBlock } from "./parse.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [found] = parseBlock({
 *   kind: "block",
 *   path: "a.spec.md",
 *   line: 3,
 *   bodyLine: 4,
 *   indent: 0,
 *   text: "id: A-1\ntype: text.file\n",
 * });
 * assertEquals(found?.kind === "case" && found.value, {
 *   id: "A-1",
 *   type: "text.file",
 * });
 * assertEquals(found?.kind === "case" && found.locate(["type"]), {
 *   path: "a.spec.md",
 *   line: 5,
 *   column: 1,
 * });
 * ```
 */
export function parseBlock(
  block: CaseBlock,
): readonly (SourceCase | Problem)[] {
  return readBlock({ ...block, text: unixText(block.text) }, undefined);
}

function readBlock(
  block: CaseBlock,
  text: (() => string) | undefined,
): readonly (SourceCase | Problem)[] {
  return read(block, readYamlBlock, { noun: "case block", text });
}

function readYamlBlock({ text, within }: CaseBlock): ReadText {
  return readYaml(text, within);
}

function readJsonBlock({ text }: CaseBlock): ReadText {
  return readJson(text);
}

/**
 * Reads the cases of one document.
 *
 * A Markdown document holds them in fenced blocks, see
 * {@linkcode findBlocks}; a YAML or JSON file is one mapping or a list of
 * mappings, with the bounds and rules of {@linkcode parseBlock}. JSON is
 * strict, duplicate keys are errors.
 *
 * Of more than a thousand problems the first are listed, and the last of those
 * says how many more there are. Of more than 100,000 cases the others are not
 * read.
 *
 * The bytes are UTF-8. A byte order mark is skipped; `\r\n` and `\r` count as
 * one line break each and are `\n` in what comes out. Columns count UTF-16
 * code units behind the byte order mark.
 *
 * @param document The document.
 * @param bytes Its content.
 * @returns Its cases and problems, in document order; none for a Markdown
 * document without case blocks.
 *
 * @example Usage
 * ```ts
 * import { parseDocument } from "./parse.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode('[{"id": "A-1"}, 7]');
 * const found = parseDocument({ path: "a.spec.json", format: "json" }, bytes);
 * assertEquals(found[1], {
 *   kind: "problem",
 *   location: { path: "a.spec.json", line: 1, column: 17 },
 *   message: "case must be a mapping, 7 was given",
 * });
 * ```
 */
export function parseDocument(
  document: SpecDocument,
  bytes: Uint8Array,
): readonly (SourceCase | Problem)[] {
  const { path, format } = document;
  const unix = unixBytes(bytes);
  const decoded = decodeUtf8(unix);
  if (!decoded.ok) {
    const before = wholeFile(path, decoded.before);
    return [problemAt(before, decoded.message, before.text.length)];
  }
  const text = writtenText(bytes, decoded.text);
  const source = codedBytes(unixText(decoded.text), unix);
  if (format !== "md") {
    const reader = format === "json" ? readJsonBlock : readYamlBlock;
    const within = { ...source, start: 0 };
    const whole = { ...wholeFile(path, source.text), within };
    const readWhole = () => read(whole, reader, { noun: "document", text });
    return listedOf([whole], readWhole);
  }
  const parts = findBlocks(path, source);
  return listedOf(parts, (block) => readBlock(block, text));
}

function listedOf(
  parts: readonly (CaseBlock | Problem)[],
  readOne: (block: CaseBlock) => readonly (SourceCase | Problem)[],
): readonly (SourceCase | Problem)[] {
  const listed = new ListedItems();
  for (const part of parts) if (!listed.take(part, readOne)) break;
  return listed.list();
}

function read(
  block: CaseBlock,
  reader: (block: CaseBlock) => ReadText,
  origin: BlockOrigin,
): readonly (SourceCase | Problem)[] {
  try {
    return readCases(block, reader(block), origin);
  } catch (error) {
    if (!(error instanceof TextFault)) throw error;
    return [problemAt(block, error.message, error.offset)];
  }
}

function wholeFile(path: string, text: string): CaseBlock {
  const whole = { path, line: 1, bodyLine: 1, indent: 0, text: unixText(text) };
  return { kind: "block", ...whole };
}

function problemAt(block: CaseBlock, message: string, offset: number): Problem {
  const location = new Places(block).at(offset);
  return { kind: "problem", location, message };
}
