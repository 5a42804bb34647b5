#!/usr/bin/env bash
# The hook through the real pre-commit, from PyPI, in a repository made for it: good and expected-bad fixtures pass, a
# mistake does not, and the run itself goes without a network. Needs python3, git and a way to PyPI and crates.io to
# build; everything is left in target/pre-commit.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$root/target/pre-commit
mkdir -p "$work"

if [ ! -x "$work/venv/bin/pre-commit" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit==4.6.0
fi

# A copy as `git clone` would see it, with what is not committed yet.
rm -rf "$work/hook" "$work/project"
mkdir -p "$work/hook" "$work/project/events"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -C "$work/hook" -xf -
as() { git -C "$1" -c user.name=test -c user.email=test@example.com "${@:2}"; }
as "$work/hook" init -q
as "$work/hook" add -A
as "$work/hook" commit -qm "The hook"
revision=$(as "$work/hook" rev-parse HEAD)

cd "$work/project"
as . init -q
cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $work/hook
    rev: $revision
    hooks:
      - id: larkspect
        files: ^events/
YAML
cp "$root/fixtures/attendance.user_flow.created_v1/official.json" events/good.json
cp "$root/fixtures/rules/timestamp-unit.json" events/bad.json
echo "timestamp-unit /event/check_time" > events/bad.json.expect
echo '{"name": "not ours"}' > package.json
as . add -A

export PRE_COMMIT_HOME=$work/home CARGO_TARGET_DIR=$work/build
# What is tried is the hook, not the speed of the program.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
"$work/venv/bin/pre-commit" install-hooks

# Without a network, where the machine can do that.
offline=()
if unshare --net --map-root-user true 2> /dev/null; then offline=(unshare --net --map-root-user); fi
run() { "${offline[@]}" "$work/venv/bin/pre-commit" run --all-files --color never; }

echo "== good, and bad as expected"
run

echo "== a mistake"
sed -i 's/"type": 0/"type": 9/' events/good.json
as . add -A
if run > out.txt; then cat out.txt; echo "the hook passed a mistake" >&2; exit 1; fi
grep -q 'events/good.json:25:13' out.txt

echo "== a sidecar that no longer tells the truth, changed alone"
sed -i 's/"type": 9/"type": 0/' events/good.json
echo "unknown-choice /event/type" > events/bad.json.expect
as . add -A
if run > out.txt; then cat out.txt; echo "the hook passed a wrong sidecar" >&2; exit 1; fi
grep -q 'unmet-expectation' out.txt
echo "ok"
