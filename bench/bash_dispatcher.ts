/**
 * What users come from.
 *
 * @module
 */

/** A dispatcher as images commonly have one: what users come from. */
export const BASH_DISPATCHER = `#!/bin/bash
set -euo pipefail
[ "$(id -u)" -ne 0 ] || exit 77
set -a; . /etc/runner/image.env; set +a
[ -n "\${RUNNER_IMAGE:-}" ] && [ -n "\${RUNNER_DOMAIN:-}" ] && [ -n "\${RUNNER_ROLE:-}" ] || exit 78
case "\${1:-}" in
exec) shift; exec "$@" ;;
*) exit 64 ;;
esac
`;
