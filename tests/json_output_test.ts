// What `--json` prints is what its published schema says, and nothing else is;
// the examples of docs/entrypoint.md are real.

import { assert, assertEquals } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../host/memory_host.ts";
import { main } from "../runner/main.ts";
import { JSON_SHAPES } from "../runner/render_json.ts";
import { blocksOf } from "./_page.ts";
import { faults, type JsonCommand, SCHEMAS, undescribed } from "./_schemas.ts";

const COMMANDS = ["about", "info", "version"] as const;
const PLUGINS = "/usr/local/lib/runner.d";
const BASE = {
  "/etc/runner/image.env":
    "RUNNER_DOMAIN=base\nRUNNER_IMAGE='runner-base'\nRUNNER_ROLE=base\n",
  [PLUGINS]: { kind: "directory", mode: 0o555 },
} as const;

/** The image that docs/entrypoint.md shows. */
const SHOWN: MemoryHostOptions["files"] = {
  ...BASE,
  "/etc/runner/image.env":
    "RUNNER_DOMAIN=terraform\nRUNNER_IMAGE='runner-terraform'\n" +
    "RUNNER_OWNER='the platform team'\nRUNNER_ROLE=plan\n",
  "/etc/runner/runtime.env": "RUNTIME_SHELL='/bin/bash'\n" +
    "RUNTIME_USER_UID=10001\nRUNTIME_WORKDIR='/workspace'\n",
  "/etc/runner/tools.env":
    "TOOL_JQ_VERSION='1.7.1'\nTOOL_TERRAFORM_VERSION='1.9.5'\n",
  "/etc/runner/info.d/10-state.txt":
    "State is kept in the bucket of the team.\n",
  [`${PLUGINS}/drift`]: { kind: "symlink", target: "/bin/sh" },
  [`${PLUGINS}/plan`]: { kind: "file", mode: 0o555 },
};

/** An image in which everything is odd that may be odd. */
const ODD: MemoryHostOptions["files"] = {
  ...BASE,
  "/etc/runner/image.env":
    'RUNNER_ROLE="a \u00a0 b"\nRUNNER_DOMAIN="ü"\nRUNNER_IMAGE=/\nX=\n',
  "/etc/runner/tools.env": "TOOL_7_VERSION=\nTOOL___PROTO___VERSION=1\n",
  "/etc/runner/info.d/a.txt": { kind: "directory" },
  [`${PLUGINS}/A\x1b`]: { kind: "file", mode: 0o777 },
  [`${PLUGINS}/exec`]: { kind: "directory" },
};

interface Start {
  readonly files: MemoryHostOptions["files"];
  readonly cwd?: string;
  readonly home?: string;
}

const STARTS: Readonly<Record<string, Start>> = {
  base: { files: BASE },
  shown: { files: SHOWN, cwd: "/workspace", home: "/home/runner" },
  odd: { files: ODD, home: "" },
};

/** What a command prints in an image that exists in memory only. */
async function printed(
  command: JsonCommand,
  { files, cwd, home }: Start,
): Promise<string> {
  const host = new MemoryHost({
    ids: { uid: 10001, gid: 10001 },
    files: files ?? {},
    ...(cwd === undefined ? {} : { cwd }),
  });
  const bytes = (text: string) => new TextEncoder().encode(text);
  const restore = { openFilesLimit: undefined, ignoreSigpipe: false };
  const code = await main(host, {
    start: () => ({
      words: [command, "--json"].map(bytes),
      environment: home === undefined ? [] : [bytes(`HOME=${home}`)],
      restore,
    }),
    replace: () => ({ code: "ENOENT", path: undefined }),
  });
  assertEquals([code, host.stderrText], [0, ""], command);
  return host.stdoutText;
}

Deno.test("what is printed is valid, and described to the last key", async () => {
  for (const start of Object.values(STARTS)) {
    for (const command of COMMANDS) {
      const document = JSON.parse(await printed(command, start));
      assertEquals(faults(command, document), []);
      assertEquals(undescribed(command, document), []);
      assertEquals(document.schema, JSON_SHAPES[command]);
    }
  }
});

Deno.test("a document is not valid as another one", async () => {
  for (const command of COMMANDS) {
    const others = COMMANDS.filter((other) => other !== command);
    for (const other of others) {
      const document = JSON.parse(await printed(other, { files: SHOWN }));
      assert(faults(command, document).length > 0, `${other} as ${command}`);
    }
  }
});

