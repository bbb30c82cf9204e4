import { assertEquals, assertThrows } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import { type Host, HostError } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import { setupPathProblem, writeSetupFile } from "./setup_file.ts";

const PATHS: Record<string, string | undefined> = {
  "a": undefined,
  "./a/../b": undefined,
  "..a": undefined,
  "a/..b/c": undefined,
  "/a": "setup_files item path must be relative",
  "/": "setup_files item path must be relative",
  "..": "setup_files item path escapes tmp_path",
  "../a": "setup_files item path escapes tmp_path",
  "a/../../b": "setup_files item path escapes tmp_path",
  "./..": "setup_files item path escapes tmp_path",
  "": "setup_files item path must name a file",
  ".": "setup_files item path must name a file",
  "a/..": "setup_files item path must name a file",
  "a/": "setup_files item path must name a file",
  "a\0b": "setup_files item path must name a file",
};

Deno.test("setupPathProblem() allows files below the workspace only", () => {
  for (const [path, wanted] of Object.entries(PATHS)) {
    const problem = setupPathProblem(path);
    assertEquals(problem?.startsWith(wanted ?? ""), wanted && true, path);
  }
});

const LINKS = {
  out: "../outside",
  up: "..",
  "to-file": "../outside/file",
  "to-none": "../outside/none",
  "to-nowhere": "nowhere",
  loop: "loop",
  inside: "real",
  "to-inside": "real/file",
};

interface Scene {
  readonly host: Host;
  /** Holds `case` with {@linkcode LINKS}, and `outside`. */
  readonly root: string;
}

/** The same links on the machine and in memory. */
function scenes(): Scene[] {
  const root = Deno.realPathSync(Deno.makeTempDirSync());
  for (const path of ["outside", "case/real"]) {
    Deno.mkdirSync(`${root}/${path}`, { recursive: true });
  }
  for (const path of ["outside/file", "case/real/file"]) {
    Deno.writeTextFileSync(`${root}/${path}`, "as it was");
  }
  for (const [name, target] of Object.entries(LINKS)) {
    Deno.symlinkSync(target, `${root}/case/${name}`);
  }
  const links = Object.entries(LINKS).map(([name, target]) =>
    [`/case/${name}`, { kind: "symlink", target }] as const
  );
  const memory = new MemoryHost({
    files: {
      "/outside/file": "as it was",
      "/case/real/file": "as it was",
      ...Object.fromEntries(links),
    },
  });
  return [{ host: denoHost(), root }, { host: memory, root: "" }];
}

Deno.test("writeSetupFile() writes through no link, wherever it leads [not HC-PATH-2]", () => {
  const out = ["out/x", "out/a/b", "up/x", "up/outside/file", "to-file"];
  const inside = ["inside/x", "inside/a/b", "to-inside", "to-nowhere"];
  for (const { host, root } of scenes()) {
    for (const path of [...out, ...inside, "to-none", "loop", "loop/x"]) {
      const error = assertThrows(
        () => writeSetupFile({ path, text: "spoiled" }, `${root}/case`, host),
        CaseError,
      );
      assertEquals([error.category, error.message], [
        "schema",
        `setup_files item path escapes tmp_path: "${path}"`,
      ]);
    }
    for (const folder of ["outside", "case/real"]) {
      assertEquals(host.readDirectory(`${root}/${folder}`), [
        { name: "file", kind: "file" },
      ]);
      const kept = host.readFile(`${root}/${folder}/file`);
      assertEquals(new TextDecoder().decode(kept), "as it was");
    }
    if (root !== "") host.remove(root);
  }
});

Deno.test("writeSetupFile() makes a new file, and replaces none", () => {
  for (const { host, root } of scenes()) {
    const [real, file] = [`${root}/case/real`, { path: "a/b", text: "new" }];
    writeSetupFile({ ...file, path: "./a/../a/b" }, real, host);
    const found = host.readFile(`${real}/a/b`);
    assertEquals(new TextDecoder().decode(found), "new");
    const error = assertThrows(() => writeSetupFile(file, real, host));
    assertEquals(
      error instanceof CaseError && [error.category, error.message],
      ["schema", 'Cannot write setup file "a/b": file exists'],
    );
    if (root !== "") host.remove(root);
  }
});

Deno.test("writeSetupFile() blames the document for files that exclude each other", () => {
  const clashes = [["a", "a/b"], ["a/b", "a"], ["a/b", "a/b/c/d"]];
  for (const host of [denoHost(), new MemoryHost()]) {
    for (const [one = "", other = ""] of clashes) {
      const root = host.makeTempDirectory("clash-");
      writeSetupFile({ path: one, text: "" }, root, host);
      const error = assertThrows(
        () => writeSetupFile({ path: other, text: "" }, root, host),
        CaseError,
      );
      assertEquals(error.category, "schema");
      host.remove(root);
    }
  }
});

Deno.test("writeSetupFile() blames the machine for what it refuses", () => {
  const writeFileBelow = () => {
    throw new HostError("ENOSPC", "/tmp/case/a");
  };
  const host = Object.assign(new MemoryHost(), { writeFileBelow });
  const error = assertThrows(
    () => writeSetupFile({ path: "a", text: "" }, "/tmp/case", host),
    CaseError,
  );
  assertEquals([error.category, error.message], [
    "runtime",
    'Cannot write setup file "a": no space left on device',
  ]);
});
