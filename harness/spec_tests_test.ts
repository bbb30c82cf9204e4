import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import { SpecFailure, type SpecTest, specTests } from "./spec_tests.ts";
import { UsageError } from "./usage_error.ts";

const CASES = `
id: A-1
type: text.file
title: It is a text
assert:
  - target: text
    must:
      - contain: [A-1]
---
id: A-2
type: text.file
assert:
  - target: text
    cannot:
      - contain: [A-2]
---
id: A-3
type: text.file
requires: { capabilities: [no.such], when_missing: skip }
---
id: A-4
typ: text.file
`;

function testsOf(text: string, more: { filter?: string } = {}): SpecTest[] {
  const files = { "/specs/a.spec.md": text, "/specs/.git/HEAD": "" };
  const host = new MemoryHost({ files });
  const tests: SpecTest[] = [];
  const register = (test: SpecTest) => void tests.push(test);
  specTests(new URL("file:///specs/"), { ...more, host, register });
  return tests;
}

const fences = (text: string) =>
  text.split("---\n").map((one) => `\`\`\`yaml spec-test\n${one}\`\`\`\n`)
    .join("\n");

Deno.test("specTests() registers every case once, with its name, before any is run", () => {
  const tests = testsOf(fences(CASES));
  assertEquals(tests.map(({ name, ignore }) => [name, ignore]), [
    ["A-1: It is a text", false],
    ["A-2", false],
    ['A-3 (skipped: missing capability "no.such")', true],
    ["A-4", false],
  ]);
});

Deno.test("a test of specTests() ends as its case does", async () => {
  const [passes, fails, , unreadable] = testsOf(fences(CASES));
  await passes?.fn();
  const failure = await assertRejects(async () => await fails?.fn());
  assertInstanceOf(failure, SpecFailure);
  assertEquals(failure.category, "assertion");
  assert(failure.message.startsWith("/specs/a.spec.md:"), failure.message);
  const [, frame, ...more] = failure.stack?.split("\n") ?? [];
  assertEquals([frame, more], [
    "    at A-2 (file:///specs/a.spec.md:13:1)",
    [],
  ]);
  const problem = await assertRejects(async () => await unreadable?.fn());
  assertInstanceOf(problem, SpecFailure);
  assertEquals(problem.category, "schema");
});

Deno.test("a test of specTests() has a name without control characters", () => {
  const text = 'id: A-1\ntype: text.file\ntitle: "\\e[31m\\n"\n';
  const [test] = testsOf(fences(text));
  assertEquals(test?.name, "A-1: \\x1b[31m\\n");
});

Deno.test("specTests() refuses to register nothing", () => {
  assertThrows(() => testsOf("# Nothing here\n"), UsageError);
  assertThrows(() => testsOf(fences(CASES), { filter: "B-*" }), UsageError);
});
