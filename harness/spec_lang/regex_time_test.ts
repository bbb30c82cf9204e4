import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { assertFails, HOST, run, value, WIDE } from "./_support_test.ts";
import { compileRegex, searchRegex, translateRegex } from "./regex.ts";

const A50 = "a".repeat(50);
const A100K = "a".repeat(100_000);
const MEGABYTE = "a word, ".repeat(1 << 17);

/** Patterns that backtrack for ever, or as good as, and texts that make them. */
const ENDLESS: readonly (readonly [string, string])[] = [
  ["(a+)+$", `${A50}b`],
  ["(a+)+$", `${"a".repeat(1_000_000)}b`],
  ["(?i)(x+x+)+y", "x".repeat(60)],
  ["(a|aa)+$", `${A50}${A50}b`],
  ["(a|a)*$", `${A50}b`],
  ["(.*)*x", A50],
  ["([a-zA-Z]+)*!", A50],
  ["(\\w+\\s?)*$", `${"word ".repeat(40)}!`],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", A50],
  ["(?:(?:a|b)(?:a|c)?)*!", A50],
  ["(?=(a+)+b)a", A50],
  ["(?<!x)(a+)+$", `${A50}b`],
  ["((a+)b?\\2)+c", A50],
  ["(?:\\w*\\W*)*\u0416\u0416", `\u0416 ${A50}`],
  [".*.*.*x", A100K],
  ["a*a*a*a*b", A100K],
  ["(a{0,1000}){0,1000}b", A100K],
  ["\\s*[^,]*,\\s*[^,]*,\\s*[^,]*;", MEGABYTE],
  ["(?:a?|b?){60}(?<=x)", ""],
];

const budgets = { timeoutMs: 5 };
const TIMEOUT = "spec_lang budget exceeded: timeout (more than 5 ms, searching";

Deno.test("evaluate() gives up on a search when its time is over", () => {
  for (const [pattern, subject] of ENDLESS) {
    const source = ["regex_match", ["subject"], pattern];
    const search = () => run(source, { subject, budgets });
    assertFails(search, "runtime", TIMEOUT);
  }
});

Deno.test("evaluate() gives up on a search wherever its pattern comes from", () => {
  const subject = ["(a+)+$", `${A50}b`];
  const text = ["first", ["rest", ["subject"]]];
  const matches = ["fn", ["p"], ["matches", text, ["var", "p"]]];
  const sources: readonly Json[] = [
    ["any", ["map", matches, ["subject"]]],
    ["filter", matches, ["subject"]],
    ["not", ["call", matches, ["first", ["subject"]]]],
  ];
  for (const source of sources) {
    const search = () => run(source, { subject, budgets });
    assertFails(search, "runtime", TIMEOUT);
  }
});

Deno.test("evaluate() looks at the clock between many short searches", () => {
  const subject = Array(5_000).fill("a b ".repeat(100));
  const source = ["map", ["fn", ["t"], [
    "matches",
    ["var", "t"],
    "\\w+ \\w{7}",
  ]], [
    "subject",
  ]];
  let time = 0;
  const slow = { ...HOST, now: () => time++ };
  assertFails(
    () =>
      run(source, { subject, budgets: { ...WIDE, timeoutMs: 50 }, host: slow }),
    "runtime",
    "spec_lang budget exceeded: timeout (more than 50 ms",
  );
});

Deno.test("evaluate() searches a large text in full", () => {
  const table: readonly (readonly [string, boolean])[] = [
    ["no such word", false],
    ["(?i)A WORD, \\Z", true],
    ["\\A(a \\w+, )+\\Z", true],
    ["(?m)\\d+$", false],
  ];
  for (const [pattern, expected] of table) {
    const source = ["matches", ["subject"], pattern];
    const options = { subject: MEGABYTE, budgets: { timeoutMs: 60_000 } };
    assertEquals(value(source, options), expected, pattern);
  }
});

Deno.test("searchRegex() without limits takes all the time it needs", () => {
  assertEquals(searchRegex("(a+)+$", `${"a".repeat(18)}b`), false);
  assertEquals(searchRegex("(a+)+$", "a".repeat(18)), true);
});

/** Patterns that take V8 many seconds to compile if it looks too far ahead. */
const HARD_TO_COMPILE = [
  "\\w".repeat(12),
  "(?i)" + "\\W".repeat(12),
  "(?:\\w\\w\\w){3}",
  "((?:[\\D])(?:\\w\\d)\\W{3})[\\w-]{2,4}",
  `[${
    Array.from({ length: 200 }, (_, i) => String.fromCodePoint(65536 + i * 999))
      .join("")
  }]`.repeat(10),
  "(?P<n>\\w\\w\\w\\w\\w)-(?P=n)",
];

Deno.test("compileRegex() is through at once with many classes in a row", () => {
  for (const pattern of HARD_TO_COMPILE) compileRegex(pattern);
  assertEquals(searchRegex("\\w".repeat(12), "ab, abcdefghijkl"), true);
  assertEquals(searchRegex("\\w".repeat(12), "ab, abcdefghijk"), false);
  const twice = "(?P<n>\\w\\w\\w\\w\\w)-(?P=n)";
  assertEquals(searchRegex(twice, "x abcd\u0416-abcd\u0416"), true);
  assertEquals(searchRegex(twice, "x abcd\u0416-abcde"), false);
});

Deno.test("translateRegex() leaves alone what is simple to compile", () => {
  const simple = [
    "\\d{4}-\\d\\d-\\d\\d",
    "\\w+@\\w+",
    "^\\w\\w\\w\\w\\w\\w",
    "error: \\w+ \\w+ \\w+ \\w+ \\w+ \\w+",
    "(?a)\\w\\w\\w\\w\\w\\w\\w\\w",
  ];
  for (const pattern of simple) {
    assertEquals(
      translateRegex(pattern).source.includes("\\k"),
      false,
      pattern,
    );
  }
});

Deno.test("compileRegex() refuses more classes than can be compiled", () => {
  for (const pattern of ["\\w?".repeat(1001), "\\b".repeat(300)]) {
    const message = "bad regex: it has more classes like \\w and \\b";
    assertFails(() => compileRegex(pattern), "schema", message);
  }
  compileRegex("(?a)" + "\\w?".repeat(1001));
});

Deno.test("trim and split take time in proportion to the text", () => {
  const subject = `x${" ".repeat(300_000)}y`;
  assertEquals(
    value(["eq", ["trim", ["subject"]], ["subject"]], { subject }),
    true,
  );
  assertEquals(value(["len", ["split", ["subject"]]], { subject }), 2);
});
