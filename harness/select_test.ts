import { assert, assertEquals, assertThrows } from "@std/assert";
import { selectCases } from "./select.ts";
import type { Candidate, Selection } from "./selection.ts";
import { EmptySelectionError, UsageError } from "./usage_error.ts";
import { headAt, headOf } from "./verdict.ts";

interface Described {
  readonly id?: string;
  readonly type?: string;
  readonly tags?: readonly string[];
  readonly path?: string;
  readonly line?: number;
}

function caseOf(described: Described): Candidate {
  const { path = "specs/a.spec.md", line = 7, ...value } = described;
  const location = { path, line, column: 1 };
  const source = {
    kind: "case" as const,
    value: { type: "cli.run", ...value },
    location,
    locate: () => location,
  };
  return { head: headOf(source), source };
}

/** What cannot be read; its id may be known all the same. */
function unread({ id, path = "specs/a.spec.md", line = 99 }: Described) {
  const head = headAt({ path, line, column: 1 });
  return { head: id === undefined ? head : { ...head, id } };
}

function chosen(
  candidates: readonly Candidate[],
  selection: Selection,
): string[] {
  const { chosen } = selectCases(candidates, selection);
  return chosen.map(({ head }) => head.id);
}

const MATCHES: Readonly<Record<string, [string[], string[]]>> = {
  "A": [["A"], ["", "a", "AA", "BA"]],
  "*": [["", "A", "a/b.c\nd"], []],
  "A*": [["A", "AB", "A*"], ["", "BA"]],
  "*A": [["A", "BA", "AA"], ["AB"]],
  "*A*B": [["AB", "xAyB", "ABAB"], ["BA", "ABx"]],
  "A?": [["AB", "A?", "A😀"], ["A", "ABC"]],
  "?*": [["A", "AB"], [""]],
  "**": [["", "A"], []],
  "[abc]x": [["ax", "cx"], ["dx", "x", "abx"]],
  "[a-c1]": [["a", "b", "c", "1"], ["d", "-", "A"]],
  "[!a-c]": [["d", "-"], ["a", "", "dd"]],
  "[^a]": [["b", "^"], ["a"]],
  "[]]": [["]"], ["[", ""]],
  "[!]]": [["a"], ["]"]],
  "[a-]": [["a", "-"], ["b"]],
  "[-a]": [["a", "-"], ["b"]],
  "[*?[]": [["*", "?", "["], ["a"]],
  "[😀-😂]": [["😁"], ["😃"]],
  "a]b": [["a]b"], ["ab"]],
  "a.b": [["a.b"], ["axb"]],
  "(a|b)+\\d$": [["(a|b)+\\d$"], ["a1"]],
};

/** As it is, with an id that an empty one would not be. */
function withId(id: string): Candidate {
  const one = caseOf({});
  return { ...one, head: { ...one.head, id } };
}

Deno.test("selectCases() matches whole ids", () => {
  for (const [glob, [matching, others]] of Object.entries(MATCHES)) {
    const candidates = [...matching, ...others].map(withId);
    assertEquals(chosen(candidates, { filter: glob }), matching, glob);
  }
});

const REFUSED = {
  "": "Cannot filter by id: the pattern is empty",
  "[a": 'Cannot filter by id: the pattern "[a" has "[" without "]"',
  "x[]": 'Cannot filter by id: the pattern "x[]" has "[" without "]"',
  "[!]": 'Cannot filter by id: the pattern "[!]" has "[" without "]"',
  "[z-a]":
    'Cannot filter by id: the pattern "[z-a]" has the range "z-a", which is the wrong way round',
};

Deno.test("selectCases() refuses a pattern that means nothing", () => {
  for (const [glob, message] of Object.entries(REFUSED)) {
    assertThrows(() => selectCases([], { filter: glob }), UsageError, message);
    assertThrows(
      () => selectCases([], { documentNames: [glob] }),
      UsageError,
      message.replace("by id", "by document"),
    );
  }
});

Deno.test("selectCases() takes no exponential time", () => {
  const candidates = [withId("a".repeat(5000)), withId("b")];
  const start = performance.now();
  const filter = [`${"*a".repeat(50)}*b`, "b"];
  assertThrows(() => selectCases(candidates, { filter }), UsageError);
  assertEquals(performance.now() - start < 20_000, true);
});

