/**
 * Real images against the contract: the two of this repository, verified in
 * every way there is, and images that break one rule each.
 *
 * ```sh
 * deno run -A tests/containers/main.ts
 * ```
 *
 * Needs podman and buildah, and an image to build on, named by `BASE`; see
 * `.ci/containers`, which makes all of that.
 *
 * @module
 */

import { BROKEN_IMAGES, dockerfileOf } from "./broken_images.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const BASE = Deno.env.get("BASE") ?? "docker.io/library/debian:bookworm-slim";
const BASE_IMAGE = "localhost/runner-base";
const JQ_IMAGE = "localhost/runner-jq";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(program: string, args: readonly string[]): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

async function must(program: string, args: readonly string[]): Promise<Ended> {
  const ended = await run(program, args);
  if (ended.code === 0) return ended;
  throw new Error(
    `${program} ${args.join(" ")} ended with ${ended.code}\n${ended.stderr}`,
  );
}

function image(...words: string[]): Promise<Ended> {
  return run(Deno.execPath(), ["run", "-A", "image.ts", ...words]);
}

async function build(tag: string, args: readonly string[]): Promise<void> {
  const flags = ["--isolation=chroot", "--format=docker", "--timestamp=0"];
  await must("buildah", ["build", ...flags, `--tag=${tag}`, ...args]);
}

async function buildImages(): Promise<void> {
  const { execPath } = Deno;
  await must(execPath(), [
    "run",
    "-A",
    "tools/build.ts",
    "--form",
    "portable",
  ]);
  const manifests = [["base", "dist/rootfs"], ["jq", "images/jq/rootfs"]];
  for (const [name, out = ""] of manifests) {
    const made = await image(
      "materialize",
      `images/${name}/image.manifest`,
      "--out",
      out,
    );
    if (made.code !== 0) throw new Error(made.stderr);
  }
  const file = "--file=images/base/Dockerfile";
  await build(BASE_IMAGE, [`--build-arg=BASE=${BASE}`, file, "dist/rootfs"]);
  await build(JQ_IMAGE, [`--build-arg=BASE=${BASE_IMAGE}`, "images/jq"]);
}

class Tally {
  passed = 0;
  failed = 0;

  /** Counts one check, and shows what it saw if it fails. */
  check(name: string, isRight: boolean, { code, stdout, stderr }: Ended): void {
    console.log(`${isRight ? "ok" : "not ok"} ${name}`);
    if (isRight) {
      this.passed++;
      return;
    }
    this.failed++;
    console.log(`exit code ${code}\n${stdout}\n${stderr}`);
  }
}

/** The clauses that a verification found broken. */
function brokenClauses({ stdout }: Ended): string[] {
  return [...stdout.matchAll(/^broken +(\S+)/gm)].map(([, id = ""]) => id);
}

async function save(reference: string, format: string, file: string) {
  await must("podman", ["save", `--format=${format}`, "-o", file, reference]);
}

/** The files of an image, unpacked. */
async function unpack(reference: string, folder: string): Promise<void> {
  const { stdout } = await must("podman", ["create", reference, "help"]);
  const id = stdout.trim();
  const tar = `${folder}.tar`;
  try {
    await must("podman", ["export", "--output", tar, id]);
  } finally {
    await must("podman", ["rm", id]);
  }
  await Deno.mkdir(folder);
  await must("tar", ["-C", folder, "-xf", tar]);
  await Deno.remove(tar);
}

