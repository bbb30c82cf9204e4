import { assert, assertEquals, assertThrows } from "@std/assert";
import { HostError } from "../host/host.ts";
import { type MemoryFile, MemoryHost } from "../host/memory_host.ts";
import config from "../deno.json" with { type: "json" };
import {
  type InfoHost,
  readRuntimeInfo,
  readVersionInfo,
} from "./runtime_info.ts";

const TOOLS = "/etc/runner/tools.env";
const RUNTIME = "/etc/runner/runtime.env";
const INFO = "/etc/runner/info.d";
const DIRECTORY = "/usr/local/lib/runner.d";
const IDENTITY = { image: "i", domain: "d", role: "r", entries: [] };
const PLUGINS: MemoryFile = { kind: "directory", mode: 0o555 };

type Files = Readonly<Record<string, string | Uint8Array | MemoryFile>>;

function machine(files: Files): MemoryHost {
  return new MemoryHost({
    files: { [DIRECTORY]: PLUGINS, ...files },
    ids: { uid: 10001, gid: 7 },
    cwd: "/work",
  });
}

function read(host: InfoHost, ...environment: string[]) {
  const entries = environment.map((entry) => new TextEncoder().encode(entry));
  return readRuntimeInfo(host, IDENTITY, entries);
}

function problems(files: Files): readonly string[] {
  const result = read(machine(files));
  return result.ok ? [] : result.problems;
}

function tools(files: Files) {
  const result = readVersionInfo(machine(files));
  return result.ok ? result.value.tools : result.problems;
}

Deno.test("readVersionInfo() tells the versions of package and contract", () => {
  assertEquals(readVersionInfo(machine({})), {
    ok: true,
    value: {
      runnerVersion: config.version,
      contractVersion: "0.2.0",
      tools: [],
    },
  });
});

Deno.test("readVersionInfo() reads TOOL_<NAME>_VERSION, and no other key", () => {
  const text = [
    "TOOL_JQ_VERSION=1.6",
    "TOOL_JQ_SHA256=abc",
    "TOOL_AWS_CLI_VERSION='2 beta'",
    "TOOL__VERSION=0",
    "TOOL_VERSION=0",
    "XTOOL_A_VERSION=0",
    "TOOL_A_VERSION_=0",
    "TOOL___PROTO___VERSION=7",
  ];
  assertEquals(tools({ [TOOLS]: text.join("\n") }), [
    { name: "jq", version: "1.6" },
    { name: "aws_cli", version: "2 beta" },
    { name: "__proto__", version: "7" },
  ]);
});

Deno.test("readVersionInfo() takes a missing or empty file for no tools", () => {
  assertEquals(tools({}), []);
  assertEquals(tools({ [TOOLS]: "" }), []);
});

const BROKEN: readonly (readonly [string | MemoryFile, string])[] = [
  ["TOOL_A_VERSION=$x\n", ':1:16: TOOL_A_VERSION is not literal: it holds "$"'],
  [{ kind: "directory" }, " is a directory, wanted a regular file"],
  [{ kind: "other" }, " is a device or pipe, wanted a regular file"],
  [{ kind: "file", mode: 0 }, ": permission denied"],
  [{ kind: "symlink", target: "nowhere" }, ": no such file or directory"],
  [{ kind: "symlink", target: "/" }, " is a directory, wanted a regular file"],
];

Deno.test("a broken tools.env or runtime.env is a problem, never no file", () => {
  for (const [file, problem] of BROKEN) {
    assertEquals(tools({ [TOOLS]: file }), [`${TOOLS}${problem}`]);
    for (const path of [TOOLS, RUNTIME]) {
      assertEquals(problems({ [path]: file }), [`${path}${problem}`]);
    }
  }
});

Deno.test("readRuntimeInfo() gathers declared and actual state", () => {
  const host = machine({
    [RUNTIME]: "RUNTIME_SHELL=/bin/bash\n",
    [TOOLS]: "TOOL_JQ_VERSION=1.6\n",
    [`${DIRECTORY}/exec`]: { kind: "file", mode: 0o555 },
    [`${INFO}/b.txt`]: "B\n",
    [`${INFO}/a.txt`]: "A\n",
    [`${INFO}/run.sh`]: "id\n",
    [`${INFO}/txt`]: "no\n",
  });
  const result = read(host, "RUNTIME_SHELL=/bin/evil", "HOME=/h", "HOME=/2");
  assertEquals(result, {
    ok: true,
    value: {
      identity: IDENTITY,
      runnerVersion: config.version,
      contractVersion: "0.2.0",
      declared: [{ key: "RUNTIME_SHELL", value: "/bin/bash", line: 1 }],
      actual: { uid: 10001, gid: 7, workDirectory: "/work", home: "/h" },
      plugins: [{
        kind: "refused",
        name: "exec",
        reason: "has the name of a core command, which takes precedence",
      }],
      tools: [{ name: "jq", version: "1.6" }],
      notes: [
        { name: "a.txt", text: "A\n" },
        { name: "b.txt", text: "B\n" },
      ],
    },
  });
});

