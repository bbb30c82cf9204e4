import { assertEquals, assertThrows } from "@std/assert";
import { HostError } from "../host/host.ts";
import type { WrittenImage } from "./_replace_testing.ts";
import { ownProcess } from "./process.ts";

const SCRIPT = new URL("_replace_testing.ts", import.meta.url).href;
const RUN = ["run", "-A", "--no-config", "--no-lock", "--quiet", SCRIPT];

/** One character for each byte. */
const text = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

function program(words: readonly string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [...RUN, ...words],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Starts a process that becomes the first image that lets it. */
async function become(...images: readonly WrittenImage[]) {
  const output = await program(["try", JSON.stringify(images)]).output();
  assertEquals(new TextDecoder().decode(output.stderr), "");
  const { code, signal } = output;
  return { code, signal, stdout: text(output.stdout) };
}

function sh(script: string, changes: Partial<WrittenImage> = {}): WrittenImage {
  return { candidates: ["/bin/sh"], argv: ["sh", "-c", script], ...changes };
}

/** Runs with a fresh directory, which is removed afterwards. */
async function inFolder(
  action: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "runner-process-" });
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("ownProcess hands arguments and environment on byte for byte", async () => {
  await inFolder(async (folder) => {
    const odd = [
      "-odd",
      "",
      "a b",
      "*",
      "$HOME",
      "\xff\xc3",
      "cr\r",
      "\n",
      "--",
    ]
      .concat("x".repeat(100_000));
    // Not the last command, so that the shell does not become cat.
    const show = "/bin/cat /proc/$$/cmdline /proc/$$/environ; :";
    const argv = ["sh", "-c", show, ...odd];
    const environment = [`DENO_DIR=${folder}`, "B=1", "A=1", "A=2", "odd", ""]
      .concat("a.b=1", "X=\xff", "L=a\nb\r", "PATH=", "=y", "B=3");
    const output = await become({
      candidates: [Deno.execPath()],
      argv: ["deno", ...RUN, "pass", "/bin/sh", ...argv],
      environment,
    });
    const parts = [...argv, ...environment].map((part) => `${part}\0`);
    assertEquals(output, { code: 0, signal: null, stdout: parts.join("") });
  });
});

Deno.test("ownProcess hands on neither arguments nor environment if there are none", async () => {
  const show = "/bin/cat /proc/$$/cmdline /proc/$$/environ; :";
  const { stdout } = await become(sh(show, { environment: [] }));
  assertEquals(stdout, `sh\0-c\0${show}\0`);
});

Deno.test("ownProcess is the tool: its process, its exit code", async () => {
  const child = program(["try", JSON.stringify([sh("echo $$")])])
    .spawn();
  const { stdout } = await child.output();
  assertEquals(text(stdout), `${child.pid}\n`);
  for (const code of [0, 1, 64, 125, 127, 255]) {
    const output = await become(sh(`exit ${code}`));
    assertEquals(output, { code, signal: null, stdout: "" });
  }
});

