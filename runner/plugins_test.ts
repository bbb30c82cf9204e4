import { assert, assertEquals, assertThrows } from "@std/assert";
import { HostError } from "../host/host.ts";
import {
  type MemoryFile,
  MemoryHost,
  type MemoryHostOptions,
} from "../host/memory_host.ts";
import { CORE_COMMANDS } from "./commands.ts";
import { parsePluginName, type PluginName } from "./plugin_name.ts";
import {
  discoverPlugins,
  findPlugin,
  listPlugins,
  type PluginEntry,
} from "./plugins.ts";

const DIRECTORY = "/usr/local/lib/runner.d";
const TOOL: MemoryFile = { kind: "file", mode: 0o555, content: "#!/bin/sh\n" };

function machine(
  plugins: Readonly<Record<string, MemoryFile>>,
  mode = 0o555,
): MemoryHost {
  const files: NonNullable<MemoryHostOptions["files"]> = Object.fromEntries([
    [DIRECTORY, { kind: "directory", mode }],
    ["/bin/sh", TOOL],
    ...Object.entries(plugins).map(([name, file]) => [
      `${DIRECTORY}/${name}`,
      file,
    ]),
  ]);
  return new MemoryHost({ files });
}

function pluginName(word: string): PluginName {
  const parsed = parsePluginName(word);
  assert(parsed.ok, word);
  return parsed.name;
}

const PLAN = pluginName("plan");
const RUNNABLE: PluginEntry = {
  kind: "runnable",
  name: PLAN,
  path: `${DIRECTORY}/plan`,
};

Deno.test("findPlugin() takes a regular executable file that the user cannot write", () => {
  for (const mode of [0o555, 0o500, 0o100, 0o111]) {
    const host = machine({ plan: { kind: "file", mode } });
    assertEquals(findPlugin(host, PLAN), RUNNABLE, mode.toString(8));
  }
});

Deno.test("findPlugin() finds nothing where there is nothing", () => {
  assertEquals(findPlugin(machine({}), PLAN), undefined);
});

const REFUSED: readonly (readonly [string, MemoryFile])[] = [
  ["is a directory", { kind: "directory", mode: 0o555 }],
  ["is a symbolic link", { kind: "symlink", target: "/bin/sh" }],
  ["is a symbolic link", { kind: "symlink", target: "nowhere" }],
  ["is a symbolic link", { kind: "symlink", target: "plan" }],
  ["is no regular file", { kind: "other", mode: 0o555 }],
  ["is set-uid or set-gid", { kind: "file", mode: 0o4555 }],
  ["is set-uid or set-gid", { kind: "file", mode: 0o2555 }],
  ["is set-uid or set-gid", { kind: "file", mode: 0o6555 }],
  ["is not executable", { kind: "file", mode: 0o444 }],
  ["is not executable", { kind: "file", mode: 0o455 }],
  ["is writable for the current user", { kind: "file", mode: 0o755 }],
  ["is writable for the current user", { kind: "file", mode: 0o777, uid: 0 }],
  ["is writable for the current user", { kind: "file", mode: 0o575, uid: 0 }],
];

Deno.test("findPlugin() refuses what breaks a rule and says why", () => {
  for (const [reason, file] of REFUSED) {
    const entry = findPlugin(machine({ plan: file }), PLAN);
    assertEquals(
      entry,
      { kind: "refused", name: "plan", reason },
      JSON.stringify(file),
    );
  }
});

Deno.test("findPlugin() allows the sticky bit, which says nothing about files", () => {
  const host = machine({ plan: { kind: "file", mode: 0o1555 } });
  assertEquals(findPlugin(host, PLAN), RUNNABLE);
});

Deno.test("findPlugin() refuses a plugin in a directory that the user can write", () => {
  assertEquals(findPlugin(machine({ plan: TOOL }, 0o755), PLAN), {
    kind: "refused",
    name: "plan",
    reason: "stands in a directory that is writable for the current user",
  });
});

Deno.test("findPlugin() refuses a plugin that cannot be looked at", () => {
  assertEquals(findPlugin(machine({ plan: TOOL }, 0o444), PLAN), {
    kind: "refused",
    name: "plan",
    reason: "cannot be read: permission denied",
  });
});

