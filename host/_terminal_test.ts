import { assertEquals } from "@std/assert";
import { finish } from "./_behaviour.ts";
import { typed } from "./_terminal.ts";
import { denoHost } from "./deno_host.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Runs a shell script at a terminal. */
async function sit(script: string, input = "") {
  const path = "/usr/bin:/bin";
  const { stdout, stderr } = await finish(
    denoHost().start({
      argv: ["sh", "-c", script],
      env: { PATH: path },
      searchPath: path,
      stdin: encode(input),
      stdinIsTerminal: true,
    }),
  );
  return stdout + stderr;
}

Deno.test("typed() hands over an open line before the end, and takes keys literally", () => {
  const table: Record<string, string> = {
    "": "",
    "a\n": "a\n",
    "a": "a\x04",
    "\x04\x16\x03": "\x16\x04\x16\x16\x03\x04",
  };
  for (const [text, keys] of Object.entries(table)) {
    const found = new TextDecoder().decode(typed(encode(text)));
    assertEquals(found, keys + "\x04".repeat(1024));
  }
});

Deno.test("a terminal tells the end as often as it is asked", async () => {
  assertEquals(
    await sit("cat; cat; echo; read line || cat | wc -c", "text"),
    "text\n0\n",
  );
});

Deno.test("a terminal waits for a slow reader, and a reader for a long text", async () => {
  const line = `${"0123456789abcde".repeat(64)}\n`;
  const text = line.repeat(256);
  assertEquals(
    await sit("read first; sleep 0.05; wc -c", text),
    `${text.length - line.length}\n`,
  );
});

Deno.test("a terminal takes lines of 4095 bytes, and drops what is behind", async () => {
  for (const [size, kept] of [[4095, 4096], [4096, 4096]]) {
    assertEquals(await sit("wc -c", `${"x".repeat(size ?? 0)}\n`), `${kept}\n`);
  }
});

Deno.test("what is written to a terminal is lost, and keeps nobody waiting", async () => {
  assertEquals(await sit("head -c 100000 /dev/zero >&0; echo done"), "done\n");
});

Deno.test("a terminal does not echo, and does not control its program", async () => {
  const script = `stty -a <&0 | tr ' ;' '\\n\\n' | grep -x -e -echo -e -isig
    ps -o tty= -p $$; (: </dev/tty) 2>/dev/null || echo none`;
  assertEquals(
    (await sit(script, "typed\n")).split(/\s+/),
    ["-isig", "-echo", "?", "none", ""],
  );
});

Deno.test("terminals side by side are apart, and leave no descriptor open in a child", async () => {
  const words = ["one", "two", "three", "four"];
  const found = await Promise.all(
    words.map((word) => sit("tty; cat; ls /proc/self/fd | wc -l", `${word}\n`)),
  );
  const lines = found.map((text) => text.trim().split("\n"));
  assertEquals(new Set(lines.map(([tty]) => tty)).size, words.length);
  assertEquals(lines.map(([, word]) => word), words);
  const outside = await new Deno.Command("sh", {
    args: ["-c", "cat; ls /proc/self/fd | wc -l"],
    stdin: "null",
  }).output();
  const usual = new TextDecoder().decode(outside.stdout).trim();
  assertEquals(lines.map(([, , count]) => count), words.map(() => usual));
});

// In a process of its own: other tests open and close descriptors in this one.
const LEAK_PROGRAM = `
import { denoHost } from ${
  JSON.stringify(import.meta.resolve("./deno_host.ts"))
};
const request = {
  argv: ["sh", "-c", "cat"],
  env: {},
  searchPath: "/usr/bin:/bin",
  stdin: new TextEncoder().encode("word"),
  stdinIsTerminal: true,
};
async function sit() {
  const { stdout, stderr, end } = denoHost().start(request);
  await Promise.all([new Response(stdout).text(), new Response(stderr).text()]);
  await end;
}
function fail() {
  try {
    denoHost().start({ ...request, argv: ["/no/such/program"] });
  } catch (error) {
    return error.code;
  }
}
const open = () => [...Deno.readDirSync("/proc/self/fd")].length;
await sit(); // The runtime itself opens some for its first child.
const before = open();
await Promise.all([sit(), sit(), sit()]);
const code = fail();
console.log(JSON.stringify({ code, more: open() - before }));
`;

Deno.test("terminals leave no descriptor open", async () => {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", LEAK_PROGRAM],
  }).output();
  const text = new TextDecoder().decode(stdout);
  assertEquals(
    text,
    '{"code":"ENOENT","more":0}\n',
    new TextDecoder().decode(stderr),
  );
});
