import { assertEquals, assertThrows } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import type { Json, JsonObject } from "../json.ts";
import { rawCase, runType, suiteContext } from "./_type_test_helpers.ts";
import type { SuiteContext } from "./harness_type.ts";
import { textFile } from "./text_file.ts";

const FILES = {
  "/repo/.git/HEAD": "",
  "/repo/README.md": "\ufeff# Readme\r\n",
  "/repo/specs/a.spec.md": "the spec",
  "/repo/specs/b.txt": "b",
  "/repo/specs/binary": new Uint8Array([0xff]),
  "/repo/specs/dir/x": "",
  "/repo/specs/in": { kind: "symlink", target: "../README.md" },
  "/repo/specs/out": { kind: "symlink", target: "/etc/passwd" },
  "/etc/passwd": "root",
} as const;

function run(body: JsonObject, change: Partial<SuiteContext> = {}) {
  const context = suiteContext(new MemoryHost({ files: FILES }), change);
  return runType(textFile, { raw: rawCase({ body }), context }, ["text"]);
}

Deno.test("text.file reads the document itself, or a file beside it", async () => {
  const table: [JsonObject, string][] = [
    [{}, "the spec"],
    [{ path: "b.txt" }, "b"],
    [{ path: "../README.md" }, "\ufeff# Readme\r\n"],
    [{ path: "in" }, "\ufeff# Readme\r\n"],
    [{ path: "../../repo/specs/b.txt" }, "b"],
  ];
  for (const [body, text] of table) {
    assertEquals(await run(body), { read: { text } });
  }
});

Deno.test("text.file takes the document as it was read, unless there is a path", async () => {
  const context = suiteContext(new MemoryHost({ files: FILES }));
  for (const [body, text] of [[{}, "read\r\n"], [{ path: "b.txt" }, "b"]]) {
    const raw = rawCase({ body: body as JsonObject });
    const source = { ...raw.source, text: () => "read\r\n" };
    const found = await runType(
      textFile,
      { raw: { ...raw, source }, context },
      ["text"],
    );
    assertEquals<unknown>(found, { read: { text } });
  }
});

Deno.test("text.file reads from where the run was started, wherever the process is now", async () => {
  const host = new MemoryHost({ files: FILES, cwd: "/elsewhere" });
  const context = suiteContext(host, { cwd: "/repo" });
  for (const [path, text] of [[undefined, "the spec"], ["b.txt", "b"]]) {
    const body = path === undefined ? {} : { path };
    const raw = rawCase({ body, path: "specs/a.spec.md" });
    const ending = await runType(textFile, { raw, context }, ["text"]);
    assertEquals<unknown>(ending, { read: { text } });
  }
});

Deno.test("text.file refuses paths that are no text or not relative", async () => {
  const table: [Json, string][] = [
    ["/etc/passwd", 'text.file path must be relative, found "/etc/passwd"'],
    ["", "text.file path must be a non-empty string"],
    ["a\0b", "text.file path must be a non-empty string"],
    [1, "text.file path must be a non-empty string"],
    [null, "text.file path must be a non-empty string"],
    [["a"], "text.file path must be a non-empty string"],
  ];
  for (const [path, message] of table) {
    const wanted = { category: "schema", message, at: "path" };
    assertEquals(await run({ path }), wanted);
  }
});

Deno.test("text.file refuses paths that lead out of the contract root", async () => {
  const escapes = (path: string) => ({
    category: "schema",
    message: `text.file path escapes contract root: "${path}"; ` +
      "move the file inside or choose the root with --contract-root",
    at: "path",
  });
  for (const path of ["out", "../../etc/passwd", "../../missing"]) {
    assertEquals(await run({ path }), escapes(path));
  }
  const contractRoot = "/repo/specs";
  const path = "../README.md";
  assertEquals(await run({ path }, { contractRoot }), escapes(path));
  assertEquals(await run({ path: "out" }, { contractRoot: "/" }), {
    read: { text: "root" },
  });
});

Deno.test("text.file refuses bad paths before anything runs", () => {
  const context = suiteContext(new MemoryHost({ files: FILES }));
  for (const path of ["/etc/passwd", "out"]) {
    let message = "";
    try {
      textFile.compile(rawCase({ body: { path } }), context);
    } catch (error) {
      message = String(error);
    }
    assertEquals(message.includes("text.file path"), true, path);
  }
});

Deno.test("text.file says why there is no text", async () => {
  const table = {
    "missing":
      "no such file or directory; paths begin at the document's folder",
    "c.txt": 'no such file or directory; did you mean "b.txt"?',
    "no/b.txt":
      "no such file or directory; paths begin at the document's folder",
    "dir": "is a directory",
    "binary": "it is not UTF-8 text",
  };
  for (const [path, reason] of Object.entries(table)) {
    assertEquals(await run({ path }), {
      category: "runtime",
      message: `Cannot read "${path}": ${reason}`,
      at: "path",
    });
  }
});

Deno.test("text.file checks the path again when it runs", () => {
  const host = new MemoryHost({ files: FILES });
  const context = suiteContext(host);
  const runnable = textFile.compile(
    rawCase({ body: { path: "late" } }),
    context,
  );
  host.rename("/repo/specs/out", "/repo/specs/late");
  assertThrows(
    () => runnable.run(context, () => {}),
    CaseError,
    "text.file path escapes contract root",
  );
});

Deno.test("text.file has one target, and runs beside others", async () => {
  const context = suiteContext(new MemoryHost({ files: FILES }));
  const raw = rawCase({});
  assertEquals(textFile.compile(raw, context).exclusive, false);
  assertEquals(await runType(textFile, { raw, context }, ["stdout"]), {
    category: "schema",
    message: 'unknown assert target: "stdout"',
    at: undefined,
  });
});
