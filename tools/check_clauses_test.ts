import { assertEquals } from "@std/assert";
import { CLAUSES } from "../harness/image/clauses.ts";
import { checkClauses, type CitingCase, readCases } from "./check_clauses.ts";

const ROWS = CLAUSES.map(({ id }) => `| \`${id}\` | a rule |`);

function citing(change: Partial<CitingCase> = {}): CitingCase {
  return {
    id: "control",
    clauses: CLAUSES.map(({ id }) => id),
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

const WRONG: readonly (readonly [
  string,
  readonly string[],
  readonly CitingCase[],
  string,
])[] = [
  [
    "a clause without a row",
    ROWS.slice(1),
    [citing()],
    "RP-ENTRY-1 is not explained in docs/contract.md",
  ],
  [
    "a row without a clause",
    [...ROWS, "| `RP-OTHER-1` | a rule |"],
    [citing()],
    "RP-OTHER-1 is explained in docs/contract.md, but is no clause",
  ],
  [
    "a clause without a case",
    ROWS,
    [citing({ clauses: CLAUSES.map(({ id }) => id).slice(1) })],
    "RP-ENTRY-1 is cited by no case",
  ],
  [
    "a citation of no clause",
    ROWS,
    [citing(), citing({ id: "b", clauses: ["RP-OTHER-1"] })],
    "RP-OTHER-1 is cited, but is no clause",
  ],
  [
    "a negative case without a control",
    ROWS,
    [citing(), { ...NEGATIVE, control: undefined }],
    "negative expects a failure but names no x-control",
  ],
  [
    "a control that is no case",
    ROWS,
    [citing(), { ...NEGATIVE, control: "nobody" }],
    "negative names the control nobody, which is no case",
  ],
  [
    "a control that fails itself",
    ROWS,
    [citing(), NEGATIVE, { ...NEGATIVE, id: "b", control: "negative" }],
    "b names the control negative, which itself fails",
  ],
  [
    "a negative case that checks no message",
    ROWS,
    [citing(), { ...NEGATIVE, asserts: false }],
    "negative expects a failure but checks no message",
  ],
];

for (const [name, rows, cases, problem] of WRONG) {
  Deno.test(`checkClauses() finds ${name}`, () => {
    assertEquals(checkClauses(rows.join("\n"), cases), [problem]);
  });
}

Deno.test("checkClauses() accepts what agrees", () => {
  assertEquals(checkClauses(ROWS.join("\n"), [citing(), NEGATIVE]), []);
});

Deno.test("the project's own clauses, documents and cases agree", async () => {
  const page = new URL("../docs/contract.md", import.meta.url);
  assertEquals(checkClauses(await Deno.readTextFile(page), readCases()), []);
});
