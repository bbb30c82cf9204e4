/** Stand-in for `@std/path`: the same code, from the npm registry. */
import * as untyped from "deno-std/path/mod.js";

/** Options of {@linkcode globToRegExp}. */
export interface GlobOptions {
  readonly extended?: boolean;
  readonly globstar?: boolean;
  readonly os?: "linux" | "darwin" | "windows";
  readonly caseInsensitive?: boolean;
}

export const basename: (path: string, suffix?: string) => string =
  untyped.basename;
export const dirname: (path: string) => string = untyped.dirname;
export const extname: (path: string) => string = untyped.extname;
export const fromFileUrl: (url: URL | string) => string = untyped.fromFileUrl;
export const globToRegExp: (glob: string, options?: GlobOptions) => RegExp =
  untyped.globToRegExp;
export const isAbsolute: (path: string) => boolean = untyped.isAbsolute;
export const join: (path: string | URL, ...paths: string[]) => string =
  untyped.join;
export const normalize: (path: string | URL) => string = untyped.normalize;
export const relative: (from: string, to: string) => string = untyped.relative;
export const resolve: (...segments: string[]) => string = untyped.resolve;
export const toFileUrl: (path: string) => URL = untyped.toFileUrl;
