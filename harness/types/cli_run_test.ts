import { assert, assertEquals, assertRejects } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import { type CommandRequest, type Host, HostError } from "../../host/host.ts";
import { MemoryHost, type MemoryOutcome } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import type { Json, JsonObject } from "../json.ts";
import { removeAllWorkspaces } from "../process/workspace.ts";
import {
  type CaseText,
  rawCase,
  runType,
  suiteContext,
} from "./_type_test_helpers.ts";
import { cliRun } from "./cli_run.ts";
import type { SuiteContext } from "./harness_type.ts";

const ALL = ["stdout", "stderr"];

function run(
  text: CaseText,
  change: Partial<SuiteContext> = {},
  targets: readonly string[] = ALL,
) {
  const context = suiteContext(change.host ?? denoHost(), change);
  return runType(cliRun, { raw: rawCase(text), context }, targets);
}

/** Runs a shell script as a case. */
function shell(
  script: string,
  text: CaseText = {},
  change: Partial<SuiteContext> = {},
  targets: readonly string[] = ALL,
) {
  const harness = { entrypoint: ["sh", "-c", script, "sh"], ...text.harness };
  return run({ ...text, harness }, change, targets);
}

/** A host in memory with one program, and what it was asked. */
function recorder(outcome: MemoryOutcome = {}) {
  const requests: CommandRequest[] = [];
  const tool = (request: CommandRequest) => {
    requests.push(request);
    return outcome;
  };
  return { requests, host: new MemoryHost({ programs: { tool } }) };
}

/** A host that remembers the directories it made. */
function watchedHost() {
  const host = denoHost();
  const made: string[] = [];
  const makeTempDirectory = (prefix: string) => {
    const path = host.makeTempDirectory(prefix);
    made.push(path);
    return path;
  };
  const left = () => made.filter((path) => host.mayAccess(path, "read"));
  return { host: { ...host, makeTempDirectory }, made, left };
}

Deno.test("cli.run runs a command with its arguments and input", async () => {
  const table: [Json, string][] = [
    [["a b", "", "$HOME"], "[a b][][$HOME]"],
    ["one word", "[one word]"],
    [[], "[]"],
  ];
  for (const [argv, stdout] of table) {
    const ending = await shell("printf '[%s]' \"$@\"; cat >&2", {
      body: { argv },
      harness: { stdin_text: "ïn" },
    });
    assertEquals(ending, { read: { stdout, stderr: "ïn" } });
  }
});

Deno.test("cli.run splits a command line without a shell", async () => {
  const { requests, host } = recorder();
  const harness = { entrypoint: "tool 'a b' $X | y" };
  await run({ harness, body: { argv: ["z"] } }, { host });
  assertEquals(requests[0]?.argv, ["tool", "a b", "$X", "|", "y", "z"]);
});

Deno.test("cli.run checks the exit code before anything else", async () => {
  for (let code = 0; code < 256; code += 51) {
    const body = { "exit_code": code };
    assertEquals(await shell(`exit ${code}`, { body }, {}, []), { read: {} });
  }
  const ending = await shell(
    'echo "$SPEC_RUNNER_TMPDIR"; printf "why\\033[1m\\n" >&2; exit 2',
    {},
    {},
    ["no such target"],
  );
  assertEquals(ending, {
    category: "assertion",
    message: "case_id=A-1: exit_code expected=0 actual=2" +
      "\nstderr:\n  | why\\x1b[1m\nstdout:\n  | $TMP",
    at: "exit_code",
  });
  const killed = await shell("kill -TERM $$", { body: { exit_code: 143 } });
  assertEquals(killed, { read: { stdout: "", stderr: "" } });
});

Deno.test("cli.run gives the environment of the suite, changed by the case", async () => {
  const { requests, host } = recorder();
  const environment = { PATH: "/bin", A: "1", B: "2" };
  const env = { A: "x", B: null, C: "", MISSING: null };
  const harness = { entrypoint: ["tool"], env };
  await run({ harness }, { host, environment });
  assertEquals(requests[0]?.env, {
    PATH: "/bin",
    A: "x",
    C: "",
    SPEC_RUNNER_TMPDIR: "/tmp/spec-1",
  });
  assertEquals(requests[0]?.searchPath, "/bin");
});

