import { assert, assertEquals, assertRejects } from "@std/assert";
import process from "node:process";
import { MemoryHost } from "../../host/memory_host.ts";
import { denoHost } from "../../host/deno_host.ts";
import { CaseError } from "../case_error.ts";
import {
  call,
  callFile,
  encode,
  type Main,
  request,
  sleep,
} from "./_call_testing.ts";
import { callInProcess } from "./in_process.ts";
import { decodeOutput } from "./outcome.ts";

async function refusal(outcome: Promise<unknown>): Promise<string> {
  const error = await assertRejects(() => outcome, CaseError);
  assertEquals(error.category, "runtime");
  return error.message;
}

Deno.test("callInProcess() hands over arguments and io", async () => {
  const change = {
    argv: ["a", ""],
    env: { A: "1" },
    stdin: encode("ünput"),
  };
  const outcome = await call((argv, io) => {
    io.stdout.write(JSON.stringify([argv, io.env, io.tmpDir]));
    io.stderr.write(encode(io.stdin.text() + io.stdin.text()));
  }, change);
  assertEquals(outcome, {
    code: 0,
    stdout: '[["a",""],{"A":"1"},"/tmp/case"]',
    stderr: "ünput",
  });
});

Deno.test("callInProcess() takes an exit code, now or later", async () => {
  for (const code of [0, 1, 127, 128, 255]) {
    assertEquals((await call(() => code)).code, code);
  }
  assertEquals((await call(() => sleep(1).then(() => 7))).code, 7);
  for (const nothing of [undefined, null]) {
    assertEquals((await call(() => nothing)).code, 0);
  }
});

Deno.test("callInProcess() refuses everything else that is returned", async () => {
  const table: [unknown, string][] = [
    ["0", 'the string "0"'],
    [1.5, "1.5"],
    [256, "256"],
    [-1, "-1"],
    [NaN, "NaN"],
    [true, "true"],
    [{}, "an object"],
    [1n, "1"],
    [() => 0, "a function"],
  ];
  for (const [value, shown] of table) {
    assertEquals(
      await refusal(call(() => value)),
      `"tool:main" returned ${shown}, wanted an exit code from 0 to 255 or nothing`,
    );
  }
});

Deno.test("callInProcess() captures every way to print", async () => {
  const { stdout, stderr } = await call(async () => {
    console.log("log %s", { a: 1 }, [1, "b"]);
    console.error("error");
    Deno.stdout.writeSync(encode("writeSync\n"));
    await Deno.stdout.write(encode("write\n"));
    await new Response("stream\n").body?.pipeTo(Deno.stdout.writable);
    await new Response("stream\n").body?.pipeTo(Deno.stderr.writable);
    process.stdout.write("node\n");
    await new Promise<void>((done) =>
      process.stderr.write(encode("bytes\n"), () => done())
    );
  });
  assertEquals(
    stdout,
    'log [object Object] [ 1, "b" ]\nwriteSync\nwrite\nstream\nnode\n',
  );
  assertEquals(stderr, "error\nstream\nbytes\n");
});

Deno.test("callInProcess() feeds every way to read, once", async () => {
  const readers: (() => Promise<string>)[] = [
    () => new Response(Deno.stdin.readable).text(),
    async () => {
      let text = "";
      for await (const chunk of process.stdin) text += decodeOutput(chunk);
      return text;
    },
    async () => {
      const [into, more] = [new Uint8Array(3), new Uint8Array(9)];
      assertEquals(Deno.stdin.readSync(into), 3);
      const size = await Deno.stdin.read(more) ?? 0;
      return decodeOutput(into) + decodeOutput(more.subarray(0, size));
    },
  ];
  for (const read of readers) {
    const main: Main = async (_, io) => {
      io.stdout.write(await read());
      assertEquals(Deno.stdin.readSync(new Uint8Array(1)), null);
      assertEquals(io.stdin.bytes().length, 0);
    };
    const { stdout } = await call(main, { stdin: encode("input") });
    assertEquals(stdout, "input");
    assertEquals(
      (await call(async (_, io) => {
        io.stdout.write(await new Response(Deno.stdin.readable).text());
      })).stdout,
      "",
    );
  }
});

