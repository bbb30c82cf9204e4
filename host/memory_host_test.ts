import { assertEquals, assertRejects } from "@std/assert";
import {
  assertRefused,
  finish,
  SCENE_FILES,
  type SCENE_PROGRAMS,
  testHost,
} from "./_behaviour.ts";
import type { CommandRequest } from "./host.ts";
import {
  type MemoryFile,
  MemoryHost,
  type MemoryOutcome,
} from "./memory_host.ts";

const PROGRAMS: Record<
  keyof typeof SCENE_PROGRAMS,
  (request: CommandRequest) => MemoryOutcome
> = {
  words: ({ argv }) => ({
    stdout: argv.slice(1).map((word) => `${word}\n`).join(""),
  }),
  copy: ({ stdin }) => ({ stdout: stdin }),
  sit: ({ stdin, stdinIsTerminal }) =>
    stdinIsTerminal === true
      ? { stdout: stdin }
      : { end: { kind: "exit", code: 1 } },
  leave: () => ({ stderr: "gone\n", end: { kind: "exit", code: 3 } }),
  die: () => ({ end: { kind: "signal", signal: "SIGTERM", number: 15 } }),
  hang: () => ({ end: "hang" }),
  stray: () => ({ strays: 1 }),
};

testHost("MemoryHost", () => {
  const files = Object.entries(SCENE_FILES).map(([path, file]) => {
    const node: MemoryFile = "target" in file
      ? { kind: "symlink", ...file }
      : { kind: "file", ...file };
    return [`/scene/${path}`, node];
  });
  const programs = Object.entries(PROGRAMS).map(([name, program]) => [
    `/scene/bin/${name}`,
    program,
  ]);
  const host = new MemoryHost({
    files: Object.fromEntries(files),
    programs: Object.fromEntries(programs),
    env: { HOME: "/home/user" },
    cwd: "/scene/dir",
  });
  return { host, root: "/scene", dispose: () => {} };
});

Deno.test("MemoryHost keeps what is written to each stream", () => {
  const host = new MemoryHost();
  for (const word of ["o", "\u{1f600}"]) {
    host.write(1, new TextEncoder().encode(word));
  }
  host.write(2, new TextEncoder().encode("err"));
  assertEquals(host.stdoutText, "o\u{1f600}");
  assertEquals(host.stderrText, "err");
});

Deno.test("MemoryHost fails to write and to read as told", () => {
  const host = new MemoryHost({
    failWrites: { 1: "ENOSPC" },
    failReads: { "/file": "EIO" },
    files: { "/file": "x" },
  });
  assertRefused("ENOSPC", () => host.write(1, new Uint8Array(1)));
  assertRefused("EIO", () => host.readFile("/file"));
  host.write(2, new Uint8Array([0x21]));
  assertEquals(host.stderrText, "!");
});

Deno.test("MemoryHost obeys permission bits unless the ids are root's", () => {
  const files = {
    "/locked": { kind: "directory", mode: 0o600 },
    "/locked/file": "x",
    "/group": { kind: "file", mode: 0o040, uid: 7 },
    "/fixed": { kind: "directory", mode: 0o555 },
  } as const;
  const host = new MemoryHost({ files });
  assertRefused("EACCES", () => host.readFile("/locked/file"));
  assertEquals(host.mayAccess("/locked/file", "read"), false);
  assertEquals(host.mayAccess("/group", "read"), true);
  assertEquals(host.mayAccess("/group", "write"), false);
  assertRefused("EACCES", () => host.writeFile("/fixed/x", new Uint8Array()));
  assertRefused("EACCES", () => host.makeDirectory("/fixed/x"));
  const root = new MemoryHost({ files, ids: { uid: 0, gid: 0 } });
  assertEquals(root.readFile("/locked/file").length, 1);
  assertEquals(root.mayAccess("/group", "execute"), false);
});

Deno.test("MemoryHost takes effective ids apart from real ones", () => {
  const ids = { uid: 1000, euid: 0, gid: 1000, egid: 1000 };
  assertEquals(new MemoryHost({ ids: { euid: 0 } }).userIds(), ids);
  assertEquals(new MemoryHost({ ids: { uid: 0 } }).userIds().euid, 0);
});

Deno.test("MemoryHost answers for arguments, terminals and environment", () => {
  const host = new MemoryHost({
    args: ["a"],
    terminals: [0, 1],
    env: { A: "1" },
  });
  assertEquals(host.args, ["a"]);
  assertEquals(([0, 1, 2] as const).map((d) => host.isTerminal(d)), [
    true,
    true,
    false,
  ]);
  assertEquals(host.env("A"), "1");
  assertEquals(host.environment(), { A: "1" });
});

Deno.test("MemoryHost finds a program by bare name on any search path", async () => {
  const host = new MemoryHost({ programs: { tool: () => ({ stdout: "x" }) } });
  const request = { argv: ["tool"], env: {}, stdin: new Uint8Array() };
  const done = await finish(host.start({ ...request, searchPath: "/bin" }));
  assertEquals(done.stdout, "x");
});

Deno.test("MemoryHost interrupts its listeners until they are removed", () => {
  const host = new MemoryHost();
  const heard: string[] = [];
  const stop = host.onInterrupt((signal) => heard.push(signal));
  host.interrupt("SIGINT");
  stop();
  host.interrupt("SIGTERM");
  assertEquals(heard, ["SIGINT"]);
});

Deno.test("MemoryHost hands out its modules and no others", async () => {
  const host = new MemoryHost({ modules: { "tool": { main: 1 } } });
  assertEquals(await host.importModule("tool"), { main: 1 });
  await assertRejects(
    () => host.importModule("constructor"),
    TypeError,
    'Module not found "constructor"',
  );
});

Deno.test("MemoryHost.readInput() gives what stands on standard input", () => {
  const host = new MemoryHost({ stdin: "ab\n" });
  assertEquals(
    host.readInput({ maxBytes: 3 }),
    new TextEncoder().encode("ab\n"),
  );
  assertRefused("EFBIG", () => host.readInput({ maxBytes: 2 }));
  assertEquals(new MemoryHost().readInput({ maxBytes: 0 }).length, 0);
});
