import { assertEquals, assertThrows } from "@std/assert";
import { denoHost } from "../host/deno_host.ts";
import { MemoryHost } from "../host/memory_host.ts";
import { CaseError } from "./case_error.ts";
import {
  besideDocument,
  findContractRoot,
  resolveInside,
} from "./contract_root.ts";

const HOST = new MemoryHost({
  files: {
    "/repo/.git/HEAD": "",
    "/repo/docs/deep/a.spec.md": "",
    "/repo/sub/.git": "gitdir: elsewhere",
    "/repo/sub/specs/a.spec.md": "",
    "/plain/specs/a.spec.md": "",
    "/plain/link.spec.md": {
      kind: "symlink",
      target: "/repo/docs/deep/a.spec.md",
    },
    "/plain/out": { kind: "symlink", target: "../repo" },
    "/plain/in": { kind: "symlink", target: "specs" },
    "/plain/loop": { kind: "symlink", target: "loop" },
    "/plainer/secret": "",
  },
  cwd: "/repo/docs",
});

Deno.test("findContractRoot() takes the closest folder with .git, directory or file", () => {
  const table = {
    "/repo/docs/deep/a.spec.md": "/repo",
    "deep/a.spec.md": "/repo",
    "../sub/specs/a.spec.md": "/repo/sub",
    "deep/missing/b.spec.md": "/repo",
  };
  for (const [path, root] of Object.entries(table)) {
    assertEquals(findContractRoot(path, HOST), root, path);
  }
});

Deno.test("findContractRoot() falls back to the document's folder, or the one above", () => {
  const path = "/plain/specs/a.spec.md";
  assertEquals(findContractRoot(path, HOST), "/plain/specs");
  const options = { fallback: "parent" } as const;
  assertEquals(findContractRoot(path, HOST, undefined, options), "/plain");
  assertEquals(findContractRoot("/a.spec.md", HOST), "/");
});

Deno.test("findContractRoot() goes by where a linked document really is", () => {
  assertEquals(findContractRoot("/plain/link.spec.md", HOST), "/repo");
});

Deno.test("findContractRoot() obeys the caller, links resolved", () => {
  const path = "/plain/specs/a.spec.md";
  assertEquals(findContractRoot(path, HOST, "/plain/out"), "/repo");
  assertEquals(findContractRoot(path, HOST, "."), "/repo/docs");
  const error = assertThrows(
    () => findContractRoot(path, HOST, "/nowhere"),
    CaseError,
    'Cannot use "/nowhere" as contract root: no such file or directory',
  );
  assertEquals(error.category, "runtime");
});

Deno.test("findContractRoot() finds the root of this very repository", () => {
  const path = new URL(import.meta.url).pathname;
  const root = findContractRoot(path, denoHost());
  assertEquals(path.startsWith(`${root}/harness/`), true);
});

Deno.test("resolveInside() resolves what is inside and refuses what is not", () => {
  const table: Record<string, string | undefined> = {
    "/plain/specs/a.spec.md": "/plain/specs/a.spec.md",
    "/plain/in/a.spec.md": "/plain/specs/a.spec.md",
    "/plain/in/../new": "/plain/new",
    "/plain/new/deeper": "/plain/new/deeper",
    "/plain/loop/x": "/plain/loop/x",
    "/plain": "/plain",
    "/plain/../plain/x": "/plain/x",
    "/plain/../plainer/secret": undefined,
    "/plain/missing/../../etc/x": undefined,
    "/plain/out/docs/deep/a.spec.md": undefined,
    "/plain/out/new": undefined,
    "/": undefined,
  };
  for (const [path, wanted] of Object.entries(table)) {
    assertEquals(resolveInside(path, "/plain", HOST), wanted, path);
  }
  assertEquals(resolveInside("/plain/out", "/", HOST), "/repo");
});

Deno.test("besideDocument() keeps absolute paths and the spelling of links", () => {
  assertEquals(besideDocument("/x", "a.spec.md", HOST), "/x");
  assertEquals(
    besideDocument("in/../b", "/plain/a.spec.md", HOST),
    "/plain/in/../b",
  );
  assertEquals(besideDocument("b", "a.spec.md", HOST), "/repo/docs/b");
});
