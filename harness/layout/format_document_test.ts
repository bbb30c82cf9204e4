import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { CaseFormat } from "../discover.ts";
import { parseDocument } from "../parse.ts";
import { randomYaml } from "./_random_yaml_testing.ts";
import { formatDocument, type FormattedDocument } from "./format_document.ts";

const encoder = new TextEncoder();

function format(text: string, kind: CaseFormat = "yaml"): FormattedDocument {
  const document = { path: `a.spec.${kind}`, format: kind };
  return formatDocument(document, encoder.encode(text));
}

/** What a document says. */
function said(text: string, kind: CaseFormat = "yaml"): unknown {
  const document = { path: "a", format: kind };
  return parseDocument(document, encoder.encode(text)).map((one) =>
    one.kind === "case" ? one.value : one.message
  );
}

/** Texts as they are written, and as they are laid out. */
const LAID: Readonly<Record<string, readonly [string, string]>> = {
  "spaces behind dashes, colons and commas": [
    "-   a:   1\n    b :  [x,y ,z]\n    c:\n    -   - d\n        - e\n",
    "- a: 1\n  b: [x, y, z]\n  c:\n    - - d\n      - e\n",
  ],
  "spaces in braces, none in brackets, none between both": [
    "a: {b: [ 1,2 ],c: { }}\nd: [ ]\ne: {f}\n",
    "a: { b: [1, 2], c: {} }\nd: []\ne: { f }\n",
  ],
  "indentation by two, of lists below keys, too": [
    " a:\n     b:\n     - c\n     -\n        d: e\n f: 1\n",
    "a:\n  b:\n    - c\n    -\n      d: e\nf: 1\n",
  ],
  "no space at line ends, and blank lines as they are": [
    "a: 1  \n\n \nb:\n\n  - c\n \n",
    "a: 1\n\n\nb:\n\n  - c\n\n",
  ],
  "brackets on one line if that is short enough": [
    "a: [b,\n  [c,\n   d],\n  e]\nf:\n   [g\n   ]\n",
    "a: [b, [c, d], e]\nf:\n  [g]\n",
  ],
  "each item on a line if it is not": [
    `- e: [and, [contains, [subject], "${
      "x".repeat(26)
    }"], [eq, [len, [subject]], 3]]\n`,
    `- e: [\n    and,\n    [contains, [subject], "${
      "x".repeat(26)
    }"],\n    [eq, [len, [subject]], 3]\n  ]\n`,
  ],
  "a comma behind the last item stays": [
    `a: [b, c,]\nd: [${"x".repeat(40)}, ${"y".repeat(40)},]\n`,
    `a: [b, c,]\nd: [\n  ${"x".repeat(40)},\n  ${"y".repeat(40)},\n]\n`,
  ],
  "a long mapping in a long mapping": [
    `- {k: {a: ${"x".repeat(40)}, b: ${"y".repeat(30)}}, c: 1}\n`,
    `- {\n    k: {\n      a: ${"x".repeat(40)},\n      b: ${
      "y".repeat(30)
    }\n    },\n    c: 1\n  }\n`,
  ],
  "text of several lines moves with its key": [
    "a:\n    b: |\n         c\n           d\n\n         e\n    f: g\n      h\n    i: 'j\n\n      k'\n",
    "a:\n  b: |\n       c\n         d\n\n       e\n  f: g\n    h\n  i: 'j\n\n    k'\n",
  ],
  "text with an indicator of its indentation": [
    "a:\n    b: |2-\n        c\n      d\n",
    "a:\n  b: |2-\n      c\n    d\n",
  ],
  "comments stay as they are, in line with what they stand by": [
    "# a   b \na:\n    # of b\n    - b   # behind,  and so on\n    # of a\n# of c\nc: 1\n    # odd\n",
    "# a   b \na:\n  # of b\n  - b   # behind,  and so on\n  # of a\n# of c\nc: 1\n# odd\n",
  ],
  "a comment above a list that was not indented": [
    "a:\n# of b\n- b\n",
    "a:\n  # of b\n  - b\n",
  ],
  "an alias as a key": [
    "a: &x b\n*x  : 1\nc: {*x  :  2}\n",
    "a: &x b\n*x  : 1\nc: { *x : 2 }\n",
  ],
  "items with their comma have to fit": [
    `a: [[b, ${"c".repeat(73)}], d]\ne: [[f, ${"g".repeat(72)}], h]\n`,
    `a: [\n  [\n    b,\n    ${"c".repeat(73)}\n  ],\n  d\n]\ne: [\n  [f, ${
      "g".repeat(72)
    }],\n  h\n]\n`,
  ],
  "values in braces with their comma have to fit": [
    `a: {b: [c, ${"d".repeat(70)}], e: f}\ng: {h: [i, ${"j".repeat(69)}]}\n`,
    `a: {\n  b: [\n    c,\n    ${
      "d".repeat(70)
    }\n  ],\n  e: f\n}\ng: {\n  h: [i, ${"j".repeat(69)}]\n}\n`,
  ],
  "anchors, aliases, tags and merges": [
    "a:   &x   {b: 1}\nc:  *x\nd:\n   <<:   *x\n   e:  !!str   2\n",
    "a: &x { b: 1 }\nc: *x\nd:\n  <<: *x\n  e: !!str 2\n",
  ],
};

