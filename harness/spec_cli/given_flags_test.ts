import { assertEquals, assertRejects } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import { UsageError } from "../usage_error.ts";
import type { CommandId } from "./flag_row.ts";
import { flagShapes } from "./flag_table.ts";
import { parseFlags } from "./flags.ts";
import { givenFlags } from "./given_flags.ts";

const CONFIG = JSON.stringify({
  spec: { paths: ["specs"], jobs: 4, recursive: true, verbose: true },
  image: { engine: "podman", filter: "x" },
});
const FILES = { "/repo/.git/HEAD": "", "/repo/runner.json": CONFIG };

async function given(
  line: string,
  options: MemoryHostOptions = {},
  command: CommandId = "spec run",
) {
  const words = line === "" ? [] : line.split(" ");
  const host = new MemoryHost({ files: FILES, cwd: "/repo", ...options });
  const flags = parseFlags(words, flagShapes(command));
  const all = await givenFlags(command, flags, host);
  return { all, stderr: host.stderrText };
}

Deno.test("givenFlags() lays flags over the configuration, key by key", async () => {
  const cases = [
    ["", ["specs"], ["4"], ["recursive", "verbose"]],
    ["x --jobs 2", ["x"], ["2"], ["recursive", "verbose"]],
    ["--no-recursive --no-verbose", ["specs"], ["4"], []],
    ["--no-config x", ["x"], undefined, []],
    ["--no-config --no-recursive", [], undefined, []],
    ["--recursive x", ["x"], ["4"], ["recursive", "verbose"]],
    ["--quiet x", ["x"], ["4"], ["quiet", "recursive"]],
  ] as const;
  for (const [line, paths, jobs, switches] of cases) {
    const { all } = await given(line);
    assertEquals(all.paths, paths, line);
    assertEquals<unknown>(all.values.get("jobs"), jobs, line);
    const on = [...all.switches].filter((name) => !name.startsWith("no-"));
    assertEquals<unknown>(on.toSorted(), switches, line);
  }
});

Deno.test("givenFlags() says with --verbose which configuration counts", async () => {
  const told = "spec: configuration: runner.json\n";
  assertEquals((await given("")).stderr, told);
  assertEquals((await given("--no-verbose")).stderr, "");
  assertEquals((await given("--no-config --verbose x")).stderr, "");
  const sub = { cwd: "/repo/a/b" };
  const { all, stderr } = await given("", sub);
  assertEquals(stderr, "spec: configuration: ../../runner.json\n");
  assertEquals(all.paths, ["../../specs"]);
  const named = { files: { ...FILES, "/ci.json": '{"spec":{"jobs":1}}' } };
  const ci = await given("--config /ci.json --verbose", named);
  assertEquals(ci.stderr, "spec: configuration: /ci.json\n");
  assertEquals(ci.all.values.get("jobs"), ["1"]);
});

Deno.test("givenFlags() gives a command only what it takes", async () => {
  const list = await given("", {}, "spec list");
  assertEquals([...list.all.values.keys(), ...list.all.switches], [
    "recursive",
  ]);
  const verify = await given("jq", {}, "image verify");
  assertEquals(verify.all.configured, new Set(["filter", "engine"]));
  assertEquals(verify.all.paths, ["jq"]);
  const init = await given("jq", {
    files: { "/repo/runner.json": "no JSON" },
  }, "image init");
  assertEquals(init.all.values.size, 0);
});

Deno.test("givenFlags() looks no further than the repository", async () => {
  const far = { "/runner.json": CONFIG };
  const cases = [
    [{ ...far, "/repo/.git/HEAD": "" }, "/repo/a", []],
    [far, "/repo", []],
    [{ ...far, "/.git/HEAD": "" }, "/repo/a", ["../../specs"]],
    [far, "/", ["specs"]],
    [{ ...FILES, "/repo/a/.git": "gitdir: x" }, "/repo/a", []],
    [{ ...FILES, "/repo/a/deno.json": '"runner"' }, "/repo/b", ["../specs"]],
    [{ ...FILES, "/repo/a/deno.json": "{ broken" }, "/repo/a", ["../specs"]],
  ] as const;
  for (const [files, cwd, paths] of cases) {
    const { all } = await given("", { files, cwd });
    assertEquals<unknown>(all.paths, paths, `${cwd} ${Object.keys(files)}`);
  }
});

const REFUSED: readonly (readonly [string, MemoryHostOptions, string])[] = [
  ["--recursive --no-recursive", {}, "--recursive and --no-recursive at once"],
  ["--config x --no-config", {}, "--config and --no-config at once"],
  ["--config gone.json", {}, 'configuration "gone.json": no such file'],
  ["--config /repo", {}, 'configuration "/repo": is a directory'],
  [
    "",
    { files: { "/repo/runner.json": { kind: "symlink", target: "gone" } } },
    'Cannot read configuration "runner.json": no such file',
  ],
  [
    "",
    {
      files: { ...FILES, "/repo/a/deno.json": '{ "runner" }' },
      cwd: "/repo/a",
    },
    "deno.json:1:12: invalid JSON",
  ],
  ["- -", { stdin: "x\n" }, "from standard input 2 times"],
  ["-", { stdin: "" }, "from standard input: there is none"],
  ["-", { stdin: "\n" }, "from standard input: there is none"],
  ["-", { stdin: "a\n\nb\n" }, "from standard input: line 2 is empty"],
  ["-", { stdin: "a\0\0b\0" }, "from standard input: path 2 is empty"],
  ["-", { stdin: new Uint8Array([0x61, 0x0a, 0xff]) }, "line 2 is not UTF-8"],
];

Deno.test("givenFlags() refuses what contradicts itself or cannot be read", async () => {
  for (const [line, options, message] of REFUSED) {
    await assertRejects(() => given(line, options), UsageError, message, line);
  }
});

Deno.test("givenFlags() reads paths from standard input where - stands", async () => {
  const cases = [
    ["-", "a\nb c", ["a", "b c"]],
    ["x - y", "a\n", ["x", "a", "y"]],
    ["-", "a\nb\0c\0", ["a\nb", "c"]],
    ["-", "-\n--jobs\n", ["-", "--jobs"]],
    ["-- -", "a\n", ["./-"]],
    ["x", "a\n", ["x"]],
  ] as const;
  for (const [line, stdin, paths] of cases) {
    const { all } = await given(line, { stdin });
    assertEquals<unknown>(all.paths, paths, line);
  }
  const verify = await given("-", { stdin: "a\n" }, "image verify");
  assertEquals(verify.all.paths, ["-"]);
});
