import {
  assert,
  assertEquals,
  assertMatch,
  assertObjectMatch,
  assertStringIncludes,
} from "@std/assert";
import { fromFileUrl } from "@std/path";
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
  const script = `import { compileEntrypoint } from ${tool};
    await compileEntrypoint(${options}).catch((e) => console.log(e.message));`;
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

Deno.test("compileEntrypoint() makes an executable of the entrypoint alone", async () => {
  await inFolder(async (folder) => {
    const output = `${folder}/runner`;
    const said = await compile(output, {
      DENORT_BIN: "/bin/true",
      // deno compile would write it down.
      DENO_COMPAT: "1",
    });
    assertEquals(said, "");
    const { mode } = await Deno.stat(output);
    assertEquals((mode ?? 0) & 0o111, 0o111);
    const text = new TextDecoder("latin1").decode(await Deno.readFile(output));
    const found = metadata(text);
    assertEquals(PINNED.map(([key]) => [key, found[key]]), PINNED);
    // An empty list is a permission for everything.
    assertObjectMatch(found, { permissions: { allow_ffi: [], prompt: false } });
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
  });
});

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
