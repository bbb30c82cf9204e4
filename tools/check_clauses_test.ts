import { assertEquals } from "@std/assert";
import { CLAUSES } from "../harness/image/clauses.ts";
import { rowsOf } from "./_clause_mentions.ts";
import {
  checkHarness,
  evidenceOfDocument,
  evidenceOfTests,
} from "./_harness_clauses.ts";
import { checkPlatform, type CitingCase } from "./_platform_clauses.ts";
import { checkClauses } from "./check_clauses.ts";

const ROWS = CLAUSES.map(({ id }) => `| \`${id}\` | a rule |`);

function citing(change: Partial<CitingCase> = {}): CitingCase {
  return {
    id: "control",
    place: "a.spec.md:7",
    clauses: CLAUSES.map(({ id }) => ({ id, place: "a.spec.md:8" })),
    exitCode: 0,
    control: undefined,
    asserts: true,
    ...change,
  };
}

const NEGATIVE: CitingCase = citing({
  id: "negative",
  clauses: [],
  exitCode: 64,
  control: "control",
});

const OTHER = { id: "RP-OTHER-1", place: "a.spec.md:9" };

const WRONG_PLATFORM: readonly (readonly [
  string,
  readonly string[],
  readonly CitingCase[],
  string,
])[] = [
  [
    "a clause without a row",
    ROWS.slice(1),
    [citing()],
    "harness/image/clauses.ts:23: RP-ENTRY-1 is not explained in docs/contract.md",
  ],
  [
    "a row without a clause",
    [...ROWS, "| `RP-OTHER-1` | a rule |"],
    [citing()],
    "page.md:44: RP-OTHER-1 is explained, but is no clause",
  ],
  [
    "a clause without a case",
    ROWS,
    [citing({ clauses: citing().clauses.slice(1) })],
    "harness/image/clauses.ts:23: RP-ENTRY-1 is cited by no case",
  ],
  [
    "a citation of no clause",
    ROWS,
    [citing(), citing({ id: "b", clauses: [OTHER] })],
    "a.spec.md:9: RP-OTHER-1 is cited, but is no clause",
  ],
  [
    "a negative case without a control",
    ROWS,
    [citing(), { ...NEGATIVE, control: undefined }],
    "a.spec.md:7: negative expects a failure but names no x-control",
  ],
  [
    "a control that is no case",
    ROWS,
    [citing(), { ...NEGATIVE, control: "nobody" }],
    "a.spec.md:7: negative names the control nobody, which is no case",
  ],
  [
    "a control that fails itself",
    ROWS,
    [citing(), NEGATIVE, { ...NEGATIVE, id: "b", control: "negative" }],
    "a.spec.md:7: b names the control negative, which itself fails",
  ],
  [
    "a negative case that checks no message",
    ROWS,
    [citing(), { ...NEGATIVE, asserts: false }],
    "a.spec.md:7: negative expects a failure but checks no message",
  ],
];

Deno.test("checkPlatform() finds what does not agree, and accepts what does", () => {
  for (const [name, rows, cases, problem] of WRONG_PLATFORM) {
    const found = checkPlatform(rowsOf("page.md", rows.join("\n")), cases);
    assertEquals(found, [problem], name);
  }
  const rows = rowsOf("page.md", ROWS.join("\n"));
  assertEquals(checkPlatform(rows, [citing(), NEGATIVE]), []);
});

const PAGE = `# A page

| \`HC-A-1\`  | First.      | must   | [Here](spec.md#a-heading) |
| \`SF-B-10\` | Second.     |        | [There](spec.md#clirun)   |
| \`HC-C-1\`  | For people. | policy | [There](spec.md#clirun)   |
`;
const GUIDE = "# A heading\n\n## cli.run\n";
const BLOCK = "```";

/** A document of cases that must fail, or of such that must not. */
function document(yaml: string, path = "specs/harness/failing/a.spec.md") {
  const text = `${BLOCK}yaml spec-test\n${yaml}\n${BLOCK}\n`;
  return evidenceOfDocument(path, new TextEncoder().encode(text));
}

const EXPECT =
  "expect: {portable: {status: fail, category: schema, message_tokens: [x]}}";
const KEPT = document("{id: K, tags: [HC-A-1, SF-B-10]}", "specs/a.spec.md");
const BROKEN = document(`{id: B, tags: [HC-A-1, SF-B-10], ${EXPECT}}`);
const AT = "specs/harness/failing/a.spec.md";

