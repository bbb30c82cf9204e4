import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import type { JsonObject } from "../json.ts";
import { jsonReporter } from "../report/json.ts";
import { listSuite, runSuite } from "../run_suite.ts";
import type { SuiteDocument } from "../suite.ts";
import { UsageError } from "../usage_error.ts";
import { type Files, library, markdown, run, using } from "./_testing.ts";

const PASSING = JSON.stringify({ id: "A-0", type: "text.file" });

/** How every result of the documents ends, by id. */
async function endsOf(files: Files): Promise<Record<string, string | null>> {
  const { results } = await run({
    ...files,
    "/repo/specs/0.spec.json": PASSING,
  });
  return Object.fromEntries(results.map(({ id, message }) => [id, message]));
}

Deno.test("a library in a document of the run is no case: no result, no count, no line in a list [SF-LIB-2]", async () => {
  const files = {
    "/repo/specs/a.spec.json": PASSING,
    "/repo/specs/b.spec.yaml": library({ b: 1 }),
    "/repo/specs/c.spec.md": markdown(library({ c: 1 })),
  };
  const { results, summary, host } = await run(files);
  assertEquals(results.map(({ id }) => id), ["A-0"]);
  assertEquals(summary.total, 1);
  const formats = ["md", "yaml", "json"] as const;
  const { cases, problems } = listSuite({ paths: ["specs"], formats }, host);
  assertEquals(cases.map(({ id }) => id), ["A-0"]);
  assertEquals(problems, []);
});

/** What is wrong with a library in `specs/b.spec.yaml`, and what is said. */
const BROKEN: readonly (readonly [JsonObject | string, string])[] = [
  ["id: lib\ntype: spec_lang.library\n", '1:1: library has no "functions"'],
  [
    "id: lib\ntype: spec_lang.library\nfunctions:\n",
    '3:1: "functions" must be a mapping of names to expressions, null was given',
  ],
  [
    "id: lib\ntype: spec_lang.library\nfunctions: [x]\n",
    '3:1: "functions" must be a mapping of names to expressions, a list was given',
  ],
  [
    "id: lib\ntype: spec_lang.library\nfunctions: {}\n",
    '3:1: "functions" must not be empty',
  ],
  [
    'id: lib\ntype: spec_lang.library\nfunctions: {"": 1}\n',
    "is no name: it is empty",
  ],
  [{ functon: 1 }, 'unknown key "functon"'],
  [{ export: [] }, 'unknown key "export": did you mean "exports"?'],
  [{ assert: [] }, "a library is not run, so it has nothing to assert"],
  [
    { harness: { env: {} } },
    'unsupported harness key(s): "env"; this type has none',
  ],
  [{ requires: { capabilites: [] } }, 'did you mean "capabilities"?'],
  [{ tags: "x" }, '"tags" must be a list'],
  [{ imports: "x.yaml" }, '"imports" must be a list, "x.yaml" was given'],
  [
    { imports: [7] },
    '"imports[0]" must be a string that is not empty, 7 was given',
  ],
  [
    { imports: ["gone.yaml"] },
    'cannot load library "gone.yaml": no such file or directory; the path begins at the folder of the document that names the library (specs/b.spec.yaml -> specs/gone.yaml)',
  ],
  [
    { imports: ["b.spec.yaml"] },
    'cannot load library "b.spec.yaml": libraries import each other in a circle (specs/b.spec.yaml -> specs/b.spec.yaml)',
  ],
  [{ exports: {} }, '"exports" must be a list, a mapping was given'],
  [
    { exports: ["a", null] },
    '"exports[1]" must be a string that is not empty, null was given',
  ],
  [{ exports: ["b"] }, 'unknown symbol "b" in "exports"'],
  [
    { functions: { a: {} } },
    'library function "a": wanted a list-based s-expr',
  ],
  [
    { functions: { a: ["var", "b"] } },
    'library function "a": undefined variable "b"',
  ],
];

Deno.test("a broken library in a document of the run fails as schema, at its place", async () => {
  for (const [change, wanted] of BROKEN) {
    const text = typeof change === "string" ? change : JSON.stringify({
      id: "lib",
      type: "spec_lang.library",
      functions: { a: 1 },
      ...change,
    });
    const { results, summary } = await run({ "/repo/specs/b.spec.yaml": text });
    const message = results[0]?.message ?? "";
    assertStringIncludes(message, wanted);
    assertEquals(message.startsWith("specs/b.spec.yaml:"), true, message);
    const ends = [results[0]?.id, results[0]?.category, summary.total];
    assertEquals(ends, ["lib", "schema", 1]);
  }
});

