// The end is the tool's: every exit code, every signal, over and over.

import { checkEndings, CODES, SIGNALS } from "../entrypoint/_endings.ts";
import { openSandbox, sandboxTests } from "../entrypoint/_sandbox.ts";

const sandbox = await openSandbox();
const test = sandboxTests(sandbox);

test("of 600 starts, 32 at a time, each ends as its own tool does: with every exit code, by every signal", async () => {
  const table = [...SIGNALS, ...CODES, ...CODES, ...CODES].slice(0, 600);
  await checkEndings(sandbox, table);
});
