/**
 * The fixed paths of a runner image. No variable or option moves them.
 *
 * Source: Runner Platform Contract, "Plugin mechanism" and "Image identity
 * contract".
 *
 * @module
 */

/** The plugin directory. */
export const PLUGIN_DIRECTORY = "/usr/local/lib/runner.d";

/** The image identity. */
export const IDENTITY_FILE = "/etc/runner/image.env";

/** What the image declares about its user, shell and work directory. */
export const RUNTIME_FILE = "/etc/runner/runtime.env";

/** The versions of the image's tools. */
export const TOOLS_FILE = "/etc/runner/tools.env";

/** Texts with which a derived image extends `info`. */
export const INFO_DIRECTORY = "/etc/runner/info.d";
