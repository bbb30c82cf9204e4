/**
 * What every host must do, whatever is behind it.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type CommandRequest,
  type Host,
  HostError,
  type RunningCommand,
} from "./host.ts";

/** A host with the files and programs the suite works on. */
export interface Scene {
  readonly host: Host;
  /** An absolute directory, free of symbolic links, that holds {@linkcode SCENE_FILES}. */
  readonly root: string;
  /** Takes everything down. */
  dispose(): void;
}

/** A file of the scene: content and mode, or a symbolic link. */
export type SceneFile =
  | { readonly content: string; readonly mode: number }
  | { readonly target: string };

/** Files below the scene's root. */
export const SCENE_FILES: Readonly<Record<string, SceneFile>> = {
  "text.txt": { content: "hello\n", mode: 0o644 },
  "run.sh": { content: "#!/bin/sh\n", mode: 0o755 },
  "secret": { content: "x", mode: 0o000 },
  "dir/b": { content: "", mode: 0o600 },
  "dir/a/inner": { content: "", mode: 0o644 },
  "dir/\uff21": { content: "", mode: 0o644 },
  "dir/\u{1f600}": { content: "", mode: 0o644 },
  "dir/a/to-nowhere": { target: "nowhere" },
  "dir/to-b": { target: "b" },
  "dir/to-bin": { target: "../bin" },
  "link": { target: "text.txt" },
  "chain": { target: "link" },
  "up": { target: "dir/a/../.." },
  "dangling": { target: "nowhere" },
  "loop": { target: "loop" },
  "bin/not-executable": { content: "#!/bin/sh\n", mode: 0o644 },
};

/** Programs in the scene's `bin`, as shell scripts. */
export const SCENE_PROGRAMS = {
  words: `printf '%s\\n' "$@"`,
  copy: "exec /bin/cat",
  sit: "test -t 0 && ! test -t 1 && ! test -t 2 && exec /bin/cat",
  leave: "echo gone >&2; exit 3",
  die: "kill -TERM $$",
  hang: "exec /bin/sleep 60",
  stray: "/usr/bin/setsid /bin/sleep 60 >/dev/null 2>&1 &",
} as const;

type Step = (scene: Scene) => void | Promise<void>;

/**
 * Registers the suite.
 *
 * @param name The implementation, in front of every test's name.
 * @param makeScene Makes a fresh scene.
 */
export function testHost(name: string, makeScene: () => Scene): void {
  for (const [does, step] of Object.entries({ ...FILES, ...COMMANDS })) {
    Deno.test(`${name} ${does}`, async () => {
      const scene = makeScene();
      try {
        await step(scene);
      } finally {
        scene.dispose();
      }
    });
  }
}

