import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { main } from "../docs/my_spec.ts";
import { sqlQuery } from "../docs/sql_query.ts";
import {
  BUILT_IN_TYPES,
  type CaseResult,
  MemoryHost,
  runSuite,
  terminalReporter,
  withTypes,
} from "../mod.ts";
import { blocksOf } from "./_page.ts";

const DOCS = fromFileUrl(new URL("../docs/", import.meta.url));
const PAGE = Deno.readTextFileSync(`${DOCS}custom-types.md`);

function block(info: string, at = 0): string {
  return blocksOf(PAGE).filter((one) => one.info === info)[at]?.text ?? "";
}

function document(text: string) {
  const bytes = new TextEncoder().encode(text);
  return { path: "prices.spec.md", format: "md" as const, bytes };
}

Deno.test("docs/custom-types.md shows the files that run", () => {
  const files = ["sql_query.ts", "my_spec.ts"];
  for (const [at, name] of files.entries()) {
    assertEquals(block("ts", at), Deno.readTextFileSync(DOCS + name), name);
  }
});

Deno.test("the type of docs/custom-types.md reports what the page shows", async () => {
  let printed = "";
  const sink = { write: (text: string) => void (printed += text) };
  const code = await main({
    documents: [document(block("markdown"))],
    reporters: [terminalReporter(sink)],
  });
  const steady = (text: string) => text.replace(/\(\d+(\.\d+)? m?s\)$/m, "");
  assertEquals(steady(printed), steady(block("text")));
  assertEquals(code, 1);
});

/** A case of the type, and how it ends. */
const CASES: readonly (readonly [string, string, RegExp])[] = [
  ["query: SELECT 1", "pass", /^null$/],
  ["query: SELECT 1\nrequires: {capabilities: [sql.query]}", "pass", /^null$/],
  [
    "query: SELECT 1\nrequires: {capabilities: [sql.sqlte]}",
    "runtime",
    /missing capability "sql.sqlte" \(did you mean "sql.sqlite"\?\)/,
  ],
  ["query: SELECT 1\nstup: ''", "schema", /"stup": did you mean "setup"\?/],
  [
    "query: SELECT 1\nassert: {target: plan, must: [evaluate: [true]]}",
    "schema",
    /unsupported op "evaluate": target "plan" takes contain, regex/,
  ],
  [
    "setup: nonsense\nquery: SELECT 1\nassert: {target: rows, can: [contain: [x]]}",
    "runtime",
    /^prices\.spec\.md:4:1: the database refuses setup: near "nonsense"/,
  ],
  ["setup: ''", "schema", /^prices\.spec\.md:2:1: query must be text, found n/],
];

Deno.test("a type of one's own takes part in everything", async () => {
  for (const [text, wanted, message] of CASES) {
    const results: CaseResult[] = [];
    await runSuite({
      documents: [
        document(`~~~yaml spec-test\nid: A\ntype: sql.query\n${text}\n~~~\n`),
      ],
      types: withTypes(BUILT_IN_TYPES, [sqlQuery]),
      reporters: [{ case: (one) => void results.push(one), end() {} }],
    }, new MemoryHost());
    const [{ status, category, message: found } = {}] = results;
    assertEquals(status === "fail" ? category : status, wanted, text);
    assertEquals(message.test(String(found)), true, `${found}`);
  }
});
