// A contract whose breach nobody notices protects nobody. Each mutant is a copy
// of the entrypoint's source that has lost one rule; every case named with it
// must turn red. These run in this process: `deno task test:mutation`.

import { assertEquals } from "@std/assert";
import { buildContractFiles, copySource, TempFolder } from "../_tree.ts";
import { CONTROL, MUTANTS, NOTHING_SUCCEEDS } from "./_all.ts";
import { each, runInMemory } from "./_cases.ts";

const mutants = MUTANTS.filter(({ stage }) => stage === "memory");

Deno.test("in memory, without a mutation, every case that is used passes", async () => {
  await using folder = new TempFolder();
  await buildContractFiles(folder.path);
  const source = `${folder.path}/source`;
  await copySource(source);
  const ids = [CONTROL, ...mutants.flatMap(({ cases }) => cases)];
  const used = [...new Set(ids)];
  const verdicts = await runInMemory(used, source, folder.path);
  assertEquals(verdicts, each(used, "pass"));
});

for (const mutant of mutants) {
  Deno.test(`mutant: ${mutant.rule}`, async () => {
    await using folder = new TempFolder();
    await buildContractFiles(folder.path);
    const source = `${folder.path}/source`;
    await copySource(source, mutant);
    const control = mutant.rule === NOTHING_SUCCEEDS ? [] : [CONTROL];
    const ids = [...control, ...mutant.cases];
    assertEquals(await runInMemory(ids, source, folder.path), {
      ...each(control, "pass"),
      ...each(mutant.cases, "assertion"),
    });
  });
}
