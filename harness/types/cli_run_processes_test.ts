import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import { MemoryHost, type MemoryOutcome } from "../../host/memory_host.ts";
import { stopAllCommands } from "../process/command.ts";
import { stopAllCalls } from "../process/in_process.ts";
import { rawCase, runType, suiteContext } from "./_type_test_helpers.ts";
import { cliRun } from "./cli_run.ts";

const STRAYS = 2;

/** Runs a program of a machine in memory that leaves processes behind. */
async function runLeaving(outcome: MemoryOutcome, timeoutMs = 10_000) {
  const programs = { tool: () => ({ strays: STRAYS, ...outcome }) };
  const host = new MemoryHost({ programs });
  host.start({
    argv: ["tool"],
    env: {},
    searchPath: "",
    stdin: new Uint8Array(),
  });
  const before = host.processes;
  const raw = rawCase({ harness: { entrypoint: ["tool"] } });
  const context = suiteContext(host, { timeoutMs });
  const ending = await runType(cliRun, { raw, context });
  return { ending, left: host.processes - before };
}

const ENDINGS: readonly (readonly [string, MemoryOutcome, number?])[] = [
  ["pass", {}],
  ["assertion", { end: { kind: "exit", code: 1 } }],
  ["assertion", { end: { kind: "signal", signal: "SIGTERM", number: 15 } }],
  ["runtime", { end: "hang" }, 10],
];

Deno.test("cli.run leaves no process behind, however a command ends", async () => {
  for (const [wanted, outcome, timeoutMs] of ENDINGS) {
    const { ending, left } = await runLeaving(outcome, timeoutMs);
    assertEquals("read" in ending ? "pass" : ending.category, wanted);
    assertEquals(left, 0, wanted);
  }
});

Deno.test("cli.run leaves no process behind when it is interrupted", async () => {
  const running = runLeaving({ end: "hang" });
  await new Promise((go) => setTimeout(go));
  stopAllCommands();
  assertEquals((await running).left, 0);
});

Deno.test("cli.run leaves no process of a function behind, however it ends", async () => {
  const programs = { tool: () => ({ strays: STRAYS }) };
  const endings: Readonly<Record<string, () => unknown>> = {
    pass: () => 0,
    other: () => 7,
    throws: () => {
      throw new Error("no");
    },
    hangs: () => new Promise(() => {}),
    interrupted: () => new Promise(() => stopAllCalls()),
  };
  for (const [name, end] of Object.entries(endings)) {
    const host: MemoryHost = new MemoryHost({
      programs,
      modules: {
        "tool:": {
          main(_argv: unknown, { env }: { env: Record<string, string> }) {
            const stdin = new Uint8Array();
            host.start({ argv: ["tool"], env, searchPath: "", stdin });
            assertEquals(host.processes, STRAYS);
            return end();
          },
        },
      },
    });
    const raw = rawCase({ harness: { entrypoint: "tool::main" } });
    const context = suiteContext(host, {
      timeoutMs: name === "hangs" ? 20 : 10_000,
    });
    const ending = await runType(cliRun, { raw, context });
    assertEquals("read" in ending, name === "pass", name);
    assertEquals(host.processes, 0, name);
  }
});

Deno.test("cli.run kills what left the group at a timeout, and keeps what was printed [not SF-CLI-6] [not SF-CMD-6]", async () => {
  const script = "setsid sleep 60 & echo $!; exec sleep 60";
  const harness = { entrypoint: ["sh", "-c", script] };
  const context = suiteContext(denoHost(), { timeoutMs: 1000 });
  const ending = await runType(cliRun, { raw: rawCase({ harness }), context });
  const { message } = "read" in ending ? { message: "" } : ending;
  assertStringIncludes(message, "took longer than 1 s and was interrupted");
  const [, pid = ""] = /stdout:\n {2}\| (\d+)$/.exec(message) ?? [];
  assertMatch(pid, /^\d+$/, message);
  assertEquals(isAlive(pid), false);
});

function isAlive(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}