/** What stands on the page, what shows it, and every complaint. */
const WRONG_HARNESS: readonly (readonly [
  string,
  ReturnType<typeof document>,
  readonly string[],
])[] = [
  [PAGE, [...KEPT, ...BROKEN], []],
  [
    `${PAGE}| \`HC-A-1\` | Again. | [Here](spec.md#a-heading) |\n`,
    [...KEPT, ...BROKEN],
    ["page.md:6: HC-A-1 is explained twice"],
  ],
  [PAGE, BROKEN, [
    "page.md:3: HC-A-1 is shown kept by nothing",
    "page.md:4: SF-B-10 is shown kept by nothing",
  ]],
  [PAGE, KEPT, [
    "page.md:3: HC-A-1 is shown broken by nothing",
    "page.md:4: SF-B-10 is shown broken by nothing",
  ]],
  [
    PAGE,
    [...KEPT, ...BROKEN, ...document(`{id: C, tags: [SF-B-1], ${EXPECT}}`)],
    [`${AT}:2: SF-B-1 is cited, but is no clause`],
  ],
  [
    `${PAGE}| \`HC-D-1\` | Lost. | policy | [Where](spec.md#nowhere) |\n`,
    [...KEPT, ...BROKEN],
    ['page.md:6: HC-D-1 links to "nowhere", where nothing is'],
  ],
  [
    `${PAGE}| \`HC-D-1\` | Lost. | policy | |\n`,
    [...KEPT, ...BROKEN],
    ["page.md:6: HC-D-1 has no link into the guide"],
  ],
];

Deno.test("checkHarness() finds what does not agree, and accepts what does", () => {
  for (const [page, evidence, problems] of WRONG_HARNESS) {
    assertEquals(
      checkHarness(rowsOf("page.md", page), evidence, GUIDE),
      problems,
    );
  }
});

/** A case, where it stands, and what is wrong with it as evidence. */
const WRONG_CASES: readonly (readonly [string, string, readonly string[]])[] = [
  [`{id: A, tags: [other], ${EXPECT}}`, AT, ["A cites no clause"]],
  ["{id: A, tags: [HC-A-1]}", AT, ["A states no status under expect"]],
  ["{id: A, tags: [HC-A-1]}", "specs/harness/a.spec.md", []],
  [
    "{id: A, tags: [HC-A-1], expect: {portable: {status: fail, category: schema}}}",
    AT,
    ["A expects a failure, but not its category and words of its message"],
  ],
  [
    "{id: A, tags: [HC-A-1], expect: {portable: {status: fail, category: schema}, impl: {deno: {message_tokens: [x]}}}}",
    AT,
    [],
  ],
  [
    "{id: A, tags: [HC-A-1], requires: {capabilities: [no.such], when_missing: skip}, expect: {portable: {status: pass}}}",
    AT,
    ["A is skipped, so that it shows nothing"],
  ],
  [
    "{id: A, tags: [HC-A-1], requires: {capabilities: [no.such], when_missing: skip}, expect: {portable: {status: skip}}}",
    AT,
    [],
  ],
  ["- 7", AT, ["case must be a mapping, 7 was given"]],
];

Deno.test("evidenceOfDocument() finds cases that show nothing", () => {
  for (const [yaml, path, complaints] of WRONG_CASES) {
    const [evidence] = document(yaml, path);
    const wanted = complaints.map((complaint) => `${path}:2: ${complaint}`);
    assertEquals(evidence?.problems, wanted, yaml);
  }
});

Deno.test("evidenceOfDocument() tells what shows a clause kept from what shows it broken", () => {
  const call = (end: string) =>
    `{id: A, tags: [HC-A-1], ${end}, harness: {entrypoint: "./nested.ts:spec"}}`;
  const shows = (yaml: string, path?: string) => document(yaml, path)[0]?.shows;
  assertEquals(shows(`{id: A, tags: [HC-A-1], ${EXPECT}}`), "broken");
  assertEquals(shows("{id: A, expect: {portable: {status: pass}}}"), "kept");
  assertEquals(shows(call("exit_code: 2"), "specs/a.spec.md"), "broken");
  assertEquals(shows(call("exit_code: 0"), "specs/a.spec.md"), "kept");
  assertEquals(shows("{id: A, exit_code: 2}", "specs/a.spec.md"), "kept");
  assertEquals(shows("{id: A, type: spec_lang.library}"), undefined);
});

Deno.test("evidenceOfTests() takes ids in the names of tests that are run", () => {
  const text = `Deno.test("a [HC-A-1, not SF-B-10]", () => {});
Deno.test(
  \`b \${name} [SF-B-2]\`, // SF-B-3
  () => {},
);
Deno.test("c [SF-B-4]", { ignore: true }, () => {});
Deno.test.ignore("d [SF-B-5]", () => {});
`;
  const found = evidenceOfTests("a_test.ts", text);
  assertEquals(
    found.flatMap(({ clauses, shows }) =>
      clauses.map(({ id, place }) => `${place} ${id} ${shows}`)
    ),
    [
      "a_test.ts:1 HC-A-1 kept",
      "a_test.ts:1 SF-B-10 broken",
      "a_test.ts:3 SF-B-2 kept",
    ],
  );
  const complaint = "does not stand in the name of a test that is run";
  assertEquals(found.flatMap(({ problems }) => problems), [
    `a_test.ts:3: SF-B-3 ${complaint}`,
    `a_test.ts:6: SF-B-4 ${complaint}`,
    `a_test.ts:7: SF-B-5 ${complaint}`,
  ]);
});

Deno.test("the project's own clauses, documents, cases and tests agree", () => {
  const { problems } = checkClauses(new URL("../", import.meta.url));
  assertEquals(problems, []);
});
