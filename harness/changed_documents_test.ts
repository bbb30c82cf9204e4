import { assertEquals, assertThrows } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import { changedDocuments } from "./changed_documents.ts";
import { formatOf } from "./_document_names.ts";
import { parseDocument } from "./parse.ts";
import { UsageError } from "./usage_error.ts";
import { usedFiles } from "./used_files.ts";

const library = (id: string, more: object) => ({
  ...{ id, type: "spec_lang.library", functions: { [`f_${id}`]: 1 } },
  ...more,
});
const using = (path: string) => ({ "spec_lang": { "library_paths": [path] } });

/** Documents by name, and what their cases name. */
const DOCUMENTS = {
  "alone.spec.json": { id: "A", type: "text.file" },
  "file.spec.json": { id: "B", type: "text.file", path: "../data/in.txt" },
  "uses.spec.json": {
    ...{ id: "C", type: "text.file" },
    harness: using("../lib/first.json"),
  },
  "own.spec.json": library("own", { imports: ["../lib/second.json"] }),
  "gone.spec.json": {
    ...{ id: "D", type: "text.file" },
    harness: using("../lib/gone.json"),
  },
  "calls.spec.json": {
    ...{ id: "E", type: "cli.run" },
    harness: { entrypoint: "./cli.ts:main", "hook_before": "pkg.hooks:before" },
  },
  "missing.spec.json": {
    ...{ id: "F", type: "cli.run" },
    harness: { entrypoint: "./missing.ts:main" },
  },
  "command.spec.json": {
    ...{ id: "G", type: "cli.run" },
    harness: { entrypoint: "sh run.sh", "hook_after": "npm:x:y" },
  },
  "wrong.spec.json": [
    { id: "H", harness: 7, path: ["x"], imports: { a: 1 } },
    { id: "I", harness: { entrypoint: [7], "spec_lang": using("a") } },
    { id: "J", harness: { entrypoint: "", "hook_before": "a b:c" } },
    "no case",
  ],
} as const;

const FILES: Readonly<Record<string, string>> = {
  "/repo/.git/HEAD": "",
  "/repo/data/in.txt": "",
  "/repo/lib/first.json": JSON.stringify(
    library("first", { imports: ["second.json"] }),
  ),
  "/repo/lib/second.json": JSON.stringify(
    library("second", { imports: ["first.json"] }),
  ),
  "/repo/specs/cli.ts": "",
  "/repo/pkg/hooks.ts": "",
  ...Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, content]) => [
      `/repo/specs/${name}`,
      JSON.stringify(content),
    ]),
  ),
};

const USED: Readonly<Record<string, readonly string[]>> = {
  "alone.spec.json": [],
  "file.spec.json": ["/repo/data/in.txt"],
  "uses.spec.json": ["/repo/lib/first.json", "/repo/lib/second.json"],
  "own.spec.json": ["/repo/lib/second.json", "/repo/lib/first.json"],
  "gone.spec.json": ["/repo/lib/gone.json"],
  "calls.spec.json": ["/repo/specs/cli.ts", "/repo/pkg/hooks.ts"],
  "missing.spec.json": ["/repo/specs/missing.ts"],
  "command.spec.json": [],
  "wrong.spec.json": [],
};

const host = new MemoryHost({ files: FILES, cwd: "/repo", ids: { uid: 0 } });

function read(path: string) {
  const bytes = host.readFile(path);
  const items = parseDocument({ path, format: formatOf(path) }, bytes);
  return { path, items };
}

const documents = Object.keys(DOCUMENTS).map((name) => read(`specs/${name}`));

Deno.test("usedFiles() lists what the cases of each document name", () => {
  const found = usedFiles(documents, { host });
  const byName = Object.keys(DOCUMENTS).map((name, at) => [name, found[at]]);
  assertEquals(Object.fromEntries(byName), USED);
});

Deno.test("changedDocuments() takes a document for changed with every file it uses", () => {
  const all = Object.keys(USED);
  const touched = new Set([
    ...Object.values(USED).flat(),
    ...all.map((name) => `/repo/specs/${name}`),
  ]);
  for (const file of touched) {
    const changed = { since: "x", root: "/repo", files: new Set([file]) };
    const { paths } = changedDocuments(documents, changed, { host });
    const wanted = all.filter((name) =>
      USED[name]?.includes(file) || file === `/repo/specs/${name}`
    );
    assertEquals([...paths], wanted.map((name) => `specs/${name}`), file);
  }
});

Deno.test("changedDocuments() finds links, other repositories and what cannot be read", () => {
  const linked = new MemoryHost({
    files: {
      ...FILES,
      "/repo/now": { kind: "symlink", target: "specs" },
      "/repo/a.spec.json": { kind: "symlink", target: "specs/alone.spec.json" },
    },
    cwd: "/repo",
    ids: { uid: 0 },
  });
  const given = ["now/alone.spec.json", "a.spec.json", "./specs/x.json"]
    .map((path) => ({ path, items: [] }));
  const changed = (...files: string[]) => {
    const all = { since: "x", root: "/repo", files: new Set(files) };
    return [...changedDocuments(given, all, { host: linked }).paths];
  };
  const alone = "/repo/specs/alone.spec.json";
  assertEquals(changed(alone), ["now/alone.spec.json", "a.spec.json"]);
  assertEquals(changed("/repo/a.spec.json"), ["a.spec.json"]);
  assertEquals(changed("/repo/specs").length, 3);
  assertEquals(changed("/repo/specs/x.json"), ["./specs/x.json"]);
  assertEquals(changed("/repo/spec", "/repo/other"), []);
});

Deno.test("changedDocuments() refuses a document that git knows nothing of", () => {
  const outside = [{ path: "/tmp/a.spec.md", items: [] }];
  const changed = { since: "main", root: "/repo", files: new Set<string>() };
  assertThrows(
    () => changedDocuments(outside, changed, { host }),
    UsageError,
    'Cannot tell whether "/tmp/a.spec.md" has changed since "main": it is outside of the repository "/repo"',
  );
});