Deno.test("each broken library of a document fails for itself, and hides no other", async () => {
  const lib = (id: string, more: JsonObject) =>
    JSON.stringify({ id, type: "spec_lang.library", ...more });
  const ends = await endsOf({
    "/repo/specs/a.spec.md": markdown(
      lib("fine", { functions: { a: ["var", "b"] }, imports: ["../x.yaml"] }),
      lib("gone", { functions: { b: 1 }, imports: ["gone.yaml"] }),
      lib("gone too", { functions: { c: 1 }, imports: ["gone.yaml"] }),
    ),
    "/repo/specs/b.spec.md": markdown(
      lib("not", { functions: { a: ["not"] } }),
      lib("first", { functions: { b: ["first"], b2: ["len"] } }),
      lib("sound", { functions: { c: 1 } }),
      lib("export", { functions: { d: 1 }, exports: ["e"] }),
    ),
    "/repo/specs/c.spec.md": markdown(
      lib("one", { functions: { a: 1 } }),
      lib("two", { functions: { a: 1 } }),
      lib("shape", { functions: { a: 1 }, import: [] }),
    ),
    "/repo/specs/c2.spec.md": markdown(
      lib("base", { functions: { base: 1 }, tag: [] }),
      lib("built on it", { functions: { more: ["var", "base"] } }),
    ),
    "/repo/specs/d.spec.yaml": lib("taken", {
      functions: { x: 1 },
      imports: ["../x.yaml"],
    }),
    "/repo/specs/e.spec.md": markdown(
      lib("left", { functions: { l: 1 }, imports: ["../x.yaml"] }),
      lib("right", { functions: { r: 1 }, imports: ["../x2.yaml"] }),
    ),
    "/repo/x.yaml": library({ x: 1 }),
    "/repo/x2.yaml": library({ x: 2 }),
  });
  assertEquals(
    Object.entries(ends).map(([id, message]) => [
      id,
      message?.replace(/; the path begins [^(]+/, " "),
    ]),
    [
      ["A-0", undefined],
      [
        "gone",
        'specs/a.spec.md:6:72: cannot load library "gone.yaml": no such file or directory (specs/a.spec.md -> specs/gone.yaml)',
      ],
      [
        "gone too",
        'specs/a.spec.md:10:76: cannot load library "gone.yaml": no such file or directory (specs/a.spec.md -> specs/gone.yaml)',
      ],
      [
        "not",
        'specs/b.spec.md:2:53: library function "a": arity error: not takes 1 argument, got 0',
      ],
      [
        "first",
        'specs/b.spec.md:6:55: library function "b": arity error: first takes 1 argument, got 0',
      ],
      ["export", 'specs/b.spec.md:14:74: unknown symbol "e" in "exports"'],
      [
        "two",
        'specs/c.spec.md:6:53: function "a" is defined twice, first at specs/c.spec.md:2:53',
      ],
      [
        "shape",
        'specs/c.spec.md:10:62: unknown key "import": did you mean "imports"?',
      ],
      [
        "base",
        'specs/c2.spec.md:2:64: unknown key "tag": did you mean "tags"?',
      ],
      [
        "taken",
        'specs/d.spec.yaml:1:55: function "x" is defined twice, first at x.yaml:1:55',
      ],
      [
        "right",
        'specs/e.spec.md:6:73: cannot load library "../x2.yaml": x2.yaml:1:55: function "x" is defined twice, first at x.yaml:1:55 (specs/e.spec.md -> x2.yaml)',
      ],
    ],
  );
});

Deno.test("the id of a library takes part in the uniqueness of the run [not SF-LIB-10]", async () => {
  const lib = JSON.stringify({
    id: "A-1",
    type: "spec_lang.library",
    functions: { a: 1 },
  });
  const specLang = { "library_paths": ["b.spec.yaml"] };
  const { results } = await run({
    "/repo/specs/a.spec.json": using(specLang),
    "/repo/specs/b.spec.yaml": lib,
  });
  assertEquals(results.map(({ id, status }) => [id, status]), [
    ["A-1", "pass"],
    ["A-1", "fail"],
  ]);
  assertStringIncludes(results[1]?.message ?? "", 'duplicate id "A-1"');
});

Deno.test("libraries alone are nothing to run, and nothing to list [not SF-LIB-2]", async () => {
  const files = {
    "/repo/specs/a.spec.yaml": library({ a: 1 }),
    "/repo/specs/b.spec.yaml": library({ b: 1 }),
    "/repo/specs/c.spec.json": PASSING,
  };
  const paths = ["specs/b.spec.yaml"];
  const wanted = "there is only a library, at specs/b.spec.yaml:1";
  await assertRejects(() => run(files, { paths }), UsageError, wanted);
  await assertRejects(
    () => run(files, { filter: "lib.*" }),
    UsageError,
    "there are only 2 libraries, the first at specs/a.spec.yaml:1",
  );
  const host = new MemoryHost({ files, cwd: "/repo" });
  await assertRejects(
    () => Promise.try(() => listSuite({ paths }, host)),
    UsageError,
    wanted,
  );
  const { results } = await run(files, { filter: "A-0" });
  assertEquals(results.length, 1);
});

Deno.test("a filter that leaves a broken library out does not fail for it, but cases that load it do", async () => {
  const files = {
    "/repo/specs/a.spec.json": using({ "library_paths": ["b.spec.yaml"] }),
    "/repo/specs/b.spec.yaml": library({ b: ["not"] }),
    "/repo/specs/c.spec.json": PASSING,
  };
  const { results } = await run(files, { filter: "A-*" });
  assertEquals(results.map(({ id, status }) => [id, status]), [
    ["A-1", "fail"],
    ["A-0", "pass"],
  ]);
});

Deno.test("a case that is skipped loads no libraries", async () => {
  const skipped = {
    ...JSON.parse(using({ "library_paths": ["gone.yaml"] })),
    requires: { capabilities: ["x"], "when_missing": "skip" },
  };
  const { results } = await run({
    "/repo/specs/a.spec.json": JSON.stringify(skipped),
  });
  assertEquals(results[0]?.status, "skip");
});

Deno.test("every file is read once, whether it is a document, a library or both [SF-LIB-3]", async () => {
  const uses = (
    id: number,
    expression: string,
    exports: readonly string[],
  ) => ({
    ...JSON.parse(using({
      "library_paths": ["c.spec.md", "../lib/one.yaml"],
      exports: [...exports],
    }, ["eq", ["var", expression], 1])),
    id: `A-${id}`,
  });
  const cases = Array.from(
    { length: 300 },
    (_, id) =>
      uses(id, id % 2 === 0 ? "one" : "c", [id % 2 === 0 ? "one" : "c"]),
  );
  const { host, summary } = await run({
    "/repo/specs/a.spec.json": JSON.stringify(cases),
    "/repo/specs/b.spec.json": JSON.stringify([uses(900, "c", ["c"])]),
    "/repo/specs/c.spec.md": markdown(
      library({ c: ["var", "one"] }, { imports: ["../lib/one.yaml"] }),
    ),
    "/repo/lib/one.yaml": library({ one: 1 }),
  });
  assertEquals([summary.passed, summary.failed], [301, 0]);
  const reads = host.reads.filter((path) => !path.endsWith(".json"));
  assertEquals(reads.toSorted(), ["/repo/lib/one.yaml", "specs/c.spec.md"]);
});

Deno.test("a document in memory is a library for its neighbours, and counts more than a file", async () => {
  const memory = (path: string, text: string): SuiteDocument => ({
    path,
    format: "json",
    bytes: new TextEncoder().encode(text),
  });
  const host = new MemoryHost({
    files: { "/repo/lib.json": library({ one: "old" }) },
    cwd: "/repo",
  });
  const summary = await runSuite({
    documents: [
      memory(
        "a.spec.json",
        using({ "library_paths": ["lib.json"] }, ["eq", ["var", "one"], 1]),
      ),
      memory("lib.json", library({ one: 1 })),
    ],
    reporters: [],
    types: new Map([["text.file", {
      name: "text.file",
      keys: [],
      harnessKeys: ["spec_lang"],
      targets: { text: ["evaluate"] },
      capabilities: [],
      compile: () => ({
        exclusive: false,
        run: (_context, judge) => Promise.try(() => judge(() => "")),
      }),
    }]]),
  }, host);
  assertEquals([summary.passed, summary.failed], [1, 0]);
});

Deno.test("reports of suites with libraries are the same, however many cases run at a time", async () => {
  const cases = Array.from({ length: 60 }, (_, id) => ({
    ...JSON.parse(using({
      "library_paths": [["lib.yaml", "gone.yaml", "bad.yaml"][id % 3] ?? ""],
    }, ["eq", ["var", "one"], id % 2])),
    id: `A-${id}`,
  }));
  const files = {
    "/repo/specs/a.spec.json": JSON.stringify(cases),
    "/repo/specs/lib.yaml": library({ one: 1 }),
    "/repo/specs/bad.yaml": library({ one: ["two"] }),
  };
  const texts = [];
  for (const jobs of [1, 8]) {
    let text = "";
    const sink = { write: (piece: string) => void (text += piece) };
    await run(files, { jobs, reporters: [jsonReporter(sink)] });
    texts.push(text);
  }
  assertEquals(texts[0], texts[1]);
  const { results } = JSON.parse(texts[0] ?? "");
  assertEquals(results.length, 60);
});