Deno.test("findPlugin() does not take a defect for a broken plugin", () => {
  const lstat = () => {
    throw new TypeError("defect");
  };
  const host = { lstat, mayAccess: () => true };
  assertThrows(() => findPlugin(host, PLAN), TypeError, "defect");
});

Deno.test("findPlugin() touches the plugin and its directory only", () => {
  const touched = new Set<string>();
  findPlugin({
    lstat: (path) => {
      touched.add(path);
      return { kind: "file", size: 1, mode: 0o555 };
    },
    mayAccess: (path, access) => {
      touched.add(path);
      return access !== "write";
    },
  }, PLAN);
  assertEquals([...touched], [`${DIRECTORY}/plan`, DIRECTORY]);
});

Deno.test("discoverPlugins() refuses every core name, whatever stands there", () => {
  for (const name of CORE_COMMANDS.keys()) {
    for (const file of [TOOL, { kind: "directory" } as const]) {
      assertEquals(discoverPlugins(machine({ [name]: file })), [{
        kind: "refused",
        name,
        reason: "has the name of a core command, which takes precedence",
      }]);
    }
  }
});

const PATTERN =
  'must begin with a letter or digit and hold only "a-z", "0-9", ".", "_" and "-"';

Deno.test("discoverPlugins() refuses impossible names without looking at them", () => {
  const names = [
    ".hidden",
    "-x",
    "A",
    "HELP",
    "a b",
    "a\nb",
    "__proto__",
    "\ufffd",
  ];
  for (const name of names) {
    const entries = discoverPlugins({
      readDirectory: () => [{ name, kind: "file" }],
      lstat: (path) => {
        throw new TypeError(`looked at ${path}`);
      },
      mayAccess: () => false,
    });
    assertEquals(entries, [{ kind: "refused", name, reason: PATTERN }]);
  }
  const long = "a".repeat(65);
  assertEquals(discoverPlugins(machine({ [long]: TOOL })), [{
    kind: "refused",
    name: long,
    reason: "has 65 characters, at most 64 are allowed",
  }]);
});

Deno.test("discoverPlugins() lists 999 of 1000 plugins beside a dangling link", () => {
  const names = Array.from(
    { length: 1000 },
    (_, index) => `p${String(index).padStart(3, "0")}`,
  );
  const files = Object.fromEntries(names.map((name): [string, MemoryFile] => [
    name,
    name === "p500" ? { kind: "symlink", target: "nowhere" } : TOOL,
  ]));
  const entries = discoverPlugins(machine(files));
  assertEquals(entries.map(({ name }) => name), names);
  assertEquals(entries.filter(({ kind }) => kind !== "runnable"), [
    { kind: "refused", name: "p500", reason: "is a symbolic link" },
  ]);
});

Deno.test("discoverPlugins() leaves out an entry that is gone by now", () => {
  const entries = discoverPlugins({
    readDirectory: () => [{ name: "gone", kind: "file" }],
    lstat: (path) => {
      throw new HostError("ENOENT", path);
    },
    mayAccess: () => false,
  });
  assertEquals(entries, []);
});

Deno.test("listPlugins() tells why the directory cannot be listed", () => {
  assertEquals(listPlugins(machine({ plan: TOOL })), {
    ok: true,
    value: [RUNNABLE],
  });
  const table: [string, MemoryHost][] = [
    ["no such file or directory", new MemoryHost()],
    ["permission denied", machine({}, 0o111)],
    ["not a directory", new MemoryHost({ files: { [DIRECTORY]: TOOL } })],
  ];
  for (const [reason, host] of table) {
    const problems = [`${DIRECTORY}: ${reason}`];
    assertEquals(listPlugins(host), { ok: false, problems });
  }
});

Deno.test("listPlugins() does not take a defect for a broken image", () => {
  const readDirectory = () => {
    throw new TypeError("defect");
  };
  const host = machine({});
  assertThrows(
    () =>
      listPlugins({
        readDirectory,
        lstat: (path) => host.lstat(path),
        mayAccess: () => false,
      }),
    TypeError,
    "defect",
  );
});
