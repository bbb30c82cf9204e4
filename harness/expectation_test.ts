import { assertEquals, assertThrows } from "@std/assert";
import type { KeyPath, SourceCase } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { readExpectation } from "./expectation.ts";
import type { Json } from "./json.ts";

function source(expect: Json | undefined): SourceCase {
  const locate = (path: KeyPath) => ({
    path: path.join("."),
    line: 1,
    column: 1,
  });
  const value = expect === undefined ? {} : { expect };
  return { kind: "case", value, location: locate([]), locate };
}

const FAIL = {
  status: "fail",
  category: "schema",
  "message_tokens": ["a", "b"],
};
const EXPECTED = {
  status: "fail",
  category: "schema",
  messageTokens: ["a", "b"],
};

/** `expect`, and what it comes to for deno. */
const READ: readonly (readonly [Json | undefined, unknown])[] = [
  [undefined, undefined],
  [{ portable: { status: "pass" } }, {
    status: "pass",
    category: undefined,
    messageTokens: [],
  }],
  [
    { portable: { status: "skip", category: null, "message_tokens": [] } },
    { status: "skip", category: null, messageTokens: [] },
  ],
  [{ portable: FAIL }, EXPECTED],
  [{ portable: FAIL, impl: {} }, EXPECTED],
  [{ impl: { deno: FAIL } }, EXPECTED],
  [{ impl: { python: FAIL } }, undefined],
  [{ portable: FAIL, impl: { deno: {} } }, EXPECTED],
  [{ portable: FAIL, impl: { python: { category: "runtime" } } }, EXPECTED],
  [
    { portable: FAIL, impl: { deno: { category: "runtime" } } },
    { ...EXPECTED, category: "runtime" },
  ],
  [
    { portable: FAIL, impl: { deno: { "message_tokens": ["c"] } } },
    { ...EXPECTED, messageTokens: ["c"] },
  ],
  [
    { portable: FAIL, impl: { deno: { status: "skip" } } },
    { status: "skip", category: undefined, messageTokens: [] },
  ],
  [
    { portable: { status: "pass" }, impl: { deno: FAIL } },
    EXPECTED,
  ],
];

Deno.test("readExpectation() lays what deno adds over what is portable, key by key", () => {
  for (const [expect, wanted] of READ) {
    assertEquals<unknown>(
      readExpectation(source(expect)),
      wanted,
      JSON.stringify(expect),
    );
  }
});

Deno.test("readExpectation() reads for another implementation, too", () => {
  const expect = { portable: FAIL, impl: { python: { category: "runtime" } } };
  assertEquals(readExpectation(source(expect), "python")?.category, "runtime");
  assertEquals(readExpectation(source(expect), "php")?.category, "schema");
});

const PASS = { status: "pass" };

/** `expect`, and why it is refused: `PATH: MESSAGE`. */
const REFUSED: readonly (readonly [Json, string])[] = [
  ["pass", 'expect: "expect" must be a mapping, "pass" was given'],
  [null, 'expect: "expect" must be a mapping, null was given'],
  [{}, 'expect: "expect" has no "portable"'],
  [{ impl: {} }, 'expect: "expect" has no "portable"'],
  [
    { impl: { deno: PASS, python: {} } },
    'expect.impl.python: "expect.impl.python" has no "status"',
  ],
  [
    { protable: PASS },
    'expect.protable: unknown key "protable" in "expect": did you mean "portable"?',
  ],
  [
    { portable: [] },
    'expect.portable: "expect.portable" must be a mapping, a list was given',
  ],
  [
    { portable: {} },
    'expect.portable: "expect.portable" has no "status"',
  ],
  [
    { portable: { ...PASS, tokens: [] } },
    'expect.portable.tokens: unknown key "tokens" in "expect.portable": known keys are status, category, message_tokens',
  ],
  [
    { portable: { status: "passed" } },
    'expect.portable.status: "expect.portable.status" must be one of: pass, skip, fail; "passed" was given',
  ],
  [
    { portable: { status: null } },
    'expect.portable.status: "expect.portable.status" must be one of: pass, skip, fail; null was given',
  ],
  [
    { portable: { status: "fail", category: "Schema" } },
    'expect.portable.category: "expect.portable.category" must be one of: schema, assertion, runtime, null; "Schema" was given',
  ],
  [
    { portable: { status: "fail", "message_tokens": "a" } },
    'expect.portable.message_tokens: "expect.portable.message_tokens" must be a list, "a" was given',
  ],
  [
    { portable: { status: "fail", "message_tokens": ["a", 5] } },
    'expect.portable.message_tokens.1: "expect.portable.message_tokens[1]" must be a string that is not empty, 5 was given; write it in quotes',
  ],
  [
    { portable: { status: "fail", "message_tokens": [""] } },
    'expect.portable.message_tokens.0: "expect.portable.message_tokens[0]" must be a string that is not empty, "" was given',
  ],
  [
    { portable: PASS, impl: null },
    'expect.impl: "expect.impl" must be a mapping, null was given',
  ],
  [
    { portable: PASS, impl: { python: "skip" } },
    'expect.impl.python: "expect.impl.python" must be a mapping, "skip" was given',
  ],
  [
    { portable: PASS, impl: { python: { staus: "skip" } } },
    'expect.impl.python.staus: unknown key "staus" in "expect.impl.python": did you mean "status"?',
  ],
  [
    { portable: PASS, impl: { dneo: PASS } },
    'expect.impl.dneo: unknown implementation "dneo": did you mean "deno"?',
  ],
  [
    { portable: { ...PASS, category: "schema" } },
    'expect.portable: "expect.portable" has status "pass", and only a failure has a category: write "category: null" instead of "schema"',
  ],
  [
    { portable: { status: "skip", "message_tokens": ["a"] } },
    'expect.portable: "expect.portable" has status "skip", and only a failure has a message: write "message_tokens: []"',
  ],
  [
    { portable: { status: "fail", category: null } },
    'expect.portable: "expect.portable" has status "fail", and a failure has a category: name it, or leave the key out if any will do',
  ],
  [
    {
      portable: { ...PASS, category: null },
      impl: { python: { status: "fail" } },
    },
    'expect.impl.python: "expect.impl.python" has status "fail", and a failure has a category: name it, or leave the key out if any will do',
  ],
  [
    { portable: PASS, impl: { python: { category: "runtime" } } },
    'expect.impl.python: "expect.impl.python" has status "pass", and only a failure has a category: write "category: null" instead of "runtime"',
  ],
];

Deno.test("readExpectation() refuses as schema what has no shape or cannot come true", () => {
  for (const [expect, wanted] of REFUSED) {
    const error = assertThrows(
      () => readExpectation(source(expect)),
      CaseError,
    );
    assertEquals(error.category, "schema");
    assertEquals(`${error.location?.path}: ${error.message}`, wanted);
  }
});
