import { assertEquals, assertMatch } from "@std/assert";
import type { Json } from "../json.ts";
import { translateRegex } from "../spec_lang/regex.ts";
import { findHealth } from "./health.ts";
import { pathText } from "./place.ts";

/** `CODE@PATH` of each finding. */
function found(assert: Json | undefined, assertsItself = false): string[] {
  return findHealth(assert, { assertsItself })
    .map(({ code, keyPath }) => `${code}@${pathText(keyPath)}`);
}

const PATH = "assert.must[0]";

/** A leaf in a group, and what is found in it. */
const LEAVES: readonly (readonly [Json, readonly string[]])[] = [
  [{ contain: ["x", " ", "\n", 0, false] }, []],
  [{ contain: [""] }, [`AH001@${PATH}.contain`]],
  [{ contain: ["x", ""] }, [`AH001@${PATH}.contain`]],
  [{ contain: ["", ""] }, [
    `AH001@${PATH}.contain`,
    `AH001@${PATH}.contain`,
    `AH003@${PATH}.contain`,
  ]],
  [{ regex: [".*"] }, [`AH002@${PATH}.regex`]],
  [{ regex: ["^.*$"] }, [`AH002@${PATH}.regex`]],
  [{ regex: ["\\A.*\\Z"] }, [`AH002@${PATH}.regex`]],
  [{ regex: [".+", "x.*", "^.*x$", "", "a*"] }, []],
  [{ contain: [".*"] }, []],
  [{ contain: ["x", "y", "x", "x"] }, [`AH003@${PATH}.contain`]],
  [{ contain: ["x", "y", "y", "x"] }, [
    `AH003@${PATH}.contain`,
    `AH003@${PATH}.contain`,
  ]],
  [{ contain: [1, "1", true, "true"] }, []],
  [{ contain: ["x"], regex: ["x"] }, []],
  [{ exists: [true, null] }, []],
  [{ json_type: ["dict", "dict"] }, [`AH003@${PATH}.json_type`]],
  [
    { evaluate: [["eq", { a: 1, b: [2] }, 3], ["eq", { b: [2], a: 1 }, 3]] },
    [`AH003@${PATH}.evaluate`],
  ],
  [{ evaluate: [["eq", 1, 2], ["eq", 2, 1], ["eq", [1, 2]]] }, []],
  [{ evaluate: [["contains", ""]] }, []],
  [{ regex: ["(?i)a", "(?i)a"] }, [
    `AH005@${PATH}.regex`,
    `AH005@${PATH}.regex`,
    `AH003@${PATH}.regex`,
  ]],
];

Deno.test("findHealth() says no more of a pattern than is true", () => {
  const oneLine = "matches every text of one line";
  const table = [
    [".*", "always matches", true],
    ["^.*$", oneLine, false],
    ["\\A.*\\Z", oneLine, false],
  ] as const;
  for (const [pattern, saying, matchesTwoLines] of table) {
    const { source, flags } = translateRegex(pattern);
    const tree = { target: "stdout", must: [{ regex: [pattern] }] };
    const [finding] = findHealth(tree, { assertsItself: true });
    assertEquals(
      finding?.message,
      `${JSON.stringify(pattern)} ${saying}; write a pattern that can fail`,
    );
    assertEquals(
      new RegExp(source, flags).test("two\nlines"),
      matchesTwoLines,
      pattern,
    );
  }
});

Deno.test("findHealth() looks at the values of each operator", () => {
  for (const [leaf, wanted] of LEAVES) {
    const tree = { target: "stdout", must: [leaf] };
    assertEquals(found(tree), wanted, JSON.stringify(leaf));
  }
});

