// The schemas for editors, held to everything there is: what passes validates,
// and what fails because it is written wrongly does not, as far as a schema can
// say.

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { Ajv } from "ajv";
import { discover } from "../harness/discover.ts";
import type { SourceCase } from "../harness/case.ts";
import { parseDocument } from "../harness/parse.ts";
import { AS_IT_RUNS, UNSAID } from "../harness/schema/_case_testing.ts";
import { schemaText } from "../harness/schema/schemas.ts";
import { denoHost } from "../host/deno_host.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));
const FAILING = "specs/harness/failing";
const AJV = new Ajv({ strict: false });
const isCase = AJV.compile(JSON.parse(schemaText("case")));
const isLibrary = AJV.compile(JSON.parse(schemaText("library")));

/** The cases of files and folders, with the path below the root. */
function casesIn(...paths: readonly string[]): [string, SourceCase][] {
  const host = denoHost();
  const documents = discover(paths.map((path) => ROOT + path), host, {
    pattern: "*.md",
    formats: ["md", "yaml", "json"],
  });
  return documents.flatMap((document) =>
    parseDocument(document, host.readFile(document.path)).flatMap((one) =>
      one.kind === "case"
        ? [[document.path.slice(ROOT.length), one] as [string, SourceCase]]
        : []
    )
  );
}

function faults(cases: readonly [string, SourceCase][], check: typeof isCase) {
  return cases.filter(([, { value }]) => !check(value)).map(([path, one]) =>
    `${path}:${one.location.line} ${JSON.stringify(one.value["id"])}`
  );
}

Deno.test("every specification validates, and every example of the pages that is right", () => {
  const specs = casesIn("specs/harness", "specs/platform", "images");
  assert(specs.length > 300, String(specs.length));
  assertEquals(faults(specs, isCase), []);
  const examples = casesIn("docs", "README.md");
  const right = examples.filter(([, { value }]) =>
    value["x-fails"] !== "schema"
  );
  assert(right.length > 30, String(right.length));
  assertEquals(faults(right, isCase), []);
});

Deno.test("every library file that is right validates, as libraries and as cases", () => {
  const libraries = ["numbers.yaml", "prices.yml", "sizes.yaml", "words.json"]
    .map((name) => `specs/harness/libraries/${name}`);
  const found = casesIn(...libraries);
  assertEquals(faults(found, isLibrary), []);
  assertEquals(faults(found, isCase), []);
  assertEquals(isLibrary({ id: "a", type: "text.file" }), false);
  assertEquals(isLibrary(found.map(([, { value }]) => value)), true);
});

interface Result {
  readonly id: string;
  readonly category: string | null;
  readonly message: string | null;
}

Deno.test("every specification that must fail as schema is refused, unless no schema can say so", () => {
  const { results }: { results: Result[] } = JSON.parse(
    Deno.readTextFileSync(`${ROOT}${FAILING}/expected.json`),
  );
  const unsaid = [...Object.values(UNSAID), AS_IT_RUNS];
  const cases = new Map(
    casesIn(FAILING, `${FAILING}/unreadable`).map(([path, one]) => {
      const { id } = one.value;
      const place = `${path.slice(FAILING.length + 1)}:${one.location.line}`;
      return [typeof id === "string" && id.trim() !== "" ? id : place, one];
    }),
  );
  const wrong = results.flatMap(({ id, category, message }) => {
    const found = cases.get(id);
    if (found === undefined) return [];
    const text = message ?? "";
    const accepted = isCase(found.value);
    const isUnsaid = unsaid.some((words) => words.test(text));
    if (category === "schema") return accepted && !isUnsaid ? [text] : [];
    // What cannot be run may be as strange as it likes.
    return accepted || category === "runtime" ? [] : [text];
  });
  assertEquals(wrong, []);
  const refused = results.filter(({ id }) => {
    const found = cases.get(id);
    return found !== undefined && !isCase(found.value);
  });
  assert(refused.length > 70, String(refused.length));
});