Deno.test("ownProcess becomes the first candidate that can be executed", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/plain`, "id\n", { mode: 0o644 });
    const candidates = [
      `${folder}/missing`,
      `${folder}/plain`,
      `${folder}/plain/below`,
      folder,
      "/bin/sh",
      `${folder}/never`,
    ];
    const argv = ["as typed", "-c", "/bin/cat /proc/$$/cmdline; :"];
    const { stdout } = await become({ candidates, searched: true, argv });
    assertEquals(stdout, argv.map((word) => `${word}\0`).join(""));
  });
});

Deno.test("ownProcess tells why nothing could be executed", async () => {
  await inFolder(async (folder) => {
    const at = (name: string) => `${folder}/${name}`;
    const write = (name: string, content: string) =>
      Deno.writeTextFile(at(name), content, { mode: 0o755 });
    await write("plain", "id\n");
    await Deno.chmod(at("plain"), 0o644);
    await write("script", "echo never\n");
    await write("empty", "");
    await write("orphan", `#!${at("missing")}\n`);
    await write("busy", "#!/bin/sh\n");
    await write("alien", "\x7fELF\x02\x01\x01");
    await Deno.symlink("loop", at("loop"));
    await Deno.symlink("nowhere", at("dangling"));
    using _busy = await Deno.open(at("busy"), { write: true });
    const direct: [string, string][] = [
      ["missing", "ENOENT"],
      ["dangling", "ENOENT"],
      ["orphan", "ENOENT"],
      ["plain", "EACCES"],
      [".", "EACCES"],
      ["plain/below", "ENOTDIR"],
      ["script/", "ENOTDIR"],
      ["loop", "ELOOP"],
      ["script", "ENOEXEC"],
      ["empty", "ENOEXEC"],
      ["alien", "ENOEXEC"],
      ["busy", "ETXTBSY"],
      ["n".repeat(256), "ENAMETOOLONG"],
    ];
    const searched: [string[], string][] = [
      [[], "ENOENT"],
      [["missing", "dangling", "orphan", "plain/below"], "ENOENT"],
      [["plain", "missing"], `EACCES ${at("plain")}`],
      [["missing", ".", "missing"], `EACCES ${at(".")}`],
      [["missing", "script", "busy"], `ENOEXEC ${at("script")}`],
      [["plain", "loop", "script"], `ELOOP ${at("loop")}`],
    ];
    const images: WrittenImage[] = [
      ...direct.map(([name]) => ({ candidates: [at(name)], argv: [name] })),
      ...searched.map(([names]) => ({
        candidates: names.map(at),
        searched: true,
        argv: ["x"],
      })),
      { candidates: ["/bin/true"], argv: ["true"], padding: 200_000 },
    ];
    const { code, stdout } = await become(...images);
    assertEquals(code, 0);
    assertEquals(JSON.parse(stdout), {
      failures: [
        ...direct.map(([name, error]) => `${error} ${at(name)}`),
        ...searched.map(([, failure]) => failure),
        "E2BIG /bin/true",
      ],
      // As before: what could not become a tool goes on as it was.
      ignoresSigpipe: true,
    });
  });
});

Deno.test("ownProcess gives the tool the default action of SIGPIPE, or ignores it as the caller did", async () => {
  const script = "kill -PIPE $$; echo survived";
  assertEquals(await become(sh(script)), {
    code: 141,
    signal: "SIGPIPE",
    stdout: "",
  });
  assertEquals(await become(sh(script, { ignoreSigpipe: true })), {
    code: 0,
    signal: null,
    stdout: "survived\n",
  });
});

Deno.test("ownProcess gives the tool back its soft limit on open files", async () => {
  const script = "ulimit -Sn; ulimit -Hn";
  const [soft, hard] = (await become(sh(script))).stdout.split("\n");
  assertEquals(soft, hard);
  const restored = await become(sh(script, { openFilesLimit: 64 }));
  assertEquals(restored.stdout.split("\n"), ["64", hard ?? "", ""]);
});

Deno.test("ownProcess reads its own words and environment", () => {
  const { words, restore } = ownProcess.start();
  assertEquals(words.map(text), Deno.args);
  assertEquals(restore.openFilesLimit, undefined);
});

Deno.test("ownProcess names what keeps /proc from being read", () => {
  const { readFileSync } = Deno;
  const table: [unknown, string][] = [
    [Object.assign(new Deno.errors.NotFound(), { code: "ENOENT" }), "ENOENT"],
    [Object.assign(new Error("no"), { code: "EACCES" }), "EACCES"],
    [new Error("no"), "EIO"],
    [Object.assign(new Error("no"), { code: 7 }), "EIO"],
    ["text", "EIO"],
  ];
  for (const [thrown, code] of table) {
    Deno.readFileSync = () => {
      throw thrown;
    };
    try {
      const error = assertThrows(() => ownProcess.start(), HostError);
      assertEquals(error.code, code);
      assertEquals(error.path, "/proc/self/cmdline");
    } finally {
      Deno.readFileSync = readFileSync;
    }
  }
});
