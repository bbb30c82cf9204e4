import { assert, assertEquals } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../host/memory_host.ts";
import { fakeProcess, imageFiles, PLUGINS, text, TOOL } from "./_testing.ts";
import { CORE_COMMANDS } from "./commands.ts";
import { main } from "./main.ts";
import type { RunnerHost } from "./runner_host.ts";

const IDS = { uid: 10001, gid: 10001 };
const IDENTITY = "/etc/runner/image.env";

async function run(
  words: readonly string[],
  options: MemoryHostOptions = {},
  processOptions: Parameters<typeof fakeProcess>[1] = {},
) {
  const host = new MemoryHost({ files: imageFiles(), ids: IDS, ...options });
  const process = fakeProcess(words, processOptions);
  const code = await main(host, process);
  const { stdoutText: stdout, stderrText: stderr } = host;
  return { code, stdout, stderr, images: process.images };
}

/** What holds for every failure of the entrypoint's own. */
function assertRefused(
  result: Awaited<ReturnType<typeof run>>,
  code: number,
): void {
  assertEquals(result.code, code, result.stderr);
  assertEquals(result.stdout, "");
  const lines = result.stderr.split("\n");
  assert(lines.length === 2 || lines.length === 3, result.stderr);
  assertEquals(lines.at(-1), "");
  assertEquals(result.stderr.slice(0, 8), "runner: ");
  assert(!/[^\n\x20-\x7e\ufffd]/.test(result.stderr), result.stderr);
  assert(!result.stderr.includes("    at "), result.stderr);
}

Deno.test("main() prints on standard output alone and exits 0", async () => {
  for (const command of ["help", "about", "info", "version"]) {
    const { code, stdout, stderr, images } = await run([command]);
    assertEquals([code, stderr, images], [0, "", []], command);
    assert(stdout.endsWith("\n"), command);
  }
});

const USAGE: readonly string[][] = [
  [],
  [""],
  ["ls"],
  ["/bin/ls"],
  ["sh", "-c", "id"],
  ["--help"],
  ["-h"],
  ["--"],
  ["HELP"],
  ["hel"],
  ["help "],
  ["help", "x"],
  ["about", "x"],
  ["about", "--json", "x"],
  ["about", "--json", "--json"],
  ["version", "-v"],
  ["info", ""],
  ["shell", "-c", "id"],
  ["shell"],
  ["exec"],
  ["../../../bin/echo"],
  ["sub/x"],
  ["."],
  [".."],
  [".hidden"],
  ["-x"],
  ["A"],
  ["a b"],
  ["%2e%2e"],
  ["__proto__"],
  ["constructor"],
  ["toString"],
  ["a".repeat(65)],
  ["\x1b[2J"],
  ["ls\nrunner: fine"],
  ["help\r"],
  ["\xff"],
  ["help\xff"],
  ["\xef\xbb\xbfhelp"],
  ["\xc0\xafhelp"],
];

Deno.test("main() refuses every other command with 64 and executes nothing", async () => {
  for (const words of USAGE) {
    const result = await run(words);
    assertRefused(result, 64);
    assertEquals(result.images, [], words.join(" "));
  }
});

Deno.test("main() touches no file for an impossible name", async () => {
  const memory = new MemoryHost({ files: imageFiles(), ids: IDS });
  const touched = new Set<string>();
  const host: RunnerHost = Object.assign(memory, {
    lstat: (path: string): never => {
      touched.add(path);
      throw new TypeError("lstat");
    },
    readDirectory: (path: string): never => {
      touched.add(path);
      throw new TypeError("readDirectory");
    },
  });
  for (const word of ["../../../bin/echo", ".", "A", "\xff", "-x"]) {
    assertEquals(await main(host, fakeProcess([word])), 64);
  }
  assertEquals([...touched], []);
});

Deno.test("main() suggests a plugin that runs, never one that is refused", async () => {
  const files = imageFiles({
    [`${PLUGINS}/hallo`]: { kind: "symlink", target: "/bin/sh" },
  });
  const suggest = async (word: string) =>
    (await run([word], { files })).stderr.split("\n")[1];
  assertEquals(
    await suggest("hella"),
    'Did you mean "hello"? See "runner help"',
  );
  assert(!(await suggest("hallq"))?.includes("hallo"));
});

Deno.test("main() refuses a system command where plugins cannot be listed", async () => {
  const files = imageFiles({ [PLUGINS]: { kind: "directory", mode: 0o111 } });
  assertRefused(await run(["terraform"], { files }), 64);
});

Deno.test("main() becomes the command, the plugin, the shell", async () => {
  const terminals = [0, 1, 2] as const;
  const table: [string[], string[]][] = [
    [["exec", "ls", "-l"], ["ls", "-l"]],
    [["exec", "--"], ["--"]],
    [["hello", "a", ""], [`${PLUGINS}/hello`, "a", ""]],
    [["shell"], ["/bin/bash"]],
  ];
  for (const [words, argv] of table) {
    const { images, stdout } = await run(words, {
      files: imageFiles(),
      terminals,
    });
    assertEquals(images.map((image) => image.argv.map(text)), [argv]);
    assertEquals(stdout, "");
  }
});

