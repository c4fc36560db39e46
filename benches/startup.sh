#!/usr/bin/env bash
# How long envtool takes to start and to set one value, next to other programs: see README.md here.
#
#   startup.sh [ROUNDS]      200 rounds by default, a quarter of them for the large file

. "$(dirname "$0")/lib.sh"
rounds=${1:-200}

build_envtool
build_envtool_static
build_envtool_musl
peers race nothing nothing-static jq18 gojq jaq

export ENVTOOL_STATE_DIR=$work/state
small=$in/small.postman_environment.json
large=$in/large.postman_collection.json
make_environment "$small"
make_collection "$large" 55

all='.values[] | .key + "=" + .value'
enter "do nothing (C)" nothing
enter "envtool inspect" envtool inspect "$small"
enter "cat" cat "$small"
enter "sed -n" sed -n '/"key"/p' "$small"
enter "jq 1.8" jq18 -r "$all" "$small"
enter "gojq" gojq -r "$all" "$small"
enter "jaq" jaq -r "$all" "$small"
race "inspect an environment of $(size "$small")" "$rounds"

enter "do nothing (C, static)" nothing-static
enter "envtool inspect, static" envtool-static inspect "$small"
enter "envtool inspect, musl" envtool-musl inspect "$small"
enter "jq 1.8" jq18 -r "$all" "$small"
race "the same with static builds" "$rounds"

# enter_setters FILE LIST: adds every program that sets base_url in the LIST of FILE. {} makes each value new.
enter_setters() {
    local file=$1 change="(.$2[] | select(.key == \"base_url\")).value = \"https://api.box.com/{}\""
    local substitute='s|"https://api.box.com/[^"]*"|"https://api.box.com/{}"|'
    enter "sed -i" sed -i "$substitute" "$file"
    enter "envtool set" envtool set base_url https://api.box.com/{} -e "$file"
    enter "envtool set, musl" envtool-musl set base_url https://api.box.com/{} -e "$file"
    enter "sed -i, then sync" sh -c "sed -i '$substitute' $file && sync $file"
    enter "cp, then mv" sh -c "cp $file $file.new && mv $file.new $file"
    enter "jq 1.8, then mv" sh -c "'$bin/jq18' --tab '$change' $file >$file.new && mv $file.new $file"
    enter "gojq, then mv" sh -c "'$bin/gojq' --tab '$change' $file >$file.new && mv $file.new $file"
    enter "jaq -i" jaq --tab -i "$change" "$file"
}

enter_setters "$small" values
race "set one value in an environment of $(size "$small")" "$rounds"

enter_setters "$large" variable
race "set one value in a collection of $(size "$large")" $((rounds / 4))
