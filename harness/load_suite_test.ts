import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import { loadSuite } from "./load_suite.ts";
import type { SuiteDocument } from "./suite.ts";
import { UsageError } from "./usage_error.ts";
import { failed } from "./verdict.ts";

function jsonDocument(path: string, cases: unknown): SuiteDocument {
  const bytes = new TextEncoder().encode(JSON.stringify(cases));
  return { path, format: "json", bytes };
}

const host = new MemoryHost();

Deno.test("loadSuite() fails the later of two cases with one id and names both places", () => {
  const documents = [
    jsonDocument("a.json", [{ id: "A" }, { id: "B" }]),
    jsonDocument("b.json", [{ id: "A" }, { id: "A" }]),
  ];
  const { cases: loaded } = loadSuite({ documents }, host);
  const messages = loaded.map((item) =>
    "error" in item ? failed(item.head, item.error).message : null
  );
  assertEquals(messages.slice(0, 2), [null, null]);
  for (const message of messages.slice(2)) {
    assertStringIncludes(message ?? "", "b.json:1:");
    assertStringIncludes(
      message ?? "",
      'duplicate id "A": it is already used at a.json:1',
    );
  }
});

Deno.test("loadSuite() takes cases without a usable id for different ones", () => {
  const documents = [jsonDocument("a.json", [{}, {}, { id: 5 }])];
  const { cases: loaded } = loadSuite({ documents }, host);
  assertEquals(loaded.map((item) => "error" in item), [false, false, false]);
});

Deno.test("loadSuite() calls a case with a value that JSON has not by its id", () => {
  const text = `- {id: A, type: text.file, x-date: 2024-01-01}
- {id: A, type: text.file}
- {id: "\\e", type: text.file, x-date: 2024-01-01}
- {id: 7, type: text.file, x-date: 2024-01-01}`;
  const bytes = new TextEncoder().encode(text);
  const documents = [{ path: "a.yaml", format: "yaml" as const, bytes }];
  const { cases: loaded } = loadSuite({ documents }, host);
  assertEquals(
    loaded.map((item) => [
      item.head.id,
      "error" in item ? item.error.message.slice(0, 23) : undefined,
    ]),
    [
      ["A", '"x-date" is the timesta'],
      ["A", 'duplicate id "A": it is'],
      ["a.yaml:3", '"x-date" is the timesta'],
      ["a.yaml:4", '"x-date" is the timesta'],
    ],
  );
});

Deno.test("loadSuite() lets an unreadable document fail and reads the others", () => {
  const files = {
    "/specs/a.spec.md": "",
    "/specs/b.spec.json": '{"id":"B"}',
  };
  const failReads = { "specs/a.spec.md": "EACCES" };
  const machine = new MemoryHost({ files, failReads, cwd: "/" });
  const formats = ["md", "json"] as const;
  const { cases: loaded, documents } = loadSuite(
    { paths: ["specs"], formats },
    machine,
  );
  assertEquals(loaded.map(({ head }) => head.id), ["specs/a.spec.md:1", "B"]);
  // Whoever names it as a library is told the same.
  assertEquals(documents.map(({ path }) => path), ["specs/b.spec.json"]);
  const [first] = loaded;
  assertEquals(
    first !== undefined && "error" in first &&
      failed(first.head, first.error).message,
    "specs/a.spec.md:1:1: cannot read the document: permission denied",
  );
});

Deno.test("loadSuite() tells a broken symbolic link", () => {
  const files = {
    "/specs/a.spec.md": { kind: "symlink", target: "gone.md" },
    "/specs/b.spec.json": '{"id":"B"}',
  } as const;
  const machine = new MemoryHost({ files, cwd: "/" });
  const formats = ["md", "json"] as const;
  const { cases: [first] } = loadSuite({ paths: ["specs"], formats }, machine);
  assertEquals(
    first !== undefined && "error" in first &&
      failed(first.head, first.error).message,
    "specs/a.spec.md:1:1: cannot read the document: it is a broken symbolic link",
  );
  assertThrows(
    () => loadSuite({ paths: ["specs/a.spec.md"] }, machine),
    UsageError,
    'Cannot read "specs/a.spec.md": it is a broken symbolic link',
  );
});

Deno.test("loadSuite() filters by id, and keeps what could not be read and has none", () => {
  const documents = [jsonDocument("a.json", [{ id: "A" }, { id: "B" }, {}])];
  const ids = (filter: string) =>
    loadSuite({ documents, filter }, host).cases.map(({ head }) => head.id);
  assertEquals(ids("B"), ["B", "a.json:1"]);
  assertEquals(ids("*"), ["A", "B", "a.json:1"]);
  assertEquals(ids("a.json:*"), ["a.json:1"]);
});

Deno.test("loadSuite() sees a duplicate that the filter would hide", () => {
  const documents = [jsonDocument("a.json", [{ id: "A" }, { id: "A" }])];
  const { cases: loaded } = loadSuite({ documents, filter: "A" }, host);
  assertEquals(loaded.map((item) => "error" in item), [false, true]);
});

Deno.test("loadSuite() takes finding nothing for a mistake in the call", () => {
  const documents = [jsonDocument("a.json", [{ id: "A" }])];
  const none = [{
    path: "a.spec.md",
    format: "md" as const,
    bytes: new TextEncoder().encode("# no case\n"),
  }];
  const calls = [
    [{ documents, filter: "B" }, 'none of 1 ids matches "B"'],
    [{ documents: none }, 'no case block in "a.spec.md"'],
    [{}, "no path was given"],
    [{ paths: ["missing"] }, 'Cannot find "missing"'],
    [{ documents, filter: "" }, "the pattern is empty"],
  ] as const;
  for (const [options, text] of calls) {
    assertThrows(() => loadSuite(options, host), UsageError, text);
  }
});

Deno.test("loadSuite() takes the cases at lines, and sees duplicates elsewhere", () => {
  const text = '[{"id":"A"},\n{"id":"B"},\n{"id":"A"}]';
  const machine = new MemoryHost({ files: { "/a.spec.json": text }, cwd: "/" });
  const told = (...paths: readonly string[]) =>
    loadSuite({ paths }, machine).cases.map((item) =>
      `${item.head.id}${"error" in item ? " again" : ""}`
    );
  assertEquals(told("a.spec.json:2"), ["B"]);
  assertEquals(told("a.spec.json:3", "a.spec.json:2"), ["B", "A again"]);
  assertEquals(told("a.spec.json:3", "a.spec.json"), ["A", "B", "A again"]);
});

Deno.test("loadSuite() takes what has changed, also if it cannot be read, but nothing in memory", () => {
  const files = { "/a.spec.json": '{"id":"A"}', "/b.spec.json": '{"id":"B"}' };
  const failReads = { "b.spec.json": "EACCES" };
  const machine = new MemoryHost({ files, failReads, cwd: "/" });
  const told = (...names: readonly string[]) => {
    const changed = { since: "HEAD", root: "/", files: new Set(names) };
    const paths = ["a.spec.json", "b.spec.json"];
    const documents = [jsonDocument("c.spec.json", { id: "C" })];
    return loadSuite({ paths, documents, changed }, machine).cases
      .map(({ head }) => head.id);
  };
  assertEquals(told("/a.spec.json"), ["A"]);
  assertEquals(told("/b.spec.json", "/c.spec.json"), ["b.spec.json:1"]);
  assertThrows(
    () => told("/c.spec.json"),
    UsageError,
    "no document has changed",
  );
});