const SUITE: readonly Candidate[] = [
  caseOf({ id: "A-1", tags: ["fast", "net"], path: "specs/a.spec.md" }),
  caseOf({ id: "A-2", tags: ["slow"], path: "specs/a.spec.md" }),
  caseOf({ id: "B-1", type: "text.file", path: "specs/deep/b.spec.md" }),
  caseOf({ id: "B-2", type: "text.file", tags: ["fast"], path: "b.spec.md" }),
];

const CHOSEN: readonly (readonly [Selection, string])[] = [
  [{}, "A-1 A-2 B-1 B-2"],
  [{ filter: [] }, "A-1 A-2 B-1 B-2"],
  [{ filter: ["B-*", "A-1"] }, "A-1 B-1 B-2"],
  [{ tags: ["fast"] }, "A-1 B-2"],
  [{ tags: ["slow", "net"] }, "A-1 A-2"],
  [{ excludeTags: ["fast"] }, "A-2 B-1"],
  [{ excludeTags: ["fast", "slow", "nobody has it"] }, "B-1"],
  [{ tags: ["fast"], excludeTags: ["net"] }, "B-2"],
  [{ caseTypes: ["text.file"] }, "B-1 B-2"],
  [{ caseTypes: ["text.file", "cli.run"], tags: ["fast"] }, "A-1 B-2"],
  [{ documentNames: ["b.spec.md"] }, "B-1 B-2"],
  [{ documentNames: ["deep/*"] }, "B-1"],
  [{ documentNames: ["specs/*"] }, "A-1 A-2 B-1"],
  [{ documentNames: ["specs/a.spec.md"] }, "A-1 A-2"],
  [{ lastFailed: { source: "r", ids: new Set(["B-1", "A-2"]) } }, "A-2 B-1"],
  [
    { changed: { since: "HEAD", paths: new Set(["b.spec.md", "x"]) } },
    "B-2",
  ],
];

Deno.test("selectCases() wants one value of each kind, and all kinds", () => {
  for (const [selection, ids] of CHOSEN) {
    assertEquals(chosen(SUITE, selection).join(" "), ids);
  }
});

const NOTHING: readonly (readonly [Selection, string, string])[] = [
  [
    { filter: "C" },
    'none of 4 ids matches "C"',
    'See the ids with "spec list"',
  ],
  [{ filter: ["A-1", "B-11"] }, 'matches "B-11"', 'Did you mean "B-1"?'],
  [{ tags: ["fsat"] }, 'has the tag "fsat"', 'Did you mean "fast"?'],
  [
    { tags: ["fast", "linux"] },
    'none of 4 cases has the tag "linux"',
    'Tags are "fast", "net", "slow"',
  ],
  [{ caseTypes: ["cli_run"] }, 'of type "cli_run"', 'Did you mean "cli.run"?'],
  [
    { caseTypes: ["sql.query"] },
    "none of 4 cases is of type",
    'Types are "cli.run", "text.file"',
  ],
  [
    { documentNames: ["*.yaml"] },
    'none of 4 cases is in a document that matches "*.yaml"',
    'Documents are "b.spec.md", "specs/a.spec.md", "specs/deep/b.spec.md"',
  ],
  [
    { tags: ["slow"], caseTypes: ["text.file"] },
    'none fits all of --tag "slow" (1 of 4), --type "text.file" (2 of 4)',
    "Ask for less",
  ],
  [
    { lastFailed: { source: "r.json", ids: new Set(["GONE"]) } },
    'none of 4 cases is one of those that failed in "r.json"',
    "Leave --last-failed out",
  ],
];

Deno.test("selectCases() refuses what fits nothing, and says what there is", () => {
  for (const [selection, message, remedy] of NOTHING) {
    const error = assertThrows(
      () => selectCases(SUITE, selection),
      UsageError,
      message,
    );
    assert(error.remedy?.includes(remedy), error.remedy);
    assert(!(error instanceof EmptySelectionError), message);
  }
});

Deno.test("selectCases() refuses to leave every case out", () => {
  const suite = SUITE.filter(({ head }) => head.tags.length > 0);
  const excludeTags = ["fast", "slow"];
  assertThrows(
    () => selectCases(suite, { excludeTags }),
    UsageError,
    'all of 3 cases have one of the tags "fast", "slow"',
  );
});

const EMPTY: readonly (readonly [Selection, string])[] = [
  [
    { lastFailed: { source: "r.json", ids: new Set() } },
    'nothing failed in "r.json"',
  ],
  [
    { changed: { since: "main", paths: new Set() } },
    'no document has changed since "main"',
  ],
  [
    {
      changed: { since: "main", paths: new Set(["b.spec.md"]) },
      tags: ["slow"],
    },
    'none fits all of --tag "slow" (1 of 4), --changed "main" (1 of 4)',
  ],
];

