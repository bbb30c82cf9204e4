import { assert, assertEquals } from "@std/assert";
import { preparePackage } from "./publish_prepare.ts";

const ROOT = new URL("../", import.meta.url).pathname.replace(/\/$/, "");

Deno.test("preparePackage() writes what is published and nothing else", async () => {
  const out = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${out}/stray`, "from an earlier time");
    const paths = await preparePackage(ROOT, out);
    for (const wanted of ["mod.ts", "cli.ts", "LICENSE", "runner/main.ts"]) {
      assert(paths.includes(wanted), wanted);
    }
    assert(paths.includes("specs/platform/exec.spec.md"));
    assert(paths.includes("runner/schemas/info.schema.json"));
    assert(paths.includes("harness/image/sandbox.sh"));
    assertEquals(
      paths.filter((path) => /_test\.ts|^tools|^tests|_testing/.test(path)),
      [],
    );
    const names = [...Deno.readDirSync(out)].map(({ name }) => name);
    assertEquals(names.includes("stray"), false);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("preparePackage() leaves no link, and the real registry's names", async () => {
  const out = await Deno.makeTempDir();
  try {
    await preparePackage(ROOT, out);
    const config = JSON.parse(await Deno.readTextFile(`${out}/deno.json`));
    assertEquals(Object.hasOwn(config, "links"), false);
    assertEquals(Object.keys(config.imports).length, 5);
    for (const [name, target] of Object.entries(config.imports)) {
      assert(String(target).startsWith(`jsr:${name}@`), name);
    }
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
