/**
 * Saved images: what reading one costs, against tools that only test or digest
 * the same bytes, and how much memory it takes.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import {
  archiveOf,
  dockerParts,
  folderOf,
  layoutParts,
  type TestImage,
} from "../harness/image/archive/_image_testing.ts";
import { tarOf } from "../harness/image/archive/_tar_testing.ts";
import { readImage } from "../harness/image/archive/read_image.ts";
import { denoHost } from "../host/deno_host.ts";
import { measure, timingTable } from "./measure.ts";

const MIB = 2 ** 20;
const LAYERS = 4;
const FILES = 1000;
const LARGE = 200 * MIB;
const SMALL = 20 * MIB;
const ROUNDS = 5;

/** Measures an image of 200 MiB in four layers, 4,000 files. */
export async function benchArchive(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "runner-bench-" });
  try {
    const large = await writeImages(`${folder}/large`, LARGE);
    const small = await writeImages(`${folder}/small`, SMALL);
    const timings = await measure([
      { name: "`gzip -t`", run: () => run("gzip", "-t", large.packed) },
      {
        name: "`sha256sum`, packed",
        run: () => run("sha256sum", large.packed),
      },
      { name: "read, OCI layout, gzip", run: () => read(large.layout) },
      { name: "`sha256sum`, plain", run: () => run("sha256sum", large.docker) },
      { name: "read, docker archive, plain", run: () => read(large.docker) },
    ], ROUNDS);
    return `${timingTable(timings)}\n${await memoryTable(large, small)}`;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The same image three times. */
interface Images {
  /** An OCI layout with gzip layers. */
  readonly layout: string;
  /** The packed layers one behind the other. */
  readonly packed: string;
  /** A docker archive with plain layers. */
  readonly docker: string;
}

async function writeImages(folder: string, bytes: number): Promise<Images> {
  const layers = Array.from(
    { length: LAYERS },
    (_, index) => layerOf(index, bytes / LAYERS),
  );
  const images: Images = {
    layout: `${folder}/layout`,
    packed: `${folder}/layers.gz`,
    docker: `${folder}/docker.tar`,
  };
  await Deno.mkdir(`${images.layout}/blobs/sha256`, { recursive: true });
  const packed: Uint8Array[] = [];
  const pack = (layer: Uint8Array) => {
    const bytes = new Uint8Array(gzipSync(layer));
    packed.push(bytes);
    return bytes;
  };
  await writeParts({ layers, pack }, images.layout);
  await Deno.writeFile(images.packed, new Blob(packed.map(own)).stream());
  await Deno.writeFile(images.docker, archiveOf(dockerParts({ layers })));
  return images;
}

function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

async function writeParts(image: TestImage, root: string): Promise<void> {
  const files = Object.entries(folderOf(layoutParts(image), root));
  for (const [path, content] of files) {
    const bytes = typeof content === "string"
      ? new TextEncoder().encode(content)
      : content;
    await Deno.writeFile(path, bytes);
  }
}

/** Files that pack about as programs do: half noise, half repetition. */
function layerOf(layer: number, bytes: number): Uint8Array {
  const size = Math.floor(bytes / FILES);
  const entries = Array.from({ length: FILES }, (_, index) => {
    const content = new Uint8Array(size);
    crypto.getRandomValues(content.subarray(0, Math.min(size / 2, 65_536)));
    return { name: `usr/lib/${layer}/${index}`, content };
  });
  return tarOf(entries);
}

async function run(program: string, ...args: string[]): Promise<void> {
  const command = new Deno.Command(program, { args, stdout: "null" });
  const { success } = await command.output();
  if (!success) throw new Error(`${program} failed`);
}

async function read(path: string): Promise<void> {
  const { tree } = await readImage(denoHost(), path);
  let files = 0;
  for (const [, { kind }] of tree.files()) if (kind === "file") files++;
  if (files !== LAYERS * FILES) throw new Error(`${files} files were found`);
}

async function memoryTable(large: Images, small: Images): Promise<string> {
  const rows = [
    ["nothing", ""],
    [`${SMALL / MIB} MiB, gzip`, small.layout],
    [`${LARGE / MIB} MiB, gzip`, large.layout],
    [`${LARGE / MIB} MiB, plain`, large.docker],
  ] as const;
  let table = "| image | peak memory of the process |\n| --- | --- |\n";
  for (const [name, path] of rows) {
    table += `| ${name} | ${await peakOf(path)} MiB |\n`;
  }
  return table;
}

/** Runs this module in a process of its own; see the end of the file. */
async function peakOf(path: string): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--cached-only", import.meta.url, path],
    stderr: "inherit",
  });
  const { success, stdout } = await command.output();
  if (!success) throw new Error("cannot measure memory");
  return Number(new TextDecoder().decode(stdout));
}

if (import.meta.main) {
  const [path = ""] = Deno.args;
  if (path !== "") await read(path);
  const status = await Deno.readTextFile("/proc/self/status");
  const kibibytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
  console.log(Math.round(kibibytes / 1024));
}
