import { assertEquals } from "@std/assert";
import type { CaseBlock, Problem } from "./case.ts";
import { extractBlocks, unixText } from "./extract.ts";

function extract(...lines: string[]): readonly (CaseBlock | Problem)[] {
  return extractBlocks("a.spec.md", lines.join("\n"));
}

/** `LINE: TEXT` for a block, `LINE:COLUMN! MESSAGE` for a problem. */
function found(...lines: string[]): string[] {
  return extract(...lines).map((part) =>
    part.kind === "block"
      ? `${part.line}: ${part.text}`
      : `${part.location.line}:${part.location.column}! ${part.message}`
  );
}

Deno.test("extractBlocks() returns a block with its lines", () => {
  assertEquals(extract("# Title", "", "```yaml spec-test", "id: A", "```"), [{
    kind: "block",
    path: "a.spec.md",
    line: 3,
    bodyLine: 4,
    indent: 0,
    text: "id: A\n",
  }]);
});

const OPENERS = [
  "```yaml spec-test",
  "```spec-test yaml",
  "``` yml   spec-test  ",
  "```YAML Spec-Test",
  "```yaml title=x spec-test slow",
  "~~~yaml spec-test",
  "~~~~~~~ spec-test `yml`  yml",
  "````\tyaml\tspec-test",
  "          ```yaml spec-test",
  "\t```yaml spec-test",
];

