//! SARIF 2.1.0, the format of code scanning: the rules first, then the findings, written as they come.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::{Rule, Severity};
use crate::lang::Lang;
use crate::report::{FIRST, FirstPlace, Located, Reporter, Totals};
use crate::terminal::sanitize::clean;
use crate::terminal::sanitize_json;

use super::fingerprint::{Fingerprints, relative};

/// Every rule, in the order in which the report lists them.
pub type Rules = &'static [&'static Rule];

/// The report `sarif`. Excerpts are left out: a line of a payload may hold a token, and reports get uploaded.
#[derive(Debug)]
pub struct Sarif {
    rules: Rules,
    buffer: Vec<u8>,
    begun: bool,
    fingerprints: Fingerprints,
}

impl Sarif {
    /// A report that lists these rules.
    pub fn new(rules: Rules) -> Sarif {
        Sarif { rules, buffer: Vec::new(), begun: false, fingerprints: Fingerprints::default() }
    }

    /// What stands before the next result, or before the end when there is none.
    fn lead(&mut self, comma: &str) -> io::Result<()> {
        self.buffer.clear();
        if std::mem::replace(&mut self.begun, true) {
            self.buffer.extend_from_slice(comma.as_bytes());
            return Ok(());
        }
        self.buffer.extend_from_slice(
            b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":",
        );
        let rules: Vec<Value> = self.rules.iter().map(|rule| descriptor(rule)).collect();
        let driver =
            json!({ "name": "larkspect", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
        sanitize_json::push(&json!({ "driver": driver }), &mut self.buffer)?;
        self.buffer.extend_from_slice(b",\"columnKind\":\"unicodeCodePoints\",\"results\":[\n");
        Ok(())
    }
}

/// What SARIF calls a rule.
fn descriptor(rule: &Rule) -> Value {
    let Rule { code, severity, summary, why, wrong, right } = rule;
    let [summary, why] = [summary, why].map(|label| label.en);
    json!({
        "id": code,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": why },
        "help": {
            "text": format!("{why}\n\nWrong: {wrong}\nRight: {right}"),
            "markdown": format!("{why}\n\nWrong:\n\n```json\n{wrong}\n```\n\nRight:\n\n```json\n{right}\n```"),
        },
        "defaultConfiguration": { "level": severity },
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: Severity,
    message: Value,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    related_locations: Option<[Location; 1]>,
    partial_fingerprints: Value,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Value,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u64>,
    end_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u64>,
}

/// Where what came again stood first.
fn related(first: &FirstPlace<'_>) -> Location {
    let (start_column, end_column) = first.columns.unzip();
    Location {
        physical_location: PhysicalLocation {
            artifact_location: json!({ "uri": uri(first.file) }),
            region: Region { start_line: first.line, start_column, end_line: first.line, end_column },
        },
        logical_locations: None,
        message: Some(json!({ "text": FIRST.en })),
    }
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
}

impl Properties<'_> {
    fn is_empty(&self) -> bool {
        matches!(self, Properties { found: None, expected: None, help: None, origin: None })
    }
}

impl Reporter for Sarif {
    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.lead(",\n")?;
        let (rule, words) = (found.finding.rule, &found.finding.words);
        // `[text](target)` is a link in a message, and a payload shall not make one.
        let text = clean(&words.sentence(Lang::En)).replace("](", "] (");
        let logical = || json!([{ "fullyQualifiedName": found.pointer(), "kind": "value" }]);
        let outcome = Outcome {
            rule_id: rule.code,
            rule_index: self.rules.iter().position(|known| *known == rule),
            level: found.severity,
            message: json!({ "text": text }),
            locations: [Location {
                physical_location: PhysicalLocation {
                    artifact_location: json!({ "uri": uri(found.file) }),
                    region: Region {
                        start_line: found.start.line,
                        start_column: Some(found.start.column),
                        end_line: found.end.line,
                        end_column: Some(found.end.column),
                    },
                },
                logical_locations: found.has_pointer().then(logical),
                message: None,
            }],
            related_locations: found.first.as_ref().map(|first| [related(first)]),
            // The name of the key says how it is made: a later way gets a later number.
            partial_fingerprints: json!({ "larkspect/v1": self.fingerprints.of(found) }),
            properties: Properties {
                found: words.found.as_deref(),
                expected: words.expected.as_deref(),
                help: words.help.as_deref(),
                origin: found.origin.map(|origin| origin.words(Lang::En)),
            },
        };
        sanitize_json::push(&outcome, &mut self.buffer)?;
        out.write_all(&self.buffer)
    }

    fn file(&mut self, _: &str, _: &Totals, _: &mut dyn Write) -> io::Result<()> {
        self.fingerprints.file();
        Ok(())
    }

    fn finish(&mut self, _: &Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        self.lead("\n")?;
        self.buffer.extend_from_slice(b"]}]}\n");
        out.write_all(&self.buffer)
    }
}

/// A path as a URI: relative as it is, absolute with `file://`; what a URI cannot hold as `%NN`.
fn uri(file: &str) -> String {
    let file = if cfg!(windows) { Cow::Owned(file.replace('\\', "/")) } else { Cow::Borrowed(file) };
    let file = relative(&file);
    let mut uri = String::with_capacity(file.len() + 8);
    if file.starts_with('/') {
        uri.push_str("file://");
    } else if cfg!(windows) && file.as_bytes().get(1) == Some(&b':') {
        uri.push_str("file:///");
    }
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            byte => {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::test_findings::{RULES, files, report_in};

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("./a/b.json", "a/b.json"),
            ("/tmp/x y.json", "file:///tmp/x%20y.json"),
            ("a:b?#%.json", "a%3Ab%3F%23%25.json"),
            ("考勤.json", "%E8%80%83%E5%8B%A4.json"),
            ("-", "-"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn results_point_to_their_rules_and_have_names_of_their_own() {
        let sarif: Value = serde_json::from_str(&report_in("sarif", &files())).unwrap();
        let run = &sarif["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 21);
        let mut names = std::collections::HashSet::new();
        for result in results {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(result["ruleId"], RULES[index].code);
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
            assert!(names.insert(result["partialFingerprints"]["larkspect/v1"].to_string()));
            assert!(!result["message"]["text"].as_str().unwrap().contains("]("));
        }
    }

    #[test]
    fn fingerprints_stay_when_lines_move() {
        let names = |sarif: &str| -> Vec<Value> {
            let sarif: Value = serde_json::from_str(sarif).unwrap();
            let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
            results.into_iter().map(|result| result["partialFingerprints"].clone()).collect()
        };
        let mut moved = files();
        for file in &mut moved {
            file.text.splice(0..0, *b"\n\n\n");
            for case in &mut file.findings {
                case.finding.span = case.finding.span.start + 3..case.finding.span.end + 3;
            }
        }
        assert_eq!(names(&report_in("sarif", &files())), names(&report_in("sarif", &moved)));
    }
}