Deno.test("formatDocument() lays out white space, and nothing else", () => {
  for (const [name, [written, laid]] of Object.entries(LAID)) {
    const { text, problems, left } = format(written);
    assertEquals([text, problems, left], [laid, [], []], name);
    assertEquals(format(laid).text, undefined, name);
    assertEquals(said(laid), said(written), name);
  }
});

/** As `deno fmt` writes it. */
const BY_DENO = `- id: a.b
  type: cli.run # behind
  tags: [
    aaaaaaaaaaaaaaaaaaaaaaa,
    bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,
    ccccccccccccccccccc,
  ]
  harness: {
    entrypoint: abc,
    env: {
      AAAAAAAAAAAAAAAAAAAA: bbbbbbbbbbbbbbbbbbbbb,
      CCCCCCCCC: dddddddddddddddd,
    },
  }
  assert:
    - target: stdout
      must:
        # a comment
        - evaluate:
            - [
                and,
                [contains, [subject], "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
                [eq, [get, [json_parse, [subject]], version], 3],
              ]
            - - eq
              - [subject]
              - 1
        - contain: ["x", "y"]
  purpose: long text
    goes on here
  title: |
    abc
      def
  z: &q { a: 1 }
  w: {}
`;

Deno.test("formatDocument() leaves what deno fmt wrote", () => {
  assertEquals(format(BY_DENO), { text: undefined, problems: [], left: [] });
});

Deno.test("formatDocument() counts the columns in front of the fence", () => {
  const list = `a: [${"x".repeat(34)}, ${"y".repeat(38)}]`;
  assertEquals(list.length, 79);
  const document = (margin: string) =>
    `- item\n\n${margin}~~~yaml spec-test\n${margin}id: A\n${margin}${list}\n${margin}~~~\n`;
  assertEquals(format(document(" "), "md").text, undefined);
  const { text = "" } = format(document("  "), "md");
  assertEquals(text.includes(`  a: [\n    ${"x".repeat(34)},\n`), true, text);
});

Deno.test("formatDocument() leaves everything outside of case blocks, and line ends", () => {
  const around = (body: string) =>
    `\ufeff# A   title \n\n\n* a\n~~~yaml\nid:   A\n~~~\n~~~~\n~~~yaml spec-test\nid:   A\n~~~\n~~~~\n~~~yaml spec-test \n${body}~~~~\n| a|\n`;
  const before = around("id:   A\n\n");
  const after = around("id: A\n\n");
  for (const lineEnd of ["\n", "\r\n", "\r"]) {
    const text = before.replaceAll("\n", lineEnd);
    assertEquals(format(text, "md").text, after.replaceAll("\n", lineEnd));
  }
  assertEquals(format("id:   A").text, "id: A");
  assertEquals(format("\ufeffid:   A\n").text, "\ufeffid: A\n");
  assertEquals(format('{"id":   "A"}', "json").text, undefined);
  assertEquals(format("", "md"), { text: undefined, problems: [], left: [] });
});

