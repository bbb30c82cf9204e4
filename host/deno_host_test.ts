import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname } from "@std/path";
import {
  assertRefused,
  finish,
  type Scene,
  SCENE_FILES,
  SCENE_PROGRAMS,
  testHost,
} from "./_behaviour.ts";
import { denoHost } from "./deno_host.ts";
import type { CommandRequest } from "./host.ts";

const HOST_URL = new URL("./deno_host.ts", import.meta.url).href;

testHost("denoHost()", makeScene);

function makeScene(): Scene {
  const root = Deno.realPathSync(Deno.makeTempDirSync());
  for (const [path, file] of Object.entries(SCENE_FILES)) {
    const full = `${root}/${path}`;
    Deno.mkdirSync(dirname(full), { recursive: true });
    if ("target" in file) {
      Deno.symlinkSync(file.target, full);
    } else {
      Deno.writeTextFileSync(full, file.content);
      Deno.chmodSync(full, file.mode);
    }
  }
  for (const [name, script] of Object.entries(SCENE_PROGRAMS)) {
    const path = `${root}/bin/${name}`;
    Deno.writeTextFileSync(path, `#!/bin/sh\n${script}\n`);
    Deno.chmodSync(path, 0o755);
  }
  return {
    host: denoHost(),
    root,
    dispose: () => Deno.removeSync(root, { recursive: true }),
  };
}

function shell(script: string, change: Partial<CommandRequest> = {}) {
  return denoHost().start({
    argv: ["sh", "-c", script],
    env: { PATH: "/usr/bin:/bin" },
    searchPath: "/usr/bin:/bin",
    stdin: new Uint8Array(),
    ...change,
  });
}

/**
 * Runs code against the host in a process of its own: `RUN` in a shell script,
 * in which `READY` waits until the code calls `ready()`.
 */
async function inProcess(
  code: string,
  script = "exec RUN",
  permissions = "-A",
) {
  const source = `import { denoHost } from ${JSON.stringify(HOST_URL)};
const host = denoHost();
const text = (value) => new TextEncoder().encode(value);
const ready = () => Deno.writeTextFileSync(Deno.env.get("READY"), "");
${code}`;
  const file = Deno.makeTempFileSync({ suffix: ".js" });
  Deno.writeTextFileSync(file, source);
  const run =
    `'${Deno.execPath()}' run ${permissions} --no-config --no-lock '${file}'`;
  const ready = `${file}.ready`;
  const wait = `until [ -e '${ready}' ]; do sleep 0.02; done`;
  const args = ["-c", script.replace("RUN", run).replace("READY", wait)];
  const env = { READY: ready };
  const output = await new Deno.Command("sh", { args, env }).output();
  for (const path of [file, ready]) denoHost().remove(path);
  const [stdout, stderr] = [output.stdout, output.stderr]
    .map((bytes) => new TextDecoder().decode(bytes));
  return { code: output.code, stdout, stderr };
}

const WRITE = `try {
  host.write(1, new Uint8Array(1_000_000));
  host.write(2, text("taken"));
} catch (error) {
  host.write(2, text([error.name, error.code, error.path].join()));
}`;

Deno.test("denoHost() tells real and effective ids", () => {
  const { uid, gid } = denoHost().userIds();
  assertEquals(uid, Deno.uid());
  assertEquals(gid, Deno.gid());
});

Deno.test({
  name: "denoHost() goes by the effective ids (needs root to take others)",
  ignore: Deno.uid() !== 0,
  async fn() {
    const { stdout } = await inProcess(`
    const id = { parameters: ["u32"], result: "i32" };
    const libc = Deno.dlopen("libc.so.6", { seteuid: id, setegid: id });
    const before = host.mayAccess("/proc/1/environ", "read");
    libc.symbols.setegid(54321);
    libc.symbols.seteuid(12345);
    const after = host.mayAccess("/proc/1/environ", "read");
    const { uid, euid, gid, egid } = host.userIds();
    host.write(1, text([uid, euid, gid, egid, before, after].join()));`);
    assertEquals(stdout, "0,12345,0,54321,true,false");
  },
});

