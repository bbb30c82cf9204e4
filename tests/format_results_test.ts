// What is laid out comes to the same results.

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import type { CaseResult } from "../harness/case.ts";
import { discover, type SpecDocument } from "../harness/discover.ts";
import { formatDocument } from "../harness/layout/format_document.ts";
import { runSuite } from "../harness/run_suite.ts";
import { denoHost } from "../host/deno_host.ts";
import { runtimeEnvironment } from "./_runtime_environment.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));

/** What becomes of the cases, without the places in messages. */
async function resultsOf(
  documents: readonly (SpecDocument & { readonly bytes: Uint8Array })[],
) {
  const results: CaseResult[] = [];
  await runSuite({
    documents,
    environment: runtimeEnvironment(),
    reporters: [{ case: (result) => void results.push(result), end() {} }],
    warn: () => {},
  }, denoHost());
  return results.map(({ id, status, category, message }) => ({
    id: id.replace(/:\d+$/, ""),
    status,
    category,
    // Where the document itself is looked at, it has more lines now.
    message: message?.replace(/:\d+(?::\d+)?|\(\d+(?= more lines)/g, "N"),
  }));
}

/** The documents of a folder as they are, and laid out. */
function bothWays(folder: string) {
  const host = denoHost();
  const read = discover([ROOT + folder], host, {
    recursive: true,
    formats: ["md", "yaml"],
  }).map((document) => ({
    ...document,
    bytes: host.readFile(document.path),
  }));
  const laid = read.map((document) => {
    const { text } = formatDocument(document, document.bytes);
    const bytes = new TextEncoder().encode(text);
    return text === undefined ? document : { ...document, bytes };
  });
  return { read, laid };
}

Deno.test("cases that fail come to the same if they are laid out", async () => {
  const { read, laid } = bothWays("specs/harness/failing");
  assertEquals(await resultsOf(laid), await resultsOf(read));
});

Deno.test("cases that pass do so if they are laid out", async () => {
  const { laid } = bothWays("specs/harness");
  const own = laid.filter(({ path }) => !path.includes("/failing/"));
  const results = await resultsOf(own);
  const failed = results.filter(({ status }) => status !== "pass");
  assertEquals(failed, []);
  assert(results.length > 200, String(results.length));
});