/** Expects a refusal with an error name. */
export function assertRefused(code: string, action: () => unknown): void {
  const error = assertThrows(action, HostError);
  assertEquals(error.code, code);
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const encode = (text: string) => new TextEncoder().encode(text);

const FILES: Readonly<Record<string, Step>> = {
  "names its processor as images do": ({ host }) => {
    assert(["amd64", "arm64", "riscv64"].includes(host.architecture()));
  },
  "reads a file, through links": ({ host, root }) => {
    assertEquals(decode(host.readFile(`${root}/text.txt`)), "hello\n");
    assertEquals(decode(host.readFile(`${root}/chain`)), "hello\n");
    assertEquals(decode(host.readFile(`${root}/up/text.txt`)), "hello\n");
  },
  "reads no more bytes than it was told": ({ host, root }) => {
    const path = `${root}/text.txt`;
    assertEquals(decode(host.readFile(path, { maxBytes: 6 })), "hello\n");
    assertRefused("EFBIG", () => host.readFile(path, { maxBytes: 5 }));
    assertRefused(
      "EISDIR",
      () => host.readFile(`${root}/dir`, { maxBytes: 9 }),
    );
    assertRefused("ENOENT", () => host.readFile(`${root}/x`, { maxBytes: 9 }));
    const empty = host.readFile(`${root}/dir/a/inner`, { maxBytes: 0 });
    assertEquals(empty.length, 0);
  },
  "names the error of every path that cannot be read": ({ host, root }) => {
    const refused = {
      "nowhere": "ENOENT",
      "dangling": "ENOENT",
      "dir": "EISDIR",
      "loop": "ELOOP",
      "text.txt/": "ENOTDIR",
      "text.txt/x": "ENOTDIR",
      "text.txt/..": "ENOTDIR",
      "nul\0": "EINVAL",
      ["n".repeat(256)]: "ENAMETOOLONG",
    };
    for (const [path, code] of Object.entries(refused)) {
      assertRefused(code, () => host.readFile(`${root}/${path}`));
    }
    assertRefused("ENOENT", () => host.readFile(""));
  },
  "reads an open file at any place": ({ host, root }) => {
    using file = host.openFile(`${root}/chain`);
    assertEquals(file.size, 6);
    const piece = new Uint8Array(4);
    assertEquals(file.read(piece, 3), 3);
    assertEquals(decode(piece.subarray(0, 3)), "lo\n");
    assertEquals(file.read(piece, 0), 4);
    assertEquals(decode(piece), "hell");
    assertEquals(file.read(piece, 6), 0);
    const refused = {
      "nowhere": "ENOENT",
      "dangling": "ENOENT",
      "dir": "EISDIR",
      "loop": "ELOOP",
      "text.txt/": "ENOTDIR",
      "text.txt/x": "ENOTDIR",
      "nul\0": "EINVAL",
      ["n".repeat(256)]: "ENAMETOOLONG",
    };
    for (const [path, code] of Object.entries(refused)) {
      assertRefused(code, () => host.openFile(`${root}/${path}`));
    }
  },
  "tells what an open file is and where, whatever the path leads to now": (
    { host, root },
  ) => {
    using file = host.openFile(`${root}/up/dir/to-b`);
    assertEquals([file.kind, file.realPath], ["file", `${root}/dir/b`]);
    host.rename(`${root}/chain`, `${root}/dir/to-b`);
    assertEquals(file.realPath, `${root}/dir/b`);
    assertEquals(file.read(new Uint8Array(9), 0), 0);
  },
  "describes paths, links followed or not": ({ host, root }) => {
    const text = { kind: "file", size: 6, mode: 0o644 } as const;
    assertEquals(host.stat(`${root}/text.txt`), text);
    assertEquals(host.stat(`${root}/link`), text);
    assertEquals(host.lstat(`${root}/link`).kind, "symlink");
    assertEquals(host.lstat(`${root}/link`).size, "text.txt".length);
    assertEquals(host.stat(`${root}/dir`).kind, "directory");
    assertEquals(host.stat(`${root}/run.sh`).mode, 0o755);
    assertRefused("ENOENT", () => host.stat(`${root}/dangling`));
    assertEquals(host.lstat(`${root}/dangling`).kind, "symlink");
    assertRefused("ELOOP", () => host.stat(`${root}/loop/x`));
  },
  "lists a directory by code point, links as links": ({ host, root }) => {
    assertEquals(host.readDirectory(`${root}/dir`), [
      { name: "a", kind: "directory" },
      { name: "b", kind: "file" },
      { name: "to-b", kind: "symlink" },
      { name: "to-bin", kind: "symlink" },
      { name: "\uff21", kind: "file" },
      { name: "\u{1f600}", kind: "file" },
    ]);
    assertRefused("ENOTDIR", () => host.readDirectory(`${root}/text.txt`));
    assertRefused("ENOENT", () => host.readDirectory(`${root}/nowhere`));
  },
  "resolves every link": ({ host, root }) => {
    assertEquals(host.realPath(`${root}/chain`), `${root}/text.txt`);
    assertEquals(host.realPath(`${root}/up/dir/./a`), `${root}/dir/a`);
    assertEquals(host.realPath(`${root}/dir/../dir/`), `${root}/dir`);
    assertRefused("ENOENT", () => host.realPath(`${root}/dangling`));
    assertRefused("ELOOP", () => host.realPath(`${root}/loop`));
  },
  "tells what may be done with a path": ({ host, root }) => {
    const isRoot = host.userIds().euid === 0;
    const table: [string, "read" | "write" | "execute", boolean][] = [
      ["run.sh", "execute", true],
      ["text.txt", "execute", false],
      ["text.txt", "read", true],
      ["link", "write", true],
      ["dir", "execute", true],
      ["secret", "read", isRoot],
      ["secret", "execute", false],
      ["nowhere", "read", false],
      ["loop", "read", false],
      ["run.sh\0.txt", "execute", false],
    ];
    for (const [path, access, wanted] of table) {
      const found = host.mayAccess(`${root}/${path}`, access);
      assertEquals(found, wanted, `${path} ${access}`);
    }
  },
  "writes a file and keeps the mode of one that is there": (
    { host, root },
  ) => {
    host.writeFile(`${root}/new`, encode("a"), { mode: 0o600 });
    host.writeFile(`${root}/new`, encode("bc"), { mode: 0o777 });
    assertEquals(host.stat(`${root}/new`), {
      kind: "file",
      size: 2,
      mode: 0o600,
    });
    host.writeFile(`${root}/plain`, encode(""));
    assertEquals(host.stat(`${root}/plain`).mode, 0o644);
    host.writeFile(`${root}/link`, encode("through"));
    assertEquals(decode(host.readFile(`${root}/text.txt`)), "through");
    host.writeFile(`${root}/dangling`, encode("made"));
    assertEquals(decode(host.readFile(`${root}/nowhere`)), "made");
    assertRefused("EISDIR", () => host.writeFile(`${root}/dir`, encode("")));
    const missing = `${root}/no/where`;
    assertRefused("ENOENT", () => host.writeFile(missing, encode("")));
  },
  "writes a new file below a directory, through no link": (
    { host, root },
  ) => {
    const write = (path: string) => () =>
      host.writeFileBelow(`${root}/dir`, path, encode("new"));
    for (const path of ["x", "a/x", "one/two/x"]) {
      write(path)();
      assertEquals(decode(host.readFile(`${root}/dir/${path}`)), "new");
    }
    assertEquals(host.stat(`${root}/dir/one/two/x`).mode, 0o644);
    const refused = {
      "b": "EEXIST",
      "to-b": "EEXIST",
      "a": "EEXIST",
      "b/x": "ENOTDIR",
      "to-b/x": "ENOTDIR",
      "to-bin/x": "ENOTDIR",
      "to-bin/new/x": "ENOTDIR",
      "a/to-nowhere": "EEXIST",
      "a/to-nowhere/x": "ENOTDIR",
      "nul\0": "EINVAL",
    };
    const below = host.readDirectory(`${root}/bin`);
    for (const [path, code] of Object.entries(refused)) {
      assertRefused(code, write(path));
    }
    assertEquals(host.readDirectory(`${root}/bin`), below);
    assertEquals(decode(host.readFile(`${root}/dir/b`)), "");
    assertRefused("ENOENT", () => host.lstat(`${root}/dir/a/nowhere`));
  },
  "renames over a file, with all that is below a directory": (
    { host, root },
  ) => {
    host.rename(`${root}/run.sh`, `${root}/text.txt`);
    assertEquals(host.stat(`${root}/text.txt`).mode, 0o755);
    assertRefused("ENOENT", () => host.stat(`${root}/run.sh`));
    host.rename(`${root}/dir`, `${root}/moved`);
    assertEquals(host.stat(`${root}/moved/a/inner`).kind, "file");
    const moved = `${root}/moved`;
    assertRefused("ENOENT", () => host.rename(`${root}/dir`, `${root}/x`));
    assertRefused("EISDIR", () => host.rename(`${root}/text.txt`, moved));
    assertRefused("ENOTDIR", () => host.rename(moved, `${root}/text.txt`));
    assertRefused("ENOTEMPTY", () => host.rename(`${root}/bin`, moved));
    assertRefused("EINVAL", () => host.rename(moved, `${moved}/inside`));
  },
  "makes directories, and minds none that is there": ({ host, root }) => {
    host.makeDirectory(`${root}/one/two/`);
    host.makeDirectory(`${root}/one/two`);
    assertEquals(host.stat(`${root}/one/two`).kind, "directory");
    assertRefused("EEXIST", () => host.makeDirectory(`${root}/text.txt`));
    assertRefused("ENOTDIR", () => host.makeDirectory(`${root}/text.txt/x`));
  },
  "makes temporary directories, each its own, and removes them": ({ host }) => {
    const [one, two] = [
      host.makeTempDirectory("scene-"),
      host.makeTempDirectory("scene-"),
    ];
    assert(one !== two);
    assert(one.startsWith("/") && one.includes("/scene-"));
    assertEquals(host.realPath(one), one);
    assertEquals(host.stat(one).mode, 0o700);
    host.writeFile(`${one}/file`, encode(""));
    for (const path of [one, two]) host.remove(path);
    assertRefused("ENOENT", () => host.stat(one));
  },
  "removes a link, not what it leads to, and minds nothing gone": (
    { host, root },
  ) => {
    host.remove(`${root}/link`);
    assertRefused("ENOENT", () => host.lstat(`${root}/link`));
    assertEquals(host.stat(`${root}/text.txt`).kind, "file");
    host.remove(`${root}/dir`);
    assertRefused("ENOENT", () => host.lstat(`${root}/dir/a/inner`));
    host.remove(`${root}/dir`);
    host.remove(`${root}/no/where`);
    assertRefused("ENOTDIR", () => host.remove(`${root}/text.txt/x`));
  },
  "has a clock that never steps back": ({ host }) => {
    const before = host.now();
    assert(host.now() >= before);
  },
  "answers questions about the environment": ({ host }) => {
    assertEquals(host.env("NO_SUCH_VARIABLE_HERE"), undefined);
    for (const name of ["constructor", "", "A=B", "A\0B"]) {
      assertEquals(host.env(name), undefined);
    }
    for (const [name, value] of Object.entries(host.environment())) {
      assertEquals(host.env(name), value);
    }
    assertEquals(host.stat(host.cwd()).kind, "directory");
  },
};

const COMMANDS: Readonly<Record<string, Step>> = {
  "starts a program with its words and input": async ({ host, root }) => {
    const words = ["a b", "", "$HOME", "*"];
    const done = await finish(start(host, root, ["words", ...words]));
    assertEquals(done.stdout, words.map((word) => `${word}\n`).join(""));
    assertEquals(done.end, { kind: "exit", code: 0 });
    const stdin = encode("given\n");
    assertEquals(
      (await finish(start(host, root, ["copy"], { stdin }))).stdout,
      "given\n",
    );
    assertEquals((await finish(start(host, root, ["copy"]))).stdout, "");
  },
  "starts a program at a terminal, if that is wanted": async (
    { host, root },
  ) => {
    for (
      const text of ["", "one line\n", "two\nlines", "\x04\x16\x03\x7f\0\r\n"]
    ) {
      const change = { stdin: encode(text), stdinIsTerminal: true };
      const done = await finish(start(host, root, ["sit"], change));
      assertEquals(done, {
        stdout: text,
        stderr: "",
        end: { kind: "exit", code: 0 },
      });
    }
    const stdin = encode("piped\n");
    const { end } = await finish(start(host, root, ["sit"], { stdin }));
    assertEquals(end, { kind: "exit", code: 1 });
  },
  "starts a program by path": async ({ host, root }) => {
    const path = `${root}/bin/leave`;
    const done = await finish(start(host, root, [path], { searchPath: "" }));
    assertEquals(done, {
      stdout: "",
      stderr: "gone\n",
      end: { kind: "exit", code: 3 },
    });
  },
  "tells a signal from an exit code": async ({ host, root }) => {
    const { end } = await finish(start(host, root, ["die"]));
    assertEquals(end, { kind: "signal", signal: "SIGTERM", number: 15 });
  },
  "stops a program by its group, and minds no group gone": async (
    { host, root },
  ) => {
    const command = start(host, root, ["hang"]);
    command.signalGroup("SIGKILL");
    const { end } = await finish(command);
    assertEquals(end, { kind: "signal", signal: "SIGKILL", number: 9 });
    command.signalGroup("SIGINT");
  },
  "kills processes by their mark, in whatever group they are": async (
    { host, root },
  ) => {
    const mark = { variable: "SCENE_MARK", value: `${root}/one` };
    const marked = host.markedProcesses(mark);
    assertEquals(marked.killAll(), 0);
    const env = { [mark.variable]: mark.value };
    const { end } = await finish(start(host, root, ["stray"], { env }));
    assertEquals(end, { kind: "exit", code: 0 });
    assertEquals(marked.killAll(), 1);
    const running = start(host, root, ["hang"], { env });
    const others = ["one2", "two"].map((name) =>
      start(host, root, ["hang"], {
        env: { [mark.variable]: `${root}/${name}`, OTHER: mark.value },
      })
    );
    assertEquals(marked.killAll(), 1);
    assertEquals(marked.killAll(), 0);
    const killed = { kind: "signal", signal: "SIGKILL", number: 9 } as const;
    assertEquals((await finish(running)).end, killed);
    for (const other of others) {
      other.signalGroup("SIGINT");
      const interrupted = { kind: "signal", signal: "SIGINT", number: 2 };
      assertEquals((await finish(other)).end, interrupted as typeof end);
    }
  },
  "refuses what cannot be started, and says what is missing": (
    { host, root },
  ) => {
    const refused: [string[], Partial<CommandRequest>, string][] = [
      [["no-such-program"], {}, "ENOENT"],
      [[`${root}/bin/no-such-program`], {}, "ENOENT"],
      [["words"], { searchPath: `${root}/dir` }, "ENOENT"],
      [["words"], { searchPath: "" }, "ENOENT"],
      [["not-executable"], {}, "EACCES"],
      [[`${root}/bin/not-executable`], {}, "EACCES"],
      [["words"], { cwd: `${root}/nowhere` }, "ENOENT"],
      [["words"], { cwd: `${root}/text.txt` }, "ENOTDIR"],
      [[], {}, "ENOENT"],
    ];
    for (const [argv, change, code] of refused) {
      const error = assertThrows(
        () => start(host, root, argv, change),
        HostError,
      );
      assertEquals(error.code, code);
      assertEquals(error.path, change.cwd ?? argv[0] ?? "");
    }
  },
  "stops calling back on interrupts when told to": ({ host }) => {
    const stop = host.onInterrupt(() => {});
    stop();
  },
};

/** Starts a program of the scene. */
function start(
  host: Host,
  root: string,
  argv: readonly string[],
  change: Partial<CommandRequest> = {},
): RunningCommand {
  const stdin = new Uint8Array();
  return host.start({
    argv,
    env: {},
    searchPath: `${root}/dir:${root}/bin`,
    stdin,
    ...change,
  });
}

/** Waits for a command's end and everything it printed. */
export async function finish(command: RunningCommand) {
  const [stdout, stderr, end] = await Promise.all([
    new Response(command.stdout).text(),
    new Response(command.stderr).text(),
    command.end,
  ]);
  return { stdout, stderr, end };
}
