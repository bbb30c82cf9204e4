/**
 * The images of this repository, as far as they can be checked without building
 * them: manifests, cases, permissions, and what every Dockerfile must say.
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { denoHost } from "../host/deno_host.ts";
import { listSuite } from "../harness/run_suite.ts";
import { parseManifest } from "../runner/manifest.ts";

const IMAGES = new URL("../images/", import.meta.url).pathname;
const NAMES = [...Deno.readDirSync(IMAGES)]
  .filter(({ isDirectory }) => isDirectory)
  .map(({ name }) => name)
  .toSorted();

Deno.test("there is a base image and a derived one", () => {
  assertEquals(NAMES, ["base", "jq"]);
});

for (const name of NAMES) {
  const folder = `${IMAGES}${name}`;

  Deno.test(`the manifest of ${name} is valid, and its user the Dockerfile's`, async () => {
    const bytes = await Deno.readFile(`${folder}/image.manifest`);
    const result = parseManifest(bytes);
    assert(result.ok, JSON.stringify(result));
    const { uid, gid } = result.manifest.user;
    const dockerfile = await Deno.readTextFile(`${folder}/Dockerfile`);
    const users = [...dockerfile.matchAll(/^USER (.*)$/gm)].map((m) => m[1]);
    assertEquals(users.at(-1), `${uid}:${gid}`);
  });

  Deno.test(`the Dockerfile of ${name} takes its base by argument`, async () => {
    const dockerfile = await Deno.readTextFile(`${folder}/Dockerfile`);
    assertMatch(dockerfile, /^ARG BASE=\S+\nFROM \$\{BASE\}$/m);
  });
}

Deno.test("only the base sets an entrypoint, in exec form, and clears the command", async () => {
  const base = await Deno.readTextFile(`${IMAGES}base/Dockerfile`);
  assertMatch(base, /^ENTRYPOINT \["\/usr\/local\/bin\/runner"\]$/m);
  assertMatch(base, /^CMD \[\]$/m);
  const jq = await Deno.readTextFile(`${IMAGES}jq/Dockerfile`);
  assert(!/^(ENTRYPOINT|CMD)/m.test(jq));
});

Deno.test("plugins can be run, and the cases of an image can be read", () => {
  const { mode } = Deno.statSync(`${IMAGES}jq/runner.d/keys`);
  assertEquals((mode ?? 0) & 0o111, 0o111);
  const { problems } = listSuite(
    { paths: [`${IMAGES}jq/specs`] },
    denoHost(),
  );
  assertEquals(problems, []);
});
