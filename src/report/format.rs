//! The report formats: a new one is one file, and one line here.

use std::str::FromStr;

use crate::terminal::Look;

use super::Line;
use super::Reporter;
use super::github::Github;
use super::gitlab::Gitlab;
use super::human::Human;
use super::json::Json;
use super::junit::Junit;
use super::ndjson::Ndjson;
use super::sarif::{Rules, Sarif};

/// A report format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What the user types: `human`.
    pub name: &'static str,
    /// What it is for, for `--help`.
    pub about: &'static str,
    /// Whether it names files as they were given: who reads it stands where they were typed. The others are read
    /// elsewhere, and find the files from the top of a checkout.
    pub as_given: bool,
    make: fn(Look, Rules) -> Box<dyn Reporter>,
}

impl Format {
    /// Every format; the first is the default.
    pub const ALL: &'static [Format] = &[
        Format {
            name: "human",
            about: "for people",
            as_given: true,
            make: |look, _| Box::new(Human::new(look)),
        },
        Format {
            name: "line",
            about: "one line a finding",
            as_given: true,
            make: |_, _| Box::<Line>::default(),
        },
        Format {
            name: "json",
            about: "one JSON document",
            as_given: false,
            make: |_, _| Box::<Json>::default(),
        },
        Format {
            name: "ndjson",
            about: "one JSON object a finding",
            as_given: false,
            make: |_, _| Box::<Ndjson>::default(),
        },
        Format {
            name: "github",
            about: "annotations of GitHub Actions",
            as_given: false,
            make: |_, _| Box::<Github>::default(),
        },
        Format {
            name: "gitlab",
            about: "GitLab Code Quality",
            as_given: false,
            make: |_, _| Box::<Gitlab>::default(),
        },
        Format { name: "junit", about: "JUnit XML", as_given: false, make: |_, _| Box::<Junit>::default() },
        Format {
            name: "sarif",
            about: "SARIF 2.1.0",
            as_given: false,
            make: |_, rules| Box::new(Sarif::new(rules)),
        },
    ];

    /// A reporter that writes this format. Only `human` cares for the look, only `sarif` for the rules.
    pub fn reporter(&self, look: Look, rules: Rules) -> Box<dyn Reporter> {
        (self.make)(look, rules)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
impl Eq for Format {}

impl FromStr for Format {
    type Err = String;

    /// The format of this name, or a sentence that lists the names.
    fn from_str(name: &str) -> Result<Format, String> {
        Format::ALL.iter().find(|format| format.name == name).copied().ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name).collect();
            format!("no such report format; there are {}", names.join(", "))
        })
    }
}