Deno.test("cli.run lets only listed variables through, and still finds the program", async () => {
  const table: [string, Record<string, string>][] = [
    ["A, C", { A: "1" }],
    ["", {}],
    ["PATH", { PATH: "/bin" }],
  ];
  for (const [list, wanted] of table) {
    const { requests, host } = recorder();
    const environment = {
      PATH: "/bin",
      A: "1",
      B: "2",
      SPEC_RUNNER_ENV_ALLOWLIST: list,
    };
    const harness = { entrypoint: ["tool"], env: { OWN: "x" } };
    await run({ harness }, { host, environment });
    const { SPEC_RUNNER_TMPDIR: _, ...env } = requests[0]?.env ?? {};
    assertEquals(env, { ...wanted, OWN: "x" });
    assertEquals(requests[0]?.searchPath, "/bin");
  }
});

Deno.test("cli.run falls back to the variable, the suite's before the case's", async () => {
  const variable = "SPEC_RUNNER_ENTRYPOINT";
  const table: [Record<string, string>, JsonObject, string[]][] = [
    [{ [variable]: "tool suite" }, { [variable]: "tool case" }, ["suite"]],
    [{ [variable]: "" }, { [variable]: "tool case" }, ["case"]],
    [{}, { [variable]: "tool case" }, ["case"]],
  ];
  for (const [environment, env, words] of table) {
    const { requests, host } = recorder();
    await run({ harness: { env } }, { host, environment });
    assertEquals(requests[0]?.argv, ["tool", ...words]);
  }
  const missing = {
    category: "runtime",
    message: "cli.run requires harness.entrypoint or SPEC_RUNNER_ENTRYPOINT",
    at: "/repo/specs/a.spec.md",
  };
  assertEquals(await run({}), missing);
  assertEquals(await run({ harness: { env: { [variable]: null } } }), missing);
  const environment = { [variable]: "'open" };
  const broken = await run({}, { environment });
  assertEquals("category" in broken && broken.category, "runtime");
});

Deno.test("cli.run knows no fallback in safe mode", async () => {
  for (const value of ["1", "true", "YES", "on"]) {
    const environment = {
      SPEC_RUNNER_SAFE_MODE: value,
      SPEC_RUNNER_ENTRYPOINT: "tool",
    };
    const { host } = recorder();
    assertEquals(await run({}, { host, environment }), {
      category: "runtime",
      message: "safe mode requires explicit harness.entrypoint",
      at: "/repo/specs/a.spec.md",
    });
    const harness = { entrypoint: "tool" };
    const explicit = await run({ harness }, { host, environment });
    assertEquals("read" in explicit, true);
  }
  const environment = {
    SPEC_RUNNER_SAFE_MODE: "0",
    SPEC_RUNNER_ENTRYPOINT: "tool",
  };
  const { host } = recorder();
  assertEquals("read" in await run({}, { host, environment }), true);
});

Deno.test("cli.run puts files into a fresh directory and hands over their paths", async () => {
  const file = { path: "conf/a.txt", text: "ä" };
  const setups: Json[] = [file, [file]];
  for (const files of setups) {
    const env = {
      FILE: "conf/a.txt",
      NONE: "conf/b.txt",
      PATH: "/usr/bin:/bin",
    };
    const ending = await shell(
      'cat "$FILE"; echo "$NONE"; ls "$SPEC_RUNNER_TMPDIR"; ' +
        'touch "$SPEC_RUNNER_TMPDIR/trace"',
      { harness: { "setup_files": files, env } },
    );
    assertEquals(ending, {
      read: { stdout: "äconf/b.txt\nconf\n", stderr: "" },
    });
  }
});

Deno.test("cli.run leaves no directory behind, however a case ends", async () => {
  const { host, made, left } = watchedHost();
  const locked = 'cd "$SPEC_RUNNER_TMPDIR"; mkdir d; touch d/f; chmod 0 d';
  await shell("true", {}, { host });
  await shell(locked, {}, { host });
  await shell("exit 1", {}, { host });
  await shell("sleep 30", {}, { host, timeoutMs: 100 });
  await shell("true", {}, { host }, ["no such target"]);
  await run({ harness: { entrypoint: ["no-such-program"] } }, { host });
  const clash = [{ path: "a", text: "" }, { path: "a/b", text: "" }];
  const harness = { entrypoint: ["true"], "setup_files": clash };
  const ending = await run({ harness }, { host });
  assertEquals("category" in ending && ending.category, "schema");
  assertEquals([made.length, left()], [7, []]);
});

