// Every specification there is, laid out: it says what it said, and stays as it
// is when it is laid out again.

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { discover, type SpecDocument } from "../harness/discover.ts";
import { unixText } from "../harness/extract.ts";
import { formatDocument } from "../harness/layout/format_document.ts";
import { parseDocument } from "../harness/parse.ts";
import { denoHost } from "../host/deno_host.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));
const SPECS = ["specs/harness", "specs/harness/failing", "specs/platform"];
const PAGES = [
  "docs",
  "README.md",
  "images",
  "specs/harness/failing/unreadable",
];

function documentsIn(paths: readonly string[]): SpecDocument[] {
  return discover(paths.map((path) => ROOT + path), denoHost(), {
    pattern: "*.md",
    formats: ["md", "yaml", "json"],
    recursive: true,
  });
}

function said(document: SpecDocument, bytes: Uint8Array) {
  return parseDocument(document, bytes).map((one) =>
    one.kind === "case" ? one.value : one.message
  );
}

/** The lines that are part of no case block, as far as fences tell. */
function outside(text: string): string {
  return text.replace(
    /^( *(?:[-*] +)?)(`{3,}|~{3,})[^\n]*spec-test[^\n]*\n[^]*?^ *\2[`~]* *$/gm,
    "",
  );
}

Deno.test("every document is laid out once, says what it said, and keeps what is around its blocks", () => {
  let changed = 0;
  for (const document of documentsIn([...SPECS, ...PAGES])) {
    const bytes = denoHost().readFile(document.path);
    const { text, left } = formatDocument(document, bytes);
    assertEquals(left, [], document.path);
    if (text === undefined) continue;
    changed++;
    const laid = new TextEncoder().encode(text);
    assertEquals(said(document, laid), said(document, bytes), document.path);
    assertEquals(formatDocument(document, laid).text, undefined, document.path);
    const before = new TextDecoder().decode(bytes);
    assertEquals(text.replace(/\s+/g, ""), before.replace(/\s+/g, ""));
    if (document.format === "md") {
      assertEquals(outside(text), outside(unixText(before)), document.path);
    }
  }
  assert(changed > 20, String(changed));
});
