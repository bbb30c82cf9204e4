#!/bin/sh
# Runs the entrypoint of an image in a container; the words go to the entrypoint.
#
# The environment says how; image verify sets these:
#
#   ENGINE_PROGRAM    docker, podman, nerdctl, or the path of one
#   ENGINE_IMAGE      the image
#   ENGINE_LABEL      a label by which the container is found again
#   ENGINE_ARGS       further flags of its run command, one on a line
#
# And this a case may set:
#
#   SANDBOX_USER      uid:gid to run as, the image's own user by default
#
# Nothing is pulled, and there is no network: a check that changed with the
# weather would be none. Exit code 125 is the engine's own, as always.

set -eu

user=${SANDBOX_USER:-}
[ "$user" = "" ] || user=--user=$user
newline='
'
# Words are split at line ends only, and never expanded.
set -f
IFS=$newline
exec "$ENGINE_PROGRAM" run --rm --interactive --network=none --pull=never \
  --label="$ENGINE_LABEL" $user ${ENGINE_ARGS:-} "$ENGINE_IMAGE" "$@"
