// The table of flags in docs/cli.md is that of the programs.

import { assertEquals } from "@std/assert";
import { CLI_PAGE, flagTable, tableOf } from "../tools/cli_page.ts";

/** A row in cells, whatever the width of its columns. */
function cells(table: string): string[] {
  return table.trimEnd().split("\n")
    .map((row) => row.replace(/ {2,}/g, " ").replace(/-{3,}/g, "---"));
}

Deno.test("docs/cli.md lists the flags of the programs", () => {
  const table = tableOf(Deno.readTextFileSync(CLI_PAGE)) ?? "";
  assertEquals(
    cells(table),
    cells(flagTable()),
    "Rewrite it: deno run -A tools/cli_page.ts",
  );
});
