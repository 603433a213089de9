# What is in the image, what it says about itself, and what reaches the builder. Sourced by container.sh.
# What crosses files looks unset or unused on its own.
# shellcheck shell=bash disable=SC2034,SC2154

# Names that a secret would have, and the form of a bot token.
secret_name='TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY'
token_form='[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}'

image_says() { "$engine" image inspect --format "$1" "$image"; }

check_settings() {
    local name format want seen
    while IFS='|' read -r name format want; do
        seen=$(image_says "$format")
        check "$name: $want" "$seen" test "$seen" = "$want"
    done <<'ROWS'
user|{{.Config.User}}|65532:65532
entry point|{{json .Config.Entrypoint}}|["/onrecord"]
command|{{json .Config.Cmd}}|["run"]
working directory|{{.Config.WorkingDir}}|/
stop signal|{{.Config.StopSignal}}|SIGTERM
title|{{index .Config.Labels "org.opencontainers.image.title"}}|onrecord
licence|{{index .Config.Labels "org.opencontainers.image.licenses"}}|MIT
ROWS
    # podman and docker write the field in two ways; both print the command.
    seen=$("$engine" image inspect "$image" | tr -d ' \n' | grep -o '"/onrecord","healthcheck"' | head -n 1 || true)
    check 'the image has a health check' 'none' test -n "$seen"
    seen=$(image_says '{{range .Config.Env}}{{println .}}{{end}}' | grep -iE "$secret_name" || true)
    check 'no variable of the image looks like a secret' "$seen" test -z "$seen"
    seen=$("$engine" history --no-trunc --format '{{.CreatedBy}}' "$image" | grep -iE "$secret_name|$token_form" || true)
    check 'no step of the image names a secret' "$seen" test -z "$seen"
}

# Layer by layer: what a later layer hides is in the image all the same.
check_contents() {
    local layers layer expected seen
    mkdir "$tmp/image"
    "$engine" save "$image" | tar --extract --directory "$tmp/image"
    layers=$(grep -o '"Layers":\[[^]]*\]' "$tmp/image/manifest.json" | grep -oE '[A-Za-z0-9/_.-]{20,}')
    for layer in $layers; do
        tar --list --verbose --numeric-owner --file "$tmp/image/$layer" >>"$tmp/contents"
        tar --extract --to-stdout --file "$tmp/image/$layer" >>"$tmp/bytes"
    done
    seen=$(awk '{ print $6 }' "$tmp/contents" | sed 's|^\./||; s|/$||' | sort -u | grep -v '^$')
    expected=$(cd "$root" && printf '%s\n' data knowledge onrecord knowledge/*.toml | sort -u)
    check "the image holds the binary, the $(grep -c / <<<"$expected") story files of the project, an empty /data and nothing else" \
        "$(diff <(echo "$expected") <(echo "$seen") | tr -s '\n' ' ')" test "$seen" = "$expected"
    seen=$(awk '$6 ~ /^(\.\/)?data\/?$/ { print $2 }' "$tmp/contents")
    check '/data belongs to the bot' "$seen" test "$seen" = 65532/65532
    # Nothing else does, so that the bot could not change it even without a read-only root.
    seen=$(awk '$6 !~ /data/ && ($2 != "0/0" || $1 ~ /^.....w|^........w/ || $1 !~ /^.......r/)' "$tmp/contents")
    check 'everything else belongs to root and can only be read' "$seen" test -z "$seen"
    seen=$(LC_ALL=C grep -aoE "$token_form" "$tmp/bytes" || true)
    check 'no layer holds what looks like a bot token' 'found one' test -z "$seen"
    rm -r "$tmp/image" "$tmp/bytes"
}

# The list in .dockerignore, as the builder understands it.
check_context() {
    local seen id
    printf 'FROM scratch\nCOPY . /\n' >"$tmp/context.Dockerfile"
    "$engine" build --quiet --file "$tmp/context.Dockerfile" --tag onrecord:context "$root" >/dev/null 2>"$tmp/err"
    id=$("$engine" create onrecord:context /none)
    # Engines add these folders to whatever they create.
    seen=$("$engine" export "$id" | tar --list | sed 's|^\./||' | grep -v '/$' |
        grep -vE '^(dev|etc|proc|run|sys)/|^\.dockerenv$' |
        grep -vE '^(Cargo\.(toml|lock)|sandbox/Cargo\.toml|knowledge/[^/]+\.toml|src/([^./][^/]*/)*[^./][^/]*)$' || true)
    "$engine" rm "$id" >/dev/null
    "$engine" rmi onrecord:context >/dev/null
    check 'nothing but what compiles reaches the builder' "$(tr -s '\n' ' ' <<<"$seen")" test -z "$seen"
}