Deno.test("denoHost() is told by no file's size how much it may hold", () => {
  const host = denoHost();
  const endless = () => host.readFile("/dev/zero", { maxBytes: 100_000 });
  assertRefused("EFBIG", endless);
  const path = "/proc/self/status";
  assertEquals(host.stat(path).size, 0);
  const bytes = host.readFile(path, { maxBytes: 100_000 });
  assertStringIncludes(new TextDecoder().decode(bytes), "VmHWM:");
});

const OPENING = `const root = host.args[0];
const at = root + "/dir/b";
const looked = () => {
  using file = host.openFile(at);
  return [file.kind, file.realPath.replace(root, ""), file.size].join(" ");
};
const tried = (act) => {
  try {
    return act() ?? "done";
  } catch (error) {
    return error.code + " " + error.path.replace(root, "");
  }
};
const said = [tried(looked), tried(() => host.openFile(root + "/dir"))];
const openSync = Deno.openSync;
Deno.openSync = (path) => {
  const file = openSync(path);
  host.rename(root + "/run.sh", at);
  return file;
};
said.push(tried(looked));
Deno.openSync = openSync;
host.rename(root + "/pipe", at);
said.push(tried(looked));
for (const path of ["a/x", "a/x", "to-bin/x", "b/x"]) {
  said.push(tried(() => host.writeFileBelow(root + "/dir", path, text("x"))));
}
host.write(1, text(said.join("\\n")));`;

Deno.test("denoHost() opens and writes files with fewer permissions, and never asks for more", async () => {
  const scene = makeScene();
  const { root } = scene;
  try {
    await finish(shell(`mkfifo '${root}/pipe'`));
    const permissions = `--no-prompt --allow-read --allow-write='${root}'`;
    const script = `exec RUN '${root}'`;
    const done = await inProcess(OPENING, script, permissions);
    assertEquals([done.stderr, done.stdout?.split("\n")], ["", [
      "file /dir/b 0",
      "EISDIR /dir",
      "ESTALE /dir/b",
      "other /dir/b 0",
      "done",
      "EEXIST /dir/a/x",
      "ENOTDIR /dir/to-bin/x",
      "ENOTDIR /dir/b/x",
    ]]);
  } finally {
    scene.dispose();
  }
});

Deno.test("denoHost() opens a pipe without waiting, and says that it is none to read", async () => {
  const scene = makeScene();
  try {
    await finish(shell(`mkfifo '${scene.root}/pipe'`));
    using pipe = scene.host.openFile(`${scene.root}/pipe`);
    assertEquals([pipe.kind, pipe.realPath], ["other", `${scene.root}/pipe`]);
  } finally {
    scene.dispose();
  }
});

Deno.test("denoHost() closes a file once, and no other that has its number by then", () => {
  const scene = makeScene();
  try {
    const first = scene.host.openFile(`${scene.root}/text.txt`);
    first[Symbol.dispose]();
    using second = scene.host.openFile(`${scene.root}/text.txt`);
    first[Symbol.dispose]();
    assertEquals(second.read(new Uint8Array(9), 0), 6);
  } finally {
    scene.dispose();
  }
});

Deno.test("denoHost() says of an open file that it is there no more", () => {
  const scene = makeScene();
  try {
    using file = scene.host.openFile(`${scene.root}/text.txt`);
    scene.host.remove(`${scene.root}/text.txt`);
    assertEquals(file.realPath, `${scene.root}/text.txt (deleted)`);
    assertEquals(file.read(new Uint8Array(9), 0), 6);
  } finally {
    scene.dispose();
  }
});

Deno.test("denoHost() sees no terminal in pipes and files", async () => {
  const code = `host.write(2, text([0, 1, 2].map(host.isTerminal).join()));`;
  const { stderr } = await inProcess(code, "RUN </dev/null");
  assertEquals(stderr, "false,false,false");
});

Deno.test("denoHost() sees a terminal", async () => {
  const code = `host.write(1, text([0, 1, 2].map(host.isTerminal).join()));`;
  const script = `script -qec "RUN" /dev/null </dev/null`;
  const { stdout } = await inProcess(code, script);
  assertEquals(stdout, "true,true,true");
});

