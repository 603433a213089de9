# The bot as one static binary and the story files, on nothing else: no shell, no package, no user but a number.
#
#   docker build -t onrecord .
#
# Kept to what every builder knows (docker 20.10 with and without BuildKit, podman, buildah): no syntax line, no cache
# mounts, no heredocs. The dependencies are a layer of their own instead, which builders cache and CI can export.

# For a build that can be repeated give a digest: --build-arg RUST_IMAGE=rust@sha256:...
ARG RUST_IMAGE=rust:1.95-slim-bookworm

FROM ${RUST_IMAGE} AS build
# `dist` links slowly and gives the smallest binary; `release` is for trying the image out.
ARG PROFILE=dist
# --build-arg SBOM=on writes what was compiled in into the binary (`cargo audit bin`, trivy and syft read it); it compiles
# cargo-auditable first, which takes a minute.
ARG SBOM=off
# A static binary needs no base image. Its target is always named below, so that the flag spares build scripts and
# procedural macros, which have to be dynamic. It is loaded at any address; packed, the list of places to set right then has 8 kB
# instead of 590, all of which are read at the start (glibc 2.36 and later: Debian 12).
ENV RUSTFLAGS="-C target-feature=+crt-static -C link-arg=-Wl,-z,pack-relative-relocs" \
    CARGO_TARGET_DIR=/target
WORKDIR /src

# The dependencies, behind empty crates, so that a change in src/ does not compile them again. The workspace's other
# crate serves the tests only, and has to be there for the workspace to resolve.
# Empty flags: what is compiled for this stage alone is not static.
RUN [ "${SBOM}" = off ] || RUSTFLAGS= cargo install --locked --version 0.7.7 cargo-auditable
COPY Cargo.toml Cargo.lock ./
COPY sandbox/Cargo.toml sandbox/
RUN mkdir -p src sandbox/src \
    && echo '//! Stands in for the crate.' > src/lib.rs \
    && cp src/lib.rs sandbox/src/lib.rs \
    && echo 'fn main() {}' > src/main.rs \
    && cargo $([ "${SBOM}" = off ] || echo auditable) build --locked --package onrecord --lib --profile "${PROFILE}" --target "$(rustc --print host-tuple)"

# The bot. Files keep the time they have outside, which may be before that of the empty crates: hence the touch.
COPY src src
RUN touch src/lib.rs src/main.rs \
    && cargo $([ "${SBOM}" = off ] || echo auditable) build --locked --package onrecord --bin onrecord --profile "${PROFILE}" \
        --target "$(rustc --print host-tuple)" \
    && mkdir -p /out/data \
    && cp "/target/$(rustc --print host-tuple)/${PROFILE}/onrecord" /out/onrecord

# Story files that only their author may read outside (umask 077) would be unreadable for the bot inside.
COPY knowledge /out/knowledge
RUN chmod -R u=rwX,go=rX /out/knowledge

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="onrecord" \
      org.opencontainers.image.description="A Discord bot that answers questions about a story on the record" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /out/onrecord /onrecord
COPY --from=build /out/knowledge /knowledge
# For what has to outlive a restart: a volume mounted here starts out with this owner.
COPY --from=build --chown=65532:65532 /out/data /data
# The folder `knowledge` and the file `onrecord.toml` are looked for here.
WORKDIR /
# The C library's memory: what is larger than 64 kB is given back when it is done with, and threads share one heap. Loading
# stories takes much that is not kept; 14.8 MB are held then instead of 15.5.
ENV GLIBC_TUNABLES=glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=65536
# A number, because there is no /etc/passwd, and because Kubernetes proves "not root" by the number only.
USER 65532:65532
STOPSIGNAL SIGTERM
# Asks the bot's own listener. podman drops this line unless it builds with --format docker; compose.yaml repeats it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["/onrecord", "healthcheck"]
ENTRYPOINT ["/onrecord"]
CMD ["run"]
