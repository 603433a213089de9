# The world of a container engine. Sourced by container.sh.
#
# Both worlds offer: build, once ARGS (sets code, fills $tmp/out and $tmp/err), launch ARGS (sets running and pid), inside
# ARGS (in what was launched), halt SIGNAL (sets code and took), log, drop. They read envs, knowledge, token, name_server.
# What crosses files looks unset or unused on its own.
# shellcheck shell=bash disable=SC2034,SC2154

# A client without a daemon and an engine that cannot start a process are both common: only starting one is proof.
engine_works() {
    local engine=$1 works=true
    has "$engine" || { why="no $engine here"; return 1; }
    timeout 30 "$engine" info >/dev/null 2>"$tmp/err" || { why="$engine has no working daemon or storage"; return 1; }
    # A program that is on every Linux machine, with its libraries. Elsewhere `info` has to do.
    has ldd && ldd /bin/true >/dev/null 2>&1 || return 0
    local files=(/bin/true)
    mapfile -t -O 1 files < <(ldd /bin/true | grep -o '/[^ )]*')
    tar --create --dereference --absolute-names "${files[@]}" | "$engine" import - onrecord:probe >/dev/null 2>"$tmp/err" || works=false
    ! $works || timeout 60 "$engine" run --rm --network none --cap-drop ALL onrecord:probe /bin/true >/dev/null 2>"$tmp/err" || works=false
    "$engine" rmi onrecord:probe >/dev/null 2>&1 || true
    why="$engine cannot start a process: $(tail -n 1 "$tmp/err")"
    $works
}

build() {
    local flags=(--tag "$image" --build-arg "PROFILE=$profile" ${build_flags[@]+"${build_flags[@]}"})
    [[ -z $rust_image ]] || flags+=(--build-arg "RUST_IMAGE=$rust_image")
    # The OCI format has no place for a health check.
    [[ $engine != podman ]] || flags+=(--format docker)
    "$engine" build "${flags[@]}" "$root"
}

# The flags of compose.yaml. The host's network, because the stand-in for Discord listens on its loopback.
run_flags() {
    flags=(--network host --read-only --cap-drop ALL --security-opt no-new-privileges --memory 256m --pids-limit 256)
    # What outlives the bot; a new volume takes over the owner that the folder has in the image.
    flags+=(--volume /data)
    local variable
    for variable in ${envs[@]+"${envs[@]}"}; do flags+=(--env "$variable"); done
    # `z` is for SELinux and nothing elsewhere; everything mounted is a copy of this script's.
    [[ -z $knowledge ]] || flags+=(--volume "$knowledge:/knowledge:ro,z")
    [[ -z $token ]] || flags+=(--volume "$token:/run/secrets/discord_token:ro,z")
    [[ -z $name_server ]] || flags+=(--dns "$name_server")
}

once() {
    local flags
    run_flags
    code=0
    timeout 60 "$engine" run --rm "${flags[@]}" "$image" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || code=$?
}

launch() {
    local flags
    run_flags
    # podman leaves health checks to systemd timers.
    [[ $engine == podman ]] || flags+=(--health-interval 1s)
    running=$("$engine" run --detach --interactive "${flags[@]}" "$image" "$@")
    pid=$("$engine" inspect --format '{{.State.Pid}}' "$running")
}

inside() {
    code=0
    timeout 20 "$engine" exec "$running" /onrecord "$@" >"$tmp/out" 2>"$tmp/err" || code=$?
}

halt() {
    local begun
    begun=$(now_ms)
    if [[ $1 == TERM ]]; then
        # Sends the image's STOPSIGNAL; kills after 10 s, which is exit code 137.
        "$engine" stop -t 10 "$running" >/dev/null
    else
        "$engine" kill --signal "$1" "$running" >/dev/null
        timeout 10 "$engine" wait "$running" >/dev/null || "$engine" kill "$running" >/dev/null
    fi
    took=$(($(now_ms) - begun))
    code=$("$engine" inspect --format '{{.State.ExitCode}}' "$running")
}

log() { "$engine" logs "$running" 2>&1; }

stored() {
    "$engine" cp "$running:/data/onrecord.db" - 2>&1 | tar --list --verbose --numeric-owner 2>&1 |
        awk '{ sub("/", ":", $2); print $2, $3 }'
}

drop() {
    [[ -n $running ]] || return 0
    "$engine" rm --force --volumes "$running" >/dev/null 2>&1 || true
    running=''
}

engine_says_healthy() {
    if [[ $engine == podman ]]; then
        podman healthcheck run "$running" >/dev/null 2>&1
    else
        [[ $("$engine" inspect --format '{{.State.Health.Status}}' "$running") == healthy ]]
    fi
}
