import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import type { Json, JsonObject } from "../json.ts";
import { Libraries } from "./libraries.ts";
import { type Files, library, markdown, run, using } from "./_testing.ts";

/** How the one case of `specs/a.spec.json` ends. */
async function endOf(
  files: Files,
  specLang: JsonObject,
  expression?: Json,
): Promise<string> {
  const { results } = await run({
    ...files,
    "/repo/specs/a.spec.json": using(specLang, expression),
  });
  assertEquals(results.length, 1);
  const { status, category, message } = results[0] ?? {};
  return status === "fail" ? `${category} ${message}` : `${status}`;
}

const paths = (...names: string[]) => ({ "library_paths": names });
const is = (name: string, value: Json): Json => ["eq", ["var", name], value];
const call = (name: string, ...args: Json[]): Json => [
  "call",
  ["var", name],
  ...args,
];

const TWICE = ["fn", ["n"], ["add", ["var", "n"], ["var", "n"]]];

/** What is in the files, what the case says, and an expression that holds. */
const LOADS: Readonly<Record<string, readonly [Files, JsonObject, Json]>> = {
  "a YAML file": [
    { "/repo/specs/lib.yaml": library({ one: 1 }) },
    paths("lib.yaml"),
    is("one", 1),
  ],
  "a YML file that is a list, in another folder": [
    {
      "/repo/lib/two.yml": `[${library({ one: 1 })}, ${library({ two: 2 })}]`,
    },
    paths("../lib/two.yml"),
    ["and", is("one", 1), is("two", 2)],
  ],
  "a JSON file": [
    { "/repo/specs/lib.json": library({ twice: TWICE }) },
    paths("lib.json"),
    ["eq", call("twice", 21), 42],
  ],
  "a Markdown document, among cases": [
    {
      "/repo/lib.spec.md": "# Numbers\n" + markdown(
        library({ twice: TWICE }),
        JSON.stringify({ id: "case", type: "no.such.type" }),
        library({
          quad: ["fn", ["n"], call("twice", call("twice", ["var", "n"]))],
        }),
      ),
    },
    paths("../lib.spec.md"),
    ["eq", call("quad", 3), 12],
  ],
  "libraries of one file that need each other": [
    {
      "/repo/specs/lib.md": markdown(
        library({ a: call("b") }),
        library({ b: ["fn", [], 7] }),
      ),
    },
    paths("lib.md"),
    is("a", 7),
  ],
  "imports, relative to the library, and what they import": [
    {
      "/repo/specs/lib/a.yaml": library({
        a: ["and", is("b", 1), is("c", 1)],
      }, { imports: ["deep/b.yaml"] }),
      "/repo/specs/lib/deep/b.yaml": library({ b: ["var", "c"] }, {
        imports: ["../../c.yaml"],
      }),
      "/repo/specs/c.yaml": library({ c: 1 }),
    },
    paths("lib/a.yaml"),
    ["and", ["var", "a"], is("c", 1)],
  ],
  "a diamond": [
    {
      "/repo/specs/l.yaml": library({ l: ["var", "base"] }, {
        imports: ["base.yaml"],
      }),
      "/repo/specs/r.yaml": library({ r: ["var", "base"] }, {
        imports: ["./x/../base.yaml", "base.yaml"],
      }),
      "/repo/specs/base.yaml": library({ base: 5 }),
      "/repo/specs/x": { kind: "directory" },
    },
    paths("l.yaml", "r.yaml", "l.yaml", "base.yaml"),
    ["eq", ["add", ["var", "l"], ["var", "r"]], 10],
  ],
  "one file under two names": [
    {
      "/repo/specs/a.yaml": library({ a: 1 }),
      "/repo/specs/link.yaml": { kind: "symlink", target: "a.yaml" },
    },
    paths("a.yaml", "link.yaml"),
    is("a", 1),
  ],
  "the document the case stands in": [
    {
      "/repo/specs/z.spec.md": markdown(library({ here: 1 })),
    },
    paths("z.spec.md"),
    is("here", 1),
  ],
  "a library that exports what it imports": [
    {
      "/repo/specs/a.yaml": library({ a: 1 }, {
        imports: ["b.yaml"],
        exports: ["a", "b"],
      }),
      "/repo/specs/b.yaml": library({ b: 2 }),
    },
    paths("a.yaml"),
    ["and", is("a", 1), is("b", 2)],
  ],
  "a file with cases that are wrong": [
    {
      "/repo/specs/page.md": markdown(
        "{id: x, type: text.file, pth: y}",
        "{type: cli.run}",
        library({ a: 1 }),
      ),
    },
    paths("page.md"),
    is("a", 1),
  ],
  "names of objects": [
    {
      "/repo/specs/lib.yaml": library({
        constructor: 1,
        toString: ["var", "constructor"],
        eq: 3,
      }),
    },
    { ...paths("lib.yaml"), exports: ["toString", "eq"] },
    ["and", is("toString", 1), is("eq", 3)],
  ],
  "names of the case before those of libraries": [
    { "/repo/specs/lib.yaml": library({ x: 1 }) },
    paths("lib.yaml"),
    ["let", [["x", 2]], is("x", 2)],
  ],
  "no libraries at all": [{}, paths(), true],
  "no exports at all": [{}, { exports: [] }, true],
};

