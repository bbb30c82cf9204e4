import {
  assert,
  assertEquals,
  assertMatch,
  assertObjectMatch,
  assertStringIncludes,
} from "@std/assert";
import { fromFileUrl } from "@std/path";
import { ENTRYPOINT_PATH } from "./build.ts";
import { COMPILE_FLAGS } from "./compile.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url)).replace(/\/$/, "");

async function inFolder(
  action: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "runner-compile-test-" });
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Compiles in a process of its own: its variables are not those of the tests
 * that run beside this one.
 */
async function compile(
  output: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const tool = JSON.stringify(`${ROOT}/tools/compile.ts`);
  const options = JSON.stringify({ source: ROOT, output });
  return await inOwnProcess(
    `import { compileEntrypoint } from ${tool};
    await compileEntrypoint(${options}).catch((e) => console.log(e.message));`,
    env,
  );
}

async function inOwnProcess(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("COMPILE_FLAGS are those the entrypoint's behaviour rests on", () => {
  assertEquals(COMPILE_FLAGS, [
    "-A",
    "--no-prompt",
    "--no-config",
    "--no-lock",
    "--no-code-cache",
    "--v8-flags=--single-threaded",
  ]);
});

/** Stands in for the part of the runtime that is downloaded; it is not run. */
const FAKE_RUNTIME = { DENORT_BIN: "/bin/true" };

/** What deno compile writes into the executable about how it runs. */
type Metadata = Readonly<Record<string, unknown>>;

/** What it must be, whatever the variables of whoever compiles. */
const PINNED: [string, unknown][] = [
  ["app_name", "runner"],
  ["argv", []],
  ["code_cache_key", null],
  ["entrypoint_key", "runner.js"],
  ["env_vars_from_env_file", {}],
  ["location", null],
  ["node_modules", null],
];

function metadata(executable: string): Metadata {
  const start = executable.indexOf('{"argv":');
  assert(start >= 0, "the executable holds no metadata");
  let depth = 0;
  for (let end = start; end < executable.length; end++) {
    if (executable[end] === "{") depth++;
    if (executable[end] === "}" && --depth === 0) {
      return JSON.parse(executable.slice(start, end + 1));
    }
  }
  throw new TypeError("the executable's metadata has no end");
}

/** Permissions that are not for everything, which an empty list is. */
function limited({ permissions }: Metadata): string[] {
  return Object.entries(permissions ?? {}).filter(([name, value]) =>
    name.startsWith("allow_")
      ? !Array.isArray(value) || value.length > 0
      : value !== null && value !== false
  ).map(([name]) => name);
}

Deno.test("compileEntrypoint() makes an executable of the entrypoint alone", async () => {
  await inFolder(async (folder) => {
    const output = `${folder}/runner`;
    const said = await compile(output, {
      ...FAKE_RUNTIME,
      // deno compile would write it down.
      DENO_COMPAT: "1",
    });
    assertEquals(said, "");
    const { mode } = await Deno.stat(output);
    assertEquals((mode ?? 0) & 0o111, 0o111);
    const text = await read(output);
    const found = metadata(text);
    assertEquals(PINNED.map(([key]) => [key, found[key]]), PINNED);
    assertEquals(limited(found), []);
    const flags = JSON.stringify(found["v8_flags"]);
    assertStringIncludes(flags, '"--single-threaded"');
    assertObjectMatch(found, { unstable_config: { detect_cjs: false } });
    const modules = [...text.matchAll(/^\/\/ (\S+\.(?:[jt]s|json))$/gm)];
    assert(modules.length > 10);
    for (const [, path = ""] of modules) {
      assertMatch(
        path,
        /^(cli\.ts|deno\.json|(host|runner|text)\/[a-z_]+\.ts)$/,
      );
      assert(!/_test/.test(path), path);
    }
    for (const name of ["node_modules/", "deno-std", ROOT]) {
      assert(!text.includes(name), name);
    }
    const files = [...text.matchAll(/"File":\{"n":"([^"]*)"/g)];
    assertEquals(files.map(([, name]) => name), ["runner.js"]);
    const embedded = text.length -
      (await Deno.stat(FAKE_RUNTIME.DENORT_BIN)).size;
    assert(embedded < MAX_EMBEDDED_BYTES, `${embedded} bytes are embedded`);
  });
});

/** One character for each byte. */
async function read(path: string): Promise<string> {
  return new TextDecoder("latin1").decode(await Deno.readFile(path));
}

/** What the executable holds besides the runtime; it has about 70,000 now. */
const MAX_EMBEDDED_BYTES = 100_000;

Deno.test("the task, the build and the release workflow make the same executable", async () => {
  await inFolder(async (folder) => {
    await compile(`${folder}/runner`, FAKE_RUNTIME);
    await inOwnProcess(
      `import { buildCompiled } from "${ROOT}/tools/build.ts";
      await buildCompiled(${JSON.stringify({ source: ROOT, out: folder })});`,
      FAKE_RUNTIME,
    );
    // The time at which the script was bundled is written down.
    const withoutTime = async (path: string) =>
      (await read(`${folder}/${path}`)).replace(/"t":\d+/, "");
    assert(await withoutTime("runner") === await withoutTime(ENTRYPOINT_PATH));
  });
  const pages = await Promise.all(
    CALLERS.map((path) => Deno.readTextFile(`${ROOT}/${path}`)),
  );
  const [workflow = "", config = ""] = pages;
  assertMatch(workflow, /^ +deno task build --form compiled$/m);
  assertStringIncludes(config, '"deno run -A tools/build.ts"');
  assertStringIncludes(config, '"deno run -A tools/compile.ts"');
  for (const [index, page] of pages.entries()) {
    assert(!/\bdeno compile\b/.test(page), CALLERS[index]);
  }
});

/** What could call the compiler by itself, and must not. */
const CALLERS = [".github/workflows/release.yml", "deno.json"]
  .concat(".github/workflows/ci.yml", ".ci/run");

Deno.test("compileEntrypoint() says why it could not, and what to do instead", async () => {
  await inFolder(async (folder) => {
    const said = await compile(`${folder}/runner`, {
      DENORT_BIN: `${folder}/none`,
    });
    assertMatch(said, /^Cannot compile the entrypoint: /);
    assertMatch(said, /build the portable form\n$/);
  });
});

Deno.test("the tool takes no arguments", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `${ROOT}/tools/compile.ts`, "--output"],
  }).output();
  assertEquals(code, 2);
  assertEquals(
    new TextDecoder().decode(stderr),
    'compile: Cannot compile: wanted no arguments, got "--output"\n' +
      "Usage: deno task compile\n",
  );
});
