# What is being checked, and how it is said. Sourced by container.sh.
# shellcheck shell=bash disable=SC2154

passed=0 failed=0 not_run=0
pass() { passed=$((passed + 1)); printf 'ok       %s\n' "$1"; }
fail() { failed=$((failed + 1)); printf 'FAILED   %s: %s\n' "$1" "$2"; }
skip() { not_run=$((not_run + 1)); printf 'not run: %s (%s)\n' "$1" "$2"; }
note() { printf '         %s\n' "$1"; }
stop_with() { printf 'container.sh: %s\n' "$1" >&2; exit 2; }

# check NAME DETAIL COMMAND...: passes when the command does; DETAIL says what was seen where it does not.
check() {
    local name=$1 detail=$2
    shift 2
    if "$@"; then pass "$name"; else fail "$name" "$detail"; fi
}

has() { command -v "$1" >/dev/null 2>&1; }
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
megabytes() { printf '%d.%02d MB' $(($1 / 1000000)) $(($1 % 1000000 / 10000)); }

# The goal is for what is shipped.
check_size() {
    note "$1: $(megabytes "$2")"
    if [[ $profile == dist ]]; then
        check "the $1 is under $(megabytes "$goal")" "$(megabytes "$2")" test "$2" -lt "$goal"
    else
        skip "the $1 is under $(megabytes "$goal")" 'that is the goal of --profile dist'
    fi
}

# until_true SECONDS COMMAND...: looks ten times a second.
until_true() {
    local tries=$(($1 * 10))
    shift
    until "$@"; do
        tries=$((tries - 1))
        ((tries > 0)) || return 1
        sleep 0.1
    done
}

# What the last command said, on one line, for details.
said() { tr -s '\n' ' ' <"$tmp/out"; tr -s '\n' ' ' <"$tmp/err"; }
