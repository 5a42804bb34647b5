#!/usr/bin/env bash
# JUnit reports against the XSD that Jenkins and pytest use, and through junitparser; Python packages from PyPI, kept in
# target/junit. `cargo test` does without: tests/suite/reports.rs looks at the structure.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/junit
if [ ! -x $venv/bin/python ] || ! $venv/bin/python -c 'import xmlschema, junitparser' 2> /dev/null; then
    python3 -m venv $venv
    $venv/bin/pip install --quiet --disable-pip-version-check xmlschema junitparser
fi
# As the tests have built it.
cargo build --quiet --locked --profile test
program=$PWD/target/debug/larkspect
for folder in fixtures/ci-project fixtures/captures fixtures/rules; do
    (cd $folder && "$program" check --no-config --format junit . || [ $? = 1 ]) > $venv/report.xml
    $venv/bin/python - $venv/report.xml tests/schemas/junit-10.xsd <<'PYTHON'
import sys
import junitparser, xmlschema

report, schema = sys.argv[1:]
xmlschema.XMLSchema(schema).validate(report)
suites = junitparser.JUnitXml.fromfile(report)
failures = sum(len(case.result) > 0 for suite in suites for case in suite)
assert failures == sum(suite.failures for suite in suites) > 0, failures
print(f"{report}: {len(list(suites))} suites, {failures} failures")
PYTHON
done