Deno.test("denoHost() writes every byte to a slow pipe that does not block", async () => {
  const bytes = 300_000;
  const code = `const mine = new Uint8Array(${bytes});
for (let i = 0; i < mine.length; i++) mine[i] = 97 + i % 23;
host.write(1, mine);`;
  const unblock = `import fcntl, os
fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_NONBLOCK)`;
  const read = `import sys, time
time.sleep(0.5)
data = sys.stdin.buffer.read()
print(len(data), all(b == 97 + i % 23 for i, b in enumerate(data)))`;
  const script = `{ python3 -c '${unblock}'; RUN; } | python3 -c '${read}'`;
  const { stdout, stderr } = await inProcess(code, script);
  assertEquals(stderr, "");
  assertEquals(stdout, `${bytes} True\n`);
});

Deno.test("denoHost() names the error of a write that is refused", async () => {
  const refused = {
    "RUN >/dev/full": "HostError,ENOSPC,standard output",
    "RUN | exec true": "HostError,EPIPE,standard output",
    "RUN >/dev/null": "taken",
  };
  for (const [script, wanted] of Object.entries(refused)) {
    const { stderr } = await inProcess(WRITE, script);
    assertEquals(stderr, wanted, script);
  }
});

Deno.test("denoHost() calls back on every interrupt", async () => {
  const code = `const stop = host.onInterrupt((signal) => {
  host.write(1, text(signal));
  stop();
  clearTimeout(timer);
});
const timer = setTimeout(() => Deno.exit(1), 20_000);
ready();`;
  for (const signal of ["INT", "TERM", "HUP"]) {
    const script = `RUN & READY; kill -${signal} $!; wait $!`;
    const { code: exit, stdout } = await inProcess(code, script);
    assertEquals([exit, stdout], [0, `SIG${signal}`]);
  }
});

Deno.test("denoHost() ends as usual by an interrupt it no longer listens to", async () => {
  const code = `host.onInterrupt(() => {})();
ready();
await new Promise((go) => setTimeout(go, 20_000));`;
  const script = "RUN & READY; kill -TERM $!; wait $!";
  assertEquals((await inProcess(code, script)).code, 143);
});

Deno.test("denoHost() tells its arguments and imports modules", async () => {
  const code = `host.write(1, text(JSON.stringify(host.args)));
const { log } = await host.importModule("node:console");
log(typeof log);`;
  const { stdout } = await inProcess(code, "RUN a '' --b");
  assertEquals(stdout, '["a","","--b"]function\n');
  const missing = new URL("./no_such_module.ts", import.meta.url).href;
  await assertRejects(() => denoHost().importModule(missing), TypeError);
});

Deno.test("denoHost() hands a program exactly the environment given", async () => {
  const env = { ONE: "1", __proto_: "x", EMPTY: "" };
  const argv = ["/usr/bin/env"];
  const { stdout } = await finish(shell("", { argv, env }));
  assertEquals(stdout.split("\n").sort(), [
    "",
    "EMPTY=",
    "ONE=1",
    "__proto_=x",
  ]);
});

Deno.test("denoHost() starts a program in a directory, relative paths included", async () => {
  const scene = makeScene();
  try {
    const { stdout } = await finish(shell("pwd", { cwd: scene.root }));
    assertEquals(stdout, `${scene.root}\n`);
    for (
      const change of [{ argv: ["bin/words", "x"] }, { searchPath: "bin" }]
    ) {
      const request = { argv: ["words", "x"], cwd: scene.root, ...change };
      assertEquals((await finish(shell("", request))).stdout, "x\n");
    }
  } finally {
    scene.dispose();
  }
});

// Every exit code is in tests/heavy/exit_codes.ts.
Deno.test("denoHost() tells the exit code", async () => {
  for (const code of [0, 1, 127, 128, 129, 255]) {
    const { end } = await finish(shell(`exit ${code}`));
    assertEquals(end, { kind: "exit", code });
  }
});

