import { assertEquals } from "@std/assert";
import type { KeyPath, SourceCase } from "./case.ts";
import { parseBlock, parseDocument } from "./parse.ts";

function cases(text: string, indent = 0): readonly SourceCase[] {
  return parseBlock({
    kind: "block",
    path: "p",
    line: 0,
    bodyLine: 1,
    indent,
    text,
  }).map((one) => {
    if (one.kind === "case") return one;
    throw new Error(`${one.location.line}: ${one.message}`);
  });
}

function place(source: SourceCase | undefined, path: KeyPath): string {
  const location = source?.locate(path);
  return `${location?.line}:${location?.column}`;
}

const NESTED = `# comment: x
id: A            # id: B
"type": cli.run
'quo''ted': 1
"esc\\u0061ped": 2
? explicit
: 3
text: |
  id: fake
  harness:
    env: fake

  assert: fake
folded: >-
    title: fake
plain: several words
  id of several lines
quoted: "title
  harness: fake
  "
harness:

  # env: fake
  env:
      LANG: C
      DEBUG: null
  files:
  - path: a
    text: |
      - path: fake
  -   path: b
      text: x
  -
    path: c
  - - 1
    - {x: 1, y: [2, {z: 3}]}
assert:
- must:
    - contain: [a, "b",
        c]
    - regex:
      - x
title: last
`;

const PLACES: readonly (readonly [string, KeyPath])[] = [
  ["2:1", []],
  ["2:1", ["id"]],
  ["3:1", ["type"]],
  ["4:1", ["quo'ted"]],
  ["5:1", ["escaped"]],
  ["6:1", ["explicit"]],
  ["8:1", ["text"]],
  ["14:1", ["folded"]],
  ["16:1", ["plain"]],
  ["18:1", ["quoted"]],
  ["21:1", ["harness"]],
  ["24:3", ["harness", "env"]],
  ["25:7", ["harness", "env", "LANG"]],
  ["26:7", ["harness", "env", "DEBUG"]],
  ["27:3", ["harness", "files"]],
  ["28:3", ["harness", "files", 0]],
  ["28:5", ["harness", "files", 0, "path"]],
  ["29:5", ["harness", "files", 0, "text"]],
  ["31:3", ["harness", "files", 1]],
  ["31:7", ["harness", "files", 1, "path"]],
  ["32:7", ["harness", "files", 1, "text"]],
  ["33:3", ["harness", "files", 2]],
  ["34:5", ["harness", "files", 2, "path"]],
  ["35:5", ["harness", "files", 3, 0]],
  ["36:5", ["harness", "files", 3, 1]],
  ["36:8", ["harness", "files", 3, 1, "x"]],
  ["36:14", ["harness", "files", 3, 1, "y"]],
  ["36:18", ["harness", "files", 3, 1, "y", 0]],
  ["36:22", ["harness", "files", 3, 1, "y", 1, "z"]],
  ["37:1", ["assert"]],
  ["38:3", ["assert", 0, "must"]],
  ["39:7", ["assert", 0, "must", 0, "contain"]],
  ["39:17", ["assert", 0, "must", 0, "contain", 0]],
  ["39:20", ["assert", 0, "must", 0, "contain", 1]],
  ["40:9", ["assert", 0, "must", 0, "contain", 2]],
  ["42:7", ["assert", 0, "must", 1, "regex", 0]],
  ["43:1", ["title"]],
];

Deno.test("locate() finds every key and item of a case", () => {
  const [source] = cases(NESTED);
  for (const [wanted, path] of PLACES) {
    assertEquals(place(source, path), wanted, path.join("."));
  }
});

Deno.test("locate() finds the closest ancestor of what is not there", () => {
  const [source] = cases(NESTED);
  const paths: readonly (readonly [string, KeyPath])[] = [
    ["2:1", ["missing"]],
    ["2:1", [0]],
    ["2:1", ["__proto__"]],
    ["2:1", ["toString", "x"]],
    ["24:3", ["harness", "env", "missing"]],
    ["25:7", ["harness", "env", "LANG", "x"]],
    ["27:3", ["harness", "files", 9, "path"]],
    ["27:3", ["harness", "files", "path"]],
    ["28:3", ["harness", "files", 0, 0]],
  ];
  for (const [wanted, path] of paths) {
    assertEquals(place(source, path), wanted, path.join("."));
  }
});

