#!/bin/sh
# The sandbox: runs the entrypoint of a rootfs tree at its real paths, as a user
# that is not root, without a container engine.
#
#   sh sandbox.sh [WORD...]          the words go to the entrypoint
#
# The environment says which tree and how; image verify sets these:
#
#   SANDBOX_MODE      user   two user namespaces, works for everybody who may
#                            make them
#                     root   a mount namespace and a change of user, for root
#                            where user namespaces are refused
#   SANDBOX_ROOTFS    the tree, absolute
#   SANDBOX_MOUNT     an empty directory to mount the new root on
#   SANDBOX_DECLARED_USER
#                     uid:gid that the tree declares
#   SANDBOX_NAME      the user's name
#   SANDBOX_HOME      the user's home
#   SANDBOX_WORKDIR   the work directory
#
# And these a case may set:
#
#   SANDBOX_USER      uid:gid to run as, the tree's declared user by default
#   SANDBOX_SETUP     shell text, run in the new root before the entrypoint, as
#                     its administrator: it can break what a case wants broken
#   SANDBOX_ENV       variables for the entrypoint, one NAME=VALUE on a line
#   SANDBOX_PROGRAM   what is started instead of the entrypoint
#
# The new root is a tmpfs that goes away with the process. What it shows of the
# machine is bound read-only; nothing outside can be changed from inside.
#
# Exit code 125 means that the sandbox itself failed, as with container engines;
# every other exit code is the entrypoint's.

set -eu

fail() {
  echo "sandbox: $1" >&2
  exit 125
}

# Outside: make the namespaces, and go on inside them.
if [ "${SANDBOX_STAGE:-outside}" = outside ]; then
  export SANDBOX_STAGE=inside
  case $SANDBOX_MODE in
  user) set -- --user --map-root-user -- sh "$0" "$@" ;;
  root) set -- -- sh "$0" "$@" ;;
  *) fail "unknown SANDBOX_MODE: $SANDBOX_MODE" ;;
  esac
  exec unshare --mount --pid --fork --kill-child "$@"
fi

# Inside: this is process 1, and administrator of what follows.
root=$SANDBOX_MOUNT
tree=$SANDBOX_ROOTFS
user=${SANDBOX_USER:-$SANDBOX_DECLARED_USER}
uid=${user%%:*}
gid=${user##*:}
newline='
'

mount -t tmpfs -o mode=0755,nosuid sandbox "$root" || fail "cannot mount the new root"
cd "$root"
umask 022
mkdir -p dev etc/runner proc tmp usr/bin usr/sbin usr/lib usr/lib64 usr/share \
  usr/local/bin usr/local/lib/runner usr/local/lib/runner.d "./$SANDBOX_HOME" "./$SANDBOX_WORKDIR"
ln -s usr/bin usr/sbin usr/lib usr/lib64 .
ln -s /proc/self/fd dev/fd
printf '%s:x:%s:%s::%s:/bin/sh\n' "$SANDBOX_NAME" "$uid" "$gid" "$SANDBOX_HOME" >etc/passwd
printf '%s:x:%s:\n' "$SANDBOX_NAME" "$gid" >etc/group

# One call of mount(8) for everything; each source is bound only if it is here.
# In its table a blank or a backslash is written as an octal number.
table=
field() {
  case $1 in
  *[[:space:]\\]*) printf '%s' "$1" | sed 's/\\/\\134/g; s/ /\\040/g; s/\t/\\011/g' ;;
  *) printf '%s' "$1" ;;
  esac
}
root_field=$(field "$root")
tree_field=$(field "$tree")
bind() { # source, target, options
  [ -e "$1" ] || return 0
  source=$1
  [ "$1" = "${1#"$tree"}" ] || source=$tree_field${1#"$tree"}
  table="$table$source $root_field/$2 none bind,$3 0 0$newline"
}
for name in bin sbin lib lib64 share; do
  bind "/usr/$name" "usr/$name" ro,nosuid,nodev
done
for name in null zero full random urandom tty; do
  : >"dev/$name"
  bind "/dev/$name" "dev/$name" rw
done
if [ -d /etc/alternatives ]; then
  mkdir etc/alternatives
  bind /etc/alternatives etc/alternatives ro,nosuid,nodev
fi
if [ -d "$tree/usr/local/lib/runner" ]; then
  bind "$tree/usr/local/lib/runner" usr/local/lib/runner ro,nosuid,nodev
fi
: >usr/local/bin/runner
bind "$tree/usr/local/bin/runner" usr/local/bin/runner ro,nosuid,nodev
printf '%sproc %s/proc proc nosuid,nodev,noexec 0 0\n' "$table" "$root_field" >mounts
mount -a -T mounts || fail "cannot bind the machine's files into the new root"
rm mounts

# What a case may break is copied, not bound.
cp -R "$tree/etc/runner/." etc/runner/ || fail "the tree has no etc/runner"
cp -R "$tree/usr/local/lib/runner.d/." usr/local/lib/runner.d/ || fail "the tree has no plugin directory"
chmod 0555 etc/runner usr/local/lib/runner.d
chmod 1777 tmp
if [ "$SANDBOX_MODE" = root ]; then
  chown "$uid:$gid" "./$SANDBOX_HOME" "./$SANDBOX_WORKDIR"
fi
if [ -n "${SANDBOX_SETUP:-}" ]; then
  sh -eu -c "$SANDBOX_SETUP" >&2 </dev/null || fail "the setup of the case failed"
fi

# The environment of the entrypoint: a search path, a home, what the case says.
variables=${SANDBOX_ENV:-}
set -- "${SANDBOX_PROGRAM:-/usr/local/bin/runner}" "$@"
while [ -n "$variables" ]; do
  last=${variables##*"$newline"}
  [ -z "$last" ] || set -- "$last" "$@"
  case $variables in
  *"$newline"*) variables=${variables%"$newline"*} ;;
  *) variables= ;;
  esac
done
set -- env -i "PATH=/usr/local/bin:/usr/bin:/bin" "HOME=$SANDBOX_HOME" "$@"

if [ "$SANDBOX_MODE" = root ]; then
  exec chroot --userspec="$uid:$gid" --groups="$gid" "$root" \
    env --chdir="$SANDBOX_WORKDIR" "$@"
fi
exec unshare --user --map-user="$uid" --map-group="$gid" \
  --root="$root" --wd="$SANDBOX_WORKDIR" -- "$@"
