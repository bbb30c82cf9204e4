import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CaseError } from "../case_error.ts";
import { assertFails } from "./_support_test.ts";
import { caseVariants } from "./case_variants.ts";
import { compileRegex, searchRegex, translateRegex } from "./regex.ts";
import expectations from "./testdata/regex_expectations.json" with {
  type: "json",
};

/** What Python makes of a pattern. */
interface Expectation {
  readonly pattern: string;
  readonly texts: readonly string[];
  readonly found?: readonly boolean[];
  readonly error?: string;
  readonly offset?: number | null;
}

const CASES: readonly Expectation[] = expectations.cases;
const RANDOM: readonly Expectation[] = expectations.random;

function check(expected: Expectation): void {
  const { pattern, texts, found, error, offset } = expected;
  if (error === undefined) {
    const got = texts.map((text) => searchRegex(pattern, text));
    assertEquals(got, [...found ?? []], JSON.stringify(pattern));
    return;
  }
  const thrown = assertThrows(() => compileRegex(pattern), CaseError);
  assertEquals(thrown.category, "schema", pattern);
  assertStringIncludes(thrown.message, "bad regex: ", pattern);
  if (typeof offset !== "number") return;
  const reason = error.startsWith("bad character range")
    ? "bad character range"
    : error;
  assertStringIncludes(thrown.message, `${reason} at offset ${offset} in `);
}

Deno.test("searchRegex() finds what Python finds and refuses what Python refuses [SF-REGEX-1, not SF-REGEX-8]", () => {
  assertEquals(CASES.length > 250, true);
  for (const expected of CASES) check(expected);
});

/** A pattern made at random may hold a reference that JavaScript cannot express. */
function isUnsupported({ pattern, error }: Expectation): boolean {
  if (error !== undefined) return false;
  try {
    compileRegex(pattern);
    return false;
  } catch (thrown) {
    return thrown instanceof CaseError &&
      thrown.message.startsWith("unsupported regex: reference");
  }
}

Deno.test("searchRegex() agrees with Python on patterns made at random", () => {
  const compared = RANDOM.filter((expected) => !isUnsupported(expected));
  assertEquals(compared.length > RANDOM.length * 0.95, true);
  for (const expected of compared) check(expected);
});

Deno.test("compileRegex() names the construct that has no counterpart", () => {
  for (const { pattern, construct, offset } of expectations.unsupported) {
    assertFails(
      () => compileRegex(pattern),
      "schema",
      `unsupported regex: ${construct}`,
    );
    assertFails(
      () => compileRegex(pattern),
      "schema",
      `at offset ${offset} in `,
    );
  }
});

const TRANSLATIONS = {
  "a.b": { source: "a[^\\n]b", flags: "u" },
  "(?s).": { source: "[^]", flags: "u" },
  "\\Aa\\Z": { source: "^a$", flags: "u" },
  "(?m)^a$": { source: "(?<=^|\\n)a(?=\\n|$)", flags: "u" },
  "(?P<n>a)(?P=n)": { source: "(?<n>a)(?:\\1)", flags: "u" },
  "(?i)a": { source: "a", flags: "iu" },
  "(?i:k)s": { source: "(?:[kKk\\u{212a}])s", flags: "u" },
  "(?ai)[k-l]": { source: "[k-lK-L]", flags: "u" },
  "[]\\d-]": { source: "[\\u{5d}\\p{Nd}\\u{2d}]", flags: "u" },
  "[\\W\\d]": { source: "(?:(?=[\\p{Nd}]|[^\\p{L}\\p{N}_])[^])", flags: "u" },
  "[^\\W\\d]": { source: "(?:(?![\\p{Nd}]|[^\\p{L}\\p{N}_])[^])", flags: "u" },
  "a{,3}{": { source: "a{0,3}\\u{7b}", flags: "u" },
  "(?=a)*": { source: "(?:(?=a))*", flags: "u" },
  "(?#x)": { source: "", flags: "u" },
};

Deno.test("translateRegex() writes what was meant", () => {
  for (const [pattern, expected] of Object.entries(TRANSLATIONS)) {
    assertEquals(translateRegex(pattern), expected, pattern);
  }
});

Deno.test("translateRegex() counts offsets in code points", () => {
  assertFails(() => translateRegex("\u{1f600}*+"), "schema", "at offset 1 in");
  assertFails(
    () => translateRegex("\u{1f600}\u{1f600}("),
    "schema",
    "at offset 2 in",
  );
});

Deno.test("translateRegex() shows a long pattern in part", () => {
  const { message } = assertThrows(
    () => translateRegex("a".repeat(9999) + "("),
    CaseError,
  );
  assertEquals(message.length < 150, true, message);
});

Deno.test("compileRegex() takes what is too deep or too large for the engine for bad", () => {
  const many = 50_000;
  const patterns = [
    "(".repeat(many) + ")".repeat(many),
    "(?:".repeat(many) + "a" + ")+".repeat(many),
    "[a-z]x?".repeat(many),
  ];
  for (const pattern of patterns) {
    const message = "bad regex: the engine refuses it: ";
    assertFails(() => compileRegex(pattern), "schema", message);
  }
});

Deno.test("compileRegex() keeps what it compiled, up to a number", () => {
  const first = compileRegex("kept");
  assertEquals(compileRegex("kept") === first, true);
  for (let index = 0; index < 600; index++) compileRegex(`other${index}`);
  assertEquals(compileRegex("kept") === first, false);
});

Deno.test("a compiled pattern keeps no state between searches", () => {
  const { regex } = compileRegex("a");
  assertEquals([regex.test("a"), regex.test("a"), regex.lastIndex], [
    true,
    true,
    0,
  ]);
});

Deno.test("caseVariants() agrees with the engine on letters with one other case", () => {
  for (const code of [0x41, 0xe9, 0x3c3, 0x10400, 0x1e9e, 0x13a0, 0x1c4]) {
    const same = new RegExp(`^\\u{${code.toString(16)}}$`, "iu");
    for (const variant of caseVariants(code, code)) {
      assertEquals(
        same.test(String.fromCodePoint(variant)),
        true,
        `${code} ${variant}`,
      );
    }
    assertEquals(caseVariants(code, code).length > 1, true, `${code}`);
  }
  assertEquals(caseVariants(0x49, 0x49), [0x49, 0x69, 0x130, 0x131]);
});
