import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import type { CommandRequest } from "../../host/host.ts";
import { MemoryHost, type MemoryOutcome } from "../../host/memory_host.ts";
import type { JsonObject } from "../json.ts";
import { rawCase, runType, suiteContext } from "./_type_test_helpers.ts";
import { cliRun } from "./cli_run.ts";
import type { HookArgument } from "./hook.ts";
import type { SuiteContext } from "./harness_type.ts";

type Hook = (argument: HookArgument) => unknown;

/** A machine with the modules `hooks` and `tool`, and a program `tool`. */
function machine(
  hooks: Record<string, Hook>,
  { main = () => {}, outcome = {} }: {
    readonly main?: (...args: never[]) => unknown;
    readonly outcome?: MemoryOutcome;
  } = {},
) {
  const requests: CommandRequest[] = [];
  const host = new MemoryHost({
    cwd: "/repo",
    files: { "/repo/.git/HEAD": "" },
    modules: { hooks, tool: { main } },
    programs: {
      tool: (request) => {
        requests.push(request);
        return outcome;
      },
    },
  });
  return { host, requests };
}

const BOTH = { "hook_before": "hooks:before", "hook_after": "hooks:after" };

function run(
  harness: JsonObject,
  host: MemoryHost,
  change: Partial<SuiteContext> & { readonly exitCode?: number } = {},
) {
  const { exitCode = 0, ...context } = change;
  const raw = rawCase({
    harness,
    body: { argv: ["x"], "exit_code": exitCode },
  });
  const suite = suiteContext(host, context);
  return runType(cliRun, { raw, context: suite }, ["stdout", "stderr"]);
}

const NOTHING = { read: { stdout: "", stderr: "" } };

Deno.test("hooks run around the program, after the exit code was checked", async () => {
  for (const entrypoint of ["tool", "tool:main"]) {
    const events: string[] = [];
    const note = (what: string) => () => void events.push(what);
    const hooks = { before: note("before"), after: note("after") };
    const code = { value: 0 };
    const { host, requests } = machine(hooks, {
      main: () => {
        events.push("program");
        return code.value;
      },
    });
    await run({ entrypoint, ...BOTH }, host);
    const seen = entrypoint === "tool" ? requests.map(() => "program") : [];
    assertEquals(events.filter((event) => event !== "program"), [
      "before",
      "after",
    ]);
    assertEquals(
      [...events, ...seen].filter((event) => event === "program").length,
      1,
    );
    code.value = 3;
    events.length = 0;
    const failed = await run({ entrypoint, ...BOTH }, host, { exitCode: 7 });
    assertEquals("category" in failed && failed.category, "assertion");
    assertEquals(events.includes("after"), false);
  }
});

Deno.test("hooks are called with the case, its context, and what the program came to", async () => {
  const got: HookArgument[] = [];
  const keep = (argument: HookArgument) => void got.push(argument);
  const { host } = machine({ before: keep, after: keep }, {
    outcome: { stdout: "ö\n", stderr: "e", end: { kind: "exit", code: 4 } },
  });
  const harness = {
    entrypoint: "tool",
    ...BOTH,
    "hook_kwargs": { port: 80, deep: { list: [1] } },
    env: { A: "1" },
  };
  assertEquals(await run(harness, host, { exitCode: 4 }), {
    read: { stdout: "ö\n", stderr: "e" },
  });
  const context = {
    tmpDir: "/tmp/spec-1",
    env: { PATH: "/usr/bin:/bin", A: "1", SPEC_RUNNER_TMPDIR: "/tmp/spec-1" },
    documentPath: "/repo/specs/a.spec.md",
    contractRoot: "/repo",
    timeoutMs: 10_000,
  };
  const common = { case: {}, harness, context, port: 80, deep: { list: [1] } };
  const result = { exitCode: 4, stdout: "ö\n", stderr: "e" };
  assertEquals<unknown[]>(got, [common, { ...common, result }]);
});

Deno.test("hooks get copies: what they change in them changes nothing", async () => {
  const spoil = (argument: HookArgument) => {
    Object.assign(argument.harness, { entrypoint: "gone", env: null });
    Object.assign(argument.case, { id: "gone" });
    Object.assign(Object(argument["list"]), { 0: "gone" });
  };
  const seen: unknown[] = [];
  const after = ({ harness, list }: HookArgument) =>
    void seen.push(harness["entrypoint"], list);
  const { host } = machine({ before: spoil, after });
  const kwargs = { "hook_kwargs": { list: ["kept"] } };
  assertEquals(
    await run({ entrypoint: "tool", ...BOTH, ...kwargs }, host),
    NOTHING,
  );
  assertEquals(seen, ["tool", ["kept"]]);
});

