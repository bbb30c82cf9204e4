import { assertEquals, assertThrows } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { parseEntrypoint, resolveModule } from "./entrypoint.ts";

const MODULES: Record<string, [string, string[]]> = {
  "./cli.ts:main": ["./cli.ts", ["main"]],
  "pkg.sub.mod:main": ["pkg.sub.mod", ["main"]],
  "a:b.c.d": ["a", ["b", "c", "d"]],
  "node:console:log": ["node:console", ["log"]],
  "https://example.org/x.ts:$a_1": ["https://example.org/x.ts", ["$a_1"]],
  "file:///x.ts:é": ["file:///x.ts", ["é"]],
};

const COMMANDS: [Json, string[]][] = [
  ["true", ["true"]],
  ["./tool --flag", ["./tool", "--flag"]],
  ["localhost:8080", ["localhost:8080"]],
  ["a:b.", ["a:b."]],
  ["a:.b", ["a:.b"]],
  ["a:b-c", ["a:b-c"]],
  [":main", [":main"]],
  ["mod:main --flag", ["mod:main", "--flag"]],
  ["a:b ", ["a:b"]],
  [["mod:main"], ["mod:main"]],
  [["a b", "", "$c"], ["a b", "", "$c"]],
];

const SHAPE =
  'it must be "module:function", a command line or a list of strings';

const REFUSED: [Json, string][] = [
  ["", "it names no program"],
  [" ", "it names no program"],
  ["''", "it names no program"],
  [[""], "it names no program"],
  ["'", "is never closed"],
  [[], "it names no program"],
  [["a", 1], `${SHAPE}, found 1 at [1]; write it in quotes`],
  [[["a"]], `${SHAPE}, found a list at [0]`],
  [{}, `${SHAPE}, found a mapping`],
  [1, `${SHAPE}, found 1; write it in quotes`],
  [true, `${SHAPE}, found true; write it in quotes`],
  [null, `${SHAPE}, found null`],
];

Deno.test("parseEntrypoint() tells functions from commands", () => {
  for (const [text, [module, attr]] of Object.entries(MODULES)) {
    assertEquals(parseEntrypoint(text), { kind: "module", module, attr });
  }
  for (const [value, argv] of COMMANDS) {
    assertEquals(parseEntrypoint(value), { kind: "command", argv });
  }
});

Deno.test("parseEntrypoint() refuses everything else", () => {
  for (const [value, message] of REFUSED) {
    assertThrows(() => parseEntrypoint(value), SyntaxError, message);
  }
});

const HOST = new MemoryHost({
  files: {
    "/repo/specs/cli.ts": "",
    "/repo/specs/both.ts": "",
    "/repo/specs/bare": "",
    "/repo/specs/odd #?%.ts": "",
    "/repo/both.ts": "",
    "/repo/top.js": "",
    "/repo/pkg/sub/one.ts": "",
    "/repo/pkg/sub/two.js": "",
    "/repo/pkg/sub/three.mjs": "",
    "/repo/pkg/sub/four/mod.ts": "",
    "/repo/pkg/sub/one.js": "",
  },
  cwd: "/repo",
});

Deno.test("resolveModule() looks beside the document, then below the root", () => {
  const table = {
    "./cli.ts": "file:///repo/specs/cli.ts",
    "cli.ts": "file:///repo/specs/cli.ts",
    "../both.ts": "file:///repo/both.ts",
    "/repo/both.ts": "file:///repo/both.ts",
    "both.ts": "file:///repo/specs/both.ts",
    "bare": "file:///repo/specs/bare",
    "odd #?%.ts": "file:///repo/specs/odd%20%23%3F%25.ts",
    "top": "file:///repo/top.js",
    "pkg.sub.one": "file:///repo/pkg/sub/one.ts",
    "pkg.sub.two": "file:///repo/pkg/sub/two.js",
    "pkg.sub.three": "file:///repo/pkg/sub/three.mjs",
    "pkg.sub.four": "file:///repo/pkg/sub/four/mod.ts",
    "pkg.sub.five": "pkg.sub.five",
    "pkg.sub": "pkg.sub",
    "@std/path": "@std/path",
    "..": "..",
    "jsr:@std/path": "jsr:@std/path",
    "npm:left": "npm:left",
    "node:fs": "node:fs",
    "file:///x.ts": "file:///x.ts",
  };
  const place = {
    documentPath: "specs/a.spec.md",
    contractRoot: "/repo",
    host: HOST,
  };
  for (const [module, wanted] of Object.entries(table)) {
    assertEquals(resolveModule(module, place), wanted, module);
  }
  for (const module of ["./no.ts", "../no.ts", "/no.ts"]) {
    const error = assertThrows(() => resolveModule(module, place), CaseError);
    assertEquals(error.category, "runtime");
    assertEquals(
      error.message,
      `Cannot find module "${module}": no such file beside "specs/a.spec.md"`,
    );
  }
});

Deno.test("resolveModule() asks for the file with nearly the same name", () => {
  const host = new MemoryHost({
    files: { "/repo/specs/cli.ts": "", "/repo/specs/cly.d/x": "" },
    cwd: "/repo",
  });
  const place = {
    documentPath: "specs/a.spec.md",
    contractRoot: "/repo",
    host,
  };
  const table = {
    "./clii.ts": '; did you mean "cli.ts"?',
    "./cly": "",
    "./other.ts": "",
    "./no/cli.ts": "",
  };
  for (const [module, hint] of Object.entries(table)) {
    const error = assertThrows(() => resolveModule(module, place), CaseError);
    assertEquals(
      error.message,
      `Cannot find module "${module}": no such file beside "specs/a.spec.md"${hint}`,
    );
  }
});

Deno.test("resolveModule() refuses a dotted name that leads out of the root by a link [SF-ENTRY-8, not SF-ENTRY-8]", () => {
  const link = (target: string) => ({ kind: "symlink", target } as const);
  const host = new MemoryHost({
    files: {
      "/outside/mod.ts": "",
      "/repo/real/mod.ts": "",
      "/repo/pkg/file.ts": link("../../outside/mod.ts"),
      "/repo/folder": link("/outside"),
      "/repo/inside": link("real"),
      "/repo/gone.ts": link("/nowhere"),
    },
  });
  const place = { documentPath: "/repo/a.md", contractRoot: "/repo", host };
  const table = { "pkg.file": "pkg/file.ts", "folder.mod": "folder/mod.ts" };
  for (const [module, path] of Object.entries(table)) {
    const error = assertThrows(() => resolveModule(module, place), CaseError);
    assertEquals([error.category, error.message], [
      "schema",
      `module "${module}" escapes contract root: "${path}" is a link that leads out; write a path or choose the root with --contract-root`,
    ]);
  }
  assertEquals(resolveModule("inside", place), "file:///repo/real/mod.ts");
  assertEquals(resolveModule("gone", place), "gone");
});
