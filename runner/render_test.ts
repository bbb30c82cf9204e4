import { assert, assertEquals } from "@std/assert";
import { parsePluginName } from "./plugin_name.ts";
import type { PluginEntry } from "./plugins.ts";
import {
  renderAbout,
  renderHelp,
  renderInfo,
  renderVersion,
} from "./render.ts";
import type { RuntimeInfo } from "./runtime_info.ts";

const IDENTITY = {
  image: "runner-jq",
  domain: "json",
  role: "query",
  entries: [
    { key: "RUNNER_IMAGE", value: "runner-jq", line: 1 },
    { key: "LICENSE", value: "MIT", line: 2 },
    { key: "RUNNER_ROLE", value: "query", line: 3 },
    { key: "RUNNER_DOMAIN", value: "json", line: 4 },
    { key: "RUNNER_NOTE", value: "a \u202eb", line: 5 },
  ],
};

function runnable(word: string): PluginEntry {
  const parsed = parsePluginName(word);
  assert(parsed.ok);
  return { kind: "runnable", name: parsed.name, path: `/plugins/${word}` };
}

const PLUGINS: PluginEntry[] = [
  { kind: "refused", name: "A\x1b[2J", reason: "is a directory" },
  runnable("apply"),
  { kind: "refused", name: "exec", reason: "is late" },
  runnable("plan"),
];

const INFO: RuntimeInfo = {
  identity: IDENTITY,
  runnerVersion: "1.2.3",
  contractVersion: "0.2.0",
  declared: [
    { key: "RUNTIME_SHELL", value: "/bin/bash", line: 1 },
    { key: "RUNTIME_USER_HOME", value: "/home/\u2066x", line: 2 },
  ],
  actual: {
    uid: 10001,
    gid: 10002,
    workDirectory: "/work\n",
    home: "/home/\x1bx",
  },
  plugins: PLUGINS,
  tools: [{ name: "jq", version: "1.6" }, { name: "yq", version: "4 \u200fb" }],
  notes: [
    { name: "a.txt", text: "First:\r\n\tone \n\n\n" },
    { name: "b.txt", text: "\x1b[31mred" },
  ],
};

const EMPTY: RuntimeInfo = {
  ...INFO,
  identity: { ...IDENTITY, entries: [] },
  declared: [],
  actual: { uid: 1, gid: 0, workDirectory: undefined, home: undefined },
  plugins: [],
  tools: [],
  notes: [],
};

const CORE_HELP = `Usage: runner COMMAND [ARGUMENT...]

Core commands:
  help                        List the commands and plugins of this image
  about [--json]              Show the identity of this image
  info [--json]               Show user, runtime, plugins and tools
  exec COMMAND [ARGUMENT...]  Become a system command
  shell                       Become an interactive shell, for people at a terminal
  version [--json]            Show the versions of runner, contract and tools

Plugins:
`;

Deno.test("renderHelp() lists core commands and the plugins that can run", () => {
  assertEquals(renderHelp(PLUGINS), `${CORE_HELP}  apply\n  plan\n`);
  assertEquals(renderHelp([]), `${CORE_HELP}  (none)\n`);
});

const ABOUT = `Image identity:
  Name:       runner-jq
  Domain:     json
  Role:       query
`;

Deno.test("renderAbout() shows the identity and every further key, in order", () => {
  assertEquals(
    renderAbout(IDENTITY),
    `${ABOUT}  LICENSE=MIT\n  RUNNER_NOTE=a \\u{202e}b\n`,
  );
});

Deno.test("renderVersion() shows runner, contract and one line for each tool", () => {
  const versions = "runner 1.2.3\ncontract 0.2.0\n\nTool versions:\n";
  assertEquals(renderVersion(INFO), `${versions}  jq 1.6\n  yq 4 \\u{200f}b\n`);
  assertEquals(renderVersion(EMPTY), `${versions}  (none)\n`);
});

Deno.test("renderInfo() shows everything, with nothing that steers a terminal", () => {
  assertEquals(
    renderInfo(INFO),
    `${ABOUT}  LICENSE=MIT
  RUNNER_NOTE=a \\u{202e}b

Runtime contract:
  Runner:     1.2.3
  Contract:   0.2.0
  RUNTIME_SHELL=/bin/bash
  RUNTIME_USER_HOME=/home/\\u{2066}x

Runtime state:
  User id:    10001
  Group id:   10002
  Work dir:   /work\\n
  Home:       /home/\\x1bx

Plugins:
  A\\x1b[2J (refused: it is a directory)
  apply
  exec (refused: it is late)
  plan

Tools:
  jq 1.6
  yq 4 \\u{200f}b

First:\\r
\tone

\\x1b[31mred
`,
  );
});

Deno.test("renderInfo() says so where there is nothing", () => {
  assertEquals(
    renderInfo(EMPTY),
    `${ABOUT}
Runtime contract:
  Runner:     1.2.3
  Contract:   0.2.0

Runtime state:
  User id:    1
  Group id:   0
  Work dir:   (unreadable)
  Home:       (not set)

Plugins:
  (none)

Tools:
  (none)
`,
  );
});

Deno.test("no output carries a character that steers a terminal", () => {
  const hostile = Array.from(
    { length: 0x2100 },
    (_, code) => String.fromCharCode(code),
  ).join("") + "\ufeff";
  const info: RuntimeInfo = {
    ...INFO,
    actual: { uid: 1, gid: 1, workDirectory: hostile, home: hostile },
    plugins: [{ kind: "refused", name: hostile, reason: "is odd" }],
    tools: [{ name: "x", version: hostile }],
    notes: [{ name: hostile, text: hostile }],
  };
  for (const render of [renderInfo, renderVersion]) {
    assert(
      // deno-lint-ignore no-control-regex -- control characters are the subject
      !/[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\ufeff]/.test(
        render(info),
      ),
      render.name,
    );
  }
});

Deno.test("renderInfo() keeps the line ends inside a note, however many", () => {
  const text = `a${"\n".repeat(65_000)}b`;
  const notes = [{ name: "a.txt", text: `${text}\n\n` }];
  assertEquals(
    renderInfo({ ...EMPTY, notes }),
    `${renderInfo(EMPTY)}\n${text}\n`,
  );
});
