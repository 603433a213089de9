# compose.yaml as it is, but for what ties it to Discord. Sourced by container.sh.
# What crosses files looks unset or unused on its own.
# shellcheck shell=bash disable=SC2034,SC2154

# Sets compose: the command that works here.
find_compose() {
    if "$engine" compose version >/dev/null 2>&1; then
        compose=("$engine" compose)
    elif [[ $engine == docker ]] && has docker-compose && docker-compose version >/dev/null 2>&1; then
        compose=(docker-compose)
    else
        return 1
    fi
    compose+=(--file "$root/compose.yaml" --project-name "onrecord-test-$$")
}

check_compose() {
    if ! find_compose; then
        skip 'compose.yaml' "neither \`$engine compose\` nor docker-compose here"
        return
    fi
    echo "${discord_token:-none}" >"$tmp/secret"
    chmod 0444 "$tmp/secret"
    export ONRECORD_TOKEN_FILE=$tmp/secret
    check 'compose.yaml is valid' "$(tr '\n' ' ' <"$tmp/err")" compose_is_valid
    if ! has cargo || ! start_stand_in; then
        skip 'compose.yaml brings a bot up' 'no stand-in for Discord'
        return
    fi
    port=$(free_port)
    cat >"$tmp/override.yaml" <<OVERRIDE
services:
  onrecord:
    image: $image
    network_mode: host
    environment:
      ONRECORD__DISCORD__API_BASE: $api
      ONRECORD__SERVICE__LISTEN: 127.0.0.1:$port
    healthcheck:
      interval: 1s
OVERRIDE
    compose+=(--file "$tmp/override.yaml")
    if "${compose[@]}" up --detach --no-build >"$tmp/out" 2>"$tmp/err"; then
        running=$("${compose[@]}" ps --quiet onrecord)
        check 'compose brings a bot up that is healthy' "$(log | tail -n 3 | tr '\n' ' ')" until_true "$patience" engine_says_healthy
        check_compose_rights
        "${compose[@]}" stop >/dev/null 2>&1
        code=$("$engine" inspect --format '{{.State.ExitCode}}' "$running")
        check 'compose stops it with exit 0' "exit $code" test "$code" = 0
    else
        fail 'compose brings a bot up' "$(said)"
    fi
    "${compose[@]}" down --volumes >/dev/null 2>&1 || true
    running=''
    stop_stand_in
}

compose_is_valid() { "${compose[@]}" config >/dev/null 2>"$tmp/err"; }

check_compose_rights() {
    local name format want seen
    while IFS='|' read -r name format want; do
        seen=$("$engine" inspect --format "$format" "$running")
        check "compose: $name $want" "$seen" test "$seen" = "$want"
    done <<'ROWS'
read-only root|{{.HostConfig.ReadonlyRootfs}}|true
capabilities dropped:|{{.HostConfig.CapDrop}}|[ALL]
security options|{{.HostConfig.SecurityOpt}}|[no-new-privileges:true]
user|{{.Config.User}}|65532:65532
memory|{{.HostConfig.Memory}}|268435456
processes|{{.HostConfig.PidsLimit}}|256
restart policy|{{.HostConfig.RestartPolicy.Name}}|unless-stopped
ROWS
}