async function checkGoodImage(
  reference: string,
  specs: readonly string[],
  { tally, folder }: { readonly tally: Tally; readonly folder: string },
): Promise<void> {
  const name = reference.replace(/.*\//, "");
  const [docker, oci, tree] = ["docker.tar", "oci.tar", "tree"].map((end) =>
    `${folder}/${name}-${end}`
  );
  await save(reference, "docker-archive", docker ?? "");
  await save(reference, "oci-archive", oci ?? "");
  await unpack(reference, tree ?? "");
  const ways: readonly (readonly [string, readonly string[], number])[] = [
    ["podman", [reference, "--engine=podman", ...specs], 0],
    ["docker archive", [`--archive=${docker}`], 3],
    ["OCI archive", [`--archive=${oci}`], 3],
    ["sandbox", [`--sandbox=${tree}`], 0],
  ];
  for (const [way, words, code] of ways) {
    const ended = await image("verify", ...words);
    const isRight = ended.code === code && brokenClauses(ended).length === 0;
    tally.check(`${name} by ${way}`, isRight, ended);
  }
}

async function checkBrokenImages(
  { tally, folder }: { readonly tally: Tally; readonly folder: string },
): Promise<void> {
  for (const broken of BROKEN_IMAGES) {
    const reference = `localhost/runner-broken-${broken.name}`;
    const dockerfile = `${folder}/Dockerfile`;
    await Deno.writeTextFile(dockerfile, dockerfileOf(broken, JQ_IMAGE));
    await build(reference, [`--file=${dockerfile}`, "images/jq"]);
    const archive = `${folder}/broken.tar`;
    await save(reference, "docker-archive", archive);
    for (
      const [way, words] of [
        ["podman", [reference, "--engine=podman"]],
        ["archive", [`--archive=${archive}`]],
      ] as const
    ) {
      const ended = await image("verify", ...words);
      const clauses = brokenClauses(ended).join();
      const isRight = ended.code === 1 && clauses === broken.clause;
      tally.check(`${broken.name} by ${way}: ${broken.clause}`, isRight, ended);
    }
    await Deno.remove(archive);
    await must("podman", ["rmi", reference]);
  }
}

async function checkEngineTrouble(tally: Tally): Promise<void> {
  const calls: readonly (readonly [string, readonly string[], string])[] = [
    [
      "no such image",
      ["no-such-image", "--engine=podman"],
      "Cannot find image",
    ],
    [
      "no such engine",
      [JQ_IMAGE, "--engine=/nonexistent/podman"],
      "Cannot find container engine",
    ],
    ["an engine that fails", [JQ_IMAGE, "--engine=/bin/false"], "Cannot use"],
  ];
  for (const [name, words, message] of calls) {
    const ended = await image("verify", ...words);
    const isRight = ended.code === 1 && ended.stderr.includes(message) &&
      brokenClauses(ended).length === 0;
    tally.check(`${name} is trouble, not a violation`, isRight, ended);
  }
}

/** The folder for temporary files has no room for the image. */
async function checkFullDisk(
  { tally, folder }: { readonly tally: Tally; readonly folder: string },
): Promise<void> {
  const small = `${folder}/small`;
  await Deno.mkdir(small);
  const script = 'mount -t tmpfs -o size=1m tmpfs "$TMPDIR" && exec "$@"';
  const words = ["run", "-A", "image.ts", "verify", JQ_IMAGE];
  const ended = await run("env", [
    `TMPDIR=${small}`,
    ...["unshare", "--mount", "sh", "-c", script, "sh"],
    ...[Deno.execPath(), ...words, "--engine=podman"],
  ]);
  const isRight = ended.code === 1 && brokenClauses(ended).length === 0 &&
    ended.stderr.startsWith("image: Cannot save image");
  tally.check("a full disk is trouble, not a violation", isRight, ended);
}

/** Nothing may be left of the containers that were started. */
async function checkNothingIsLeft(tally: Tally): Promise<void> {
  const label = "label=io.runner.verify";
  const ended = await must("podman", ["ps", "-aq", "--filter", label]);
  tally.check("no container is left", ended.stdout === "", ended);
}

async function main(): Promise<number> {
  const tally = new Tally();
  const folder = await Deno.makeTempDir({ prefix: "runner-containers-" });
  try {
    await buildImages();
    const scene = { tally, folder };
    await checkGoodImage(BASE_IMAGE, [], scene);
    await checkGoodImage(JQ_IMAGE, ["--specs=images/jq/specs"], scene);
    await checkBrokenImages(scene);
    await checkEngineTrouble(tally);
    await checkFullDisk(scene);
    await checkNothingIsLeft(tally);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main());
