#!/usr/bin/env bash
# 10,000 small fixtures, valid and warm: larkspect beside the JSON validators that people have in CI, with the schema
# that larkspect exports. Prints a Markdown table, the best of three runs each.
#
# The others come from PyPI and npm, pinned here, into target/peers. They check less: types and patterns, but no
# duplicate keys, no units of time, no events that came before.
set -euo pipefail
cd "$(dirname "$0")/../.."
peers=target/peers tree=target/tree
type=attendance.user_flow.created_v1
cargo build --quiet --release --locked
larkspect=$PWD/target/release/larkspect

if [ ! -d $tree/fixtures/19 ]; then
    rm -rf $tree
    mkdir -p $tree/fixtures
    "$larkspect" sample -n 10000 --seed 7 $type | split -l 500 -d -a 2 - $tree/part-
    for part in $tree/part-*; do
        folder=$tree/fixtures/${part##*-}
        mkdir -p "$folder"
        split -l 1 -d -a 3 --additional-suffix=.json "$part" "$folder/event-"
    done
    rm $tree/part-*
fi
"$larkspect" schema --format json-schema $type > $tree/schema.json

if [ ! -x $peers/py/bin/check-jsonschema ]; then
    python3 -m venv $peers/py
    $peers/py/bin/pip install --quiet --disable-pip-version-check check-jsonschema==0.39.0
fi
if [ ! -x $peers/node_modules/.bin/ajv ]; then
    npm install --silent --prefix $peers ajv-cli@5.0.0 @sourcemeta/jsonschema@16.11.0
fi

# NAME COMMAND: a row with the wall time in seconds and the memory of the largest process.
row() {
    local name=$1 best="" line
    shift
    for _ in 1 2 3; do
        /usr/bin/time -o $tree/time.txt -f '%e %M' "$@" > $tree/out.txt 2>&1 || { tail -n 3 $tree/out.txt >&2; return 1; }
        line=$(tail -n 1 $tree/time.txt)
        if [ -z "$best" ] || awk "BEGIN { exit !(${line% *} < ${best% *}) }"; then best=$line; fi
    done
    awk -v name="$name" -v best="$best" 'BEGIN { split(best, p, " "); printf "| %s | %.2f s | %d MB |\n", name, p[1], p[2] / 1024 }'
}

echo "| 10,000 files, $(nproc) cores | time | memory |"
echo "|---|---:|---:|"
row "larkspect check" "$larkspect" check --no-config $tree/fixtures
row "sourcemeta jsonschema 16.11.0" $peers/node_modules/.bin/jsonschema validate --fast $tree/schema.json $tree/fixtures
row "ajv-cli 5.0.0" $peers/node_modules/.bin/ajv validate --spec=draft2020 --strict=false -s $tree/schema.json -d "$tree/fixtures/**/*.json"
find $tree/fixtures -name '*.json' > $tree/files.txt
row "check-jsonschema 0.39.0" xargs -n 20000 -a $tree/files.txt $peers/py/bin/check-jsonschema --schemafile $tree/schema.json