Deno.test("readRuntimeInfo() tells an empty HOME from none", () => {
  const homes = [[], ["HOME"], ["HOME="], ["HOME=/h"]].map((environment) => {
    const result = read(machine({}), ...environment);
    assert(result.ok);
    return result.value.actual.home;
  });
  assertEquals(homes, [undefined, undefined, "", "/h"]);
});

Deno.test("readRuntimeInfo() tells every problem of every file at once", () => {
  const files = {
    [RUNTIME]: "a=1\n",
    [TOOLS]: "b=1\n",
    [DIRECTORY]: "",
    [INFO]: "",
  };
  const key = "is not a key: it must match ^[A-Z][A-Z0-9_]*$";
  assertEquals(problems(files), [
    `${RUNTIME}:1:1: "a" ${key}`,
    `${TOOLS}:1:1: "b" ${key}`,
    `${DIRECTORY}: not a directory`,
    `${INFO}: not a directory`,
  ]);
});

Deno.test("readRuntimeInfo() takes an unreadable folder of notes for a broken image", () => {
  const table: [MemoryFile, string][] = [
    [{ kind: "directory", mode: 0 }, "permission denied"],
    [{ kind: "symlink", target: "nowhere" }, "no such file or directory"],
    [{ kind: "other" }, "not a directory"],
  ];
  for (const [file, reason] of table) {
    assertEquals(problems({ [INFO]: file }), [`${INFO}: ${reason}`]);
  }
  assertEquals(problems({ [INFO]: { kind: "directory" } }), []);
});

const NOTES: readonly (readonly [string | Uint8Array | MemoryFile, string])[] =
  [
    ["text\n", "text\n"],
    ["", ""],
    [new Uint8Array([0x41, 0xff]), "A\ufffd"],
    [{ kind: "directory" }, `${INFO}/n.txt: is not a regular file`],
    [{ kind: "other" }, `${INFO}/n.txt: is not a regular file`],
    [{ kind: "file", mode: 0 }, `${INFO}/n.txt: permission denied`],
    [
      { kind: "symlink", target: "nowhere" },
      `${INFO}/n.txt: no such file or directory`,
    ],
    ["x".repeat(65_536), "x".repeat(65_536)],
    ["x".repeat(65_537), `${INFO}/n.txt: is too large`],
  ];

Deno.test("readRuntimeInfo() says in its place why a note cannot be read", () => {
  for (const [file, text] of NOTES) {
    const result = read(
      machine({ [`${INFO}/n.txt`]: file, [`${INFO}/o.txt`]: "o" }),
    );
    assert(result.ok);
    assertEquals(result.value.notes, [
      { name: "n.txt", text },
      { name: "o.txt", text: "o" },
    ]);
  }
});

/** A machine on which one question has another answer. */
function altered(changes: Partial<InfoHost>): InfoHost {
  const host = machine({ [`${INFO}/n.txt`]: "n" });
  return {
    cwd: () => host.cwd(),
    lstat: (path) => host.lstat(path),
    mayAccess: (path, access) => host.mayAccess(path, access),
    readDirectory: (path) => host.readDirectory(path),
    readFile: (path) => host.readFile(path),
    stat: (path) => host.stat(path),
    userIds: () => host.userIds(),
    ...changes,
  };
}

Deno.test("readRuntimeInfo() goes on without a work directory", () => {
  const cwd = () => {
    throw new HostError("ENOENT", ".");
  };
  const result = read(altered({ cwd }));
  assert(result.ok);
  assertEquals(result.value.actual.workDirectory, undefined);
});

Deno.test("readRuntimeInfo() does not take a defect for a broken image", () => {
  const defect = (path?: string): never => {
    if (path?.startsWith("/usr")) throw new HostError("ENOENT", path);
    throw new TypeError("defect");
  };
  const table: Partial<InfoHost>[] = [
    { cwd: defect },
    { lstat: defect },
    { readDirectory: defect },
    { readFile: defect },
    {
      readDirectory: (path) => path === INFO ? defect() : [],
    },
  ];
  for (const changes of table) {
    assertThrows(() => read(altered(changes)), TypeError, "defect");
  }
});