Deno.test("denoHost() tells every signal that ends a program", async () => {
  const ignored = new Set([17, 18, 19, 20, 21, 22, 23, 28]);
  const { stdout } = await finish(shell("exec bash -c 'kill -l'"));
  const names = new Map(
    [...stdout.matchAll(/(\d+)\) (SIG[A-Z0-9]+)(?=\s)/g)]
      .map(([, number, name]) => [Number(number), name]),
  );
  for (let number = 1; number < 32; number++) {
    if (ignored.has(number)) continue;
    const script = `kill -${number} $$`;
    const { end } = await finish(shell(script));
    const wanted = names.get(number) ?? "";
    assertEquals(end, { kind: "signal", signal: wanted, number });
  }
});

Deno.test({
  name: "denoHost() tells real-time signals by number",
  // Deno has no name for them, and keeps a child that ended by one.
  sanitizeResources: false,
  fn: async () => {
    for (let number = 34; number <= 64; number++) {
      const { end } = await finish(shell(`kill -${number} $$`));
      assertEquals(end, { kind: "signal", signal: `SIG${number}`, number });
    }
  },
});

Deno.test("denoHost() does not mind a program that leaves its input unread", async () => {
  const stdin = new Uint8Array(1_000_000);
  for (
    const script of ["exit 4", "exec <&-; exit 4", "head -c 1 >&2; exit 4"]
  ) {
    const { end } = await finish(shell(script, { stdin }));
    assertEquals(end, { kind: "exit", code: 4 });
  }
});

Deno.test("denoHost() feeds and drains at the same time", async () => {
  const stdin = new TextEncoder().encode("0123456789".repeat(300_000));
  const done = await finish(shell("tee /dev/stderr", { stdin }));
  assertEquals(done.stdout.length, stdin.length);
  assertEquals(done.stderr.length, stdin.length);
});

Deno.test("denoHost() signals the whole group, not only its leader", async () => {
  const command = shell("sleep 60 & sleep 60 & wait");
  command.signalGroup("SIGKILL");
  assertEquals((await finish(command)).end, {
    kind: "signal",
    signal: "SIGKILL",
    number: 9,
  });
});

Deno.test("denoHost() names the refusal of a program the system will not start", () => {
  const refused: [string, Partial<CommandRequest>][] = [
    ["E2BIG", { argv: ["sh", "x".repeat(200_000)] }],
    ["EINVAL", { argv: ["sh", "a\0b"] }],
    ["EACCES", { argv: ["/etc"] }],
  ];
  for (const [code, change] of refused) {
    assertRefused(code, () => shell("", change));
  }
});

Deno.test("denoHost() removes a directory that does not let go", async () => {
  const code = `
    if (Deno.uid() === 0) {
      const id = { parameters: ["u32"], result: "i32" };
      Deno.dlopen("libc.so.6", { seteuid: id }).symbols.seteuid(12345);
    }
    const root = host.makeTempDirectory("stuck-");
    host.makeDirectory(root + "/dir/inner");
    host.writeFile(root + "/dir/inner/file", text(""));
    Deno.chmodSync(root + "/dir/inner", 0o000);
    Deno.chmodSync(root + "/dir", 0o500);
    host.remove(root);
    host.write(1, text(String(host.mayAccess(root, "read"))));`;
  // The other user may not write where this run collects its coverage.
  const script = "unset DENO_COVERAGE_DIR; exec RUN";
  const { stdout, stderr } = await inProcess(code, script);
  assertEquals([stdout, stderr], ["false", ""]);
});

Deno.test("denoHost().readInput() reads to the end, in whatever pieces it comes", async () => {
  const code = `try {
  const { length } = host.readInput({ maxBytes: 200_000 });
  host.write(1, text(String(length)));
} catch (error) {
  host.write(1, text([error.code, error.path].join()));
}`;
  const zeros = (count: number) => `head -c ${count} /dev/zero`;
  const scripts = [
    [`exec RUN </dev/null`, "0"],
    [`{ ${zeros(150_000)}; READY; ${zeros(50_000)}; } | RUN`, "200000"],
    [`${zeros(200_001)} | RUN`, "EFBIG,standard input"],
  ] as const;
  for (const [script, wanted] of scripts) {
    const { stdout, stderr } = await inProcess(`ready();\n${code}`, script);
    assertEquals([stdout, stderr], [wanted, ""], script);
  }
});