Deno.test("selectCases() tells nothing to do from a mistake", () => {
  for (const [selection, message] of EMPTY) {
    const error = assertThrows(
      () => selectCases(SUITE, selection),
      EmptySelectionError,
      message,
    );
    assert(error.remedy?.includes("--allow-empty"));
  }
});

Deno.test("selectCases() finds a slip in what is asked besides", () => {
  const changed = { since: "HEAD", paths: new Set<string>() };
  const error = assertThrows(
    () => selectCases(SUITE, { changed, tags: ["fsat"] }),
    UsageError,
    'has the tag "fsat"',
  );
  assert(!(error instanceof EmptySelectionError));
});

Deno.test("selectCases() keeps what cannot be read wherever it could be wanted", () => {
  const broken = [unread({}), unread({ id: "A-9" })];
  const suite = [...SUITE, ...broken];
  const told = (selection: Selection) => chosen(suite, selection).join(" ");
  const nameless = "specs/a.spec.md:99";
  assertEquals(told({ filter: "B-1" }), `B-1 ${nameless}`);
  assertEquals(told({ filter: "A-9" }), `${nameless} A-9`);
  assertEquals(told({ tags: ["net"] }), `A-1 ${nameless} A-9`);
  assertEquals(
    told({ caseTypes: ["cli.run"], filter: "A-1" }),
    `A-1 ${nameless}`,
  );
  assertEquals(told({ documentNames: ["b.spec.md"] }), "B-1 B-2");
  assertEquals(told({ excludeTags: ["fast"] }), `A-2 B-1 ${nameless} A-9`);
  const ids = new Set(["A-9"]);
  const lastFailed = { source: "r", ids };
  assertEquals(told({ lastFailed }), `${nameless} A-9`);
});

Deno.test("selectCases() chooses nothing because it cannot be read", () => {
  const error = assertThrows(
    () => selectCases([unread({})], { tags: ["fast"] }),
    UsageError,
    'none of 1 cases has the tag "fast"',
  );
  assertEquals(error.remedy, '1 could not be read: see them with "spec list"');
});

Deno.test("selectCases() tells which failed cases are gone", () => {
  const ids = new Set(["B-1", "GONE-1", "GONE-2"]);
  const { chosen, notes } = selectCases(SUITE, {
    lastFailed: { source: "r.json", ids },
  });
  assertEquals(chosen.length, 1);
  assertEquals(notes, [
    '2 of 3 cases that failed in "r.json" are not here: "GONE-1", "GONE-2"',
  ]);
  const many = new Set([
    "B-1",
    ...Array.from({ length: 30 }, (_, i) => `${i}`),
  ]);
  const lastFailed = { source: "r.json", ids: many };
  const [note = ""] = selectCases(SUITE, { lastFailed }).notes;
  assert(note.endsWith('"9", …'), note);
});

/** Every selection there is over a few values, some of no use. */
function* selections(): Generator<Selection> {
  const tagSets = [[], ["fast"], ["slow", "net"], ["none"]];
  for (const filter of [[], ["A-*"], ["B-1", "A-2"]]) {
    for (const tags of tagSets) {
      for (const excludeTags of tagSets) {
        for (const caseTypes of [[], ["text.file"], ["x"]]) {
          yield { filter, tags, excludeTags, caseTypes };
        }
      }
    }
  }
}

Deno.test("selectCases() chooses what the rule says, or says that it is nothing", () => {
  let empty = 0;
  for (const selection of selections()) {
    const { tags = [], excludeTags = [], caseTypes = [] } = selection;
    const filter = [selection.filter ?? []].flat();
    const wanted = SUITE.filter(({ head }) =>
      (filter.length === 0 ||
        filter.some((glob) => head.id.startsWith(glob.replace("*", "")))) &&
      (tags.length === 0 || tags.some((tag) => head.tags.includes(tag))) &&
      !excludeTags.some((tag) => head.tags.includes(tag)) &&
      (caseTypes.length === 0 || caseTypes.includes(head.type ?? ""))
    ).map(({ head }) => head.id);
    if (wanted.length > 0) assertEquals(chosen(SUITE, selection), wanted);
    else {
      empty++;
      assertThrows(() => selectCases(SUITE, selection), UsageError);
    }
  }
  assert(empty > 50);
});
