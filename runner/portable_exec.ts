/**
 * The first part of the portable form: it becomes the tool of a plain
 * `runner exec COMMAND`, and leaves the rest to the second, `portable.ts`.
 *
 * @module
 */

import { libc } from "../host/libc.ts";
import { execPlainly } from "./plain_exec.ts";
import { ownProcess, readOwnStart } from "./process.ts";

execPlainly({
  userIds() {
    const { getuid, geteuid, getgid, getegid } = libc();
    return { uid: getuid(), euid: geteuid(), gid: getgid(), egid: getegid() };
  },
  stat(path) {
    const { isFile, isDirectory, size } = Deno.statSync(path);
    const kind = isFile ? "file" : isDirectory ? "directory" : "other";
    return { kind, size };
  },
  readTextFile: Deno.readTextFileSync,
}, { read: readOwnStart, replace: ownProcess.replace });
