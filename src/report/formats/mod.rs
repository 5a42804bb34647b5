//! The report formats: a new one is one file, and one line here.

mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod line;
mod ndjson;
mod sarif;
pub(crate) mod snippet;
mod verdict;

pub use line::Line;

use std::fmt;
use std::str::FromStr;

use crate::lang::{Label, Lang, label};
use crate::suggest::Unknown;
use crate::terminal::Look;

use super::Reporter;

use github::Github;
use gitlab::Gitlab;
use human::Human;
use json::Json;
use junit::Junit;
use ndjson::Ndjson;
use sarif::{Rules, Sarif};

/// A report format.
#[derive(Clone, Copy)]
pub struct Format {
    /// What the user types: `human`.
    pub name: &'static str,
    /// What it is for, for `--help`.
    pub about: Label,
    /// Whether it names files as they were given: who reads it stands where they were typed. The others are read
    /// elsewhere, and find the files from the top of a checkout.
    pub as_given: bool,
    make: Make,
}

impl fmt::Debug for Format {
    /// By its name: where the function stands that makes it may differ from use to use.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Makes the reporter of a format.
type Make = fn(Look, Rules) -> Box<dyn Reporter>;

const fn format(name: &'static str, about: Label, make: Make) -> Format {
    Format { name, about, as_given: false, make }
}

impl Format {
    /// Every format; the first is the default.
    pub const ALL: &'static [Format] = &[
        format("human", label("给人看", "for people"), |look, _| Box::new(Human::new(look))).as_given(),
        format("line", label("每个问题一行", "one line a finding"), |look, _| {
            Box::new(Line::new(look.lang))
        })
        .as_given(),
        format("json", label("一个 JSON 文档", "one JSON document"), |_, _| Box::<Json>::default()),
        format("ndjson", label("每个问题一个 JSON 对象", "one JSON object a finding"), |_, _| {
            Box::<Ndjson>::default()
        }),
        format("github", label("GitHub Actions 的标注", "annotations of GitHub Actions"), |_, _| {
            Box::<Github>::default()
        }),
        format("gitlab", label("GitLab Code Quality", "GitLab Code Quality"), |_, _| {
            Box::<Gitlab>::default()
        }),
        format("junit", label("JUnit XML", "JUnit XML"), |_, _| Box::<Junit>::default()),
        format("sarif", label("SARIF 2.1.0", "SARIF 2.1.0"), |_, rules| Box::new(Sarif::new(rules))),
    ];

    const fn as_given(self) -> Format {
        Format { as_given: true, ..self }
    }

    /// The language of what it tells, where people read this one: English in what programs read.
    pub fn lang(&self, lang: Lang) -> Lang {
        if self.as_given { lang } else { Lang::En }
    }

    /// A reporter that writes this format. Only `human` and `line` care for the look, only `sarif` for the rules.
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
    type Err = Unknown;

    /// The format of this name.
    fn from_str(name: &str) -> Result<Format, Unknown> {
        Format::ALL.iter().find(|format| format.name == name).copied().ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name).collect();
            Unknown::among(label("报告格式", "report format"), name, &names)
        })
    }
}
