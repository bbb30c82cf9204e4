import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Json, JsonObject } from "../json.ts";
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
  "imports, relative to the library": [
    {
      "/repo/specs/lib/a.yaml": library({ a: is("b", 1) }, {
        imports: ["deep/b.yaml"],
      }),
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
