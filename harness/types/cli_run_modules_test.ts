import { assertEquals } from "@std/assert";
import { toFileUrl } from "@std/path";
import { denoHost } from "../../host/deno_host.ts";
import { rawCase, runType, suiteContext } from "./_type_test_helpers.ts";
import { cliRun } from "./cli_run.ts";

/** Modules below a contract root, each printing its own name. */
const FILES = [
  "specs/beside.ts",
  "specs/odd #?% name.ts",
  "above.ts",
  "pkg/one.ts",
  "pkg/two.js",
  "pkg/three.mjs",
  "pkg/sub/four/mod.ts",
];

function inRepository(check: (root: string) => Promise<void>) {
  return async () => {
    const root = Deno.realPathSync(Deno.makeTempDirSync());
    for (const name of FILES) {
      const path = `${root}/${name}`;
      Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      const text = `export const main = () => console.log(${
        JSON.stringify(name)
      });`;
      Deno.writeTextFileSync(path, text);
    }
    Deno.mkdirSync(`${root}/.git`);
    try {
      await check(root);
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  };
}

function run(entrypoint: string, root: string) {
  const harness = { entrypoint };
  const raw = rawCase({ harness, path: `${root}/specs/a.spec.md` });
  const context = suiteContext(denoHost());
  return runType(cliRun, { raw, context }, ["stdout"]);
}

Deno.test(
  "an entrypoint is a file: beside the document, absolute, dotted, a URL",
  inRepository(async (root) => {
    const table = {
      "./beside.ts": "specs/beside.ts",
      "beside.ts": "specs/beside.ts",
      "../above.ts": "above.ts",
      [`${root}/above.ts`]: "above.ts",
      "above": "above.ts",
      "pkg.one": "pkg/one.ts",
      "pkg.two": "pkg/two.js",
      "pkg.three": "pkg/three.mjs",
      "pkg.sub.four": "pkg/sub/four/mod.ts",
      [toFileUrl(`${root}/pkg/one.ts`).href]: "pkg/one.ts",
      [toFileUrl(`${root}/specs/odd #?% name.ts`).href]:
        "specs/odd #?% name.ts",
    };
    for (const [module, name] of Object.entries(table)) {
      const ending = await run(`${module}:main`, root);
      assertEquals(ending, { read: { stdout: `${name}\n` } }, module);
    }
  }),
);

// What this project itself is built from, so that it is there without network.
const ELSEWHERE = [
  "@std/assert",
  "jsr:@std/assert@^1.0.19",
  "npm:deno-std@1.4.0/assert/mod.js",
  "node:assert",
  "data:text/javascript,export function assert() {}",
];

Deno.test("an entrypoint is a name of the import map, of a registry, of Node", async () => {
  for (const module of ELSEWHERE) {
    const name = module === "node:assert" ? "ok" : "assert";
    const entrypoint = `${module.replaceAll(" ", "%20")}:${name}`;
    const ending = await run(entrypoint, "/nowhere");
    assertEquals(ending, { read: { stdout: "" } }, module);
    const wrong = await run(`${entrypoint}x`, "/nowhere");
    const message = "message" in wrong ? wrong.message : "";
    assertEquals(message.includes(`has no export "${name}x"`), true, message);
  }
});
