import { assertEquals } from "@std/assert";
import { readQuickly } from "./_quick_yaml.ts";
import { readWithLibrary } from "./_yaml.ts";
import { parseDocument } from "./parse.ts";
import { extractBlocks } from "./extract.ts";

function* pages(folder: URL): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) yield* pages(url);
    else if (name.endsWith(".md")) yield Deno.readTextFileSync(url);
  }
}

function* blocks(): Generator<string> {
  for (const folder of ["../specs/", "../docs/"]) {
    for (const page of pages(new URL(folder, import.meta.url))) {
      for (const part of extractBlocks("p", page)) {
        if (part.kind === "block") yield part.text;
      }
    }
  }
}

Deno.test("readQuickly() reads most cases of this repository, and as the library does", () => {
  let all = 0;
  let quick = 0;
  for (const text of blocks()) {
    all++;
    const found = readQuickly(text);
    if (found === undefined) continue;
    quick++;
    const { value } = readWithLibrary(text);
    assertEquals(found.value, value);
    assertEquals(JSON.stringify(found.value), JSON.stringify(value));
  }
  assertEquals(all > 100, true);
  assertEquals(quick / all > 0.7, true, `${quick} of ${all}`);
});

/** Texts, and what they say. */
const COMMON: Readonly<Record<string, unknown>> = {
  "a: b\n": { a: "b" },
  "# c\n\n  a: b # c\n": { a: "b" },
  "a:\n- b\n- 1\nc: d\n": { a: ["b", 1], c: "d" },
  "a:\n  - b: 1\n    c: [x, {y: -2}, ]\n  - - z\n": {
    a: [{ b: 1, c: ["x", { y: -2 }] }, ["z"]],
  },
  "a: 'it''s'\nb: \"\\\"\\n\\\\\"\nc: 'a: b # c'\n": {
    a: "it's",
    b: '"\n\\',
    c: "a: b # c",
  },
  "a: ~\nb: null\nc:\nd: True\ne: yes\n": {
    ...{ a: null, b: null, c: null, d: true, e: "yes" },
  },
  "a: |\n  b\n\n    c\n\nd: |-\n  e\nf: |+\n  g\n\n": {
    a: "b\n\n  c\n",
    d: "e",
    f: "g\n\n",
  },
  "a: [b,\n  'c',\n  d e\n]\n": { a: ["b", "c", "d e"] },
  "a: [b: [c: 1], d]\n": { a: [{ b: [{ c: 1 }] }, "d"] },
  "constructor: a\nb: [-v, --w, ../x, .]\n": {
    constructor: "a",
    b: ["-v", "--w", "../x", "."],
  },
};

/** What is left to the library. */
const UNUSUAL = [
  ...["", "a", "a: b", "[a]\n", "- \n- a\n", "? a\n", "a: *b\n", "a: &b c\n"],
  ...["a: !!str 1\n", "a: 1.5\n", "a: 010\n", "a: 2001-01-01\n", "a: >\n  b\n"],
  ...["a: b\n  c\n", "a: 'b\n  c'\n", "a: b: c\n", "a: b\na: c\n", "<<: a\n"],
  ...[
    "__proto__: a\n",
    "true: a\n",
    "1: a\n",
    '"a": b\n',
    "a:\tb\n",
    "a: b\r\n",
  ],
  ...["a: b\n--- \n", "a: [b\n", "a: [-]\n", "a: [b: c: d]\n", "a: {b}\n"],
  ...[
    "a: |2\n  b\n",
    "a: \ud800\n",
    "\ufeffa: b\n",
    "a: @b\n",
    "a: '\n",
    "%a\n",
  ],
  `a: ${"[".repeat(51)}${"]".repeat(51)}\n`,
];

Deno.test("readQuickly() reads the common shape, and leaves the rest alone", () => {
  for (const [text, value] of Object.entries(COMMON)) {
    assertEquals(readQuickly(text)?.value, value, text);
  }
  for (const text of UNUSUAL) assertEquals(readQuickly(text), undefined, text);
});

Deno.test("readQuickly() leaves no trace in what cases say", () => {
  const text = "```yaml spec-test\nid: 'A'\ntags: [2001, 'b']\n```\n";
  const bytes = new TextEncoder().encode(text);
  const [one] = parseDocument({ path: "p", format: "md" }, bytes);
  assertEquals(one?.kind === "case" && one.locate(["tags", 1]), {
    path: "p",
    line: 3,
    column: 14,
  });
});
