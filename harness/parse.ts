/**
 * From a document to its cases, not yet looked into.
 *
 * @module
 */

import { parse } from "@std/yaml/parse";
import type { CaseBlock, Problem, SourceCase } from "./case.ts";
import type { SpecDocument } from "./discover.ts";
import { extractBlocks, unixText } from "./extract.ts";
import { isJsonList, isJsonObject, type Json } from "./json.ts";

export function parseBlock(
  block: CaseBlock,
): readonly (SourceCase | Problem)[] {
  const location = {
    path: block.path,
    line: block.bodyLine,
    column: block.indent + 1,
  };
  try {
    const value = parse(block.text) as Json;
    const items = isJsonList(value) ? value : [value];
    return items.map((item) =>
      isJsonObject(item)
        ? { kind: "case", value: item, location, locate: () => location }
        : { kind: "problem", location, message: "case must be a mapping" }
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [{
      kind: "problem",
      location,
      message: error.message.split("\n")[0] ?? "",
    }];
  }
}

export function parseDocument(
  document: SpecDocument,
  bytes: Uint8Array,
): readonly (SourceCase | Problem)[] {
  const text = unixText(
    new TextDecoder("utf-8", { fatal: true }).decode(bytes),
  );
  const { path } = document;
  if (document.format !== "md") {
    return parseBlock({
      kind: "block",
      path,
      line: 1,
      bodyLine: 1,
      indent: 0,
      text,
    });
  }
  return extractBlocks(path, text).flatMap((part) =>
    part.kind === "block" ? parseBlock(part) : [part]
  );
}
