import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { fromFileUrl } from "@std/path";
import {
  buildCompiled,
  buildPortable,
  bundle,
  DEFAULT_ROOTFS,
  ENTRYPOINT_PATH,
} from "./build.ts";
import { readLauncher } from "./launcher/build.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url)).replace(/\/$/, "");
const TOOL = `${ROOT}/tools/build.ts`;

async function inFolder(
  action: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "runner-build-" });
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every path of a tree with its kind and permission bits. */
async function describe(folder: string, prefix = ""): Promise<string[]> {
  const lines: string[] = [];
  for await (const entry of Deno.readDir(`${folder}/${prefix}`)) {
    const path = `${prefix}${entry.name}`;
    const { mode } = await Deno.lstat(`${folder}/${path}`);
    const bits = ((mode ?? 0) & 0o7777).toString(8);
    lines.push(`${path}${entry.isDirectory ? "/" : ""} ${bits}`);
    if (entry.isDirectory) lines.push(...await describe(folder, `${path}/`));
  }
  return lines.toSorted();
}

async function run(
  words: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
) {
  const command = new Deno.Command("/bin/sh", {
    args: ["-c", 'umask 077; exec "$@"', "sh", Deno.execPath(), "run", "-A"]
      .concat(TOOL, words),
    ...options,
    env: { NO_COLOR: "1", ...options.env },
  });
  const { code, stdout, stderr } = await command.output();
  assertEquals(stdout.length, 0);
  return { code, stderr: new TextDecoder().decode(stderr) };
}

const PORTABLE = [
  "usr/ 755",
  "usr/local/ 755",
  "usr/local/bin/ 755",
  "usr/local/bin/runner 755",
  "usr/local/lib/ 755",
  "usr/local/lib/runner/ 755",
  "usr/local/lib/runner/deno 755",
  "usr/local/lib/runner/exec.js 644",
  "usr/local/lib/runner/program.js 644",
  "usr/local/lib/runner/runner.js 644",
];

