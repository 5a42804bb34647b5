//! What findings weigh: the settings of the project, then those for some of its files or event types, then what was
//! typed. The last word counts.

use std::path::Path;

use crate::finding::{Finding, Severity};
use crate::report::policy::Policy;

use super::config::{Config, Override};

/// Weighs the findings of one file after another.
pub struct Scales<'c> {
    config: &'c Config,
    typed: Policy,
    /// The settings that are about the file.
    about_file: Vec<&'c Override>,
    /// All that is said of the file and the event type.
    policy: Policy,
    /// The event type that the policy is for: types come in runs.
    event: Option<Box<str>>,
}

impl<'c> Scales<'c> {
    /// Scales that weigh as the settings and what was typed say.
    pub fn new(config: &'c Config, typed: Policy) -> Scales<'c> {
        let mut scales =
            Scales { config, typed, about_file: Vec::new(), policy: Policy::default(), event: None };
        scales.set(None);
        scales
    }

    /// A file begins; `None` is standard input.
    pub fn begin(&mut self, path: Option<&Path>) {
        if !self.config.overrides.is_empty() {
            self.about_file.clear();
            self.about_file.extend(self.config.overrides.iter().filter(|part| part.covers(path)));
            self.set(None);
        }
    }

    fn set(&mut self, event: Option<&str>) {
        let about = self.about_file.iter().filter(|part| part.is_about(event)).map(|part| &part.policy);
        self.policy = self.config.policy.clone();
        about.chain([&self.typed]).for_each(|policy| self.policy.add(policy));
        self.event = event.map(Box::from);
    }

    /// What a finding weighs; `None` when it is ignored.
    pub fn weigh(&mut self, finding: &Finding, event: Option<&str>) -> Option<Severity> {
        if !self.about_file.is_empty() && self.event.as_deref() != event {
            self.set(event);
        }
        self.policy.weigh(finding)
    }
}
