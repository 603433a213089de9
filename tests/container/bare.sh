# The world without an engine: the image's files in an empty directory that becomes the root. Sourced by container.sh;
# engine.sh says what a world offers.
# What crosses files looks unset or unused on its own.
# shellcheck shell=bash disable=SC2034,SC2154

bare=$tmp/root
# What outlives the bot: the one place it may write to.
data=$bare/data
# Where chroot is, which ordinary accounts do not have in their path.
PATH=$PATH:/usr/sbin:/sbin

build() {
    if [[ -z $binary ]]; then
        has cargo || stop_with "neither a container engine nor cargo works here: nothing can be tried"
        local triple
        triple=$(rustc --print host-tuple)
        # As the Dockerfile does it.
        (cd "$root" && RUSTFLAGS='-C target-feature=+crt-static -C link-arg=-Wl,-z,pack-relative-relocs' CARGO_TARGET_DIR=$target \
            cargo build --locked --package onrecord --bin onrecord --profile "$profile" --target "$triple")
        binary=$target/$triple/$profile/onrecord
    fi
    mkdir -p "$bare/etc" "$bare/run/secrets" "$bare/knowledge" "$bare/data"
    cp "$binary" "$bare/onrecord"
    cp "$root"/knowledge/*.toml "$bare/knowledge/"
    chmod -R a+rX "$tmp"
    : >"$tmp/idle"
}

# How much of a container this account may build by hand: the first of these that works. The bot takes no part in it, so
# that one which does not start there is not mistaken for an account without rights.
find_confinement() {
    # shellcheck disable=SC2016 # for the inner shell
    local try='mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && setpriv --no-new-privs chroot'
    if unshare --mount --pid --fork sh -c "$try --userspec=65532:65532 / true" sh "$bare" 2>/dev/null; then
        confinement=root
    elif unshare --user --map-root-user --mount --pid --fork sh -c "$try / true" sh "$bare" 2>/dev/null; then
        confinement=user
    else
        confinement=none
    fi
    has pgrep || confinement=none
    [[ $confinement != none ]] || return 0
    data=$tmp/data
    mkdir "$data"
    # As the image's folder, whose owner a volume takes over.
    [[ $confinement != root ]] || chown 65532:65532 "$data"
}

# Replaces this process by the bot.
#   root: PID 1 of its own process table, as the image's user, with a read-only root directory
#   user: the same, but as the only user that an ordinary account may be in there
#   none: an ordinary process in that directory
enter() {
    local variables=("$(sed -n 's/^ENV \(GLIBC_TUNABLES=\)/\1/p' "$root/Dockerfile")" ${envs[@]+"${envs[@]}"})
    if [[ $confinement == none ]]; then
        cd "$bare" || exit
        [[ -z $token ]] || variables+=("DISCORD_TOKEN_FILE=$token")
        [[ -z $knowledge ]] || set -- --knowledge "$knowledge" "$@"
        exec env -i ${variables[@]+"${variables[@]}"} ./onrecord "$@"
    fi
    printf '127.0.0.1 localhost\n' >"$bare/etc/hosts"
    printf 'nameserver %s\n' "${name_server:-127.0.0.1}" >"$bare/etc/resolv.conf"
    # A secret needs a file to be mounted on, and without a secret there must be none.
    rm -f "$bare/run/secrets/discord_token"
    [[ -z $token ]] || : >"$bare/run/secrets/discord_token"
    local namespaces=(--mount --pid --fork) user=(--userspec=65532:65532)
    if [[ $confinement == user ]]; then
        namespaces+=(--user --map-root-user)
        user=()
    fi
    # shellcheck disable=SC2016 # for the inner shell
    local prepare='
        root=$1 data=$2 knowledge=$3 token=$4
        shift 4
        mount --bind "$root" "$root"
        mount -o remount,bind,ro "$root"
        mount --bind "$data" "$root/data"
        [ -z "$knowledge" ] || mount --bind "$knowledge" "$root/knowledge"
        [ -z "$token" ] || mount --bind "$token" "$root/run/secrets/discord_token"
        exec "$@"'
    # The tools are looked for by name: the PATH is the one variable that comes along.
    exec unshare "${namespaces[@]}" sh -euc "$prepare" sh "$bare" "$data" "$knowledge" "$token" \
        env -i "PATH=$PATH" ${variables[@]+"${variables[@]}"} \
        setpriv --no-new-privs chroot ${user[@]+"${user[@]}"} "$bare" /onrecord "$@"
}

once() {
    code=0
    (enter "$@") >"$tmp/out" 2>"$tmp/err" </dev/null &
    wait_for $! 60
}

# wait_for PROCESS SECONDS: sets code; 137 where it had to be killed.
wait_for() {
    # shellcheck disable=SC2317 # called by name
    gone() { ! kill -0 "$1" 2>/dev/null; }
    code=0
    until_true "$2" gone "$1" || slay "$1"
    wait "$1" 2>/dev/null || code=$?
}

# The bot first, which changed its user and does not die with the process that started it.
slay() {
    pkill -KILL --parent "$1" 2>/dev/null || true
    kill -KILL "$1" 2>/dev/null || true
}

launch() {
    [[ -p $tmp/open ]] || mkfifo "$tmp/open"
    # Opened for writing too, so that its end never comes.
    (enter "$@") <>"$tmp/open" >"$tmp/log" 2>&1 &
    running=$!
    pid=$running
    until_true 5 is_there || true
}

# The bot is what the outermost process has become, or started.
is_there() {
    [[ $confinement == none ]] || pid=$(pgrep --parent "$running" || echo 0)
    [[ $(cat "/proc/$pid/comm" 2>/dev/null) == onrecord ]]
}

inside() { once "$@"; }

halt() {
    local begun
    begun=$(now_ms)
    kill -s "$1" "$pid"
    wait_for "$running" 10
    took=$(($(now_ms) - begun))
    running=''
}

log() { cat "$tmp/log"; }

stored() { stat --format '%u:%g %s' "$data/onrecord.db" 2>&1; }

drop() {
    [[ -n $running ]] || return 0
    slay "$running"
    wait "$running" 2>/dev/null || true
    running=''
}
