/**
 * Suites: what a case costs on top of reading and parsing its YAML.
 *
 * @module
 */

import { parse } from "@std/yaml/parse";
import { extractBlocks } from "../harness/extract.ts";
import { runSuite } from "../harness/run_suite.ts";
import { denoHost } from "../host/deno_host.ts";
import { measure, timingTable } from "./measure.ts";

const DOCUMENTS = 100;
const CASES = 100;
const ROUNDS = 5;

function caseText(document: number, index: number): string {
  return `
\`\`\`yaml spec-test
id: bench-${document}-${index}
type: text.file
title: Case ${index} of document ${document}
assert:
  - target: text
    must:
      - contain: ["bench-${document}-${index}", "Document ${document}"]
      - regex: ['(?m)^# Document \\d+$']
      - evaluate:
          - ["gt", ["len", ["subject"]], 100]
  - target: text
    cannot:
      - regex: ['\\Ano such text ${index}']
\`\`\`
`;
}

async function writeCorpus(folder: string): Promise<void> {
  for (let document = 0; document < DOCUMENTS; document++) {
    let text = `# Document ${document}\n`;
    for (let index = 0; index < CASES; index++) {
      text += caseText(document, index);
    }
    await Deno.writeTextFile(`${folder}/${document}.spec.md`, text);
  }
}

/** Measures 10,000 text cases against reading and parsing their YAML alone. */
export async function benchSuite(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "runner-bench-" });
  try {
    await writeCorpus(folder);
    const timings = await measure([
      { name: "read and parse the YAML alone", run: () => parseAll(folder) },
      { name: "`runSuite`, 10,000 cases", run: () => runAll(folder) },
    ], ROUNDS);
    return timingTable(timings);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function parseAll(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    const text = Deno.readTextFileSync(`${folder}/${name}`);
    for (const block of extractBlocks(name, text)) {
      if (block.kind === "block") parse(block.text);
    }
  }
}

async function runAll(folder: string): Promise<void> {
  const options = { paths: [folder], reporters: [] };
  const { passed, failed } = await runSuite(options, denoHost());
  if (passed !== DOCUMENTS * CASES || failed !== 0) {
    throw new Error(`wanted every case to pass, got ${passed} and ${failed}`);
  }
}
