#!/bin/sh
# Brings a machine to the point where a part of the project can be built or tested. Idempotent:
# what is there already is only looked at (about 0.1 s), so a second `make` does no set-up.
#
#   .ci/setup.sh [rust] [fmt] [wasm] [node] [browsers] [webkit]
#
#   rust      cargo and a C linker are there (checked, not installed)
#   fmt       rustfmt and clippy
#   wasm      the wasm32-unknown-unknown target, wasm-pack and wasm-bindgen
#   node      Node 20+ (checked) and the packages of www/
#   browsers  Chromium and Firefox: found, or taken from Debian's packages
#   webkit    WebKitGTK's driver, where it costs nothing to ask: never fails
#
# Tools that are compiled live in $VARIORUM_CACHE (default ~/.cache/variorum), a folder for each
# version, and so outlive `make clean` and the checkout.
# Stdout stays empty; everything is said on stderr.
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$ROOT/.ci/versions.sh"
exec </dev/null 1>&2

say() { printf 'setup: %s\n' "$*"; }
die() { say "$1"; shift; for line in "$@"; do printf '       %s\n' "$line"; done; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Two makes at once: the second waits for the first instead of building the same tool beside it.
mkdir -p "$CACHE"
if has flock; then
  exec 9>"$CACHE/.lock"
  flock 9
  # Nobody else builds now: what lies here was left by a run that was killed.
  rm -rf "$CACHE"/build.*
fi

need_rust() {
  has cargo && has rustc || die "no Rust toolchain found." "Install one: https://rustup.rs"
  has cc || has clang || has gcc || die "no C linker (cc) found; Rust needs one to link." \
    "Debian, Ubuntu: apt-get install build-essential.  macOS: xcode-select --install"
}

need_fmt() {
  need_rust
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  has rustup || die "rustfmt or clippy is missing and there is no rustup to add it."
  say "rustup component add rustfmt clippy"
  RUSTUP_MAX_RETRIES=1 timeout 600 rustup component add rustfmt clippy ||
    die "rustup could not add rustfmt and clippy."
}

# cargo_tool CRATE VERSION DIR BINARY [cargo install options ...]
# Built for a short build, not for a fast tool: they run for a second each.
cargo_tool() {
  crate=$1 version=$2 dir=$3 binary=$4
  shift 4
  [ -x "$dir/bin/$binary" ] && return
  say "building $crate $version into $dir (about 2 minutes on two cores, once)"
  started=$(date +%s)
  work=$(mktemp -d "$CACHE/build.XXXXXX")
  # From outside the checkout, so that its .cargo/config.toml has no say; installed beside and
  # moved, so that an interrupted build leaves no half tool.
  if ! (
    cd "$work"
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_BUILD_RUSTFLAGS
    CARGO_TARGET_DIR=$work/target CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
      CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_INCREMENTAL=0 \
      cargo install --quiet "$crate" --version "=$version" --root "$work/root" "$@"
  ); then
    rm -rf "$work"
    die "could not build $crate $version." "It comes from crates.io: is the registry within reach?"
  fi
  mkdir -p "$TOOLS"
  rm -rf "$dir"
  mv "$work/root" "$dir"
  rm -rf "$work"
  say "$crate $version ready after $(($(date +%s) - started)) s"
}

need_wasm() {
  need_rust
  [ -n "$WASM_BINDGEN_VERSION" ] || die "Cargo.lock names no wasm-bindgen."
  "$ROOT/.ci/wasm-toolchain.sh" >/dev/null
  cargo_tool wasm-pack "$WASM_PACK_VERSION" "$WASM_PACK_DIR" wasm-pack --locked
  # Not --locked: its lock file asks for a crate version that was taken back.
  cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "$WASM_BINDGEN_DIR" wasm-bindgen
}

need_node() {
  has node && has npm || die "Node 20 or later, with npm, is missing." "https://nodejs.org, or: apt-get install nodejs npm"
  node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' ||
    die "Node $(node --version) is too old: 20 or later is needed."
  # npm writes this file last. Compared by content, for a fresh checkout has fresh times.
  stamp=$ROOT/www/node_modules/.variorum-lock
  cmp -s "$ROOT/www/package-lock.json" "$stamp" && return
  say "npm ci in www/"
  # No package needs its install script. A registry that lacks the programs of other platforms makes npm call the
  # lock file out of step; npm install takes the locked versions all the same.
  quiet="--ignore-scripts --no-audit --no-fund --loglevel=error"
  (cd "$ROOT/www" && { npm ci $quiet || npm install --no-save $quiet; }) ||
    die "The packages of www/ could not be installed." "They come from the npm registry: is it within reach?"
  cp "$ROOT/www/package-lock.json" "$stamp"
}

# debian PACKAGE...: installs, or says no.
debian() {
  [ -r /etc/debian_version ] && has apt-get && [ "$(id -u)" = 0 ] || return 1
  say "apt-get install $*"
  install() {
    DEBIAN_FRONTEND=noninteractive timeout 900 apt-get -o DPkg::Lock::Timeout=300 \
      -o Acquire::Retries=2 install -y -qq --no-install-recommends "$@" >/dev/null
  }
  install "$@" 2>/dev/null && return
  # The lists may be empty or old.
  timeout 300 apt-get update -qq && install "$@"
}

# browser NAME VARIABLE PACKAGE: www/test/browsers.mjs knows where to look; ask it.
browser() {
  node "$ROOT/.ci/browsers.mjs" "$1" >/dev/null && return
  debian "$3" && node "$ROOT/.ci/browsers.mjs" "$1" >/dev/null && return
  die "$1 was not found and could not be installed." \
    "Install it (Debian as root: apt-get install $3) or set $2 to its program."
}

need_browsers() {
  browser chromium VARIORUM_CHROMIUM chromium
  browser firefox VARIORUM_FIREFOX firefox-esr
}

need_webkit() {
  node "$ROOT/.ci/browsers.mjs" webkit >/dev/null && return
  # Asked once per machine: where it cannot be had, the tests that want it report a skip.
  [ -e "$CACHE/no-webkit" ] && return
  debian webkit2gtk-driver xvfb xauth && return
  say "WebKitGTK's driver is not here: its tests will be reported as skipped"
  : >"$CACHE/no-webkit"
}

for part in "$@"; do
  case $part in
    rust | fmt | wasm | node | browsers | webkit) "need_$part" ;;
    *) die "unknown part '$part'" "rust, fmt, wasm, node, browsers, webkit are known" ;;
  esac
done