/** What is not laid out, and where that is said. */
const LEFT: readonly (readonly [string, string, string])[] = [
  ["id: A\na: [b, # c\n  d]\n", "2:8", "a comment in brackets"],
  ["id: A\na: [b,\n 'c\n d']\n", "3:2", "text of several lines in brackets"],
  ["id: A\na:\tb\n", "2:3", "a tab between words"],
  ["id: A\n? b\n: c\n", "2:1", 'a key that begins with "?"'],
  ["---\nid: A\n", "1:1", "a mark between documents"],
  ["%YAML 1.2\n---\nid: A\n", "1:1", "a directive"],
  ["id: A\na: [!!str , b]\n", "2:11", "a tag or an anchor of nothing"],
  ["id: A\r\nb:   1\n", "1:1", "lines that end in different ways"],
];

Deno.test("formatDocument() leaves blocks with what it does not know, and says where", () => {
  for (const [text, place, reason] of LEFT) {
    const { left, problems, text: laid } = format(text);
    const [one] = left.map(({ location, reason }) => [
      `${location.line}:${location.column}`,
      reason,
    ]);
    assertEquals([one, problems, laid], [[place, reason], [], undefined], text);
  }
  const document = { path: "a.yaml", format: "yaml" } as const;
  const large = (text: string) => text + " ".repeat(4 * 1024 * 1024);
  assertEquals(
    formatDocument(document, encoder.encode("id: A\n"), large).left[0]?.reason,
    "so much that it could not be read any more",
  );
  const outdented = "  ~~~yaml spec-test\n  id:   A\n a:   1\n  ~~~\n";
  const { left, text } = format(outdented, "md");
  assertEquals(left[0]?.reason, "a line that begins in front of its fence");
  assertEquals([left[0]?.location.line, text], [3, undefined]);
});

Deno.test("formatDocument() leaves what cannot be read, and lays out the rest", () => {
  const block = (body: string) => `~~~yaml spec-test\n${body}~~~\n`;
  const broken = [
    "id: [\n",
    "id:   A\nid: B\n",
    "id:   A\nwhen: 2024-01-01\n",
    "- id:   A\n-   7\n",
  ].map(block);
  const sound = block("id:   A\n");
  const open = "~~~yaml spec-test\nid:   A\n";
  const { text, problems, left } = format(
    broken.join("") + sound + open,
    "md",
  );
  assertEquals(text, broken.join("") + block("id: A\n") + open);
  assertEquals(problems.length, broken.length + 1);
  assertEquals(problems.at(-1)?.location.line, 19);
  assertEquals(left, []);
  const bytes = Uint8Array.of(0x69, 0x64, 0x3a, 0x20, 0x20, 0xff);
  const document = { path: "a.yaml", format: "yaml" } as const;
  const unreadable = formatDocument(document, bytes);
  assertEquals([unreadable.text, unreadable.problems.length], [undefined, 1]);
});

Deno.test("formatDocument() refuses a text that would not say the same", () => {
  const document = { path: "a.yaml", format: "yaml" } as const;
  const bytes = encoder.encode("id: A\nnote: |\n  b\n   c\n");
  const refused: readonly (readonly [string, string])[] = [
    ["id: A\nnote: |\n  b\n  c\n", "what it would say"],
    ["id: A # d\nnote: |\n  b\n   c\n", "its words"],
    ["id: 'A'\nnote: |\n  b\n   c\n", "its words"],
    ["id: A\n", "its words"],
  ];
  for (const [change, reason] of refused) {
    assertThrows(
      () => formatDocument(document, bytes, () => change),
      RangeError,
      reason,
    );
  }
  const moved = "id: A\nnote: |\n   b\n    c\n";
  assertEquals(formatDocument(document, bytes, () => moved).text, moved);
});

Deno.test("formatDocument() gives any YAML one layout, which says the same", () => {
  fc.assert(
    fc.property(randomYaml, (layouts) => {
      for (const text of layouts) {
        const { text: laid = text, problems, left } = format(text);
        assertEquals([problems, left], [[], []]);
        assertEquals(said(laid), said(text));
        assertEquals(format(laid).text, undefined, laid);
        const words = (one: string) => one.replace(/\s+/g, "");
        assertEquals(words(laid), words(text));
      }
    }),
    { numRuns: 300 },
  );
});