for (const [name, [files, specLang, expression]] of Object.entries(LOADS)) {
  Deno.test(`a case loads ${name}`, async () => {
    assertEquals(await endOf(files, specLang, expression), "pass");
  });
}

const NUMBERS: Files = {
  "/repo/specs/lib.yaml": library({
    open: ["var", "secret"],
    secret: ["var", "deepOpen"],
  }, { exports: ["open"], imports: ["deep.yaml"] }),
  "/repo/specs/deep.yaml": library({
    deepOpen: ["var", "deepSecret"],
    deepSecret: 5,
  }, { exports: ["deepOpen"] }),
};

/** What the case exports, an expression, and how it ends. */
const VIEWS: readonly (readonly [Json | undefined, Json, string])[] = [
  [undefined, is("open", 5), "pass"],
  [undefined, is("deepOpen", 5), "pass"],
  [
    undefined,
    is("secret", 5),
    'undefined variable "secret", a function of that name is loaded but not exported',
  ],
  [
    undefined,
    is("deepSecret", 5),
    'undefined variable "deepSecret", a function of that name',
  ],
  [undefined, is("opne", 5), 'undefined variable "opne", did you mean "open"?'],
  [
    undefined,
    ["open"],
    'unsupported spec_lang symbol "open", to call the function of that name write ["call", ["var", "open"], …]',
  ],
  [["secret", "deepSecret", "secret"], [
    "and",
    is("secret", 5),
    is("deepSecret", 5),
  ], "pass"],
  [
    ["secret"],
    is("open", 5),
    'undefined variable "open", a function of that name',
  ],
  [[], is("open", 5), 'undefined variable "open", a function of that name'],
  [["secert"], true, "specs/a.spec.json:1:"],
  [
    ["secert"],
    true,
    'unknown symbol "secert" in "exports": did you mean "secret"?',
  ],
  [["constructor"], true, 'unknown symbol "constructor" in "exports"'],
];

Deno.test("a case sees what libraries export, or what it asks for itself", async () => {
  for (const [exports, expression, wanted] of VIEWS) {
    const specLang = { ...paths("lib.yaml"), ...(exports && { exports }) };
    const end = await endOf(NUMBERS, specLang, expression);
    assertStringIncludes(end, wanted);
    if (wanted !== "pass") assertMatch(end, /^schema specs\/a\.spec\.json:1:/);
  }
});

const lib = "/repo/specs/lib.yaml";
const deep = "/repo/specs/deep.yaml";
const importing = (...imports: Json[]) => ({
  [lib]: library({ a: 1 }, { imports }),
});

/**
 * What is in the files, what the case says, and the message without the place
 * in the case.
 */
