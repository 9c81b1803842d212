# Versions of the tools that are built from source, in one place. Sourced, never run.
# wasm-bindgen's command must match the library to the last digit: it is read from Cargo.lock.
WASM_PACK_VERSION=0.15.1
WASM_BINDGEN_VERSION=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' "$ROOT/Cargo.lock")
CACHE=${VARIORUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/variorum}
TOOLS=$CACHE/tools
WASM_PACK_DIR=$TOOLS/wasm-pack-$WASM_PACK_VERSION
WASM_BINDGEN_DIR=$TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION
