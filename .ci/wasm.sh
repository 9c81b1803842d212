#!/bin/sh
# Everything that needs the wasm32 target: one place knows the toolchain, the tools on PATH and the flags.
#
#   .ci/wasm.sh build          the engine, its importers and the painter into www/pkg (wasm, JavaScript glue, types)
#   .ci/wasm.sh test           the tests of the boundary, in Node
#   .ci/wasm.sh clippy         lints for the target, warnings denied
#
# In: the crate. Out: www/pkg. Setting up the tools is left to setup.sh.
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$ROOT/.ci/versions.sh"
cd "$ROOT"
# Flags of the environment would replace the ones of .cargo/config.toml, and SIMD would be lost unseen.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET
exports=$("$ROOT/.ci/wasm-toolchain.sh")
eval "$exports"
PATH=$WASM_BINDGEN_DIR/bin:$WASM_PACK_DIR/bin:$ROOT/www/node_modules/.bin:$PATH
export PATH

case ${1:-} in
  build)
    # The module has a profile of its own by environment: fat LTO and a single unit are worth their time in
    # the file that is shipped, and would only slow the native command's build.
    export CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_LTO=fat \
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 CARGO_PROFILE_RELEASE_PANIC=abort CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_INCREMENTAL=false
    # Places of panics (file and line, some 6,000 of them) are left out of the module: input never panics, so nobody would read them.
    # So are the words of `{:?}`, a fiftieth of the module: they are for people with a debugger, and what the engine says is never formatted by them
    # (a test in src/error.rs). The flags are not yet stable, which is what RUSTC_BOOTSTRAP says.
    export RUSTC_BOOTSTRAP=1 RUSTFLAGS="-C target-feature=+simd128 -Z location-detail=none -Z fmt-debug=none"
    # One crate, three modules: what opens SVG and WOFF2 is fetched only where a campaign holds some. --mode normal looks for wasm-bindgen and
    # wasm-opt on PATH and finds ours; --no-pack: www/ is the package. Each has a folder of its own on the way, for wasm-pack optimises whatever module
    # lies there. What is shipped has no names; the same code with names stays beside it, which size.mjs and tests/bench/profile.mjs read.
    pack() {
      name=$1
      shift
      rm -rf "$ROOT/target/pack/$name"
      wasm-pack --quiet build --target web --release --no-pack --out-dir "$ROOT/target/pack/$name" --out-name "$name" "$ROOT" "$@"
      mv "$ROOT/target/pack/$name/${name}_bg.wasm" "$ROOT/target/pack/$name/named.wasm"
      node "$ROOT/.ci/nameless.mjs" "$ROOT/target/pack/$name/named.wasm" "$ROOT/target/pack/$name/${name}_bg.wasm"
      mkdir -p "$ROOT/www/pkg"
      cp "$ROOT/target/pack/$name/$name"* "$ROOT/www/pkg/"
    }
    pack importers
    # The engine's own code is worth more size than the rest: a fifth off every layout for 55 KiB with brotli (decision 0078). Said here, as in Cargo.toml it would
    # slow the native command.
    # Who paints lists of their own loads neither layout nor campaigns (decision 0104).
    pack painter -- --no-default-features --features painter --config 'profile.release.package.variorum.opt-level="s"'
    pack variorum -- --no-default-features --config 'profile.release.package.variorum.opt-level="s"'
    ;;
  test)
    # Not `wasm-pack test`: it builds every test of the crate for wasm32, also those that read files or start programs.
    # The runner is named in .cargo/config.toml.
    export WASM_BINDGEN_TEST_TIMEOUT=${WASM_BINDGEN_TEST_TIMEOUT:-120} WASM_BINDGEN_TEST_ONLY_NODE=1
    cargo test --target wasm32-unknown-unknown --no-default-features --test wasm
    ;;
  clippy)
    if ! cargo clippy --version >/dev/null 2>&1 || [ -n "$exports" ]; then
      # std comes from Debian's rustc here, and clippy of another version cannot read it.
      echo "clippy on wasm32: skipped, rustup could not add the target on this machine"
      exit 0
    fi
    cargo clippy --quiet --target wasm32-unknown-unknown --lib -- -D warnings
    cargo clippy --quiet --target wasm32-unknown-unknown --no-default-features --lib -- -D warnings
    cargo clippy --quiet --target wasm32-unknown-unknown --no-default-features --features painter --lib -- -D warnings
    ;;
  *)
    echo "usage: wasm.sh build|test|clippy" >&2
    exit 2
    ;;
esac
