// What docs/editors.md tells people to copy does what the page says.

import { assert, assertEquals } from "@std/assert";
import { Ajv } from "ajv";
import { parse } from "@std/yaml/parse";
import config from "../deno.json" with { type: "json" };
import { BUILT_IN_TYPES, caseSchema, MemoryHost, withTypes } from "../mod.ts";
import { sqlQuery } from "../docs/sql_query.ts";
import { SCHEMA_NAMES } from "../harness/schema/schema_names.ts";
import { schemaText } from "../harness/schema/schemas.ts";
import { specMain } from "../harness/spec_cli/main.ts";
import { blocksOf } from "./_page.ts";

const PAGE = Deno.readTextFileSync(
  new URL("../docs/editors.md", import.meta.url),
);

/** The JSON block with a word in it. */
function block(word: string) {
  const found = blocksOf(PAGE).find(({ info, text }) =>
    info === "json" && text.includes(word)
  );
  return JSON.parse(found?.text ?? "");
}

Deno.test("the task of docs/editors.md finds file, line, column and message in what spec lint prints", async () => {
  const text = "```yaml spec-test\nid: A-1\ntype: cli.run\nexitcode: 1\n```\n";
  const host = new MemoryHost({
    args: ["lint", "specs"],
    files: { "/specs/a b.spec.md": text },
    cwd: "/",
  });
  assertEquals(await specMain(host), 1);
  const { pattern } = block("problemMatcher").tasks[0].problemMatcher;
  const [found, extra] = host.stdoutText.split("\n")
    .flatMap((line) => [...line.matchAll(new RegExp(pattern.regexp, "g"))]);
  assertEquals(extra, undefined);
  assertEquals(
    [pattern.file, pattern.line, pattern.column].map((at) => found?.[at]),
    ["specs/a b.spec.md", "4", "1"],
  );
  assertEquals(found?.[pattern.message]?.startsWith("unknown key"), true);
});

Deno.test("the snippet of docs/editors.md is a case", () => {
  const { body } = block("prefix")["Case of a program"];
  const text = body.slice(1, -2).join("\n")
    .replace(/\$\{\d:([^}]*)\}/g, "$1").replace(/\$\{\d\}/g, "");
  const check = new Ajv({ strict: false }).compile(
    JSON.parse(schemaText("case")),
  );
  assertEquals([check(parse(text)), check.errors], [true, null]);
});

Deno.test("docs/editors.md names each schema as it is published", () => {
  for (const name of SCHEMA_NAMES) {
    assert(PAGE.includes(`\`schemas/${name}.json\``), name);
    assert(Object.hasOwn(config.exports, `./schemas/${name}.json`), name);
  }
});

Deno.test("docs/custom-types.md makes the schema of a type of one's own", () => {
  const schemas = {
    keys: { setup: { type: "string" }, query: { type: "string" } },
    required: ["query"],
  };
  const types = withTypes(BUILT_IN_TYPES, [{ ...sqlQuery, schemas }]);
  const check = new Ajv({ strict: false }).compile(caseSchema(types));
  const value = { id: "A-1", type: "sql.query", query: "SELECT 1" };
  assertEquals(check(value), true);
  assertEquals(check({ ...value, query: 5 }), false);
  assertEquals(check({ id: "A-1", type: "sql.query" }), false);
});
