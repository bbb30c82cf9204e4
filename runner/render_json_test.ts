import { assert, assertEquals } from "@std/assert";
import { parsePluginName } from "./plugin_name.ts";
import type { PluginEntry } from "./plugins.ts";
import {
  renderAboutJson,
  renderInfoJson,
  renderVersionJson,
} from "./render_json.ts";
import type { RuntimeInfo } from "./runtime_info.ts";

function runnable(word: string): PluginEntry {
  const parsed = parsePluginName(word);
  assert(parsed.ok);
  return { kind: "runnable", name: parsed.name, path: `/plugins/${word}` };
}

const INFO: RuntimeInfo = {
  identity: {
    image: "runner-jq",
    domain: "json",
    role: "query",
    entries: [
      { key: "RUNNER_ROLE", value: "query", line: 1 },
      { key: "RUNNER_IMAGE", value: "runner-jq", line: 2 },
      { key: "LICENSE", value: 'a "b"', line: 3 },
      { key: "RUNNER_DOMAIN", value: "json", line: 4 },
    ],
  },
  runnerVersion: "1.2.3",
  contractVersion: "0.2.0",
  declared: [
    { key: "RUNTIME_SHELL", value: "/bin/bash", line: 1 },
    { key: "RUNTIME_USER_HOME", value: "/home/\u2066x", line: 2 },
  ],
  actual: { uid: 10001, gid: 0, workDirectory: "/work\n", home: "/\x1bx" },
  plugins: [
    { kind: "refused", name: "A\x7f", reason: "is a directory" },
    runnable("plan"),
  ],
  tools: [{ name: "yq", version: "4" }, { name: "jq", version: "1.6" }],
  notes: [{ name: "a.txt", text: "First:\n\tone\n" }],
};

const IDENTITY_TEXT = `  "identity": {
    "image": "runner-jq",
    "domain": "json",
    "role": "query",
    "entries": {
      "RUNNER_ROLE": "query",
      "RUNNER_IMAGE": "runner-jq",
      "LICENSE": "a \\"b\\"",
      "RUNNER_DOMAIN": "json"
    }
  }`;

const VERSIONS_TEXT = `  "runner": "1.2.3",
  "contract": "0.2.0",`;

const TOOLS_TEXT = `  "tools": {
    "yq": "4",
    "jq": "1.6"
  }`;

Deno.test("renderAboutJson() prints this text, keys in this order", () => {
  assertEquals(
    renderAboutJson(INFO.identity),
    `{\n  "schema": "runner.about/1",\n${IDENTITY_TEXT}\n}\n`,
  );
});

Deno.test("renderVersionJson() prints this text, keys in this order", () => {
  assertEquals(
    renderVersionJson(INFO),
    `{\n  "schema": "runner.version/1",\n${VERSIONS_TEXT}\n${TOOLS_TEXT}\n}\n`,
  );
});

Deno.test("renderInfoJson() prints this text, keys in this order", () => {
  assertEquals(
    renderInfoJson(INFO),
    `{
  "schema": "runner.info/1",
${IDENTITY_TEXT},
${VERSIONS_TEXT}
  "declared": {
    "RUNTIME_SHELL": "/bin/bash",
    "RUNTIME_USER_HOME": "/home/\\u2066x"
  },
  "actual": {
    "uid": 10001,
    "gid": 0,
    "work_directory": "/work\\n",
    "home": "/\\u001bx"
  },
  "plugins": [
    {
      "name": "A\\u007f",
      "runnable": false,
      "reason": "is a directory"
    },
    {
      "name": "plan",
      "runnable": true,
      "reason": null
    }
  ],
${TOOLS_TEXT},
  "notes": [
    {
      "name": "a.txt",
      "text": "First:\\n\\tone\\n"
    }
  ]
}
`,
  );
});

Deno.test("renderInfoJson() writes null, {} and [] for what is not there", () => {
  const text = renderInfoJson({
    ...INFO,
    declared: [],
    actual: { uid: 1, gid: 0, workDirectory: undefined, home: undefined },
    plugins: [],
    tools: [],
    notes: [],
  });
  const { actual, declared, plugins, tools, notes } = JSON.parse(text);
  assertEquals({ actual, declared, plugins, tools, notes }, {
    actual: { uid: 1, gid: 0, work_directory: null, home: null },
    declared: {},
    plugins: [],
    tools: {},
    notes: [],
  });
});

Deno.test("no document carries a character that steers a terminal, and none is lost", () => {
  const hostile = Array.from(
    { length: 0x2100 },
    (_, code) => String.fromCharCode(code),
  ).join("") + "\ufeff";
  const text = renderInfoJson({
    ...INFO,
    actual: { uid: 1, gid: 1, workDirectory: hostile, home: hostile },
    plugins: [{ kind: "refused", name: hostile, reason: "is odd" }],
    tools: [{ name: "__proto__", version: hostile }],
    notes: [{ name: hostile, text: hostile }],
  });
  assert(
    // deno-lint-ignore no-control-regex -- control characters are the subject
    !/[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\ufeff]/.test(text),
  );
  const { actual, plugins, tools, notes } = JSON.parse(text);
  assertEquals(actual.home, hostile);
  assertEquals(plugins[0].name, hostile);
  assertEquals(Object.entries(tools), [["__proto__", hostile]]);
  assertEquals(notes, [{ name: hostile, text: hostile }]);
});
