#!/bin/sh
# Makes `cargo build --target wasm32-unknown-unknown` work, by the first way that does. Idempotent.
#
#   exports=$(.ci/wasm-toolchain.sh) && eval "$exports"
#
# Log on stderr. On stdout only `export` lines, and none when the active toolchain will do.
#   (a) the active toolchain has the target   nothing to do
#   (b) rustup can add it                     rustup target add
#   (c) Debian, root, apt                     Debian's rustc and its own library source: std is built
#                                             once, offline, into a private toolchain (a minute of CPU)
# Where none of them works it fails at once and says what is missing.
#
#   --no-rustup            go straight to (c)
#   VARIORUM_CACHE         where (c) keeps its toolchain, default ~/.cache/variorum
#   VARIORUM_RUSTUP_IDLE   seconds without a byte after which (b) is given up, default 10
set -eu
target=wasm32-unknown-unknown
cache=${VARIORUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/variorum}
name=variorum-wasm
rustup_wanted=1
for arg in "$@"; do
  case $arg in
    --no-rustup) rustup_wanted= ;;
    *) echo "unknown option $arg" >&2; exit 2 ;;
  esac
done

say() { printf 'wasm-toolchain: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
quote() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
# Is there a std for the target in the sysroot of this rustc?
has_std() {
  libdir=$("$1" --print target-libdir --target $target 2>/dev/null) || return 1
  ls "$libdir"/libstd[-.]*rlib >/dev/null 2>&1
}

# (a)
if [ -n "$rustup_wanted" ] && command -v rustc >/dev/null 2>&1 && has_std rustc; then exit 0; fi

# (b) A refused or unknown host fails in 0.2 s; a network that swallows packets would cost rustup
#     three minutes. The limit is one of idle time, so a slow but living download is not cut.
if [ -n "$rustup_wanted" ] && command -v rustup >/dev/null 2>&1; then
  say "rustup target add $target"
  mark=$(mktemp)
  if RUSTUP_DOWNLOAD_TIMEOUT=${VARIORUM_RUSTUP_IDLE:-10} RUSTUP_MAX_RETRIES=0 RUST_BACKTRACE=0 \
    timeout -k 5 600 rustup target add $target >&2 && has_std rustc; then
    rm -f "$mark"
    exit 0
  fi
  # All that a failed try leaves behind is an empty file.
  find "${RUSTUP_HOME:-$HOME/.rustup}/downloads" -name '*.partial' -size 0 -newer "$mark" -delete 2>/dev/null || :
  rm -f "$mark"
  say "rustup could not add it"
fi

# (c)
debian_ready() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -e /usr/lib/rustlib/src/rust/library/vendor ] &&
    { [ -x /usr/bin/lld-22 ] || [ -x /usr/bin/rust-lld ]; }
}
packages="rustc-web cargo-web rust-web-src lld-22"
install_packages() {
  DEBIAN_FRONTEND=noninteractive timeout 900 apt-get -o DPkg::Lock::Timeout=300 \
    install -y -qq --no-install-recommends $packages >&2
}
if ! debian_ready; then
  [ -r /etc/debian_version ] && command -v apt-get >/dev/null 2>&1 ||
    die "the target $target is missing, rustup cannot add it, and this is not Debian: install the target by hand"
  [ "$(id -u)" = 0 ] ||
    die "the target $target is missing and rustup cannot add it. Run this as root, or: apt-get install $packages"
  say "apt-get install $packages"
  install_packages || { timeout 300 apt-get update -qq >&2 && install_packages; } || die "apt-get failed"
  debian_ready || die "Debian's packages hold no rustc, cargo, library source and lld: this release is not known here"
fi
rustc=/usr/bin/rustc
source=/usr/lib/rustlib/src/rust/library
host=$($rustc -vV | sed -n 's/^host: //p')
version=$($rustc -vV | sed -n 's/^release: //p')
commit=$($rustc -vV | sed -n 's/^commit-hash: //p' | cut -c1-9)
lld=/usr/bin/lld-22
[ -x $lld ] || lld=/usr/bin/rust-lld
base=$cache/wasm-toolchain
toolchain=$base/$version-$commit
mkdir -p "$base"
exec 9>"$base/.lock"
if command -v flock >/dev/null 2>&1; then flock 9; fi
if [ ! -e "$toolchain/.done" ]; then
  say "building std for $target with rustc $version (about a minute of CPU, once)"
  started=$(date +%s)
  work=$(mktemp -d "$base/build.XXXXXX")
  trap 'rm -rf "$work"' EXIT INT TERM
  # Offline: Debian's source carries its vendored crates. -Zavoid-dev-deps leaves out the crates of std's
  # own tests. The dist profile embeds bitcode, which link-time optimisation needs. A CARGO_HOME of its own,
  # so that no configuration of the user leaks in.
  (
    cd "$source"
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_TARGET_DIR CARGO_BUILD_RUSTFLAGS \
      RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER RUSTUP_TOOLCHAIN
    env CARGO_HOME="$work/home" RUSTC=$rustc RUSTC_BOOTSTRAP=1 CARGO_PROFILE_DIST_DEBUG=0 CARGO_INCREMENTAL=0 \
      /usr/bin/cargo build -q -Zavoid-dev-deps --offline --locked --manifest-path sysroot/Cargo.toml \
      --profile dist --target $target --features compiler-builtins-mem,backtrace --target-dir "$work/t" \
      --config 'source.crates-io.replace-with="v"' --config "source.v.directory=\"$source/vendor\"" \
      --config "target.$target.rustflags=[\"-Zforce-unstable-if-unmarked\"]"
  ) >"$work/log" 2>&1 || { tail -30 "$work/log" >&2; die "std did not build"; }
  new=$work/toolchain
  lib=$new/lib/rustlib
  mkdir -p "$new/bin" "$lib/$host/bin" "$lib/$target/lib"
  cp "$work/t/$target"/dist/deps/lib*.rlib "$lib/$target/lib/"
  rm -f "$lib/$target"/lib/libsysroot-*
  ls "$lib/$target"/lib/libstd[-.]*rlib >/dev/null
  ln -s "/usr/lib/rustlib/$host/lib" "$lib/$host/lib"
  ln -s /usr/lib/rustlib/src "$lib/src"
  ln -s "$lld" "$lib/$host/bin/rust-lld"
  ln -s /usr/bin/cargo "$new/bin/cargo"
  # They find their own place at run time, so that the folder may be moved.
  for binary in rustc rustdoc; do
    printf '#!/bin/sh\nd=$(dirname "$(dirname "$(readlink -f "$0")")")\nexec /usr/bin/%s --sysroot "$d" "$@"\n' \
      $binary >"$new/bin/$binary"
    chmod +x "$new/bin/$binary"
  done
  touch "$new/.done"
  rm -rf "$toolchain"
  mv "$new" "$toolchain"
  rm -rf "$work"
  trap - EXIT INT TERM
  say "built in $(($(date +%s) - started)) s"
fi
has_std "$toolchain/bin/rustc" || die "$toolchain does not work: delete it and run again"
if command -v rustup >/dev/null 2>&1; then
  rustup toolchain link "$name" "$toolchain" >&2
  echo "export RUSTUP_TOOLCHAIN=$(quote "$name")"
fi
echo "export PATH=$(quote "$toolchain/bin"):\"\$PATH\""