Deno.test("main() reports a replacement that failed", async () => {
  assertRefused(await run(["exec", "nosuch\x1b"]), 127);
  const failure = { code: "EACCES", path: undefined };
  for (const words of [["exec", "x"], ["hello"]]) {
    assertRefused(await run(words, {}, { failure }), 126);
  }
});

Deno.test("main() refuses a plugin that breaks a rule with 126", async () => {
  const files = imageFiles({ [`${PLUGINS}/hello`]: { kind: "other" } });
  const result = await run(["hello"], { files });
  assertRefused(result, 126);
  assertEquals(result.images, []);
});

Deno.test("main() gives core commands their meaning, whatever plugins are called", async () => {
  const names = [...CORE_COMMANDS.keys()];
  const files = imageFiles(
    Object.fromEntries(names.map((name) => [`${PLUGINS}/${name}`, TOOL])),
  );
  for (const name of ["help", "about", "version"]) {
    const { code, stdout, images } = await run([name], { files });
    assertEquals(
      [code, stdout, images],
      [0, (await run([name])).stdout, []],
      name,
    );
  }
  const { code, stdout } = await run(["info"], { files });
  assertEquals(code, 0);
  for (const name of names) {
    const line =
      `\n  ${name} (refused: it has the name of a core command, which takes precedence)\n`;
    assert(stdout.includes(line), name);
  }
  assertRefused(await run(["exec"], { files }), 64);
  assertRefused(await run(["shell"], { files }), 64);
});

const COMMANDS = [...CORE_COMMANDS.keys(), "hello", "ls", ""];

Deno.test("main() refuses root with 77 before every command and every file", async () => {
  for (
    const ids of [{ uid: 0 }, { uid: 10001, euid: 0 }, { uid: 0, euid: 1 }]
  ) {
    for (const command of COMMANDS) {
      const result = await run([command, "x"], { ids, files: {} }, {
        broken: "EIO",
      });
      assertRefused(result, 77);
      assertEquals(result.images, []);
    }
  }
});

Deno.test("main() checks contract files before every command", async () => {
  const broken = [
    imageFiles({ [IDENTITY]: undefined }),
    imageFiles({ [IDENTITY]: "" }),
    imageFiles({ [IDENTITY]: "A=\x1b\n" }),
    imageFiles({ [IDENTITY]: "RUNNER_IMAGE=a\n" }),
    imageFiles({ [PLUGINS]: undefined, [`${PLUGINS}/hello`]: undefined }),
    imageFiles({ [PLUGINS]: TOOL, [`${PLUGINS}/hello`]: undefined }),
  ];
  for (const files of broken) {
    for (const command of COMMANDS) {
      const result = await run([command, "x"], { files }, { broken: "EIO" });
      assertRefused(result, 78);
      assertEquals(result.images, []);
    }
  }
});

Deno.test("main() refuses with 70 to run without /proc", async () => {
  const result = await run(["help"], {}, { broken: "ENOENT" });
  assertRefused(result, 70);
  assertEquals(
    result.stderr,
    "runner: Cannot read how this process was started: " +
      "/proc/self/cmdline: no such file or directory\n" +
      "The container needs /proc\n",
  );
});

Deno.test("main() refuses with 74 what cannot be written", async () => {
  for (const code of ["ENOSPC", "EPIPE", "EBADF"]) {
    assertRefused(await run(["help"], { failWrites: { 1: code } }), 74);
  }
});

Deno.test("main() keeps its exit code where standard error is gone too", async () => {
  const failWrites = { 1: "ENOSPC", 2: "EPIPE" };
  assertEquals((await run(["help"], { failWrites })).code, 74);
  assertEquals((await run(["ls"], { failWrites })).code, 64);
});

Deno.test("main() reports a defect of its own with 70 and never throws", async () => {
  const thrown: [unknown, string][] = [
    [new TypeError("odd\x1b\n"), "odd\\x1b\\n"],
    ["text", "text"],
    [undefined, "undefined"],
  ];
  const methods = [
    "userIds",
    "stat",
    "lstat",
    "readDirectory",
    "write",
  ] as const;
  for (const [error, message] of thrown) {
    for (const method of methods) {
      const memory = new MemoryHost({ files: imageFiles(), ids: IDS });
      const host = Object.assign(memory, {
        [method]: (first: unknown) => {
          if (method === "write" && first === 2) return;
          throw error;
        },
      });
      assertEquals(await main(host, fakeProcess(["help"])), 70, method);
      if (method === "write") continue;
      assertEquals(
        host.stderrText,
        `runner: Defect of runner: ${message}\n` +
          "Please report this, with the command and the image\n",
      );
    }
  }
  const stat = (path: string) => {
    if (path === PLUGINS) throw new TypeError("odd");
    return memory.stat(path);
  };
  const memory = new MemoryHost({ files: imageFiles(), ids: IDS });
  const altered = Object.assign(
    new MemoryHost({ files: imageFiles(), ids: IDS }),
    { stat },
  );
  assertEquals(await main(altered, fakeProcess(["help"])), 70);
  const start = () => {
    throw new TypeError("contradiction");
  };
  const host = new MemoryHost({ files: imageFiles(), ids: IDS });
  assertEquals(await main(host, { ...fakeProcess([]), start }), 70);
  const code = await main(
    Object.assign(new MemoryHost(), {
      userIds: start,
      write: start,
    }),
    fakeProcess([]),
  );
  assertEquals(code, 70);
});
