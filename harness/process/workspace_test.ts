import { assert, assertEquals, assertThrows } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import { HostError } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import { makeWorkspace, removeAllWorkspaces } from "./workspace.ts";

Deno.test("makeWorkspace() makes fresh directories and removes them", () => {
  const host = denoHost();
  const [one, two] = [makeWorkspace(host), makeWorkspace(host)];
  assert(one.path !== two.path);
  assertEquals(host.readDirectory(one.path), []);
  one.write([
    { path: "a/b/c.txt", text: "ü\n" },
    { path: "a/d", text: "2" },
  ]);
  const read = (path: string) =>
    new TextDecoder().decode(host.readFile(`${one.path}/${path}`));
  assertEquals([read("a/b/c.txt"), read("a/d")], ["ü\n", "2"]);
  for (const workspace of [one, two]) workspace.remove();
  assertThrows(() => host.stat(one.path), HostError);
});

Deno.test("makeWorkspace() blames the machine for a directory it cannot make", () => {
  const refuse = () => {
    throw new HostError("ENOSPC", "/tmp");
  };
  const host = Object.assign(new MemoryHost(), { makeTempDirectory: refuse });
  const error = assertThrows(() => makeWorkspace(host), CaseError);
  assertEquals(error.category, "runtime");
  assertEquals(
    error.message,
    "Cannot make a temporary directory: no space left on device; is TMPDIR a directory that can be written?",
  );
});

Deno.test("expand() makes the names of existing files absolute, nothing else", () => {
  const host = new MemoryHost({ files: { "/etc/passwd": "" } });
  const workspace = makeWorkspace(host);
  workspace.write([{ path: "conf/a.json", text: "" }]);
  const absolute = `${workspace.path}/conf/a.json`;
  const table = {
    "conf/a.json": absolute,
    "./conf/../conf/a.json": absolute,
    "conf": "conf",
    "": "",
    ".": ".",
    "1": "1",
    "no/such": "no/such",
    "conf/a.json/x": "conf/a.json/x",
    "../../etc/passwd": "../../etc/passwd",
    "/etc/passwd": "/etc/passwd",
    "a\0": "a\0",
  };
  for (const [value, wanted] of Object.entries(table)) {
    assertEquals(workspace.expand(value), wanted);
  }
});

Deno.test("expand() follows no link that leads out", () => {
  const host = denoHost();
  const workspace = makeWorkspace(host);
  workspace.write([{ path: "file", text: "" }]);
  Deno.symlinkSync("/etc/hostname", `${workspace.path}/out`);
  Deno.symlinkSync("file", `${workspace.path}/in`);
  assertEquals(workspace.expand("out"), "out");
  assertEquals(workspace.expand("in"), `${workspace.path}/in`);
  workspace.remove();
});

Deno.test("removeAllWorkspaces() removes what is left on this host, whatever refuses", () => {
  const host = new MemoryHost();
  const other = makeWorkspace(new MemoryHost());
  const [gone, stuck, left] = [1, 2, 3].map(() => makeWorkspace(host));
  gone?.remove();
  const remove = host.remove.bind(host);
  let refusals = 0;
  host.remove = (path) => {
    if (path === stuck?.path && refusals++ === 0) {
      throw new HostError("EBUSY", path);
    }
    assert(path !== gone?.path && path !== other.path);
    remove(path);
  };
  removeAllWorkspaces(host);
  assertThrows(() => host.stat(left?.path ?? ""), HostError);
  assertEquals(host.stat(stuck?.path ?? "").kind, "directory");
  removeAllWorkspaces(host);
  assertThrows(() => host.stat(stuck?.path ?? ""), HostError);
});
