# What the bot does in its world: single commands, its rights, a life with a stand-in for Discord. Sourced by container.sh.
# What crosses files looks unset or unused on its own.
# shellcheck shell=bash disable=SC2034,SC2154

# The first sample question of a story file.
sample_question() { sed -n '/^questions *= *\[/{N;s/[^"]*"\([^"]*\)".*/\1/p;q}' "$1"; }

answered() { [[ $code == 0 ]] && grep -q '"outcome":"answer"' "$tmp/out"; }

# Failing as it should: not with 0, and with one line for the user, which says `$1`.
one_line() {
    [[ $code != 0 && $code -lt 125 ]] && [[ $(grep -c '^onrecord: ' "$tmp/err") == 1 ]] &&
        grep '^onrecord: ' "$tmp/err" | grep -q "$1" && ! grep -qE 'panicked|RUST_BACKTRACE' "$tmp/err"
}

check_commands() {
    local question story
    once check
    check "check finds the story files: $(tail -n 1 "$tmp/out")" "exit $code, $(said)" test "$code" = 0
    question=$(sample_question "$(find "$root/knowledge" -name '*.toml' | sort | head -n 1)")
    once ask --json "$question"
    check "ask answers \"$question\"" "exit $code, $(said)" answered

    # Another folder in the place of the image's.
    mkdir "$tmp/stories" "$tmp/empty"
    cp "$root"/tests/stories/*.toml "$tmp/stories/"
    chmod -R a+rX "$tmp/stories" "$tmp/empty"
    # Sample questions are optional: the first file that has some.
    story=$(grep -l '^questions' "$tmp"/stories/*.toml | head -n 1)
    knowledge=$tmp/stories
    once ask --json "$(sample_question "$story")"
    check "a mounted folder takes the place of /knowledge ($(basename "$story") answers)" "exit $code, $(said)" answered
    knowledge=''

    # Nobody listens, and no listener.
    envs=("ONRECORD__SERVICE__LISTEN=127.0.0.1:$(free_port)")
    once healthcheck
    check 'healthcheck without a bot: exit 1' "exit $code, $(said)" test "$code" = 1
    envs=(ONRECORD__SERVICE__LISTEN=off)
    once healthcheck
    check 'healthcheck with the listener off: exit 2' "exit $code, $(said)" test "$code" = 2
    envs=()
}

check_bad_starts() {
    # Without a command the image runs `run`.
    if [[ $world == engine ]]; then once; else once run; fi
    check 'run without a token: one line, not 0' "exit $code, $(said)" one_line 'DISCORD_TOKEN'
    note "$(grep '^onrecord: ' "$tmp/err" || true)"
    echo 'a.wrong.token' >"$tmp/token"
    chmod 0444 "$tmp/token"
    token=$tmp/token knowledge=$tmp/empty
    once run
    check 'run without a story: one line, not 0' "exit $code, $(said)" one_line 'knowledge'
    knowledge=''
    envs=("ONRECORD__DISCORD__API_BASE=http://127.0.0.1:$(free_port)" ONRECORD__SERVICE__LISTEN=off)
    once run
    check 'run without a way to Discord: one line, not 0' "exit $code, $(said)" one_line '127\.0\.0\.1'
    token='' envs=()
}

# ---- rights -----------------------------------------------------------------------------------------------------------

status_of() { awk -v field="$1:" '$1 == field { $1 = ""; print substr($0, 2) }' "/proc/$pid/status"; }

check_rights() {
    # `chat` waits for a line that never comes.
    launch chat
    if [[ $(cat "/proc/$pid/comm" 2>/dev/null) != onrecord ]]; then
        skip 'uid, capabilities, no-new-privileges, read-only root' 'the process cannot be seen from here'
        drop
        return
    fi
    local seen
    if [[ $world == engine || $confinement == root ]]; then
        seen="$(status_of Uid) $(status_of Gid) $(status_of Groups)"
        # An engine may name the group among the supplementary ones as well.
        check 'runs as 65532:65532 and nobody else' "$seen" test -z "$(tr -s ' \t' '\n' <<<"$seen" | grep -vE '^(65532)?$' || true)"
        seen="$(status_of CapEff) $(status_of CapPrm) $(status_of CapInh)"
        check 'has no capabilities' "$seen" test -z "${seen//[0 ]/}"
    else
        skip 'uid and capabilities' 'this account may not become another user'
    fi
    if [[ $world == engine ]]; then
        seen=$(status_of CapBnd)
        check 'cannot get any' "$seen" test -z "${seen//0/}"
        note "seccomp mode $(status_of Seccomp)"
    else
        skip 'no capabilities to be had (bounding set), seccomp, limits of memory and processes' 'they need an engine'
    fi
    if [[ $world == bare && $confinement == none ]]; then
        skip 'no-new-privileges, read-only root, being PID 1' 'this account may make no namespaces'
    else
        seen=$(status_of NoNewPrivs)
        check 'cannot get new privileges' "$seen" test "$seen" = 1
        seen=$(awk '$5 == "/" { print $6 }' "/proc/$pid/mountinfo" | tail -n 1)
        check 'has a read-only root' "$seen" grep -qE '^ro(,|$)' <<<"$seen"
        seen=$(status_of NSpid)
        check 'is PID 1 of its own process table' "$seen" test "${seen##*[[:space:]]}" = 1
    fi
    drop
}

# ---- a life with a stand-in -------------------------------------------------------------------------------------------

free_port() {
    local port
    while port=$((RANDOM % 10000 + 20000)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

# Sets api, discord_token, dns, dns_port; fails where the stand-in cannot run.
start_stand_in() {
    local crate=$root/tests/container/stand-in
    cp "$root/Cargo.lock" "$crate/Cargo.lock"
    (cd "$crate" && CARGO_TARGET_DIR=$target cargo build --quiet) || return 1
    mkfifo "$tmp/to" "$tmp/from"
    "$target/debug/stand-in" <"$tmp/to" >"$tmp/from" 2>"$tmp/stand-in.log" &
    stand_in_pid=$!
    exec 8>"$tmp/to" 9<"$tmp/from"
    read -r -t 10 -u 9 _ api && read -r -t 10 -u 9 _ discord_token && read -r -t 10 -u 9 _ dns dns_port
}

stop_stand_in() {
    exec 8>&- 9<&-
    kill "$stand_in_pid" 2>/dev/null || true
    wait "$stand_in_pid" 2>/dev/null || true
    stand_in_pid=''
    rm -f "$tmp/to" "$tmp/from"
}

# tell LINE: sets heard.
tell() {
    heard=''
    echo "$1" >&8
    read -r -t 30 -u 9 heard || true
}

listener_says_ok() {
    local line
    { exec 7<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 1
    printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&7
    read -r -t 2 -u 7 line || true
    exec 7>&-
    [[ ${line:-} == *' 200 '* ]]
}

is_unhealthy() { inside healthcheck; [[ $code == 1 ]]; }

# Starts the bot against the stand-in; sets port.
launch_bot() {
    port=$(free_port)
    envs=("ONRECORD__DISCORD__API_BASE=$api" "ONRECORD__SERVICE__LISTEN=127.0.0.1:$port")
    local begun
    begun=$(now_ms)
    launch run
    until_true "$patience" listener_says_ok || return 1
    connected_after=$(($(now_ms) - begun))
}

check_life() {
    if ! has cargo; then
        skip 'a bot that connects, is healthy, answers, looks up names, stops' 'no cargo to compile the stand-in for Discord'
        return
    fi
    if ! start_stand_in; then
        fail 'the stand-in for Discord starts' "$(tail -n 3 "$tmp/stand-in.log" 2>/dev/null | tr '\n' ' ')"
        return
    fi
    check_wrong_token
    check_names
    # As compose.yaml says: readable for all.
    echo "$discord_token" >"$tmp/secret"
    chmod 0444 "$tmp/secret"
    token=$tmp/secret
    if launch_bot; then check_connected; else fail 'run connects' "$(log | tail -n 5 | tr '\n' ' ')"; fi
    drop
    if launch_bot; then check_cut_off; else fail 'run connects again' "$(log | tail -n 5 | tr '\n' ' ')"; fi
    drop
    token='' envs=()
}

check_wrong_token() {
    token=$tmp/token envs=("ONRECORD__DISCORD__API_BASE=$api" ONRECORD__SERVICE__LISTEN=off)
    once run
    check 'run with a wrong token: one line, not 0' "exit $code, $(said)" one_line '[Tt]oken'
    token='' envs=()
}

# A static C library carries its own name lookup; both of its ways are tried.
check_names() {
    local before
    token=$tmp/token
    if [[ $world == bare && $confinement == none ]]; then
        skip 'name lookup with only /etc/hosts and /etc/resolv.conf there' 'this account may make no namespaces'
        return
    fi
    tell requests
    before=$heard
    # The bot refuses to go on then: the gateway is on 127.0.0.1, which is another name.
    envs=("ONRECORD__DISCORD__API_BASE=http://localhost:${api##*:}" ONRECORD__SERVICE__LISTEN=off)
    once run
    tell requests
    check 'looks a name up in /etc/hosts' "$(said)" test "$heard" -gt "$before"
    if [[ $dns == none ]]; then
        skip 'looks a name up by DNS' "no name server can be started here: $dns_port"
    else
        # No certificate there: arriving is all that is asked for.
        envs=("ONRECORD__DISCORD__API_BASE=https://discord.test:$dns_port" ONRECORD__SERVICE__LISTEN=off)
        name_server=$dns
        once run
        name_server=''
        tell visited
        check 'looks a name up by DNS' "$(said)" test "$heard" = true
    fi
    token='' envs=()
}

check_connected() {
    local question seen
    note "connected and healthy ${connected_after} ms after the start"
    # A look takes a tenth of a second; what is compiled for trying out is slower.
    if [[ $profile == dist ]]; then
        check "it is ready within $ready_goal ms" "$connected_after ms" test "$connected_after" -le "$ready_goal"
    fi
    inside healthcheck
    check 'healthcheck with a connected bot: exit 0' "exit $code, $(said)" test "$code" = 0
    if [[ $world == engine ]]; then
        check 'the engine calls it healthy' 'not in time' until_true "$patience" engine_says_healthy
    else
        skip "the engine's own health state" 'it needs an engine'
    fi
    question=$(sample_question "$(find "$root/knowledge" -name '*.toml' | sort | head -n 1)")
    tell "mention $question"
    check 'answers a mention with a source' "$heard" grep -q 'https://' <<<"$heard"
    tell violations
    check "breaks none of Discord's rules on the way" "$heard" test "${heard%% *}" = 0
    if [[ $(cat "/proc/$pid/comm" 2>/dev/null) == onrecord ]]; then
        seen=$(($(status_of VmRSS | tr -dc 0-9) * 1024))
        check "it holds under $(megabytes "$memory_goal")" "$(megabytes "$seen")" test "$seen" -lt "$memory_goal"
        note "memory: $(status_of VmRSS), of it its own (not shared with the binary's file) $(status_of RssAnon); $(status_of Threads) threads"
    fi
    seen=$(stored)
    if [[ $world == engine || $confinement == root ]]; then
        check '/data holds the store, of the bot and nobody else' "$seen" grep -qE '^65532:65532 [1-9]' <<<"$seen"
    else
        check '/data holds the store' "$seen" grep -qE '^[0-9]+:[0-9]+ [1-9]' <<<"$seen"
    fi
    log >"$tmp/seen"
    seen=$(grep -cF "$discord_token" "$tmp/seen" || true)
    check 'the log does not show the token' "$seen times" test "$seen" = 0
    check 'the log shows the invite link' "$(tail -n 3 "$tmp/seen" | tr '\n' ' ')" grep -q 'permissions=' "$tmp/seen"
    halt TERM
    check "SIGTERM stops it within 10 s with exit 0 ($took ms)" "exit $code after $took ms" test "$code$((took < 10000))" = 01
}

check_cut_off() {
    stop_stand_in
    check 'healthcheck after Discord went away: exit 1' "exit $code, $(said)" until_true "$patience" is_unhealthy
    halt INT
    check "SIGINT stops it even then within 10 s with exit 0 ($took ms)" "exit $code after $took ms" test "$code$((took < 10000))" = 01
}
