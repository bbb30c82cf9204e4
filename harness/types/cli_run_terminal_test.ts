import { assertEquals } from "@std/assert";
import process from "node:process";
import { denoHost } from "../../host/deno_host.ts";
import {
  type CommandRequest,
  HostError,
  PSEUDO_TERMINAL,
} from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import type { JsonObject } from "../json.ts";
import type { CallIo } from "../process/in_process.ts";
import { rawCase, runType, suiteContext } from "./_type_test_helpers.ts";
import { cliRun } from "./cli_run.ts";

function run(harness: JsonObject, host = denoHost()) {
  const context = suiteContext(host);
  return runType(cliRun, { raw: rawCase({ harness }), context }, ["stdout"]);
}

const AT_TERMINAL = { "stdin_isatty": true, "stdin_text": "typed\n" };

Deno.test("stdin_isatty seats a command at a terminal, for its input alone", async () => {
  const script = "test -t 0 && ! test -t 1 && ! test -t 2 && cat";
  const entrypoint = ["sh", "-c", script];
  const ending = await run({ entrypoint, ...AT_TERMINAL });
  assertEquals(ending, { read: { stdout: "typed\n" } });
});

Deno.test("stdin_isatty is false unless it is said", async () => {
  const requests: (boolean | undefined)[] = [];
  const tool = ({ stdinIsTerminal }: CommandRequest) => {
    requests.push(stdinIsTerminal);
    return {};
  };
  const host = new MemoryHost({ programs: { tool } });
  for (const value of [undefined, null, false, true]) {
    const said = value === undefined ? {} : { "stdin_isatty": value };
    await run({ entrypoint: "tool", ...said }, host);
  }
  assertEquals(requests, [false, false, false, true]);
});

Deno.test("stdin_isatty lets a function take its input for a terminal", async () => {
  const main = (_: string[], { stdin }: CallIo) => {
    console.log(stdin.isTerminal(), Deno.stdin.isTerminal());
    console.log(process.stdin.isTTY, prompt("Say"));
  };
  const host = new MemoryHost({ modules: { tool: { main } } });
  assertEquals(await run({ entrypoint: "tool:main", ...AT_TERMINAL }, host), {
    read: { stdout: "true true\nSay true typed\n" },
  });
  const piped = { ...AT_TERMINAL, "stdin_isatty": false };
  assertEquals(await run({ entrypoint: "tool:main", ...piped }, host), {
    read: { stdout: "false false\nundefined null\n" },
  });
});

Deno.test("stdin_isatty is checked, and so is what is typed at a command", async () => {
  const host = new MemoryHost({
    programs: { tool: () => ({}) },
    modules: { tool: { main: () => {} } },
  });
  const long = "ä".repeat(2048);
  const table: [JsonObject, string, string][] = [
    [
      { "stdin_isatty": "yes" },
      'harness.stdin_isatty must be true or false, found "yes"',
      "stdin_isatty",
    ],
    [
      { ...AT_TERMINAL, "stdin_text": `a\n${long}\nb` },
      "harness.stdin_text: a terminal takes lines of up to 4095 bytes, line 2 has 4096",
      "stdin_text",
    ],
    [
      { ...AT_TERMINAL, "stdin_text": long },
      "harness.stdin_text: a terminal takes lines of up to 4095 bytes, line 1 has 4096",
      "stdin_text",
    ],
  ];
  for (const [harness, message, key] of table) {
    const wanted = { category: "schema", message, at: `harness/${key}` };
    assertEquals(await run({ entrypoint: "tool", ...harness }, host), wanted);
  }
  const fine: JsonObject[] = [
    { entrypoint: "tool", "stdin_text": long },
    { entrypoint: "tool:main", ...AT_TERMINAL, "stdin_text": long },
    { entrypoint: "tool", ...AT_TERMINAL, "stdin_text": long.slice(1) },
  ];
  for (const harness of fine) {
    assertEquals(await run(harness, host), { read: { stdout: "" } });
  }
});

Deno.test("stdin_isatty is a missing capability where there is no terminal", async () => {
  const start = () => {
    throw new HostError("ENOENT", PSEUDO_TERMINAL);
  };
  const host = Object.assign(new MemoryHost(), { start });
  assertEquals(await run({ entrypoint: "tool", ...AT_TERMINAL }, host), {
    category: "runtime",
    message:
      'missing capability "cli.run.stdin_isatty": Cannot make a pseudo-terminal for a command: no such file or directory; mount devpts at /dev/pts with /dev/ptmx, or name a function as entrypoint',
    at: "harness/stdin_isatty",
  });
});