Deno.test("cli.run leaves no directory behind when it is interrupted", async () => {
  const { host, made, left } = watchedHost();
  const ending = shell("exec sleep 0.3", {}, { host });
  assertEquals(left(), made);
  removeAllWorkspaces(host);
  assertEquals([made.length, left()], [1, []]);
  assertEquals(await ending, { read: { stdout: "", stderr: "" } });
});

Deno.test("cli.run fails a case whose directory cannot be removed, unless it failed before", async () => {
  const stuck = (path: string) => {
    throw new HostError("EBUSY", path);
  };
  const { host } = recorder({ end: { kind: "exit", code: 1 } });
  Object.assign(host, { remove: stuck });
  const harness = { entrypoint: "tool" };
  assertEquals(await run({ harness, body: { exit_code: 1 } }, { host }), {
    category: "runtime",
    message:
      "Cannot remove the case's temporary directory: device or resource busy",
    at: undefined,
  });
  const failed = await run({ harness }, { host });
  assertEquals("category" in failed && failed.category, "assertion");
});

Deno.test("cli.run writes its directory as $TMP in every message", async () => {
  const context = suiteContext(denoHost());
  const raw = rawCase({
    harness: { entrypoint: ["sh", "-c", 'echo "$SPEC_RUNNER_TMPDIR/x"'] },
  });
  const location = { path: "p", line: 1, column: 2 };
  const cause = new Error("cause");
  const error = await assertRejects(
    async () =>
      await cliRun.compile(raw, context).run(context, (read) => {
        const message = `found ${read("stdout")}`;
        throw new CaseError("assertion", message, { location, cause });
      }),
    CaseError,
  );
  assertEquals(error.message, "found $TMP/x\n");
  assertEquals([error.location, error.cause], [location, cause]);
  const other = new TypeError("a defect");
  const defect = await assertRejects(async () =>
    await cliRun.compile(raw, context).run(context, () => {
      throw other;
    })
  );
  assertEquals(defect, other);
});

Deno.test("cli.run reads the file that is named on standard output", async () => {
  const script = 'f="$SPEC_RUNNER_TMPDIR/a b"; printf "x\\ny" >"$f"; ' +
    'printf "\\n  \\n  $f  \\r\\nmore\\n"';
  const ending = await shell(script, {}, {}, ["stdout_path_text"]);
  assertEquals(ending, { read: { stdout_path_text: "x\ny" } });
  const relative = await shell("echo; echo deno.json", {}, {}, ["stdout_path"]);
  assertEquals(relative, { read: { stdout_path: "deno.json" } });
});

Deno.test("cli.run starts, and finds what is named, where the run was started", async () => {
  const requests: CommandRequest[] = [];
  const host = new MemoryHost({
    cwd: "/elsewhere",
    files: { "/start/there.txt": "found" },
    programs: {
      tool: (request) => {
        requests.push(request);
        return { stdout: "there.txt\n" };
      },
    },
  });
  const harness = { entrypoint: "tool" };
  const ending = await run({ harness }, { host, cwd: "/start" }, [
    "stdout_path_text",
  ]);
  assertEquals(ending, { read: { stdout_path_text: "found" } });
  assertEquals(requests[0]?.cwd, "/start");
});

Deno.test("cli.run says why there is no file on standard output", async () => {
  const table: [string, string][] = [
    [
      "echo",
      "stdout should name a path, but it has no line that is not empty",
    ],
    [
      "echo no/such",
      'Cannot read "no/such", the path on stdout: no such file or directory',
    ],
    ["echo /tmp", 'Cannot read "/tmp", the path on stdout: is a directory'],
    [
      'printf "\\377" >"$SPEC_RUNNER_TMPDIR/x"; echo "$SPEC_RUNNER_TMPDIR/x"',
      'Cannot read "$TMP/x", the path on stdout: it is not UTF-8 text',
    ],
  ];
  for (const [script, message] of table) {
    assertEquals(await shell(script, {}, {}, ["stdout_path_text"]), {
      category: "assertion",
      message,
      at: undefined,
    });
  }
});

