// The table of guarantees in docs/entrypoint.md: its rows are those that are
// measured, and every test and case it names is there.

import { assert, assertEquals } from "@std/assert";
import { linked, ROWS, testPath } from "../bench/peer_rows.ts";
import { platformDocuments } from "../harness/image/platform_cases.ts";
import { SET_UPS } from "./entrypoint/_set_ups.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const PAGE = Deno.readTextFileSync(`${ROOT}docs/entrypoint.md`);

/** The cells of the table, row by row, without its head. */
function table(): string[][] {
  const [, text = ""] = /<!-- peers -->([\s\S]*?)<!-- end -->/.exec(PAGE) ?? [];
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((line) =>
    line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim())
  );
}

Deno.test("the table of guarantees has the rows that are measured, in their order", () => {
  const rows = table();
  assertEquals(
    rows.map(([guarantee, shownBy]) => [guarantee, shownBy]),
    ROWS.map(({ guarantee, shownBy }) => [guarantee, linked(shownBy)]),
  );
  for (const row of rows) {
    assertEquals(row.length, 6, row[0]);
    for (const cell of row) assert(!/^$|not installed/.test(cell), row[0]);
  }
});

/** Some names are made from a table. */
const MADE = SET_UPS.map(({ name }) => `as in a direct start: ${name}`);

Deno.test("every test that the table names is there", () => {
  for (const { guarantee, shownBy } of ROWS) {
    if (typeof shownBy === "string") continue;
    const [file, name] = shownBy;
    const source = Deno.readTextFileSync(`${ROOT}${testPath(file)}`);
    const isMade = file === "transparency" && MADE.includes(name);
    assert(isMade || source.includes(JSON.stringify(name)), guarantee);
  }
});

Deno.test("every case that the table names is there", () => {
  const cases = platformDocuments()
    .map(({ bytes }) => new TextDecoder().decode(bytes)).join("\n");
  for (const { guarantee, shownBy } of ROWS) {
    if (typeof shownBy !== "string") continue;
    const id = shownBy.replaceAll("`", "");
    assert(cases.includes(`id: ${id}\n`), guarantee);
  }
});
