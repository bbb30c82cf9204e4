import { assertEquals } from "@std/assert";
import type { CommandRequest } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import type { JsonObject } from "../json.ts";
import type { CallAnswer } from "../process/isolated_call.ts";
import { rawCase, runType, suiteContext } from "./_type_test_helpers.ts";
import { cliRun } from "./cli_run.ts";
import type { Isolation } from "./harness_type.ts";

/** A machine with hooks, a runtime that answers, and what that was asked. */
function machine(answer: CallAnswer = { exitCode: 0 }) {
  const asked: CommandRequest[] = [];
  const calls: string[] = [];
  const host: MemoryHost = new MemoryHost({
    cwd: "/repo",
    files: { "/repo/.git/HEAD": "", "/repo/pkg/tool.ts": "" },
    env: { HOME: "/home/user" },
    runtime: "deno",
    modules: {
      hooks: {
        before: () => void Deno.env.set("FROM_HOOK", "1"),
        after: ({ result }: { result: unknown }) =>
          void calls.push(JSON.stringify(result)),
      },
    },
    programs: {
      deno: (request) => {
        asked.push(request);
        const code = new TextDecoder().decode(request.stdin);
        const [, file = ""] = /"answer":"([^"]+)"/.exec(code) ?? [];
        const bytes = new TextEncoder().encode(JSON.stringify(answer));
        host.writeFile(file, bytes);
        return { stdout: "printed\n", strays: 1 };
      },
      command: () => ({ stdout: "a command\n" }),
    },
  });
  const code = () => new TextDecoder().decode(asked[0]?.stdin);
  return { host, asked, code, calls };
}

function run(
  host: MemoryHost,
  harness: JsonObject,
  isolate: Isolation = "process",
) {
  const raw = rawCase({ harness: { entrypoint: "pkg.tool:main", ...harness } });
  const environment = { HOME: "/", SECRET: "x", PATH: "/bin" };
  const ownEnvironment = { HOME: "/home/user" };
  const context = suiteContext(host, { isolate, environment, ownEnvironment });
  return runType(cliRun, { raw, context }, ["stdout"]);
}

Deno.test("cli.run calls a function in a process of its own if it is to be isolated", async () => {
  const { host, asked, code } = machine();
  const ending = await run(host, { env: { A: "1" }, "stdin_text": "in" });
  assertEquals(ending, { read: { stdout: "printed\n" } });
  assertEquals(asked[0]?.env, {
    HOME: "/home/user",
    SPEC_RUNNER_TMPDIR: "/tmp/spec-1",
  });
  for (
    const text of [
      '"specifier":"file:///repo/pkg/tool.ts"',
      '"attr":["main"]',
      '"env":{"HOME":"/","SECRET":"x","PATH":"/bin","A":"1","SPEC_RUNNER_TMPDIR":"/tmp/spec-1"}',
      '"stdin":"aW4="',
      '"tmpDir":"/tmp/spec-1"',
    ]
  ) assertEquals(code().includes(text), true, text);
  assertEquals([host.processes, host.readDirectory("/tmp")], [0, []]);
});

Deno.test("cli.run locates what failed in another process, and names its directory $TMP", async () => {
  const { host } = machine({ failure: '"tool:main" threw at /tmp/spec-1/x' });
  assertEquals(await run(host, {}), {
    category: "runtime",
    message: '"tool:main" threw at $TMP/x',
    at: "harness/entrypoint",
  });
  const other = machine({ exitCode: 7 });
  const ending = await run(other.host, {});
  assertEquals("read" in ending ? "" : ending.category, "assertion");
});

Deno.test("cli.run calls hooks here, and what they leave goes to the other process", async () => {
  const { host, code, calls } = machine();
  const hooks = { "hook_before": "hooks:before", "hook_after": "hooks:after" };
  const ending = await run(host, hooks);
  assertEquals(ending, { read: { stdout: "printed\n" } });
  assertEquals(code().includes('"FROM_HOOK":"1"'), true);
  const result = { exitCode: 0, stdout: "printed\n", stderr: "" };
  assertEquals(calls, [JSON.stringify(result)]);
  assertEquals(Deno.env.get("FROM_HOOK"), undefined);
});

Deno.test("cli.run does not wait for others to call in another process, but with hooks", () => {
  const hook = { "hook_after": "hooks:after" };
  const table: readonly (readonly [JsonObject, Isolation, boolean])[] = [
    [{ entrypoint: "tool:main" }, "none", true],
    [{ entrypoint: "tool:main" }, "process", false],
    [{ entrypoint: "tool:main", ...hook }, "process", true],
    [{ entrypoint: "command" }, "process", false],
  ];
  for (const [harness, isolate, exclusive] of table) {
    const context = suiteContext(new MemoryHost(), { isolate });
    const compiled = cliRun.compile(rawCase({ harness }), context);
    assertEquals(compiled.exclusive, exclusive, JSON.stringify(harness));
  }
});

Deno.test("cli.run runs commands as ever if functions are isolated", async () => {
  const { host, asked } = machine();
  const ending = await run(host, { entrypoint: "command" });
  assertEquals(ending, { read: { stdout: "a command\n" } });
  assertEquals(asked, []);
});
