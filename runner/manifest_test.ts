import { assert, assertEquals } from "@std/assert";
import { parseEnvFile } from "./env_file.ts";
import { materialize, parseManifest } from "./manifest.ts";

const VALID: Readonly<Record<string, string>> = {
  MANIFEST_SCHEMA_VERSION: "1",
  RUNNER_IMAGE: "runner-jq",
  RUNNER_DOMAIN: "json",
  RUNNER_ROLE: "query",
  RUNTIME_USER_NAME: "runner",
  RUNTIME_USER_UID: "10001",
  RUNTIME_USER_GID: "10001",
  RUNTIME_USER_HOME: "/home/runner",
  RUNTIME_SHELL: "/bin/bash",
  RUNTIME_WORKDIR: "/workspace",
};

function parse(values: Readonly<Record<string, string>>) {
  const lines = Object.entries(values).map(([key, value]) =>
    `${key}='${value}'\n`
  );
  return parseManifest(new TextEncoder().encode(lines.join("")));
}

function problemsOf(values: Readonly<Record<string, string>>): string[] {
  const result = parse(values);
  return result.ok ? [] : result.problems.map(({ message }) => message);
}

Deno.test("parseManifest() accepts a complete manifest", () => {
  const result = parse({
    ...VALID,
    RUNNER_OWNER: "the platform team",
    TOOL_JQ_VERSION: "1.6",
    TOOL_JQ_SHA256: "0".repeat(64),
  });
  assert(result.ok);
  assertEquals(result.manifest.user, {
    name: "runner",
    uid: 10001,
    gid: 10001,
    home: "/home/runner",
    workDirectory: "/workspace",
  });
});

for (const key of Object.keys(VALID)) {
  Deno.test(`parseManifest() needs ${key}`, () => {
    const { [key]: _, ...rest } = VALID;
    assertEquals(problemsOf(rest), [`${key} is missing`]);
  });
}

const BAD_VALUES: readonly (readonly [string, string, string])[] = [
  ["MANIFEST_SCHEMA_VERSION", "2", "1, the only version there is"],
  ["RUNNER_ROLE", "  ", "a value that is not empty"],
  ["RUNTIME_USER_NAME", "Root", "a user name"],
  ["RUNTIME_USER_UID", "0", "an image never runs as root"],
  ["RUNTIME_USER_UID", "010", "an id from 1"],
  ["RUNTIME_USER_UID", "-1", "an id from 1"],
  ["RUNTIME_USER_UID", "4294967295", "an id from 1"],
  ["RUNTIME_USER_GID", "0", "an image never runs as root"],
  ["RUNTIME_USER_HOME", "home", "an absolute path"],
  ["RUNTIME_USER_HOME", "/home/../root", "an absolute path"],
  ["RUNTIME_SHELL", "bash", "an absolute path"],
  ["RUNTIME_WORKDIR", "/", "an absolute path"],
  ["RUNTIME_WORKDIR", "/a b", "an absolute path"],
  ["TOOL_JQ_SHA256", "abc", "64 hexadecimal digits"],
  ["TOOL_JQ_VERSION", "", "a value that is not empty"],
];

for (const [key, value, wanted] of BAD_VALUES) {
  Deno.test(`parseManifest() refuses ${key}=${value}`, () => {
    const [message = ""] = problemsOf({ ...VALID, [key]: value });
    assert(message.startsWith(`${key} must be `), message);
    assert(message.includes(wanted), message);
    assert(message.endsWith(`got "${value}"`), message);
  });
}

const UNKNOWN_KEYS: readonly (readonly [string, string])[] = [
  ["RUNTIME_USER_UDI", "did you mean RUNTIME_USER_UID?"],
  ["RUNTIME_ENTRYPOINT", "wanted RUNNER_*, RUNTIME_*, TOOL_*_VERSION"],
  ["TOOL_JQ_URL", "wanted RUNNER_*, RUNTIME_*, TOOL_*_VERSION"],
  ["PATH", "wanted RUNNER_*, RUNTIME_*, TOOL_*_VERSION"],
];

for (const [key, hint] of UNKNOWN_KEYS) {
  Deno.test(`parseManifest() does not know ${key}`, () => {
    const [message = ""] = problemsOf({ ...VALID, [key]: "x" });
    assert(message.includes(hint), message);
  });
}

Deno.test("parseManifest() wants a version beside a checksum", () => {
  assertEquals(
    problemsOf({ ...VALID, TOOL_JQ_SHA256: "0".repeat(64) }),
    ["TOOL_JQ_SHA256 needs TOOL_JQ_VERSION beside it"],
  );
});

Deno.test("parseManifest() names every problem with its line", () => {
  const text = "MANIFEST_SCHEMA_VERSION=1\nX=$(id)\nexport Y=1\n";
  const result = parseManifest(new TextEncoder().encode(text));
  assert(!result.ok);
  assertEquals(result.problems.map(({ line }) => line), [2, 3]);
});

Deno.test("materialize() gives each file its own prefix, sorted and readable", () => {
  const result = parse({
    ...VALID,
    RUNNER_OWNER: "it's us",
    TOOL_JQ_VERSION: "1.6",
  });
  // The value above closes its own quote: such a manifest is refused.
  assert(!result.ok);
  const valid = parse({
    ...VALID,
    RUNNER_OWNER: "a b",
    TOOL_JQ_VERSION: "1.6",
  });
  assert(valid.ok);
  const files = materialize(valid.manifest);
  assertEquals(files.map(({ path, mode }) => [path, mode]), [
    ["etc/runner/image.env", 0o444],
    ["etc/runner/runtime.env", 0o444],
    ["etc/runner/tools.env", 0o444],
    ["usr/local/lib/runner.d", 0o755],
  ]);
  for (const { path, text } of files) {
    if (text === undefined) continue;
    const entries = parseEnvFile(new TextEncoder().encode(text));
    assert(entries.ok, path);
    const keys = entries.entries.map(({ key }) => key);
    assertEquals(keys, keys.toSorted(), path);
    assert(!text.includes("MANIFEST"), path);
  }
  assertEquals(files[2]?.text, "TOOL_JQ_VERSION='1.6'\n");
});

Deno.test("materialize() keeps values through writing and reading", () => {
  const owner = "the platform team: a@b.example, #1 (since 2020)";
  const result = parse({ ...VALID, RUNNER_OWNER: owner });
  assert(result.ok);
  const [identity] = materialize(result.manifest);
  const entries = parseEnvFile(new TextEncoder().encode(identity?.text ?? ""));
  assert(entries.ok);
  const value = entries.entries.find(({ key }) => key === "RUNNER_OWNER")
    ?.value;
  assertEquals(value, owner);
});