Deno.test("hook_before changes environment, files and globals for the program, then all is put back", async () => {
  const environment = { PATH: "/bin", GONE: "1" };
  const names = Object.keys(globalThis);
  const now = Date.now;
  const before = ({ context }: HookArgument) => {
    Deno.env.set("PORT", "8080");
    Deno.env.delete("GONE");
    host.writeFile(`${context.tmpDir}/made.txt`, new Uint8Array());
    Object.assign(globalThis, { answer: 42 });
    Date.now = () => 7;
  };
  const printed = () =>
    console.log(
      Deno.env.get("PORT"),
      Deno.env.get("GONE"),
      Deno.env.get("FILE"),
      Reflect.get(globalThis, "answer"),
      Date.now(),
    );
  const { host, requests } = machine({ before }, { main: printed });
  const harness = { "hook_before": "hooks:before", env: { FILE: "made.txt" } };
  await run({ ...harness, entrypoint: "tool" }, host, { environment });
  assertEquals(requests[0]?.env, {
    PATH: "/bin",
    PORT: "8080",
    FILE: "/tmp/spec-1/made.txt",
    SPEC_RUNNER_TMPDIR: "/tmp/spec-1",
  });
  const call = { ...harness, entrypoint: "tool:main" };
  assertEquals(await run(call, host, { environment }), {
    read: {
      stdout: "8080 undefined /tmp/spec-2/made.txt 42 7\n",
      stderr: "",
    },
  });
  assertEquals(Object.keys(globalThis), names);
  assertEquals(Date.now, now);
  assertEquals(Deno.env.get("PORT"), undefined);
});

Deno.test("hooks print neither into the case nor out of it", async () => {
  const shout = () => {
    console.log("hook");
    console.error("hook");
    Deno.stdout.writeSync(new TextEncoder().encode("hook"));
    queueMicrotask(() => console.log("hook"));
    setTimeout(() => console.log("hook"));
  };
  const main = async () => {
    console.log("program");
    await new Promise((go) => setTimeout(go, 5));
  };
  const { host } = machine({ before: shout, after: shout }, { main });
  assertEquals(await run({ entrypoint: "tool:main", ...BOTH }, host), {
    read: { stdout: "program\n", stderr: "" },
  });
});

const fail = (why: string) => () => {
  console.log("said before");
  throw new RangeError(why);
};

const FAILURES: Record<string, [Hook, string]> = {
  "throws": [fail("no"), '"hooks:NAME" threw RangeError: no'],
  "rejects": [
    () => Promise.reject("no"),
    '"hooks:NAME" threw the string "no"',
  ],
  "never settles": [
    () => {
      console.log("waits");
      return new Promise(() => {});
    },
    '"hooks:NAME" ran into the timeout: it took longer than 0.05 s\nstdout:\n  | waits',
  ],
  "exits": [() => Deno.exit(0), '"hooks:NAME" called exit(0)'],
};

Deno.test("a hook that fails is a runtime failure at its key, and shows what it printed [not SF-HOOK-4]", async () => {
  for (const name of ["before", "after"]) {
    const key = `hook_${name}`;
    for (const [how, [hook, message]] of Object.entries(FAILURES)) {
      const { host } = machine({ [name]: hook });
      const harness = { entrypoint: "tool", [key]: `hooks:${name}` };
      const ending = await run(harness, host, { timeoutMs: 50 });
      assert("category" in ending, how);
      assertEquals([ending.category, ending.at], ["runtime", `harness/${key}`]);
      const wanted = message.replace("NAME", name);
      assertEquals(ending.message.slice(0, wanted.length), wanted, how);
      assertEquals(
        ending.message.endsWith("\nstdout:\n  | said before"),
        how === "throws",
      );
    }
  }
});

Deno.test("a hook that is missing fails before anything runs", async () => {
  const { host, requests } = machine({ main: () => {}, after: () => {} });
  const table = {
    "hook_before": ["hooks:bfore", 'the module has no export "bfore"'],
    "hook_after": ["hooks:aftr", 'no export "aftr"; did you mean "after"?'],
  };
  for (const [key, [hook = "", message = ""]] of Object.entries(table)) {
    const ending = await run({ entrypoint: "tool", [key]: hook }, host);
    assert("category" in ending);
    assertEquals([ending.category, ending.at], ["runtime", `harness/${key}`]);
    assert(ending.message.includes(message), ending.message);
  }
  assertEquals(requests, []);
});

Deno.test("hook_before fails the case also by what it throws later, unseen", async () => {
  const later: Hook[] = [
    () => void setTimeout(fail("late")),
    () => void setTimeout(() => Promise.reject(new RangeError("late"))),
  ];
  const main = () => new Promise<void>((go) => setTimeout(go, 20));
  for (const before of later) {
    const { host } = machine({ before }, { main });
    const harness = { entrypoint: "tool:main", "hook_before": "hooks:before" };
    const ending = await run(harness, host);
    assert("category" in ending);
    assertEquals([ending.category, ending.at], [
      "runtime",
      "harness/hook_before",
    ]);
    assert(ending.message.includes("threw RangeError: late"), ending.message);
  }
});