Deno.test("cli.run stops a case that takes too long", async () => {
  const ending = await shell("echo begun; exec sleep 30", {}, {
    timeoutMs: 1000,
  });
  assert("category" in ending && ending.category === "runtime");
  assert(ending.message.startsWith("timeout: "), ending.message);
  assert(
    ending.message.endsWith("1 s and was interrupted\nstdout:\n  | begun"),
  );
});

const REPOSITORY = {
  "/repo/.git/HEAD": "",
  "/repo/pkg/cli.ts": "",
  "/repo/specs/tool.ts": "",
};

function moduleHost(main: (...args: never[]) => unknown): Host {
  return new MemoryHost({
    files: REPOSITORY,
    modules: {
      "file:///repo/pkg/cli.ts": { main },
      "file:///repo/specs/tool.ts": { tool: { main } },
      "mapped": { main },
    },
  });
}

Deno.test("cli.run calls a function in this process, alone", async () => {
  const host = moduleHost((argv: string[], io: { tmpDir: string }) => {
    console.log(argv, io.tmpDir === Deno.env.get("SPEC_RUNNER_TMPDIR"));
    console.error(Deno.env.get("A"));
    return 3;
  });
  for (
    const entrypoint of ["pkg.cli:main", "./tool.ts:tool.main", "mapped:main"]
  ) {
    const text = {
      body: { argv: ["x"], exit_code: 3 },
      harness: { entrypoint, env: { A: "1" } },
    };
    const context = suiteContext(host);
    assertEquals(cliRun.compile(rawCase(text), context).exclusive, true);
    assertEquals(await run(text, { host }), {
      read: { stdout: '[ "x" ] true\n', stderr: "1\n" },
    });
  }
  const command = rawCase({ harness: { entrypoint: "true" } });
  assertEquals(
    cliRun.compile(command, suiteContext(host)).exclusive,
    false,
  );
});

Deno.test("cli.run says what is wrong with a function", async () => {
  const host = moduleHost(() => "no code");
  const table = {
    "./none.ts:main":
      'Cannot find module "./none.ts": no such file beside "/repo/specs/a.spec.md"',
    "pkg.cli:mian":
      'Cannot call "file:///repo/pkg/cli.ts:mian": the module has no export "mian"; did you mean "main"?',
    "mapped:main":
      '"mapped:main" returned the string "no code", wanted an exit code from 0 to 255 or nothing',
  };
  for (const [entrypoint, message] of Object.entries(table)) {
    assertEquals(await run({ harness: { entrypoint } }, { host }), {
      category: "runtime",
      message,
      at: "harness/entrypoint",
    });
  }
});

Deno.test("cli.run says which signal ended a command", async () => {
  const entrypoint = "sh -c 'kill -9 $$'";
  assertEquals(await run({ harness: { entrypoint } }, { host: denoHost() }), {
    category: "assertion",
    message: "case_id=A-1: exit_code expected=0 actual=137 (ended by signal 9)",
    at: "exit_code",
  });
});

Deno.test("cli.run says where a module was looked for", async () => {
  const ending = await run(
    { harness: { entrypoint: "no.such.module:main" } },
    { host: denoHost() },
  );
  assertEquals(ending, {
    category: "runtime",
    message:
      'Cannot import "no.such.module": there is no such file beside the document, no such module below the contract root, and no such name in the import map; a file is written "./name.ts"',
    at: "harness/entrypoint",
  });
});

