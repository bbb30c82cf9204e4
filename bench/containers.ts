/**
 * Containers: what the entrypoint costs where users meet it, in `podman run`.
 *
 * Needs the base image, which `.ci/containers` makes, and is measured only when
 * it is asked for: `deno task bench containers`.
 *
 * @module
 */

import { BASH_DISPATCHER } from "./bash_dispatcher.ts";
import { measure, timingTable } from "./measure.ts";

const ROUNDS = 30;
const BASE = "localhost/runner-base";
const BASH = "localhost/runner-bash-dispatcher";

const DOCKERFILE = `FROM ${BASE}
USER 0:0
COPY dispatcher /usr/local/bin/dispatcher
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/dispatcher"]
`;

/** Measures the same command behind both entrypoints, in turn. */
export async function benchContainers(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "runner-bench-" });
  try {
    await Deno.writeTextFile(`${folder}/Dockerfile`, DOCKERFILE);
    await Deno.writeTextFile(`${folder}/dispatcher`, BASH_DISPATCHER);
    await Deno.chmod(`${folder}/dispatcher`, 0o755);
    call("buildah", "build", "--isolation=chroot", `--tag=${BASH}`, folder);
    const run = (image: string) => () =>
      call("podman", "run", "--rm", "--network=none", image, "exec", "true");
    const timings = await measure([
      { name: "`podman run`, bash dispatcher", run: run(BASH) },
      { name: "`podman run`, runner", run: run(BASE) },
    ], ROUNDS);
    call("podman", "rmi", BASH);
    return timingTable(timings);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function call(program: string, ...args: string[]): void {
  const { code, stderr } = new Deno.Command(program, { args }).outputSync();
  if (code === 0) return;
  throw new Error(
    `${program} ended with ${code}: ${new TextDecoder().decode(stderr)}`,
  );
}