Deno.test("callInProcess() pretends that nothing is a terminal", async () => {
  const { stdout } = await call((_, io) => {
    const deno = [Deno.stdin, Deno.stdout, Deno.stderr]
      .map((stream) => stream.isTerminal());
    const node = [process.stdout.isTTY, process.stderr.isTTY];
    io.stdout.write([...deno, ...node].join());
  });
  assertEquals(stdout, "false,false,false,,");
});

Deno.test("callInProcess() gives the environment of the case, nothing else", async () => {
  const { stdout } = await call((_, io) => {
    Deno.env.set("SET_BY_CASE", "x");
    const names = Object.keys(Deno.env.toObject()).sort();
    io.stdout.write([names, process.env["A"], Deno.env.get("PATH")].join("|"));
  }, { env: { A: "1", B: "2" } });
  assertEquals(stdout, "A,B,SET_BY_CASE|1|");
});

Deno.test("callInProcess() takes exit for the end", async () => {
  const exits: [Main, number][] = [
    [() => Deno.exit(3), 3],
    [() => process.exit(4), 4],
    [() => Deno.exit(), 0],
    [() => Deno.exit(256 + 5), 5],
    [() => Deno.exit(-1), 255],
    [() => {
      Deno.exitCode = 6;
      Deno.exit();
    }, 6],
    [() => {
      process.exitCode = 7;
    }, 7],
    [() => {
      Deno.exitCode = 8;
      return 0;
    }, 0],
    [() => {
      try {
        Deno.exit(9);
      } catch {
        console.log("not printed");
      }
      return 1;
    }, 9],
    [async () => {
      setTimeout(() => Deno.exit(10));
      await sleep(100);
    }, 10],
    [async () => {
      void Promise.resolve().then(() => process.exit(11));
      await sleep(100);
    }, 11],
  ];
  for (const [main, code] of exits) {
    assertEquals(await call(main), { code, stdout: "", stderr: "" });
  }
  await sleep(150);
});

Deno.test("callInProcess() shows what was thrown, its stack and what was printed", async () => {
  const message = await refusal(call(() => {
    console.error("before");
    throw new RangeError("too \x1b[31mred");
  }));
  const lines = message.split("\n");
  assertEquals(lines[0], '"tool:main" threw RangeError: too \\x1b[31mred');
  assert(lines[1]?.includes("/in_process_test.ts:"), message);
  assert(message.endsWith("\nstderr:\n  | before"), message);
  assertEquals(message.match(/\bext:|\/_\w+\.ts:/g), null, message);
  assertEquals(
    await refusal(call(() => Promise.reject("text"))),
    '"tool:main" threw the string "text"',
  );
});

Deno.test("callInProcess() takes a stray error for the end", async () => {
  const strays: Main[] = [
    () => {
      setTimeout(() => {
        throw new Error("stray");
      });
      return sleep(100);
    },
    () => {
      void Promise.reject(new Error("stray"));
      return sleep(100);
    },
  ];
  for (const main of strays) {
    const message = await refusal(call(main));
    assert(message.startsWith('"tool:main" threw Error: stray\n'), message);
  }
  await sleep(150);
});

Deno.test("callInProcess() gives up after the timeout", async () => {
  const message = await refusal(call(async () => {
    console.log("begun");
    await sleep(300);
    return 0;
  }, { timeoutMs: 100 }));
  assertEquals(
    message,
    '"tool:main" ran into the timeout: it took longer than 0.1 s\nstdout:\n  | begun',
  );
  await sleep(300);
});