const WRONG: [CaseText, string, string][] = [
  [
    { body: { argv: 1 } },
    "argv must be a list of strings or one string, found 1",
    "argv",
  ],
  [
    { body: { argv: ["a", 8080] } },
    "argv[1] must be a string, found 8080; write it in quotes",
    "argv/1",
  ],
  [
    { body: { argv: [null] } },
    "argv[0] must be a string, found null; write it in quotes",
    "argv/0",
  ],
  [
    { body: { argv: ["a", "b\0"] } },
    "argv[1] must not hold a NUL character",
    "argv/1",
  ],
  [{ body: { argv: "\0" } }, "argv must not hold a NUL character", "argv"],
  [
    { harness: { entrypoint: ["echo", "\0"] } },
    "Cannot read harness.entrypoint: it holds a NUL character",
    "harness/entrypoint",
  ],
  ...[256, -1, 1.5, "0", null, [0], true].map((
    exit_code,
  ): [CaseText, string, string] => [
    { body: { exit_code } },
    "exit_code must be an integer from 0 to 255, found ",
    "exit_code",
  ]),
  [
    { harness: { stdin_text: 1 } },
    "harness.stdin_text must be a string, found 1; write it in quotes",
    "harness/stdin_text",
  ],
  [
    { harness: { env: ["A=1"] } },
    "harness.env must be a mapping of names to strings, found a list",
    "harness/env",
  ],
  [
    { harness: { env: { A: 1 } } },
    "harness.env.A must be a string, or null to remove the variable, found 1; write it in quotes",
    "harness/env/A",
  ],
  [
    { harness: { env: { "A=B": "1" } } },
    'harness.env: "A=B" cannot name a variable',
    "harness/env/A=B",
  ],
  [
    { harness: { env: { "": "1" } } },
    'harness.env: "" cannot name a variable',
    "harness/env/",
  ],
  [
    { harness: { env: { A: "\0" } } },
    "harness.env.A must not hold a NUL character",
    "harness/env/A",
  ],
  [
    { harness: { setup_files: "a" } },
    'harness.setup_files must be a list of {path, text}, found "a"',
    "harness/setup_files",
  ],
  [
    { harness: { setup_files: ["a"] } },
    'setup_files item must be a mapping {path, text}, found "a"',
    "harness/setup_files/0",
  ],
  [
    { harness: { setup_files: { path: "a", txt: "" } } },
    'setup_files item has the unknown key "txt"; did you mean "text"?',
    "harness/setup_files/txt",
  ],
  [
    { harness: { setup_files: { path: "a", content: "" } } },
    'setup_files item has the unknown key "content", wanted path and text',
    "harness/setup_files/content",
  ],
  [
    { harness: { setup_files: [{ text: "" }] } },
    'setup_files item path must be a string, there is no key "path"',
    "harness/setup_files/0/path",
  ],
  [
    { harness: { setup_files: [{ path: "a" }] } },
    'setup_files item text must be a string, there is no key "text"',
    "harness/setup_files/0/text",
  ],
  [
    { harness: { setup_files: { path: "a", text: 7 } } },
    "setup_files item text must be a string, found 7; write it in quotes",
    "harness/setup_files/text",
  ],
  [
    { harness: { setup_files: { path: null, text: "" } } },
    "setup_files item path must be a string, found null",
    "harness/setup_files/path",
  ],
  [
    { harness: { setup_files: { path: "/a", text: "" } } },
    'setup_files item path must be relative, found "/a"',
    "harness/setup_files/path",
  ],
  [
    { harness: { setup_files: [{ path: "a/../../b", text: "" }] } },
    'setup_files item path escapes tmp_path: "a/../../b"',
    "harness/setup_files/0/path",
  ],
  [
    {
      harness: {
        setup_files: [
          { path: "a", text: "" },
          { path: "b/c", text: "1" },
          { path: "./b//d/../c", text: "1" },
        ],
      },
    },
    'setup_files item path "./b//d/../c" names the file that setup_files[1] makes; leave one of them out',
    "harness/setup_files/2/path",
  ],
  [
    { harness: { hook_kwargs: { a: 1 } } },
    "harness.hook_kwargs is for hooks, and there is none: add hook_before or hook_after, or leave it out",
    "harness/hook_kwargs",
  ],
  [
    { harness: { entrypoint: "sh 'x" } },
    'Cannot read harness.entrypoint: the quote that begins at "\'x" is never closed',
    "harness/entrypoint",
  ],
  [
    { harness: { entrypoint: null } },
    'Cannot read harness.entrypoint: it must be "module:function", a command line or a list of strings, found null',
    "harness/entrypoint",
  ],
];

Deno.test("cli.run refuses wrong keys before anything runs, and says where", async () => {
  const host = new MemoryHost();
  for (const [text, message, at] of WRONG) {
    const harness = { entrypoint: "tool", ...text.harness };
    const ending = await run({ ...text, harness }, { host });
    assert("category" in ending, message);
    assertEquals([ending.category, ending.at], ["schema", at]);
    assertEquals(ending.message.slice(0, message.length), message);
  }
});

Deno.test("cli.run prefers a schema failure to a missing entrypoint", async () => {
  const ending = await run({ body: { exit_code: 300 } });
  assertEquals("category" in ending && ending.category, "schema");
});