Deno.test("extractBlocks() takes info words in any order and letter case", () => {
  for (const opener of OPENERS) {
    const fence = /[`~]+/.exec(opener)?.[0] ?? "";
    assertEquals(found(opener, "id: A", fence), ["1: id: A\n"], opener);
  }
});

const NO_OPENERS = [
  "```yaml",
  "```spectacle yaml",
  "```ts file=spec-test.ts",
  '```ts title="spec-test"',
  "```yaml test",
  "``yaml spec-test",
  "~~yaml spec-test",
  "yaml spec-test",
  "```yaml `spec-test`",
  "x ```yaml spec-test",
  "**```yaml spec-test",
  "-```yaml spec-test",
];

Deno.test("extractBlocks() ignores every other opener", () => {
  for (const opener of NO_OPENERS) {
    assertEquals(found(opener, "id: A", "```"), [], opener);
  }
});

Deno.test("extractBlocks() closes a fence with a long enough run alone", () => {
  const body = ["```", "~~~~", "````x", "```` x", "`````x`", "x ````", "~````"];
  assertEquals(found("````yaml spec-test", ...body, "  `````` \t", "# after"), [
    `1: ${body.join("\n")}\n`,
  ]);
  assertEquals(found("~~~yaml spec-test", "```", "~~~~"), ["1: ```\n"]);
});

Deno.test("extractBlocks() removes the opener's indentation, no more", () => {
  const lines = [
    "  ```yaml spec-test",
    "  a: 1",
    "    b",
    " c",
    "\td",
    "",
    " ",
  ];
  const [block] = extract(...lines, "  ```");
  assertEquals(block?.kind === "block" && block.indent, 2);
  assertEquals(
    block?.kind === "block" && block.text,
    "a: 1\n  b\nc\nd\n\n\n",
  );
});

Deno.test("extractBlocks() takes a fence behind a list marker", () => {
  for (const marker of ["-", "*", "+", "1.", "12)", "- -"]) {
    const space = " ".repeat(marker.length + 1);
    const lines = [
      `${marker} ~~~yaml spec-test`,
      `${space}a: 1`,
      `${space}~~~`,
    ];
    assertEquals(found(...lines), ["1: a: 1\n"], marker);
  }
});

Deno.test("extractBlocks() does not lose a case behind a fence in a list", () => {
  assertEquals(
    found("- ```sh", "  ls", "  ```", "", "```yaml spec-test", "a: 1", "```"),
    ["5: a: 1\n"],
  );
});

Deno.test("extractBlocks() leaves the content of other fences alone", () => {
  assertEquals(
    found("````md", "```yaml spec-test", "a: 1", "```", "````"),
    [],
  );
  assertEquals(found("~~~", "```yaml spec-test", "a: 1", "```", "~~~"), []);
});

Deno.test("extractBlocks() reports a case that an open fence swallows", () => {
  const message =
    "case block is not run, because the fence of line 1 around it is not closed";
  const swallowed = ["```yaml spec-test", "a: 1", "```"];
  assertEquals(found("~~~", ...swallowed), [`2:1! ${message}`]);
  assertEquals(found("- ````", "text", ...swallowed, ...swallowed), [
    `3:1! ${message}`,
  ]);
  assertEquals(found("~~~", ...swallowed, "~~~~yaml spec-test"), [
    `2:1! ${message}`,
    "5:1! case block is not run, because it opens inside the fence of line 1: close that fence first, or make it longer to show the block",
  ]);
  assertEquals(found("~~~", ...swallowed, "~~~", "```", "text"), []);
  assertEquals(found("> ~~~", "> ```yaml spec-test", "text"), []);
});

Deno.test("extractBlocks() does not treat comments and tags as special", () => {
  assertEquals(found("<!--", "```yaml spec-test", "a: 1", "```", "-->"), [
    "2: a: 1\n",
  ]);
});

Deno.test("extractBlocks() ends a fence in a block quote with the quote", () => {
  assertEquals(
    found("> ```sh", "> ls", "", "```yaml spec-test", "a: 1", "```"),
    ["4: a: 1\n"],
  );
  assertEquals(
    found(
      "> ```sh",
      "> ls",
      "> ```",
      "> x",
      "```yaml spec-test",
      "a: 1",
      "```",
    ),
    ["5: a: 1\n"],
  );
});

const NESTED =
  "case block is not run, because it opens inside the fence of line 1: close that fence first, or make it longer to show the block";

const QUOTED =
  "case block stands in a block quote, where it is not run: move it out, or show it inside another fence";

const MISTAKES: readonly (readonly [string[], string])[] = [
  [["", " ```yaml spec-test", "a: 1"], "2:2! case block is not closed"],
  [["~~~yaml spec-test"], "1:1! case block is not closed"],
  [["```yaml spec-test", "a: 1", "~~~"], "1:1! case block is not closed"],
  [["> ```yaml spec-test", "> a: 1", "> ```"], `1:3! ${QUOTED}`],
  [["```sh", "ls", "```yaml spec-test", "a: 1", "```"], `3:1! ${NESTED}`],
  [["~~~sh", "ls", "~~~~yml spec-test", "a: 1", "~~~~"], `3:1! ${NESTED}`],
];

Deno.test("extractBlocks() reports a block that would never run", () => {
  for (const [lines, problem] of MISTAKES) {
    assertEquals(found(...lines), [problem]);
  }
});

const SLIPS = {
  "yaml spec_test": ["spec_test", "spec-test"],
  "yaml spectest": ["spectest", "spec-test"],
  "yml spec-tests": ["spec-tests", "spec-test"],
  "YAML Specs-Tset": ["specs-tset", "spec-test"],
  "yaml sepc-test": ["sepc-test", "spec-test"],
  "spec-tets yaml": ["spec-tets", "spec-test"],
  "yaml SPEC-TES": ["spec-tes", "spec-test"],
};

Deno.test("extractBlocks() suggests what a misspelt info word meant", () => {
  for (const [info, slip] of Object.entries(SLIPS)) {
    const message = `"${slip[0]}" does not mark a case block: did you mean "${
      slip[1]
    }"?`;
    const lines = ["", `~~~ ${info}`, "a: 1", "~~~"];
    assertEquals(found(...lines), [`2:1! ${message}`], info);
  }
});

Deno.test("extractBlocks() puts together what is two words [not SF-BLOCK-6]", () => {
  const message =
    '"spec" and "test" are two words, which mark no case block: did you mean "spec-test"?';
  const infos = [
    "yaml spec test",
    "Test slow YML x=1 Specs",
    "spec tests yaml",
  ];
  for (const info of infos) {
    assertEquals(found(`~~~ ${info}`, "a: 1", "~~~"), [`1:1! ${message}`]);
    const shown = ["~~~~", `~~~ ${info}`, "a: 1", "~~~", "~~~~"];
    assertEquals(found(...shown), []);
  }
  for (
    const info of ["yaml spec", "yaml test", "rust spec test", "spec test"]
  ) {
    assertEquals(found(`~~~ ${info}`, "a: 1", "~~~"), []);
  }
  assertEquals(found("~~~yaml spec-test spec test", "a: 1", "~~~"), [
    "1: a: 1\n",
  ]);
});

Deno.test("extractBlocks() leaves words alone that are three edits away", () => {
  assertEquals(found("```yaml Specs-Tsets", "```"), []);
  assertEquals(found("```yaml spec", "```"), []);
  assertEquals(found("```rust specs_tests", "```"), []);
});

Deno.test("extractBlocks() asks for the language of a case block", () => {
  for (const info of ["spec-test", "spec_test", "Spec-Test title=x"]) {
    const word = info.toLowerCase().split(" ")[0];
    assertEquals(found("```" + info, "a: 1", "```"), [
      `1:1! "${word}" names no language, so the block is not run: write "yaml spec-test"`,
    ]);
  }
});

const OTHER_LANGUAGES = {
  "json spec-test": "json",
  "JSON5 Spec-Test slow": "json5",
  "toml spec-test": "toml",
  "yaml5 spec-test": "yaml5",
  "spec-test text": "text",
  "sh title=x spec-test": "sh",
  "rust spec_test": "rust",
  "yalm spec-test": "yalm",
  "spec-test yanl": "yanl",
  "yaml, spec-test": "yaml,",
  "yalm spec_test": "yalm",
  "{.yaml .spec-test}": "{.yaml",
};

Deno.test("extractBlocks() reports a case in another language", () => {
  for (const [info, word] of Object.entries(OTHER_LANGUAGES)) {
    assertEquals(found("", `  ~~~ ${info}`, "a: 1", "  ~~~"), [
      `2:3! "${word}" is no language of cases, so the block is not run: write "yaml spec-test"`,
    ]);
  }
});

Deno.test("extractBlocks() reports info words that are not separated", () => {
  for (const info of ["yaml,spec-test", "yaml:spec-test", "yaml{spec-test}"]) {
    assertEquals(found("```" + info, "a: 1", "```"), [
      `1:1! "${info}" does not mark a case block: write "yaml spec-test"`,
    ]);
  }
});

Deno.test("extractBlocks() takes what another fence shows for content", () => {
  for (const info of ["json spec-test", "spec-test", "yaml,spec-test"]) {
    assertEquals(found("````md", "```" + info, "{}", "```", "````"), []);
    assertEquals(found("~~~", "```" + info, "{}", "```", "~~~"), []);
    assertEquals(found("```yaml", "```" + info, "```"), []);
  }
});

Deno.test("extractBlocks() shortens long info words", () => {
  const [problem = ""] = found(`\`\`\`spec-test ${"x".repeat(1000)}`, "```");
  assertEquals(problem.length < 200, true, problem);
});

Deno.test("extractBlocks() shows control characters of info words", () => {
  assertEquals(found("~~~yaml spec\x1btest", "~~~"), [
    String
      .raw`1:1! "spec\x1btest" does not mark a case block: did you mean "spec-test"?`,
  ]);
});

Deno.test("extractBlocks() keeps document order of blocks and problems", () => {
  assertEquals(
    found(
      "```yaml spec-test",
      "a: 1",
      "```",
      "```yaml spec_test",
      "```",
      "~~~yaml spec-test",
      "~~~",
    ).map((line) => line.slice(0, 2)),
    ["1:", "4:", "6:"],
  );
});

Deno.test("extractBlocks() reads every line ending alike", () => {
  const text = "# T\n```yaml spec-test\na: |\n  x\n```\n";
  for (const end of ["\r\n", "\r"]) {
    const other = "\ufeff" + text.replaceAll("\n", end);
    assertEquals(extractBlocks("p", other), extractBlocks("p", text));
  }
  assertEquals(unixText("a\r\r\nb"), "a\n\nb");
});

Deno.test("extractBlocks() of nothing is nothing", () => {
  for (const text of ["", "\n", "x", "\ufeff", "```", "~~~\n\n"]) {
    assertEquals(extractBlocks("p", text), []);
  }
});

// So long that quadratic time would be minutes, where a busy machine takes
// seconds at worst.
const LONG = 1_000_000;
const HANGS_MS = 20_000;

Deno.test("extractBlocks() is linear in long lines and many fences", () => {
  const texts = [
    "`".repeat(LONG),
    " ".repeat(LONG),
    "> ".repeat(LONG / 2),
    "- ".repeat(LONG / 2),
    "```" + "a".repeat(LONG),
    "```" + " a".repeat(LONG / 2),
    "~~~yaml spec-test\n" + " ".repeat(LONG) + "x\n~~~",
    " ".repeat(1000) + "~~~yaml spec-test\n" + " ".repeat(LONG) + "x\n~~~",
    "```\n``\n".repeat(LONG / 20),
  ];
  for (const text of texts) {
    const start = performance.now();
    extractBlocks("p", text);
    const ms = performance.now() - start;
    assertEquals(ms < HANGS_MS, true, `${text.slice(0, 20)} took ${ms} ms`);
  }
});
