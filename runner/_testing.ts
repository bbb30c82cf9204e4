/**
 * A valid image in memory and a process that only remembers: what the tests of
 * the entrypoint share.
 *
 * @module
 */

import type { MemoryFile, MemoryHostOptions } from "../host/memory_host.ts";
import { HostError } from "../host/host.ts";
import type { ProcessImage, ProcessPort, ReplaceFailure } from "./process.ts";
import type { Restore } from "./start_state.ts";

/** One byte for each character: neither words nor entries need be UTF-8. */
export function raw(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** What {@linkcode raw} takes. */
export function text(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** Process attributes that differ from every default. */
export const RESTORE: Restore = { openFilesLimit: 7n, ignoreSigpipe: true };

/** A process that replaces nothing. */
export interface FakeProcess extends ProcessPort {
  /** What it was asked to become, in order. */
  readonly images: ProcessImage[];
}

/** Makes a process that was started with words and an environment. */
export function fakeProcess(
  words: readonly string[],
  options: {
    readonly environment?: readonly string[];
    /** What `replace` says. Default: a search that found nothing. */
    readonly failure?: ReplaceFailure;
    /** The error name with which `/proc` cannot be read. */
    readonly broken?: string;
  } = {},
): FakeProcess {
  const { environment = [], failure, broken } = options;
  const images: ProcessImage[] = [];
  return {
    images,
    start: () => {
      if (broken !== undefined) {
        throw new HostError(broken, "/proc/self/cmdline");
      }
      return {
        words: words.map(raw),
        environment: environment.map(raw),
        restore: RESTORE,
      };
    },
    replace: (image) => {
      images.push(image);
      return failure ?? { code: "ENOENT", path: undefined };
    },
  };
}

/** Where plugins stand. */
export const PLUGINS = "/usr/local/lib/runner.d";

/** A plugin as it should be. */
export const TOOL: MemoryFile = { kind: "file", mode: 0o555 };

/** Files of a valid image, some of them changed or taken away. */
export function imageFiles(
  changes: Readonly<Record<string, string | MemoryFile | undefined>> = {},
): NonNullable<MemoryHostOptions["files"]> {
  const files: Readonly<Record<string, string | MemoryFile | undefined>> = {
    "/etc/runner/image.env":
      "RUNNER_IMAGE=base\nRUNNER_DOMAIN=base\nRUNNER_ROLE=role\n",
    "/etc/runner/runtime.env": "RUNTIME_SHELL=/bin/bash\n",
    "/etc/runner/tools.env": "TOOL_JQ_VERSION=1.6\n",
    [PLUGINS]: { kind: "directory", mode: 0o555 },
    [`${PLUGINS}/hello`]: TOOL,
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, file]) =>
      file === undefined ? [] : [[path, file]]
    ),
  );
}
