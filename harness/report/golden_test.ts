// Every format, of one suite with every outcome, byte for byte.
//
// To look at a wanted change: UPDATE=1 deno test -A harness/report/golden_test.ts

import { assertEquals } from "@std/assert";
import { recordSuite, reportOf } from "./_suite_testing.ts";
import { REPORT_FORMATS } from "./formats.ts";
import { readNdjson } from "./read_ndjson.ts";

// A page of its own, with tests of its own.
const FORMATS = [...REPORT_FORMATS.keys()].filter((name) => name !== "html");
const suite = await recordSuite();

function golden(name: string): string {
  const file = new URL(`testdata/report.${name}`, import.meta.url);
  return file.pathname;
}

for (const format of FORMATS) {
  Deno.test(`the report ${format} of a suite with every outcome is what it was`, async () => {
    const text = await reportOf(format, suite);
    const file = golden(format);
    if (Deno.env.get("UPDATE") === "1") Deno.writeTextFileSync(file, text);
    assertEquals(text, Deno.readTextFileSync(file));
  });
}

Deno.test("every report can be made of the event report, and is the same", async () => {
  const events = await reportOf("ndjson", suite);
  const again = readNdjson(events, "report.ndjson");
  for (const format of REPORT_FORMATS.keys()) {
    assertEquals(
      await reportOf(format, again),
      await reportOf(format, suite),
      format,
    );
  }
});