Deno.test("callInProcess() runs calls one at a time, also after a failure [SF-CALL-6, not SF-CALL-6]", async () => {
  const events: string[] = [];
  const main = (name: string): Main => async () => {
    events.push(`${name} begins`);
    await sleep(10);
    events.push(`${name} ends`);
    if (name === "a") throw new Error("no");
  };
  const calls = ["a", "b"].map((name) => call(main(name)).catch(() => {}));
  await Promise.all(calls);
  assertEquals(events, ["a begins", "a ends", "b begins", "b ends"]);
});

Deno.test("callInProcess() may be called by what it calls", async () => {
  const inner: Main = (argv) => {
    console.log("inner", argv.join());
    return Number(Deno.env.get("CODE"));
  };
  const outer: Main = async (_, io) => {
    console.log("outer begins");
    const [one, two] = await Promise.all([
      call(inner, { argv: ["a"], env: { CODE: "3" } }),
      call(inner, { argv: ["b"], env: { CODE: "4" } }),
    ]);
    console.log("outer ends", Deno.env.get("CODE"));
    io.stderr.write(JSON.stringify([one, two]));
  };
  const { stdout, stderr } = await call(outer, { env: { CODE: "9" } });
  assertEquals(stdout, "outer begins\nouter ends 9\n");
  assertEquals(JSON.parse(stderr), [
    { code: 3, stdout: "inner a\n", stderr: "" },
    { code: 4, stdout: "inner b\n", stderr: "" },
  ]);
});

Deno.test("a call inside a call gives everything back to the one around it", async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let kept = () => false;
  const outer = call(async () => {
    await call(() => {
      kept = Deno.stdout.isTerminal;
    });
    begun.resolve();
    await goOn.promise;
  });
  await begun.promise;
  console.log("of nobody"); // What is not known to be anybody's is the call's.
  goOn.resolve();
  assertEquals((await outer).stdout, "of nobody\n");
  assertEquals(kept.call(Deno.stdout), Deno.stdout.isTerminal());
});

Deno.test("callInProcess() finds functions in objects and classes", async () => {
  class Tool {
    static run() {
      return this === Tool ? 1 : 99;
    }
    code = 2;
    go() {
      return this.code;
    }
  }
  const host = new MemoryHost({
    modules: { tool: { Tool, tool: new Tool(), deep: { er: { f: () => 3 } } } },
  });
  const table: [string[], number][] = [
    [["Tool", "run"], 1],
    [["tool", "go"], 2],
    [["deep", "er", "f"], 3],
  ];
  for (const [attr, code] of table) {
    const outcome = await callInProcess(request({ attr }), host);
    assertEquals(outcome.exitCode, code);
  }
});

Deno.test("callInProcess() says which name is missing, and which may be meant", async () => {
  const module = {
    main: () => 0,
    text: "x",
    tool: { run: () => 0 },
    none: null,
  };
  const host = new MemoryHost({ modules: { tool: module } });
  const table: [string[], string][] = [
    [["mian"], 'the module has no export "mian"; did you mean "main"?'],
    [
      ["constructor"],
      'the module has no export "constructor"; there is "main", "none", "text", "tool"',
    ],
    [["tool", "runs"], '"tool" has no "runs"; did you mean "run"?'],
    [["tool", "toString"], '"tool" has no "toString"; there is "run"'],
    [["none", "x"], '"none" has no "x"; there is nothing'],
    [["text"], 'it is the string "x", not a function'],
    [["none"], "it is null, not a function"],
  ];
  for (const [attr, problem] of table) {
    const message = await refusal(callInProcess(request({ attr }), host));
    assertEquals(message, `Cannot call "tool:${attr.join(".")}": ${problem}`);
  }
  const specifier = "other";
  assertEquals(
    (await refusal(callInProcess(request({ specifier }), host))).split("\n")[0],
    'Cannot import "other": TypeError: Module not found "other"',
  );
});