Deno.test("locate() stays in its own case of a list", () => {
  const found = cases(`# cases
- id: A
  tags: [x]

# next
- title: |
    - id: fake
  id: B
-
  id: C
- {id: D,
   tags: []}
`);
  assertEquals(found.map((one) => place(one, [])), [
    "2:1",
    "6:1",
    "9:1",
    "11:1",
  ]);
  assertEquals(found.map((one) => place(one, ["id"])), [
    "2:3",
    "8:3",
    "10:3",
    "11:4",
  ]);
  assertEquals(found.map((one) => place(one, ["missing"])), [
    "2:1",
    "6:1",
    "9:1",
    "11:1",
  ]);
  assertEquals(place(found[3], ["tags"]), "12:4");
});

const LISTS: Readonly<Record<string, string[]>> = {
  "[{id: A},\n {id: B}, {id: C}]": ["1:2", "2:2", "2:11"],
  "---\n- id: A\n- id: B\n": ["2:1", "3:1"],
  "--- # c\n  - id: A\n  - id: B\n": ["2:3", "3:3"],
  "&x\n- id: A\n- id: B\n": ["2:1", "3:1"],
  "- a: 'x\n- y'\n- b: 1": ["1:1", "3:1"],
  "- a: [1,\n2]\n- b: 1": ["1:1", "3:1"],
  "%YAML 1.2\n--- \n- a: 1\n- b: 1": ["3:1", "4:1"],
};

Deno.test("location is that of the case's own item", () => {
  for (const [text, places] of Object.entries(LISTS)) {
    assertEquals(cases(text).map((one) => place(one, [])), places, text);
    assertEquals(
      cases(text).map(({ location }) => `${location.line}:${location.column}`),
      places,
      text,
    );
  }
});

Deno.test("locate() does not follow aliases and merges", () => {
  const [source] = cases(`base: &base
  env: {LANG: C}
  argv: [a]
copy: *base
harness:
  <<: *base
  stdin: x
`);
  const paths: readonly (readonly [string, KeyPath])[] = [
    ["2:3", ["base", "env"]],
    ["2:9", ["base", "env", "LANG"]],
    ["4:1", ["copy"]],
    ["4:1", ["copy", "env", "LANG"]],
    ["5:1", ["harness", "env"]],
    ["5:1", ["harness", "argv", 0]],
    ["7:3", ["harness", "stdin"]],
  ];
  for (const [wanted, path] of paths) {
    assertEquals(place(source, path), wanted, path.join("."));
  }
});

Deno.test("locate() adds the indentation of the fence", () => {
  const [source] = cases("id: A\nharness:\n  env: {}\n", 4);
  assertEquals(place(source, ["harness", "env"]), "3:7");
  assertEquals(place(source, []), "1:5");
});

Deno.test("locate() finds the keys of a JSON document", () => {
  const text = `[
  {"id": "A", "tags": ["x", "y"]},
  {"id": "B",
   "a\\u0062": {"<<": 1}}
]`;
  const found = parseDocument(
    { path: "p", format: "json" },
    new TextEncoder().encode(text),
  ).map((one) => one.kind === "case" ? one : undefined);
  assertEquals(found.map((one) => place(one, [])), ["2:3", "3:3"]);
  assertEquals(place(found[0], ["tags", 1]), "2:29");
  assertEquals(place(found[1], ["ab"]), "4:4");
  assertEquals(place(found[1], ["ab", "<<"]), "4:16");
  assertEquals(place(found[1], ["none"]), "3:3");
});

Deno.test("a case can be copied with its place", () => {
  const [source] = cases("id: A");
  assertEquals({ ...source }.location, { path: "p", line: 1, column: 1 });
});