Deno.test("hooks make a case exclusive", () => {
  const { host } = machine({});
  const exclusive = (harness: JsonObject) =>
    cliRun.compile(rawCase({ harness }), suiteContext(host)).exclusive;
  assertEquals(exclusive({ entrypoint: "tool" }), false);
  assertEquals(exclusive({ entrypoint: "tool", "hook_before": "a:b" }), true);
  assertEquals(exclusive({ entrypoint: "tool", "hook_after": "a:b" }), true);
  assertEquals(exclusive({ entrypoint: "tool", "hook_kwargs": {} }), false);
});

Deno.test("keys of hooks are checked before anything runs", async () => {
  const { host } = machine({});
  const wanted = 'must be "module:function" without white space, found';
  const table: [JsonObject, string, string][] = [
    [{ "hook_before": 1 }, `harness.hook_before ${wanted} 1`, "hook_before"],
    [{ "hook_after": [] }, `harness.hook_after ${wanted} a list`, "hook_after"],
    [{ "hook_after": "" }, `harness.hook_after ${wanted} ""`, "hook_after"],
    [
      { "hook_after": "a b" },
      `harness.hook_after ${wanted} "a b"`,
      "hook_after",
    ],
    [{ "hook_after": "'" }, `harness.hook_after ${wanted} "'"`, "hook_after"],
    [
      { "hook_kwargs": ["a"] },
      "harness.hook_kwargs must be a mapping, found a list",
      "hook_kwargs",
    ],
    ...["case", "context", "harness", "result"].map((
      key,
    ): [JsonObject, string, string] => [
      { "hook_kwargs": { [key]: 1 } },
      `harness.hook_kwargs must not hold "${key}": hooks are called with case, context, harness, result of their own; give it another name`,
      `hook_kwargs/${key}`,
    ]),
  ];
  for (const [harness, message, at] of table) {
    assertEquals(await run({ entrypoint: "tool", ...harness }, host), {
      category: "schema",
      message,
      at: `harness/${at}`,
    });
  }
  const nothing = {
    "hook_before": null,
    "hook_after": null,
    "hook_kwargs": null,
  };
  assertEquals(await run({ entrypoint: "tool", ...nothing }, host), NOTHING);
});

Deno.test("safe mode forbids hooks, after schema failures", async () => {
  const { host, requests } = machine({ before: () => {} });
  for (const value of ["1", "true", "Yes", " on "]) {
    const environment = { SPEC_RUNNER_SAFE_MODE: value };
    for (const key of ["hook_before", "hook_after"]) {
      const harness = { entrypoint: "tool", [key]: "hooks:before" };
      assertEquals(await run(harness, host, { environment }), {
        category: "runtime",
        message:
          "safe mode forbids hook_before/hook_after; unset SPEC_RUNNER_SAFE_MODE to run them",
        at: `harness/${key}`,
      });
      const wrong = { ...harness, "hook_kwargs": 1 };
      const ending = await run(wrong, host, { environment });
      assertEquals("category" in ending && ending.category, "schema");
    }
  }
  assertEquals(requests, []);
});

Deno.test("a command does not start where a hook has gone", async () => {
  const host = denoHost();
  const here = Deno.cwd();
  const elsewhere = Deno.makeTempDirSync();
  const importModule = () =>
    Promise.resolve({ before: () => Deno.chdir(elsewhere) });
  const harness = {
    entrypoint: "sh -c 'pwd; echo deno.json >&2'",
    "hook_before": "hooks:before",
  };
  const raw = rawCase({ harness });
  const context = suiteContext({ ...host, importModule });
  const ending = await runType(cliRun, { raw, context }, ["stdout"]);
  assertEquals(ending, { read: { stdout: `${here}\n` } });
  assertNotEquals(here, elsewhere);
  Deno.removeSync(elsewhere);
});

Deno.test("a command is stopped in time, also when a hook has stopped the clock", async () => {
  const stopped = () => {
    const never = () => 0;
    Object.assign(globalThis, { setTimeout: never, clearTimeout: never });
    performance.now = () => 0;
  };
  const importModule = () => Promise.resolve({ stopped });
  const harness = { entrypoint: "sleep 30", "hook_before": "hooks:stopped" };
  const host = { ...denoHost(), importModule };
  const context = suiteContext(host, { timeoutMs: 50 });
  const raw = rawCase({ harness });
  const ending = await runType(cliRun, { raw, context });
  assert("message" in ending);
  assert(ending.message.startsWith("timeout: command"), ending.message);
});
