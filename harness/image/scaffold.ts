/**
 * A new derived image, as files that build and verify as they stand.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";
import dockerfile from "./template/Dockerfile.txt" with { type: "text" };
import plugin from "./template/hello.txt" with { type: "text" };
import manifest from "./template/image.manifest.txt" with { type: "text" };
import specs from "./template/specs.txt" with { type: "text" };

/** A file of a new image's folder. */
export interface ScaffoldFile {
  /** Path below the folder. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
  /** Its permission bits. */
  readonly mode: number;
}

const NAME_REGEXP = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * Writes up a new derived image: Dockerfile, manifest, one plugin, one
 * document with cases of its own.
 *
 * @param name The image's name: 1 to 64 of `a-z`, `0-9`, `.`, `_` and `-`,
 * beginning with a letter or digit.
 * @returns The files; nothing is written yet.
 * @throws {RangeError} If the name cannot be one.
 *
 * @example Usage
 * ```ts
 * import { scaffoldImage } from "./scaffold.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(scaffoldImage("terraform").map(({ path }) => path), [
 *   ".gitignore",
 *   "Dockerfile",
 *   "image.manifest",
 *   "runner.d/hello",
 *   "specs/terraform.spec.md",
 * ]);
 * ```
 */
export function scaffoldImage(name: string): ScaffoldFile[] {
  if (!NAME_REGEXP.test(name)) {
    throw new RangeError(
      `Cannot make image ${
        quoted(name)
      }: wanted 1 to 64 of "a-z", "0-9", ".", "_" and "-", beginning with a letter or digit`,
    );
  }
  const filled = (text: string) => text.replaceAll("{{name}}", name);
  return [
    { path: ".gitignore", text: "/rootfs/\n", mode: 0o644 },
    { path: "Dockerfile", text: filled(dockerfile), mode: 0o644 },
    { path: "image.manifest", text: filled(manifest), mode: 0o644 },
    { path: "runner.d/hello", text: plugin, mode: 0o755 },
    { path: `specs/${name}.spec.md`, text: filled(specs), mode: 0o644 },
  ];
}

/** The part of the machine that writing a new folder needs. */
export type ScaffoldHost = Pick<
  Host,
  "lstat" | "makeDirectory" | "remove" | "rename" | "writeFile"
>;

/**
 * Writes a new folder: all of its files, or none.
 *
 * @param host The machine.
 * @param files The files.
 * @param out The folder, which is not there yet.
 * @throws {UsageError} If there is something already.
 * @throws {HostError} If it cannot be written; then nothing is left behind.
 *
 * @example Usage
 * ```ts
 * import { scaffoldImage, writeScaffold } from "./scaffold.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ cwd: "/home" });
 * writeScaffold(host, scaffoldImage("jq"), "jq");
 * assertEquals(host.stat("/home/jq/runner.d/hello").mode, 0o755);
 * ```
 */
export function writeScaffold(
  host: ScaffoldHost,
  files: readonly ScaffoldFile[],
  out: string,
): void {
  const folder = out.length > 1 ? out.replace(/\/+$/, "") : out;
  if (isThere(host, folder)) {
    throw new UsageError(
      `Cannot make ${quoted(out)}: there is something of that name already`,
      { remedy: "Name another folder with --out, or take that one away" },
    );
  }
  const partial = `${folder}.partial`;
  host.remove(partial);
  try {
    for (const { path, text, mode } of files) {
      const target = `${partial}/${path}`;
      host.makeDirectory(target.slice(0, target.lastIndexOf("/")));
      host.writeFile(target, new TextEncoder().encode(text), { mode });
    }
    host.rename(partial, folder);
  } catch (error) {
    host.remove(partial);
    throw error;
  }
}

function isThere(host: Pick<Host, "lstat">, path: string): boolean {
  try {
    host.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof HostError && error.code === "ENOENT") return false;
    throw error;
  }
}
