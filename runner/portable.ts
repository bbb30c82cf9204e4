/**
 * `runner` in its portable form: the same program as `cli.ts`, built to a script
 * that is not a module.
 *
 * @module
 */

import { entrypoint } from "./entrypoint.ts";

const code = entrypoint();
if (typeof code === "number") Deno.exit(code);
else code.then(Deno.exit);
