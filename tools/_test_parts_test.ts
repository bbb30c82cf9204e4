import { assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { writeParts } from "./_test_parts.ts";
import { ALONE } from "./test.ts";

const ROOT = fromFileUrl(new URL("..", import.meta.url)).replace(/\/$/, "");

async function inFolder(
  action: (folder: string) => Promise<void> | void,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "runner-parts-" });
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function write(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const parent = `${folder}/${path}`.replace(/\/[^/]*$/, "");
    await Deno.mkdir(parent, { recursive: true });
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
}

const example = (line: string) =>
  ["/**", " * ```ts", ` * ${line}`, " * ```", " */"].join("\n");

const PROJECT = {
  "deno.json": JSON.stringify({
    exclude: ["dist/"],
    test: { exclude: ["!dist/tests/", "links/"] },
  }),
  "one_test.ts": 'Deno.test("one", () => {});',
  "sub/two.test.ts": 'Deno.test("two", () => {});',
  "sub/value.ts": `${
    example(
      'import { value } from "./value.ts"; console.log(value, import.meta.url);',
    )
  }\nexport const value = "the value";`,
  "page.md": "```ts\nthrow new Error('of the page');\n```\n",
  "apart_test.ts": `${example("")}\nDeno.test("apart", () => {});`,
  "contest.ts": 'Deno.test("no test module", () => {});',
  ...Object.fromEntries(
    ["dist", "dist/tests", "links", "node_modules", ".git"].map((
      folder,
    ) => [`${folder}/left_out_test.ts`, 'Deno.test("left out", () => {});']),
  ),
};

Deno.test("parts hold each test and each example once, and find what these import", async () => {
  await inFolder(async (root) => {
    await write(root, PROJECT);
    const out = `${root}/dist/tests`;
    const parts = writeParts({ root, out, without: ["apart_test.ts"] });
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", ...parts],
      cwd: root,
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder().decode(stdout);
    assertEquals(success, false);
    const ends = text.matchAll(/^(\S+) \.\.\. (ok|FAILED) \(.*\)$/gm);
    assertEquals(Array.from(ends, ([, name, end]) => `${name} ${end}`), [
      "one ok",
      "two ok",
      "page.md#1-4 FAILED",
      "sub/value.ts#2-5 ok",
    ]);
    assertStringIncludes(text, `the value file://${root}/sub/value.ts\n`);
    assertStringIncludes(text, "dist/tests/page.md/1-4.ts:1:7");
  });
});

Deno.test("of parts nothing stays that has become another, or is gone", async () => {
  await inFolder(async (root) => {
    await write(root, PROJECT);
    const options = { root, out: `${root}/dist/tests`, without: [] };
    const first = writeParts(options);
    const page = `${options.out}/page.md/1-4.ts`;
    const { mtime } = await Deno.stat(page);
    assertEquals(writeParts(options), first);
    assertEquals((await Deno.stat(page)).mtime, mtime);
    await write(root, { "page.md": "" });
    writeParts(options);
    assertEquals(
      await Deno.stat(page).catch((error) => error.name),
      "NotFound",
    );
  });
});

Deno.test("every test module of this repository is in one part, or runs alone", async () => {
  const { stdout } = await new Deno.Command("find", {
    args: [".", "-name", "*_test.ts", "-not", "-path", "./dist/*"],
    cwd: ROOT,
  }).output();
  const modules = new TextDecoder().decode(stdout).matchAll(/^\.\/(.*)$/gm);
  const wanted = Array.from(modules, ([, path = ""]) => path)
    .filter((path) => !ALONE.some((alone) => alone === path));
  await inFolder((out) => {
    const parts = writeParts({ root: ROOT, out, without: ALONE });
    const imported = parts.flatMap((part) => {
      const text = Deno.readTextFileSync(part);
      return Array.from(
        text.matchAll(/^import "(.*)"/gm),
        ([, url = ""]) => fromFileUrl(url).slice(ROOT.length + 1),
      );
    });
    assertEquals(
      imported.filter((path) => path !== "tools/test.ts").toSorted(),
      wanted.toSorted(),
    );
  });
});
