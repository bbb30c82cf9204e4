import { assertEquals } from "@std/assert";
import process, { argv as processArguments } from "node:process";
import { promisify } from "node:util";
import { call, callFile, encode, type Main, sleep } from "./_call_testing.ts";
import { callInProcess } from "./in_process.ts";

/** What a function prints, one value after the other. */
async function printed(
  values: () => unknown,
  change: Parameters<typeof call>[1] = {},
): Promise<unknown> {
  const main: Main = async (_, io) => {
    io.stdout.write(JSON.stringify(await values()));
  };
  return JSON.parse((await call(main, change)).stdout);
}

Deno.test("a program finds its arguments where programs look for them", async () => {
  const argv = ["one", "--two"];
  const lists = () => [
    Deno.args,
    process.argv.slice(2),
    processArguments.slice(2),
    Object.isFrozen(Deno.args),
  ];
  assertEquals(await printed(lists, { argv }), [argv, argv, argv, true]);
  const before = () => process.argv.slice(0, 2);
  assertEquals(await printed(before, { argv }), [Deno.execPath(), "tool"]);
  const path = "/no such/tool.ts";
  const module = { main: () => console.log(process.argv[1]) };
  const outcome = await callInProcess({
    specifier: "file:///no%20such/tool.ts",
    attr: ["main"],
    argv,
    env: {},
    stdin: new Uint8Array(),
    tmpDir: "/tmp",
    timeoutMs: 5000,
  }, { importModule: () => Promise.resolve(module) });
  assertEquals(outcome.stdout, encode(`${path}\n`));
});

Deno.test("a program that pretends to be started at a terminal", async () => {
  const answers = () => [
    Deno.stdin.isTerminal(),
    process.stdin.isTTY,
    Deno.stdout.isTerminal(),
    process.stdout.isTTY ?? null,
    typeof Reflect.get(process.stdin, "setRawMode"),
  ];
  assertEquals(await printed(answers, { stdinIsTerminal: true }), [
    true,
    true,
    false,
    null,
    "function",
  ]);
  const ends = await call((_, io) => Number(io.stdin.isTerminal()));
  assertEquals(ends.code, 0);
  const stdinIsTerminal = true;
  const main: Main = (_, io) => {
    Deno.stdin.setRaw(true);
    process.stdin.setRawMode(true);
    return Number(io.stdin.isTerminal());
  };
  assertEquals((await call(main, { stdinIsTerminal })).code, 1);
});

Deno.test("no program changes the terminal of the tools", async () => {
  const raw: Main = () => {
    try {
      Deno.stdin.setRaw(true);
    } catch (error) {
      return error instanceof Deno.errors.BadResource ? 0 : 1;
    }
    return 2;
  };
  assertEquals((await call(raw)).code, 0);
});

Deno.test("questions are asked of the input, at a terminal only", async () => {
  const ask = () => [
    alert("Look"),
    confirm("Sure?"),
    confirm(),
    prompt("Name"),
    prompt(),
    prompt(),
  ];
  const quiet = [undefined, false, false, null, null, null];
  const stdin = encode("\ny\nn\r\nAda\nlast");
  assertEquals(await printed(() => ask().join(), { stdin }), quiet.join());
  const outcome = await call((_, io) => {
    io.stderr.write(JSON.stringify(ask()));
  }, { stdin, stdinIsTerminal: true });
  assertEquals(outcome, {
    code: 0,
    stdout: "Look [Enter] Sure? [y/N] Confirm [y/N] Name Prompt Prompt ",
    stderr: '[null,true,false,"Ada","last",null]',
  });
});

Deno.test("the standard streams of a program end without those of the tools", async () => {
  const { stdout, stderr } = await call(async () => {
    await new Promise<void>((done) => process.stdout.end("last\n", done));
    console.log("lost");
    Deno.stderr.close();
    console.error("lost");
    Deno.stdin.close();
    assertEquals(Deno.stdin.readSync(new Uint8Array(1)), null);
  }, { stdin: encode("unread") });
  assertEquals([stdout, stderr], ["last\n", ""]);
  assertEquals((await call(() => console.log("next"))).stdout, "next\n");
});

Deno.test("process.stdin is a stream as programs know it", async () => {
  const readers: (() => unknown)[] = [
    async () => {
      process.stdin.setEncoding("utf8");
      let text = "";
      for await (const chunk of process.stdin) text += chunk;
      return text;
    },
    () =>
      new Promise((done) => {
        let text = "";
        process.stdin.on("readable", () => {
          const chunk = process.stdin.read();
          if (chunk !== null) text += chunk;
        });
        process.stdin.once("end", () => done(text));
      }),
    () =>
      [new Set([process.stdin, process.stdin]).size, process.stdin.fd].join(),
  ];
  const change = { stdin: encode("ünput") };
  const [text, also, same] = readers.map((read) => printed(read, change));
  assertEquals(await text, "ünput");
  assertEquals(await also, "ünput");
  assertEquals(await same, "1,0");
});

Deno.test("timers of a program are what they are elsewhere", async () => {
  const main = async () => {
    const seen: unknown[] = [];
    const handle = setTimeout(() => seen.push("never"), 1);
    clearTimeout(handle);
    setTimeout((...args: unknown[]) => void seen.push(...args), 1, "a", "b");
    const interval = setInterval(() => {
      seen.push("interval");
      clearInterval(interval);
    }, 1);
    await promisify(setTimeout)(5);
    await new Promise((go) => setImmediate(go));
    return [seen.sort(), setTimeout.name, setTimeout.length > 0];
  };
  assertEquals(await printed(main), [
    ["a", "b", "interval"],
    "setTimeout",
    true,
  ]);
});

Deno.test("the tools are not taken for the program that runs beside them", async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const program = call(async () => {
    begun.resolve();
    await goOn.promise;
    console.log("program");
  });
  await begun.promise;
  const timer = sleep(1);
  goOn.resolve();
  assertEquals((await program).stdout, "program\n");
  await timer;
});

Deno.test("named imports of node:process lead to each call", async () => {
  const source = `
    import { argv, env, exit, stderr, stdin, stdout } from "node:process";
    export async function main() {
      let text = "";
      for await (const chunk of stdin) text += chunk;
      stdout.write([argv.slice(2), env["A"], text].join());
      stderr.write("lost to this test");
      exit(3);
    }`;
  const calls = ["one", "two"].map((word) => ({
    argv: [word],
    env: { A: word },
    stdin: encode(word),
  }));
  assertEquals(await callFile(source, calls), [
    [3, "one,one,one"],
    [3, "two,two,two"],
  ]);
});