const REFUSED: Readonly<Record<string, readonly [Files, JsonObject, string]>> =
  {
    "a missing file": [
      {},
      paths("gone.yaml"),
      'cannot load library "gone.yaml": no such file or directory; the path begins at the folder of the document that names the library (specs/a.spec.json -> specs/gone.yaml)',
    ],
    "a file whose name has a slip": [
      { [lib]: library({ a: 1 }), "/repo/specs/libs.yaml/x": "" },
      paths("libs.yml"),
      'cannot load library "libs.yml": no such file or directory; did you mean "lib.yaml"? (specs/a.spec.json -> specs/libs.yml)',
    ],
    "a file in a folder that is not there": [
      {},
      paths("gone/lib.yaml"),
      'cannot load library "gone/lib.yaml": no such file or directory; the path begins at the folder of the document that names the library (specs/a.spec.json -> specs/gone/lib.yaml)',
    ],
    "a missing import": [
      importing("gone.yaml"),
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:1:73: cannot load library "gone.yaml": no such file or directory; the path begins at the folder of the document that names the library (specs/a.spec.json -> specs/lib.yaml -> specs/gone.yaml)',
    ],
    "a directory": [
      {},
      paths("../specs"),
      'cannot load library "../specs": it is a directory: name the file (specs/a.spec.json -> specs)',
    ],
    "a broken link": [
      { [lib]: { kind: "symlink", target: "gone" } },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": it is a broken symbolic link (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "something that is no file": [
      { [lib]: { kind: "other" } },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": it is a device or a pipe, not a file (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "a file it may not read": [
      { [lib]: { kind: "file", mode: 0 } },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": permission denied (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "an absolute path": [
      { [lib]: library({ a: 1 }) },
      paths("/repo/specs/lib.yaml"),
      'cannot load library "/repo/specs/lib.yaml": library path must be relative; it begins at the folder of the document that names the library',
    ],
    "an absolute import": [
      importing("/repo/specs/deep.yaml"),
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:1:73: cannot load library "/repo/specs/deep.yaml": library path must be relative; it begins at the folder of the document that names the library (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "a path with a NUL": [
      {},
      paths("lib\0.yaml"),
      'cannot load library "lib\\x00.yaml": library path must not hold a NUL character',
    ],
    "an escape": [
      { "/other/lib.yaml": library({ a: 1 }) },
      paths("../../other/lib.yaml"),
      'cannot load library "../../other/lib.yaml": library path escapes contract root: move the library inside or choose the root with --contract-root (specs/a.spec.json -> ../other/lib.yaml)',
    ],
    "an escape to nothing": [
      {},
      paths("../../gone/lib.yaml"),
      'cannot load library "../../gone/lib.yaml": library path escapes contract root: move the library inside or choose the root with --contract-root (specs/a.spec.json -> ../gone/lib.yaml)',
    ],
    "an escape by a link": [
      {
        "/other/lib.yaml": library({ a: 1 }),
        "/repo/specs/out": { kind: "symlink", target: "../../other" },
        [lib]: { kind: "symlink", target: "out/lib.yaml" },
      },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": library path escapes contract root: move the library inside or choose the root with --contract-root (specs/a.spec.json -> ../other/lib.yaml)',
    ],
    "an escape of an import": [
      {
        ...importing("../../other/deep.yaml"),
        "/other/deep.yaml": library({ a: 1 }),
      },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:1:73: cannot load library "../../other/deep.yaml": library path escapes contract root: move the library inside or choose the root with --contract-root (specs/a.spec.json -> specs/lib.yaml -> ../other/deep.yaml)',
    ],
    "a file without a library": [
      { "/repo/specs/page.md": markdown("{id: x, type: text.file}") },
      paths("page.md"),
      'cannot load library "page.md": there is no library in it, that is, no case of type spec_lang.library (specs/a.spec.json -> specs/page.md)',
    ],
    "a file that is not YAML": [
      { [lib]: "id: [" },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:',
    ],
    "a library without functions": [
      { [lib]: "\nid: x\ntype: spec_lang.library\n" },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:2:1: library has no "functions" (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "a cycle": [
      {
        [lib]: library({ a: 1 }, { imports: ["deep.yaml"] }),
        [deep]: library({ b: 1 }, { imports: ["lib.yaml"] }),
      },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/deep.yaml:1:73: cannot load library "lib.yaml": libraries import each other in a circle (specs/a.spec.json -> specs/lib.yaml -> specs/deep.yaml -> specs/lib.yaml)',
    ],
    "a library that imports itself by another name": [
      {
        ...importing("./link.yaml"),
        "/repo/specs/link.yaml": { kind: "symlink", target: "lib.yaml" },
      },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:1:73: cannot load library "./link.yaml": libraries import each other in a circle (specs/a.spec.json -> specs/lib.yaml -> specs/lib.yaml)',
    ],
    "a symbol twice over two libraries": [
      { [lib]: library({ a: 1 }), [deep]: library({ a: 1 }) },
      paths("lib.yaml", "deep.yaml"),
      'cannot load library "deep.yaml": specs/deep.yaml:1:55: function "a" is defined twice, first at specs/lib.yaml:1:55 (specs/a.spec.json -> specs/deep.yaml)',
    ],
    "a symbol twice, though neither is exported": [
      {
        [lib]: library({ a: 1 }, { exports: [], imports: ["deep.yaml"] }),
        [deep]: library({ a: 1 }, { exports: [] }),
      },
      { ...paths("lib.yaml"), exports: [] },
      'cannot load library "lib.yaml": specs/lib.yaml:1:55: function "a" is defined twice, first at specs/deep.yaml:1:55 (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "a symbol twice in one file": [
      { "/repo/specs/lib.md": markdown(library({ a: 1 }), library({ a: 2 })) },
      paths("lib.md"),
      'cannot load library "lib.md": specs/lib.md:6:55: function "a" is defined twice, first at specs/lib.md:2:55 (specs/a.spec.json -> specs/lib.md)',
    ],
    "an export of an unknown symbol": [
      { [lib]: library({ alpha: 1 }, { exports: ["alpah"] }) },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:1:81: unknown symbol "alpah" in "exports": did you mean "alpha"? (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "a function that is no expression": [
      { [lib]: library({ a: ["lenn", 1] }) },
      paths("lib.yaml"),
      'cannot load library "lib.yaml": specs/lib.yaml:1:55: library function "a": unsupported spec_lang symbol "lenn", did you mean "len"? (specs/a.spec.json -> specs/lib.yaml)',
    ],
    "a function of a library that is loaded but not imported": [
      { [lib]: library({ a: 1 }), [deep]: library({ b: ["var", "a"] }) },
      paths("lib.yaml", "deep.yaml"),
      'cannot load library "deep.yaml": specs/deep.yaml:1:55: library function "b": undefined variable "a" (specs/a.spec.json -> specs/deep.yaml)',
    ],
    "a function that its library does not export": [
      {
        [lib]: library({ a: ["var", "b"] }, { imports: ["deep.yaml"] }),
        [deep]: library({ b: 1, c: 2 }, { exports: ["c"] }),
      },
      paths("lib.yaml"),
      'library function "a": undefined variable "b", a function of that name is loaded but not exported',
    ],
  };

for (const [name, [files, specLang, text]] of Object.entries(REFUSED)) {
  Deno.test(`a case cannot load ${name}`, async () => {
    const end = await endOf(files, specLang);
    assertMatch(end, /^schema specs\/a\.spec\.json:1:\d+: /);
    const message = end.replace(/^schema [^ ]+:\d+:\d+: /, "");
    if (text.endsWith(":") || !text.startsWith("cannot")) {
      assertStringIncludes(message, text);
    } else assertEquals(message, text);
  });
}

/** The folder of the case, its library, `--contract-root`, and how it ends. */
const ROOTS:
  readonly (readonly [string, string, string | undefined, string])[] = [
    ["/x/specs", "../lib/l.yaml", undefined, "pass"],
    ["/x/specs", "lib/l.yaml", undefined, "pass"],
    ["/x/specs/deep", "../../lib/l.yaml", undefined, "escapes contract root"],
    ["/x/specs/deep", "../../lib/l.yaml", "/x", "pass"],
    ["/x/specs", "../lib/l.yaml", "/x/specs", "escapes contract root"],
  ];

Deno.test("libraries stay inside the contract root: without .git the folder above the document's", async () => {
  for (const [folder, path, contractRoot, wanted] of ROOTS) {
    const { results } = await run({
      "/repo/.git": { kind: "directory" },
      [`${folder}/a.spec.json`]: using(paths(path)),
      "/x/lib/l.yaml": library({ a: 1 }),
      "/x/specs/lib/l.yaml": library({ a: 1 }),
    }, {
      paths: [`${folder}/a.spec.json`],
      ...(contractRoot === undefined ? {} : { contractRoot }),
    });
    const { status, message } = results[0] ?? {};
    assertStringIncludes(message ?? String(status), wanted);
  }
});

Deno.test("an import stays inside the contract root of the case, not of its library", async () => {
  const files = {
    "/x/specs/a.spec.json": using(paths("../l.yaml")),
    "/x/l.yaml": library({ a: 1 }, { imports: ["../y/m.yaml"] }),
    "/y/m.yaml": library({ m: 1 }),
  };
  const { results } = await run(files, { paths: ["/x/specs/a.spec.json"] });
  assertStringIncludes(
    results[0]?.message ?? "",
    "escapes contract root: move the library inside or choose the root with --contract-root (/x/specs/a.spec.json -> /x/l.yaml -> /y/m.yaml)",
  );
});

Deno.test("a library is read where its path leads, not where it is named", async () => {
  const { host } = await run({
    "/repo/specs/a.spec.json": using(paths("link/l.yaml")),
    "/repo/specs/link": { kind: "symlink", target: "../lib" },
    "/repo/lib/l.yaml": library({ a: 1 }),
  });
  assertEquals(host.reads.filter((path) => path.endsWith("l.yaml")), [
    "/repo/lib/l.yaml",
  ]);
});

/** A value of as many nodes, three at least. */
const large = (nodes: number): Json => [
  "and",
  ...Array.from({ length: nodes - 2 }, () => 1),
];

Deno.test("a function is as large as the defaults allow, whatever the case allows itself", async () => {
  const files = (nodes: number) => ({
    "/repo/specs/lib.json": library({ a: large(nodes) }),
  });
  const steps = { "max_steps": 30_000, "timeout_ms": 0 };
  const small = { ...paths("lib.json"), ...steps, "max_nodes": 6 };
  const wide = { ...paths("lib.json"), ...steps, "max_nodes": 90_000 };
  assertEquals(await endOf(files(20_000), small, ["var", "a"]), "pass");
  const end = await endOf(files(20_001), wide, ["var", "a"]);
  assertMatch(
    end,
    /^runtime .* spec_lang budget exceeded: nodes \(more than 20000 nodes\); no key raises this for a library: divide it into more functions/,
  );
});

Deno.test("cases share what is compiled, whatever they export", () => {
  const host = new MemoryHost({
    files: { "/repo/lib.yaml": library({ a: 1, b: ["var", "a"] }) },
    cwd: "/repo",
  });
  const location = { path: "a.spec.md", line: 1, column: 1 };
  const source = (path: string) => ({
    kind: "case" as const,
    value: {},
    location: { ...location, path },
    locate: () => location,
  });
  const libraries = new Libraries({ host });
  const libraryPaths = ["lib.yaml"];
  const all = { libraryPaths, exports: undefined };
  const view = libraries.symbolsFor(source("a.spec.md"), all);
  assertEquals([...view.symbols.keys()], ["a", "b"]);
  assert(libraries.symbolsFor(source("a.spec.md"), all) === view);
  const some = { libraryPaths, exports: ["b"] };
  for (const path of ["a.spec.md", "b.spec.md"]) {
    const { symbols } = libraries.symbolsFor(source(path), some);
    assertEquals([...symbols.keys()], ["b"]);
    assert(symbols.get("b") === view.symbols.get("b"));
  }
});

Deno.test("a lattice of libraries is gone through once, also for a name that is nowhere", async () => {
  const depth = 40;
  const files: Record<string, string> = {};
  for (let at = 0; at < depth; at++) {
    const imports = at + 1 < depth
      ? [`l${at + 1}.json`, `r${at + 1}.json`]
      : [];
    files[`/repo/lib/l${at}.json`] = library({ [`l${at}`]: 1 }, { imports });
    files[`/repo/lib/r${at}.json`] = library({ [`r${at}`]: 1 }, { imports });
  }
  const top = library({ top: ["var", "nowhere"] }, {
    imports: ["l0.json", "r0.json"],
  });
  const end = await endOf(
    { ...files, "/repo/lib/top.json": top },
    paths("../lib/top.json"),
  );
  assertStringIncludes(end, 'undefined variable "nowhere"');
});