type Place = readonly (string | number)[];

/** Every place in a document, but for those that may be any text. */
function* places(value: unknown, at: Place = []): Generator<Place> {
  yield at;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* places(inner, [...at, Array.isArray(value) ? Number(key) : key]);
  }
}

/** A copy with another value at a place, or with none. */
function altered(document: unknown, at: Place, value?: unknown): unknown {
  const [key, ...rest] = at;
  if (key === undefined) return value;
  const copy = structuredClone(document) as Record<string | number, unknown>;
  if (rest.length > 0) copy[key] = altered(copy[key], rest, value);
  else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

/** Maps whose keys the image chooses: one of those may be missing. */
const FREE = new Set(["declared", "tools"]);
const isFree = (at: Place) =>
  FREE.has(String(at.at(-2))) || at.at(-1) === "RUNNER_OWNER" ||
  typeof at.at(-1) === "number";

Deno.test("a document with any key missing or of another type is not valid", async () => {
  for (const command of COMMANDS) {
    const start = STARTS["shown"];
    assert(start !== undefined);
    const document = JSON.parse(await printed(command, start));
    const all = [...places(document)];
    assert(all.length > 5);
    for (const at of all) {
      const where = `${command} ${at.join("/")}`;
      const wrong = altered(document, at, [true]);
      assert(faults(command, wrong).length > 0, `${where} is a list`);
      if (at.length === 0 || isFree(at)) continue;
      const missing = altered(document, at);
      assert(faults(command, missing).length > 0, `${where} is missing`);
    }
  }
});

const ALTERED: readonly (readonly [JsonCommand, Place, unknown])[] = [
  ["about", ["schema"], "runner.about/2"],
  ["about", ["identity", "image"], " "],
  ["about", ["identity", "entries", "lower"], "x"],
  ["about", ["identity", "entries", "RUNNER_ROLE"], null],
  ["version", ["contract"], "0.2"],
  ["version", ["runner"], "v0.2.0"],
  ["version", ["tools", "JQ"], "1"],
  ["info", ["actual", "uid"], 0],
  ["info", ["actual", "uid"], 1.5],
  ["info", ["actual", "gid"], -1],
  ["info", ["actual", "work_directory"], "relative"],
  ["info", ["plugins", 0, "reason"], null],
  ["info", ["plugins", 0, "reason"], ""],
  ["info", ["plugins", 1, "reason"], "is there"],
  ["info", ["plugins", 1, "runnable"], false],
  ["info", ["notes", 0, "name"], "a.sh"],
];

Deno.test("a document with a value that cannot be is not valid", async () => {
  for (const [command, at, value] of ALTERED) {
    const document = JSON.parse(await printed(command, { files: SHOWN }));
    const wrong = altered(document, at, value);
    const where = `${command} ${at.join("/")} ${JSON.stringify(value)}`;
    assert(faults(command, wrong).length > 0, where);
  }
});

Deno.test("a key of a later release does not make a document invalid", async () => {
  const document = JSON.parse(await printed("info", { files: SHOWN }));
  for (const at of [[], ["identity"], ["actual"], ["plugins", 0]]) {
    const later = altered(document, [...at, "later"], 1);
    assertEquals(faults("info", later), []);
    assert(undescribed("info", later).length > 0);
  }
});

Deno.test("a schema names the shape that the program prints", () => {
  for (const command of COMMANDS) {
    const { $id, properties } = SCHEMAS[command];
    assertEquals(properties.schema.const, JSON_SHAPES[command]);
    const [name, version] = JSON_SHAPES[command].split("/");
    assertEquals($id, `urn:${name?.replace(".", ":schema:")}:${version}`);
  }
});

Deno.test("the examples of docs/entrypoint.md are what is printed", async () => {
  const path = new URL("../docs/entrypoint.md", import.meta.url);
  const examples = blocksOf(Deno.readTextFileSync(path))
    .filter(({ info }) => info === "json").map(({ text }) => text);
  const start = STARTS["shown"];
  assert(start !== undefined);
  const about = await printed("about", start);
  const version = await printed("version", start);
  const info = await printed("info", start);
  assertEquals(examples, [about, version, info]);
});
