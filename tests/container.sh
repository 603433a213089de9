#!/usr/bin/env bash
# Checks the container image as an operator meets it: built by the Dockerfile, run without rights.
#
# Where no container engine runs, it builds the same static binary and checks that in an empty root directory instead.
# What could not be tried is said, a line each: `not run: ...`. Exit 0 when everything that ran passed, 1 when something
# did not, 2 when nothing could be tried.
#
# It takes minutes and is not part of `cargo test`. The parts are in container/: say (results), engine and bare (the two
# worlds), image, bot and compose (the checks), stand-in (Discord).
set -euo pipefail

usage() {
    cat <<'USAGE'
tests/container.sh [--engine docker|podman|none] [--image RUST_IMAGE] [--profile dist|release] [--binary FILE]

  --engine   instead of the first that works; none: an empty root directory
  --image    the image to compile in [default: the Dockerfile's]
  --profile  dist as shipped, or release, which compiles faster [default: dist]
  --binary   with --engine none: check this binary, compile none

CONTAINER_BUILD_FLAGS   more flags for the engine's `build`, like "--network host"
CARGO_TARGET_DIR        where to compile what is compiled outside a container [default: target/container]
USAGE
}

root=$(cd "$(dirname "$0")/.." && pwd)
tmp=$(mktemp -d)
# shellcheck source=tests/container/say.sh
. "$root/tests/container/say.sh"

engine='' rust_image='' profile=dist binary=''
while (($#)); do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --engine | --image | --profile | --binary)
            (($# > 1)) || stop_with "$1 needs a value"
            case $1 in
                --engine) engine=$2 ;;
                --image) rust_image=$2 ;;
                --profile) profile=$2 ;;
                --binary) binary=$2 ;;
            esac
            shift 2
            ;;
        *) usage >&2; stop_with "unknown argument $1" ;;
    esac
done
[[ $engine =~ ^(docker|podman|none|)$ ]] || stop_with "--engine is docker, podman or none, not $engine"
[[ $profile =~ ^(dist|release)$ ]] || stop_with "--profile is dist or release, not $profile"
[[ -z $binary || $engine == none ]] || stop_with '--binary goes with --engine none'
[[ -z $binary || -x $binary ]] || stop_with "--binary: $binary is no program"
read -ra build_flags <<<"${CONTAINER_BUILD_FLAGS:-}"
target=${CARGO_TARGET_DIR:-$root/target/container}

image=onrecord:test
goal=15000000 # bytes
memory_goal=15000000
ready_goal=1000 # milliseconds
patience=20   # seconds; far above what anything on loopback takes

# What a world is told: NAME=VALUE; another folder; the secret's file; an address.
envs=() knowledge='' token='' name_server=''
# What a world tells: a container's id or the outermost process; the bot's own process; exit code; milliseconds.
running='' pid=0 code=0 took=0
stand_in_pid=''

clean_up() {
    drop
    [[ -z $stand_in_pid ]] || kill "$stand_in_pid" 2>/dev/null || true
    rm -rf "$tmp"
}

# ---- an engine that really works --------------------------------------------------------------------------------------

# shellcheck source=tests/container/engine.sh
. "$root/tests/container/engine.sh"
case $engine in
    none) world=bare ;;
    '')
        world=bare
        for candidate in docker podman; do
            if engine_works "$candidate"; then
                engine=$candidate world=engine
                break
            fi
            note "$why"
        done
        ;;
    *) engine_works "$engine" || stop_with "$why"; world=engine ;;
esac
# shellcheck source=tests/container/bare.sh
[[ $world == engine ]] || . "$root/tests/container/bare.sh"
# shellcheck source=tests/container/image.sh
. "$root/tests/container/image.sh"
# shellcheck source=tests/container/bot.sh
. "$root/tests/container/bot.sh"
# shellcheck source=tests/container/compose.sh
. "$root/tests/container/compose.sh"
trap clean_up EXIT

# ---- build ------------------------------------------------------------------------------------------------------------

begun=$(now_ms)
if [[ $world == engine ]]; then note "engine: $engine, profile: $profile"; else note "no engine, profile: $profile"; fi
build || stop_with 'the build failed: nothing can be tried'
note "built in $((($(now_ms) - begun) / 1000)) s"

if [[ $world == engine ]]; then
    check_size 'size of the image' "$(image_says '{{.Size}}')"
    check_settings
    check_contents
    check_context
else
    check_size 'size of the binary' "$(stat -c %s "$bare/onrecord")"
    if has readelf; then
        seen=$(readelf --program-headers "$bare/onrecord" | grep INTERP || true)
        check 'the binary is static: it asks for no interpreter' "$seen" test -z "$seen"
    else
        skip 'the binary is static, by its headers' 'no readelf here'
    fi
    find_confinement
    once --version
    case $confinement in
        root) check 'it starts in an empty root directory' "$(said)" test "$code" = 0 ;;
        user) check 'it starts in an empty root directory of a user namespace' "$(said)" test "$code" = 0 ;;
        none)
            check 'it starts' "$(said)" test "$code" = 0
            skip 'start in an empty root directory' 'this account may make no namespaces'
            ;;
    esac
    skip "the Dockerfile's build, the image's settings and contents, what reaches the builder" 'they need an engine'
fi

# ---- run --------------------------------------------------------------------------------------------------------------

check_commands
check_bad_starts
check_rights
check_life
if [[ $world == engine ]]; then check_compose; else skip 'compose.yaml' 'it needs an engine'; fi

printf '%s passed, %s failed, %s not run\n' "$passed" "$failed" "$not_run"
((failed == 0))
