import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../usage_error.ts";
import { sampleOf, wordsOf } from "./_flag_testing.ts";
import { configKeys, readConfig } from "./config.ts";
import type { FlagRow } from "./flag_row.ts";
import { FLAGS, flagShapes } from "./flag_table.ts";
import { parseFlags } from "./flags.ts";

const PROGRAMS = ["spec", "image"] as const;

function fileOf(text: string, path = "runner.json") {
  const folder = path.includes("/") ? path.replace(/\/[^/]*$/, "") : "";
  const isDeno = /deno\.jsonc?$/.test(path);
  return { path, folder, isDeno, bytes: new TextEncoder().encode(text) };
}

function read(text: string, path?: string) {
  return readConfig([[fileOf(text, path)]], "spec");
}

/** A value of a configuration that says the same as the words of a test. */
function valueOf(row: FlagRow): unknown {
  const sample = sampleOf(row);
  if (sample === undefined) return true;
  const isNumber = row.kind !== "switch" && row.names === "number";
  return isNumber ? Number(sample) : sample;
}

Deno.test("every key of a configuration is a flag, and says the same", () => {
  for (const program of PROGRAMS) {
    const keys = configKeys(program).filter(({ name }) => name !== "paths");
    assert(keys.length > 3);
    for (const row of keys) {
      assert(FLAGS.includes(row), row.name);
      const command = row.commands.find((id) => id.startsWith(program));
      assert(command !== undefined, row.name);
      const words = parseFlags(wordsOf(row), flagShapes(command));
      const text = JSON.stringify({ [program]: { [row.name]: valueOf(row) } });
      const config = readConfig([[fileOf(text)]], program);
      assertEquals(config?.values, words.values, row.name);
      assertEquals(config?.switches, words.switches, row.name);
    }
  }
});

Deno.test("every flag that is about more than one call may be configured", () => {
  const keys = PROGRAMS.flatMap(configKeys).map(({ name }) => name);
  const others = FLAGS.map(({ name }) => name)
    .filter((name) => !keys.includes(name));
  for (const name of ["help", "version", "config", "no-config", "sandbox"]) {
    assert(others.includes(name), name);
  }
  for (const name of ["jobs", "report", "filter", "specs", "engine"]) {
    assert(keys.includes(name), name);
  }
});

Deno.test("readConfig() reads every kind of value, comments and all", () => {
  const config = read(`{
  // For everybody.
  "$schema": "x.json",
  "spec": {
    "paths": ["specs", "a.md"], /* two */
    "recursive": true,
    "verbose": false,
    "timeout": 0.5,
    "case-formats": ["md", "yaml"],
    "report": ["terminal=-", "json=out/r.json"],
  },
}`);
  assertEquals(config, {
    path: "runner.json",
    paths: ["specs", "a.md"],
    switches: new Set(["recursive"]),
    values: new Map([
      ["timeout", ["0.5"]],
      ["case-formats", ["md,yaml"]],
      ["report", ["terminal=-", "json=out/r.json"]],
    ]),
  });
});

Deno.test("readConfig() takes paths from beside the file", () => {
  const config = read(
    `{ "runner": {
      "spec": {
        "paths": ["specs", "/a", "./-", "././b", "..", ".x"],
        "contract-root": ".",
        "report": ["json=-", "junit=j.xml", "ndjson=/r"],
        "filter": "x/y"
      },
      "image": { "specs": "s", "engine": "podman" }
    } }`,
    "../../deno.json",
  );
  assertEquals(config?.paths, [
    "../../specs",
    "/a",
    "../../-",
    "../../b",
    "../../..",
    "../../.x",
  ]);
  assertEquals(config?.values.get("contract-root"), ["../.."]);
  assertEquals(config?.values.get("filter"), ["x/y"]);
  assertEquals(
    config?.values.get("report"),
    ["json=-", "junit=../../j.xml", "ndjson=/r"],
  );
  const bytes = '{ "image": { "specs": "s", "engine": "podman" } }';
  const file = { ...fileOf(bytes), folder: "/" };
  const image = readConfig([[file]], "image");
  assertEquals(image?.values.get("specs"), ["/s"]);
  assertEquals(image?.values.get("engine"), ["podman"]);
});

