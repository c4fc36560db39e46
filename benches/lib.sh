# What the benchmark scripts share: their folders, the programs they compare, and their inputs. Source it first.
#
# Everything goes into the folder BENCH_DIR, by default target/bench: programs into bin, inputs into in. Existing files are
# reused. A program that cannot be installed is left out, with a message on standard error.

set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=${BENCH_DIR:-$repository/target/bench}
bin=$work/bin
in=$work/in
mkdir -p "$bin" "$in"
work=$(cd "$work" && pwd)

say() { printf '%s\n' "$*" >&2; }
have() { [ -x "$bin/$1" ]; }

# --- programs ----------------------------------------------------------------------------------------------------

host=$(rustc --version --verbose | sed -n 's/^host: //p')

# build_envtool: as `cargo build --release` makes it, into bin/envtool.
build_envtool() {
    (cd "$repository" && cargo build --quiet --release --locked)
    cp "$repository/target/release/envtool" "$bin/envtool"
}

# build_envtool_static: with this machine's C library linked in, into bin/envtool-static.
build_envtool_static() {
    static_build "$host" "-C target-feature=+crt-static" envtool-static
}

# build_envtool_musl: as docs/performance.md recommends for releases, into bin/envtool-musl.
build_envtool_musl() {
    local target=${host/-gnu/-musl}
    rustup target list --installed | grep -qx "$target" || return 0
    static_build "$target" "" envtool-musl || say "left out: envtool-musl (is there a C compiler for $target?)"
}

static_build() { # static_build TARGET FLAGS NAME
    (cd "$repository" && RUSTFLAGS="-C relocation-model=static $2" \
        cargo build --quiet --release --locked --target "$1" --target-dir target/static) &&
        cp "$repository/target/static/$1/release/envtool" "$bin/$3"
}

# peers NAME...: installs the programs that are not in bin yet.
peers() {
    local name
    for name; do
        have "$name" || (cd "$work" && "install_${name//-/_}" >"$work/$name.log" 2>&1) ||
            say "left out: $name (see $work/$name.log)"
    done
}

# The timer, and programs that do nothing, to show the least that starting a process costs.
install_race() { cc -O2 -o "$bin/race" "$repository/benches/race.c"; }
install_nothing() { echo 'int main(void) { return 0; }' | cc -O2 -x c -o "$bin/nothing" -; }
install_nothing_static() { echo 'int main(void) { return 0; }' | cc -O2 -static -x c -o "$bin/nothing-static" -; }

# The jq of a distribution may be years old. The source distribution of PyPI's jq contains a newer one.
install_jq18() {
    venv && venv/bin/pip install -q setuptools wheel cython
    mkdir -p jq && venv/bin/pip download -q --no-deps --no-build-isolation --no-binary :all: -d jq jq
    cd jq && tar xzf jq-*.tar.gz && cd jq-*/deps && tar xzf jq-*.tar.gz && cd jq-*/
    ./configure --disable-maintainer-mode --with-oniguruma=builtin --enable-all-static --disable-docs CFLAGS=-O3
    make && cp jq "$bin/jq18"
}

install_gojq() {
    if command -v gojq; then ln -s "$(command -v gojq)" "$bin/gojq" && return; fi
    mkdir -p gojq && cd gojq && apt-get download gojq && dpkg -x gojq_*.deb . && cp usr/bin/gojq "$bin"
}

install_jaq() { cargo install --quiet --locked --root "$work" jaq; }
install_jsonschema_cli() { cargo install --quiet --locked --root "$work" jsonschema-cli; }
install_jsondiffpatch() { from_npm jsondiffpatch; }
install_ajv() { from_npm ajv-cli ajv; }
install_check_jsonschema() { venv && venv/bin/pip install -q check-jsonschema && ln -s "$work/venv/bin/check-jsonschema" "$bin"; }

venv() { [ -x venv/bin/pip ] || python3 -m venv venv; }

from_npm() { # from_npm PACKAGE [PROGRAM]
    mkdir -p npm && npm install --prefix npm --no-audit --no-fund --silent "$1"
    ln -s "$work/npm/node_modules/.bin/${2:-$1}" "$bin"
}

# --- races -------------------------------------------------------------------------------------------------------

entries=()

# enter LABEL PROGRAM ARGUMENT...: adds PROGRAM to the next race, unless it is missing. {} in an argument becomes the
# number of the run.
enter() {
    local label=$1 program=$2
    shift 2
    if have "$program"; then program=$bin/$program; else command -v "$program" >/dev/null || return 0; fi
    entries+=(-- "$label" "$program" "$@")
}

# race TITLE ROUNDS: times the entries in turns. Ratios are to the first entry.
race() {
    "$bin/race" "$1" "$2" "${entries[@]}"
    entries=()
}

# size FILE: in words.
size() { printf '%d bytes' "$(wc -c <"$1")"; }

# --- inputs: the same bytes every time ---------------------------------------------------------------------------

# make_environment FILE: an environment of about 1 KB, as Postman exports it.
make_environment() {
    cat >"$1" <<'JSON'
{
	"id": "0f1e2d3c-4b5a-4968-8776-655443322110",
	"name": "Box Platform API",
	"values": [
		{
			"key": "client_id",
			"value": "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6",
			"type": "default",
			"enabled": true
		},
		{
			"key": "client_secret",
			"value": "z9x8c7v6b5n4m3a2s1d0f9g8h7j6k5l4",
			"type": "secret",
			"enabled": true
		},
		{
			"key": "access_token",
			"value": "",
			"type": "secret",
			"enabled": true
		},
		{
			"key": "refresh_token",
			"value": "",
			"type": "secret",
			"enabled": true
		},
		{
			"key": "base_url",
			"value": "https://api.box.com/2.0",
			"type": "default",
			"enabled": true
		},
		{
			"key": "enable_auto_refresh_access_token",
			"value": "true",
			"type": "default",
			"enabled": true
		}
	],
	"_postman_variable_scope": "environment",
	"_postman_exported_at": "2026-01-01T10:00:00.000Z",
	"_postman_exported_using": "Postman/11.20.0"
}
JSON
}

# make_collection FILE FOLDERS: folders of requests with descriptions and example responses, whose bodies are JSON in
# strings, about 19 KB a folder. Its only variable is base_url.
make_collection() {
    peers jq18
    "$bin/jq18" -n --tab --argjson folders "$2" -f "$repository/benches/collection.jq" >"$1"
}