Deno.test("the portable form is a launcher, a runtime, a loader and a program, whatever the umask", async () => {
  await inFolder(async (folder) => {
    const built = await run(["--form", "portable", "--out", "tree"], {
      cwd: folder,
    });
    assertEquals(built, {
      code: 0,
      stderr: "built the portable form in tree\n",
    });
    const out = `${folder}/tree`;
    assertEquals(await describe(out), PORTABLE);
    assertEquals(
      await Deno.readFile(`${out}/${ENTRYPOINT_PATH}`),
      await readLauncher(Deno.build.arch),
    );
    const runtime = `${out}/usr/local/lib/runner/deno`;
    const script = `${out}/usr/local/lib/runner/program.js`;
    const before = await Deno.stat(runtime);
    assertEquals(before.size, (await Deno.stat(Deno.execPath())).size);
    const loader = await Deno.readTextFile(
      `${out}/usr/local/lib/runner/runner.js`,
    );
    assert(!/\/[/*]/.test(loader), "a comment costs a start a millisecond");
    const text = await Deno.readTextFile(script);
    assert(!text.includes(ROOT) && !text.includes("node_modules"));

    // A second build, from elsewhere: the same tree, the runtime not copied.
    await buildPortable({ source: ROOT, out });
    assertEquals(await describe(out), PORTABLE);
    assertEquals(await Deno.readTextFile(script), text);
    assertEquals((await Deno.stat(runtime)).ino, before.ino);

    await Deno.utime(runtime, 1, 1);
    await buildPortable({ source: ROOT, out });
    const after = await Deno.stat(runtime);
    assert(after.ino !== before.ino, "an outdated runtime was kept");
    assertEquals(await describe(out), PORTABLE);
  });
});

/** The modules in a bundle, as it names them. */
function modules(script: string): string[] {
  return [...script.matchAll(/^\/\/ (\S+\.(?:[jt]s|json))$/gm)]
    .map(([, path = ""]) => path);
}

Deno.test("the script holds the entrypoint alone: no test, no package, no path of this machine", async () => {
  await inFolder(async (folder) => {
    await bundle(`${ROOT}/cli.ts`, `${folder}/runner.js`);
    const script = await Deno.readTextFile(`${folder}/runner.js`);
    const found = modules(script);
    assert(found.includes("cli.ts"));
    assert(found.includes("runner/process.ts"));
    for (const path of found) {
      assertMatch(
        path,
        /^(cli\.ts|deno\.json|(host|runner|text)\/[a-z_]+\.ts)$/,
      );
      assert(!/_test|_testing|memory|_behaviour|manifest/.test(path), path);
    }
    assert(!script.includes(ROOT));
    assert(!script.includes("node_modules"));
    assert(!/^import /m.test(script));
    assert(!/\bimport\("/.test(script));
  });
});

Deno.test("bundle() reads no configuration, and says what it could not bundle", async () => {
  await inFolder(async (folder) => {
    const map = { imports: { "none": "./runner.ts" }, links: ["./nowhere"] };
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(map));
    await Deno.writeTextFile(`${folder}/runner.ts`, "console.log(1);");
    await bundle(`${folder}/runner.ts`, `${folder}/out.js`);
    for (const target of ["./none.ts", "none"]) {
      await Deno.writeTextFile(`${folder}/bad.ts`, `import '${target}';`);
      await assertRejects(
        () => bundle(`${folder}/bad.ts`, `${folder}/out.js`),
        Error,
        `Cannot bundle ${folder}/bad.ts: `,
      );
    }
  });
});

Deno.test("the compiled form is one executable, and takes the portable one's library away", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/usr/local/lib/runner`, { recursive: true });
    await Deno.mkdir(`${folder}/etc`);
    const built = await run(["--form=compiled", `--out=${folder}`], {
      env: { DENORT_BIN: "/bin/true" },
    });
    assertEquals(built, {
      code: 0,
      stderr: `built the compiled form in ${folder}\n`,
    });
    const paths = await describe(folder);
    assertEquals(paths.filter((line) => !line.startsWith("etc")), [
      "usr/ 755",
      "usr/local/ 755",
      "usr/local/bin/ 755",
      "usr/local/bin/runner 755",
      "usr/local/lib/ " +
      paths.find((line) => line.startsWith("usr/local/lib/ "))?.split(" ")[1],
    ]);
  });
});

Deno.test("a compiled form that fails leaves the tree as it was", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/usr/local/lib/runner`, { recursive: true });
    await assertRejects(
      () => buildCompiled({ source: `${folder}/nowhere`, out: folder }),
      Error,
    );
    await Deno.stat(`${folder}/usr/local/lib/runner`);
  });
});

const USAGE = "Usage: deno task build --form portable|compiled [--out DIR]\n";

Deno.test("the tool refuses what it does not understand with 2, and builds nothing", async () => {
  const table: [string[], string][] = [
    [[], "wanted a form, got none"],
    [["--form"], 'wanted a form, got ""'],
    [["--form", "static"], 'wanted a form, got "static"'],
    [["--form", "constructor"], 'wanted a form, got "constructor"'],
    [["--form", "portable", "x"], 'wanted --form and --out only, got "x"'],
    [["--from", "portable"], 'wanted --form and --out only, got "--from"'],
    [["--form", "portable", "--out"], "wanted a folder after --out, got none"],
    [["--form=portable", "--out="], "wanted a folder after --out, got none"],
  ];
  await inFolder(async (folder) => {
    const results = await Promise.all(
      table.map(([words]) => run(words, { cwd: folder })),
    );
    for (const [index, [, message]] of table.entries()) {
      assertEquals(results[index], {
        code: 2,
        stderr: `build: Cannot build: ${message}\n${USAGE}`,
      });
    }
    assertEquals(await describe(folder), []);
  });
});

Deno.test("the tool fails with 1 and one line, without a stack trace", async () => {
  const { code, stderr } = await run(["--form=portable", "--out=/dev/null/x"]);
  assertEquals(code, 1);
  assertMatch(stderr, /^build: [^\n]*\n$/);
});

Deno.test("the tree stands where images copy it from", () => {
  assertEquals(DEFAULT_ROOTFS, "dist/rootfs");
  assertEquals(ENTRYPOINT_PATH, "usr/local/bin/runner");
});

Deno.test("the first script of the portable form holds no more than a plain exec needs", async () => {
  await inFolder(async (folder) => {
    const script = `${folder}/exec.js`;
    await bundle(`${ROOT}/runner/portable_exec.ts`, script);
    assertEquals(modules(await Deno.readTextFile(script)), [
      "../host/host.ts",
      "../host/libc.ts",
      "../text/ascii.ts",
      "search_path.ts",
      "start_state.ts",
      "command_image.ts",
      "paths.ts",
      "identity.ts",
      "plain_env.ts",
      "plain_exec.ts",
      "process.ts",
      "portable_exec.ts",
    ]);
    const names = /REQUIRED_IDENTITY_KEYS = \[[^\]]*\];\s+\/\/ plain_env/;
    assertMatch(await Deno.readTextFile(script), names, "more than its keys");
  });
});