Deno.test("readConfig() takes the nearest file that holds one, and no two", () => {
  const none = fileOf('{ "tasks": { "runner": "x" } }', "deno.json");
  const near = fileOf('{ "runner": {} }', "deno.jsonc");
  const own = fileOf("{}");
  const far = fileOf("no JSON", "../runner.json");
  assertEquals(readConfig([[none, near], [far]], "spec")?.path, "deno.jsonc");
  assertEquals(readConfig([[none], [own]], "spec")?.path, "runner.json");
  assertEquals(readConfig([[none]], "spec"), undefined);
  const two = assertThrows(
    () => readConfig([[own, none, near]], "spec"),
    UsageError,
    'Cannot choose between "runner.json" and "deno.jsonc"',
  );
  assertEquals(two.remedy?.includes("--config"), true);
  assertThrows(
    () => readConfig([[none]], "spec", true),
    UsageError,
    'deno.json:1:1: there is no key "runner"',
  );
});

/** A text, where it is wrong, and why. */
const WRONG: readonly (readonly [string, string, string?])[] = [
  ["", "1:1: a configuration must be an object; null was given"],
  ["[]", "1:1: a configuration must be an object; a list was given"],
  ["{ x }", '1:3: invalid JSON: expected a key in double quotes, found "x"'],
  ["{ /* }", '1:3: invalid JSON: expected a key in double quotes, found "/"'],
  ['{\n"spec": 1}', '2:9: "spec" must be an object; 1 was given'],
  ['{\n  "sepc": {}}', '2:3: unknown key "sepc"', 'Did you mean "spec"?'],
  [
    '{"spec": {\n "job": 4}}',
    '2:2: unknown key "job"',
    'Did you mean "jobs"?',
  ],
  ['{"spec": {"caseFormats": "md"}}', "unknown key", '"case-formats"?'],
  ['{"spec": {"sandbox": "x"}}', 'unknown key "sandbox"', "Keys are paths,"],
  ['{"image": {"paths": []}}', '1:12: unknown key "paths"', "Keys are"],
  ['{"image": {"help": true}}', '1:12: unknown key "help"', "Keys are"],
  ['{"spec": {"jobs": "4"}}', '1:19: "jobs" must be a number; "4" was given'],
  [
    '{"spec": {"jobs": 0}}',
    '1:19: Cannot use "0" as --jobs: wanted an integer',
    "one job per processor",
  ],
  ['{"spec": {"recursive": 1}}', '"recursive" must be true or false; 1 was'],
  [
    '{"spec": {"contract-root": ["a"]}}',
    '"contract-root" must be text; a list was given',
  ],
  [
    '{"spec": {"contract-root": null}}',
    '"contract-root" must be text; null was given',
  ],
  ['{"spec": {"filter": ""}}', '1:21: Cannot use "filter": its value is empty'],
  ['{"spec": {"paths": []}}', 'Cannot use "paths": the list is empty'],
  ['{"spec": {"paths": ["-"]}}', 'Cannot use "-" in "paths"', '"./-"'],
  ['{"spec": {"report": ["x", 1]}}', "must be text or a list of text; 1 was"],
  [
    '{"spec": {"report": ["jsn=x"]}}',
    '1:21: Cannot write report "jsn=x": unknown format "jsn"',
    'Did you mean "json"?',
  ],
  [
    '{"spec": {"isolate": "worker"}}',
    '1:22: Cannot use "worker" as --isolate',
    "process",
  ],
  ['{"spec": {}, "spec": {}}', '1:14: invalid JSON: duplicate key "spec"'],
];

Deno.test("readConfig() says where a file is wrong, whoever asks", () => {
  for (const [text, message, remedy = ""] of WRONG) {
    for (const program of PROGRAMS) {
      const error = assertThrows(
        () => readConfig([[fileOf(text, "../runner.json")]], program),
        UsageError,
        message,
        text,
      );
      assertEquals(error.message.startsWith("../runner.json:"), true, text);
      assertEquals((error.remedy ?? "").includes(remedy), true, error.remedy);
    }
  }
  const latin = { ...fileOf(""), bytes: new Uint8Array([0x7b, 0x0a, 0xff]) };
  assertThrows(() => readConfig([[latin]], "spec"), UsageError, "2:1: invalid");
});
