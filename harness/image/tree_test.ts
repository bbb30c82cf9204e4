import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { HostError } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import type { MaterializedFile } from "../../runner/manifest.ts";
import { openTree, TreeError, writeContractFiles } from "./tree.ts";

const RUNTIME = `RUNTIME_USER_NAME=runner
RUNTIME_USER_UID=10001
RUNTIME_USER_GID=10002
RUNTIME_USER_HOME=/home/runner
RUNTIME_WORKDIR=/workspace
RUNTIME_SHELL=/bin/bash
`;

const IDENTITY = "RUNNER_IMAGE=a\nRUNNER_DOMAIN=json\nRUNNER_ROLE=c\n";

function treeWith(files: Record<string, string>): MemoryHost {
  return new MemoryHost({
    files: Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`/tree${path}`, text]),
    ),
  });
}

Deno.test("openTree() reads user and domain", () => {
  const host = treeWith({
    "/etc/runner/runtime.env": RUNTIME,
    "/etc/runner/image.env": IDENTITY,
  });
  assertEquals(openTree(host, "/tree"), {
    root: "/tree",
    domain: "json",
    user: {
      name: "runner",
      uid: 10001,
      gid: 10002,
      home: "/home/runner",
      workDirectory: "/workspace",
    },
  });
});

Deno.test("openTree() leaves a broken identity to the checks", () => {
  const host = treeWith({ "/etc/runner/runtime.env": RUNTIME });
  assertEquals(openTree(host, "/tree").domain, undefined);
});

const BROKEN: readonly (readonly [string, Record<string, string>, string])[] = [
  ["no folder", {}, 'Cannot open tree "/tree": no such file or directory'],
  ["no runtime", { "/etc/runner/image.env": IDENTITY }, "runtime.env"],
  [
    "a runtime without a user",
    {
      "/etc/runner/runtime.env": RUNTIME.replace(/^RUNTIME_USER_UID.*$/m, "#"),
    },
    "RUNTIME_USER_UID is missing",
  ],
];

for (const [name, files, message] of BROKEN) {
  Deno.test(`openTree() refuses a tree with ${name}, and says what to do`, () => {
    const error = assertThrows(
      () => openTree(treeWith(files), "/tree"),
      TreeError,
    );
    assertStringIncludes(error.message, message);
    assertStringIncludes(error.remedy, "deno task build");
  });
}

const FILES: readonly MaterializedFile[] = [
  { path: "etc/runner/image.env", text: "A=new\n", mode: 0o444 },
  { path: "etc/runner/tools.env", text: "B=new\n", mode: 0o444 },
  { path: "usr/local/lib/runner.d", text: undefined, mode: 0o755 },
];

function textOf(host: MemoryHost, path: string): string {
  return new TextDecoder().decode(host.readFile(path));
}

Deno.test("writeContractFiles() replaces what was there, leaving nothing else", () => {
  const host = new MemoryHost({
    files: {
      "/out/etc/runner/image.env": "A=old\n",
      "/out/etc/runner/stray": "old\n",
    },
  });
  writeContractFiles(host, FILES, "/out");
  assertEquals(textOf(host, "/out/etc/runner/image.env"), "A=new\n");
  assertEquals(host.stat("/out/usr/local/lib/runner.d").kind, "directory");
  const names = host.readDirectory("/out/etc").map(({ name }) => name);
  assertEquals(names, ["runner"]);
  const inner = host.readDirectory("/out/etc/runner").map(({ name }) => name);
  assertEquals(inner, ["image.env", "tools.env"]);
  assertEquals(host.stat("/out/etc/runner/image.env").mode, 0o444);
});

Deno.test("writeContractFiles() keeps the old files if one cannot be written", () => {
  const host = new MemoryHost({
    files: { "/out/etc/runner/image.env": "A=old\n" },
  });
  const full: Parameters<typeof writeContractFiles>[0] = {
    makeDirectory: (path) => host.makeDirectory(path),
    rename: (from, to) => host.rename(from, to),
    remove: (path) => host.remove(path),
    stat: (path) => host.stat(path),
    writeFile(path, bytes) {
      if (path.endsWith("tools.env")) throw new HostError("ENOSPC", path);
      host.writeFile(path, bytes);
    },
  };
  assertThrows(
    () => writeContractFiles(full, FILES, "/out"),
    HostError,
    "no space left on device",
  );
  assertEquals(textOf(host, "/out/etc/runner/image.env"), "A=old\n");
  const names = host.readDirectory("/out/etc").map(({ name }) => name);
  assertEquals(names, ["runner"]);
});
