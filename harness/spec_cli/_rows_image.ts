/** Flags of `image` alone: what is verified and written. */

import type { FlagRow } from "./flag_row.ts";
import { text, texts } from "./_row_values.ts";

/** Flags of `image` alone: what is verified and written. */
export const IMAGE_FLAGS: readonly FlagRow[] = [
  {
    name: "engine",
    section: "What is verified",
    help: "with IMAGE: the engine",
    default: "the first of docker, podman and nerdctl that is here",
    commands: ["image verify"],
    kind: "value",
    metavar: "PROGRAM",
    option: "engine",
    read: text,
  },
  {
    name: "engine-arg",
    section: "What is verified",
    help: "with IMAGE: a flag for the engine's run command",
    commands: ["image verify"],
    kind: "value",
    metavar: "FLAG",
    repeatable: true,
    option: "engineArgs",
    read: texts,
  },
  {
    name: "sandbox",
    section: "What is verified",
    help:
      "a rootfs tree. Its entrypoint is started at its real paths, as the user it declares, in namespaces of its own; no container engine is needed",
    commands: ["image verify"],
    kind: "value",
    metavar: "DIR",
    names: "folder",
    option: "sandbox",
    read: text,
  },
  {
    name: "archive",
    section: "What is verified",
    help:
      "a saved image: what docker save or podman save wrote, an OCI archive, or the folder of an OCI layout. Only looked at: nothing is started and nothing is unpacked",
    commands: ["image verify"],
    kind: "value",
    metavar: "FILE",
    names: "file",
    option: "archive",
    read: text,
  },
  {
    name: "platform",
    section: "What is verified",
    help: "with --archive: which of several platforms",
    default: "this machine's",
    commands: ["image verify"],
    kind: "value",
    metavar: "OS/ARCH",
    option: "platform",
    read: text,
  },
  {
    name: "ref",
    section: "What is verified",
    help: "with --archive: which of several images",
    commands: ["image verify"],
    kind: "value",
    metavar: "NAME",
    option: "ref",
    read: text,
  },
  {
    name: "out",
    section: "What is written",
    help: "the folder to write",
    commands: ["image init", "image materialize"],
    kind: "value",
    metavar: "DIR",
    names: "folder",
    option: "out",
    read: text,
  },
];