Deno.test("callInProcess() forgets what a module prints while it is loaded", async () => {
  const source = `console.log("loading");
export const main = () => console.log("called");`;
  const outcomes = await callFile(source, [{}, {}]);
  assertEquals(outcomes, [[0, "called\n"], [0, "called\n"]]);
});

Deno.test("callInProcess() captures methods that a module keeps for itself", async () => {
  const source = `const { log } = console;
const { exit } = Deno;
const write = Deno.stdout.writeSync.bind(Deno.stdout);
export function main(argv: string[]) {
  log(argv[0]);
  write(new TextEncoder().encode("bytes"));
  exit(3);
}`;
  const outcomes = await callFile(source, [{ argv: ["a"] }, { argv: ["b"] }]);
  assertEquals(outcomes, [[3, "a\nbytes"], [3, "b\nbytes"]]);
});

Deno.test("callInProcess() lets kept methods lead to the machine between calls", async () => {
  const script = `
    import { callInProcess } from "./in_process.ts";
    let kept;
    const main = () => {
      kept = console.log;
      kept("captured");
    };
    const importModule = () => Promise.resolve({ main });
    const call = { specifier: "x", attr: ["main"], argv: [], env: {},
      stdin: new Uint8Array(), tmpDir: "/tmp", timeoutMs: 5000 };
    await callInProcess(call, { importModule });
    kept("printed");`;
  assertEquals((await runScript(script)).stdout, "printed\n");
});

Deno.test("callInProcess() leaves the host of whoever runs it alone", async () => {
  const script = `
    import { denoHost } from "../../host/deno_host.ts";
    import { callInProcess } from "./in_process.ts";
    const host = denoHost();
    const text = (value) => new TextEncoder().encode(value);
    const main = () => {
      host.write(1, text("outer"));
      denoHost().write(1, text("inner"));
    };
    const importModule = () => Promise.resolve({ main });
    const call = { specifier: "x", attr: ["main"], argv: [], env: {},
      stdin: new Uint8Array(), tmpDir: "/tmp", timeoutMs: 5000 };
    const { stdout } = await callInProcess(call, { importModule });
    host.write(2, stdout);`;
  const { stdout, stderr } = await runScript(script);
  assertEquals([stdout, stderr], ["outer", "inner"]);
});

Deno.test("stopAllCalls() lets exit end the process again", async () => {
  const script = `
    import { callInProcess, stopAllCalls } from "./in_process.ts";
    setTimeout(() => {
      stopAllCalls();
      console.log("stopped");
      Deno.exit(130);
    }, 50);
    const main = () => new Promise(() => {});
    const importModule = () => Promise.resolve({ main });
    const call = { specifier: "x", attr: ["main"], argv: [], env: {},
      stdin: new Uint8Array(), tmpDir: "/tmp", timeoutMs: 20_000 };
    await callInProcess(call, { importModule });`;
  const { code, stdout } = await runScript(script);
  assertEquals([code, stdout], [130, "stopped\n"]);
});

/** Runs a script, with imports relative to this file, in a process of its own. */
async function runScript(source: string) {
  const absolute = source.replace(
    /from "(\.[^"]*)"/g,
    (_, path) => `from "${new URL(path, import.meta.url).href}"`,
  );
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-"],
    cwd: new URL("../..", import.meta.url).pathname,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = output.stdin.getWriter();
  await writer.write(encode(absolute));
  await writer.close();
  const { code, stdout, stderr } = await output.output();
  return { code, stdout: decodeOutput(stdout), stderr: decodeOutput(stderr) };
}

Deno.test("callInProcess() refuses a module that exits while it is loaded", async () => {
  const path = Deno.makeTempFileSync({ suffix: ".ts" });
  Deno.writeTextFileSync(path, "Deno.exit(3);\nexport const main = () => 0;\n");
  const specifier = `file://${path}`;
  assertEquals(
    await refusal(callInProcess(request({ specifier }), denoHost())),
    `"${specifier}:main" called exit(3) while it was loaded`,
  );
  Deno.removeSync(path);
});
