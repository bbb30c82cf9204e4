import { assert, assertEquals, assertThrows } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import { parseManifest } from "../../runner/manifest.ts";
import { listSuite } from "../run_suite.ts";
import { UsageError } from "../usage_error.ts";
import { imageMain } from "./image_cli.ts";
import { scaffoldImage, writeScaffold } from "./scaffold.ts";

const FOLDER = "/home/tool";

function made(name = "tool"): MemoryHost {
  const host = new MemoryHost({ files: { "/home": { kind: "directory" } } });
  writeScaffold(host, scaffoldImage(name), FOLDER);
  return host;
}

Deno.test("scaffoldImage() writes a valid manifest for every possible name", () => {
  for (const name of ["a", "0", "a.b_c-d", "x".repeat(64)]) {
    const files = scaffoldImage(name);
    const manifest = files.find(({ path }) => path === "image.manifest");
    assert(manifest !== undefined);
    const result = parseManifest(new TextEncoder().encode(manifest.text));
    assert(result.ok, name);
    const image = result.manifest.entries.find(({ key }) =>
      key === "RUNNER_IMAGE"
    );
    assertEquals(image?.value, name);
    assert(files.every(({ text }) => !text.includes("{{")), name);
  }
});

Deno.test("scaffoldImage() refuses what is no name", () => {
  for (
    const name of ["", "A", "-a", ".a", "a/b", "..", "a b", "x".repeat(65)]
  ) {
    assertThrows(() => scaffoldImage(name), RangeError, "Cannot make image");
  }
});

Deno.test("writeScaffold() writes cases that can be read, and a plugin that can be run", () => {
  const host = made("tool");
  const { cases, problems } = listSuite({ paths: [`${FOLDER}/specs`] }, host);
  assertEquals(problems, []);
  assertEquals(cases.map(({ id }) => id), ["tool.identity", "tool.hello"]);
  assertEquals(host.stat(`${FOLDER}/runner.d/hello`).mode, 0o755);
});

Deno.test("writeScaffold() replaces nothing", () => {
  const host = made();
  assertThrows(
    () => writeScaffold(host, scaffoldImage("tool"), `${FOLDER}/`),
    UsageError,
    "there is something of that name already",
  );
});

Deno.test("writeScaffold() leaves nothing behind when it fails", () => {
  const host = new MemoryHost({ files: { "/home": { kind: "directory" } } });
  const failing = {
    lstat: host.lstat.bind(host),
    makeDirectory: host.makeDirectory.bind(host),
    remove: host.remove.bind(host),
    rename: host.rename.bind(host),
    writeFile: (path: string, bytes: Uint8Array) => {
      if (path.includes("specs")) throw new Error("no space");
      host.writeFile(path, bytes);
    },
  };
  const files = scaffoldImage("tool");
  assertThrows(() => writeScaffold(failing, files, FOLDER), Error, "no space");
  assertEquals(host.readDirectory("/home"), []);
});

const CALLS: readonly (readonly [string, number, string])[] = [
  ["init", 2, "wanted one name, got none"],
  ["init a b", 2, "wanted one name, got 2"],
  ["init A", 2, 'Cannot make image "A"'],
  ["init taken", 2, "there is something of that name already"],
  ["init tool", 0, ""],
  ["init tool --out images/tool", 0, ""],
];

Deno.test("image init makes a folder and says how to go on", async () => {
  for (const [words, code, message] of CALLS) {
    const host = new MemoryHost({
      args: words.split(" "),
      cwd: "/home",
      files: {
        "/home/taken": { kind: "directory" },
        "/home/images": { kind: "directory" },
      },
    });
    assertEquals(await imageMain(host), code, words);
    assert(host.stderrText.includes(message), host.stderrText);
    if (code !== 0) continue;
    const out = words.includes("--out") ? "images/tool" : "tool";
    assert(host.stdoutText.includes(`docker build -t tool ${out}`), words);
    assertEquals(host.stat(`/home/${out}/Dockerfile`).kind, "file");
  }
});
