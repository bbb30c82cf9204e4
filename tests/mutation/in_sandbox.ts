// Mutants that only a process can tell from the entrypoint: they are built, and
// started in the sandbox. See in_memory.ts.

import { assertEquals } from "@std/assert";
import { prepareSandbox } from "../../harness/image/sandbox.ts";
import { openTree } from "../../harness/image/tree.ts";
import { denoHost } from "../../host/deno_host.ts";
import { buildBaseTree, buildMutant } from "../_tree.ts";
import { CONTROL, MUTANTS } from "./_all.ts";
import { each, runInSandbox } from "./_cases.ts";

const folder = await Deno.makeTempDir({ prefix: "runner-mutants-" });
const base = `${folder}/base`;
await buildBaseTree(base);
const host = denoHost();
const prepared = await prepareSandbox(host, openTree(host, base));
globalThis.addEventListener("unload", () => {
  if (prepared.ok) prepared.sandbox[Symbol.dispose]();
  Deno.removeSync(folder, { recursive: true });
});

const ROOT_CASE = "platform.user.effective-root";
const isRoot = prepared.ok &&
  prepared.sandbox.capabilities.includes("sandbox.root");

/** Registers a test, or says why it is left out. */
function test(
  name: string,
  cases: readonly string[],
  tree: () => string | Promise<string>,
  verdict: string,
): void {
  const reason = !prepared.ok
    ? `no sandbox on this machine: ${prepared.reasons.join("; ")}`
    : cases.length === 1 && cases[0] === ROOT_CASE && !isRoot
    ? "only root can be two users at once"
    : undefined;
  Deno.test({
    name: reason === undefined ? name : `${name} (left out: ${reason})`,
    ignore: reason !== undefined,
    async fn() {
      if (!prepared.ok) throw new Error("no sandbox");
      const ids = [CONTROL, ...cases];
      assertEquals(await runInSandbox(ids, prepared.sandbox, await tree()), {
        ...each([CONTROL], "pass"),
        ...each(cases, verdict),
      });
    },
  });
}

const mutants = MUTANTS.filter(({ stage }) => stage === "sandbox");
const used = [...new Set(mutants.flatMap(({ cases }) => cases))]
  .filter((id) => id !== ROOT_CASE || isRoot);

test(
  "in the sandbox, without a mutation, every case that is used passes",
  used,
  () => base,
  "pass",
);

for (const [index, mutant] of mutants.entries()) {
  const place = `${folder}/${index}`;
  test(
    `mutant: ${mutant.rule}`,
    mutant.cases,
    () => buildMutant(base, place, mutant),
    "assertion",
  );
}