const UNPORTABLE = [
  ["(?<=a)b", "lookbehind at offset 0"],
  ["a(?<!b)", "lookbehind at offset 1"],
  ["(?P<n>a)", "named group at offset 0"],
  ["(?P<n>a)(?P=n)(?P=n)", "named group at offset 0, named reference at"],
  ["(?i)a", "inline flags at offset 0"],
  ["é𝄞(?s:.)", "inline flags at offset 2"],
  ["a(?-i:b)", "inline flags at offset 1"],
  ["(a)(?(1)b|c)", "conditional group at offset 3"],
  ["(?>a)", "atomic group at offset 0"],
  ["a++", "possessive quantifier at offset 1"],
  ["a{2}+", "possessive quantifier at offset 1"],
  ["(?i)(open", "inline flags at offset 0"],
] as const;

const PORTABLE = [
  "^a+?(b|c)*$",
  "(?:a)(?=b)(?!c)",
  "(a)\\1",
  "\\(\\?i\\)",
  "[(?<=a++)]",
  "(?#a comment)a",
  "\\Aa\\Z\\b\\d{2,3}",
  "(open",
];

Deno.test("findHealth() finds patterns outside the portable subset, and says why", () => {
  for (const [pattern, why] of UNPORTABLE) {
    const findings = findHealth({ must: [{ regex: [pattern] }] }, {
      assertsItself: true,
    });
    assertEquals(findings.map(({ code }) => code), ["AH005"], pattern);
    assertEquals(findings[0]?.message.includes(why), true, pattern);
  }
  assertEquals(found({ must: [{ regex: PORTABLE }] }), []);
});

/** A tree, and what is found in its groups. */
const GROUPS: readonly (readonly [Json, readonly string[]])[] = [
  [
    { can: [{ contain: ["x"] }, { regex: ["x"] }, { contain: ["x"] }] },
    ["AH004@assert.can"],
  ],
  [{ cannot: [{ contain: ["x"] }, { contain: ["x", "y"] }] }, []],
  [
    [{ must: [{ contain: ["x"] }] }, { must: [{ contain: ["x"] }] }],
    ["AH004@assert"],
  ],
  [
    [{ target: "a", must: [{ contain: ["x"] }] }, {
      must: [{ contain: ["x"] }],
      target: "a",
    }],
    ["AH004@assert"],
  ],
  [
    [{ target: "a", must: [{ contain: ["x"] }] }, {
      target: "b",
      must: [{ contain: ["x"] }],
    }],
    [],
  ],
  [
    [{ contain: ["y"] }, {
      cannot: [{ can: [{ contain: [""] }, { contain: [""] }] }],
    }],
    [
      "AH004@assert[1].cannot[0].can",
      "AH001@assert[1].cannot[0].can[0].contain",
      "AH001@assert[1].cannot[0].can[1].contain",
    ],
  ],
];

Deno.test("findHealth() looks at the items of each group", () => {
  for (const [tree, wanted] of GROUPS) {
    assertEquals(found(tree), wanted, JSON.stringify(tree));
  }
});

Deno.test("findHealth() finds a case that asserts nothing, unless its type does", () => {
  for (const tree of [undefined, []]) {
    assertEquals(found(tree), ["AH006@assert"]);
    assertEquals(found(tree, true), []);
  }
  assertEquals(found([{ must: [{ contain: ["x"] }] }]), []);
});

Deno.test("findHealth() names the second of what is there twice", () => {
  const values = ["a", "b", "a", "a"];
  const [finding] = findHealth({ must: [{ contain: values }] }, {
    assertsItself: true,
  });
  assertEquals(finding?.at, ["assert", "must", 0, "contain", 2]);
  assertMatch(
    finding?.message ?? "",
    /^"a" stands here 3 times, first at \[0\] and \[2\]/,
  );
});

Deno.test("findHealth() keeps its messages short, however long a list is", () => {
  const values = Array.from({ length: 5_000 }, (_, at) => "x".repeat(at % 90));
  const regex = ["(?i)" + "x".repeat(5_000)];
  const findings = findHealth({ must: [{ contain: values, regex }] }, {
    assertsItself: true,
  });
  assertEquals(findings.length, 56 + 90 + 1);
  for (const { message } of findings) assertEquals(message.length < 200, true);
});
