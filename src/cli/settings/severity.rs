//! What findings weigh: the settings of the project, then those for some of its files or event types, then what was
//! typed. The last word counts.

use crate::finding::{Finding, Severity};
use crate::report::policy::Policy;

use super::config::{Config, Levels, Override};

/// Who says what findings weigh.
pub struct Severities<'c> {
    config: &'c Config,
    typed: Levels,
    strict: bool,
}

impl<'c> Severities<'c> {
    /// From the settings and what was typed.
    pub fn new(config: &'c Config, typed: Levels, strict: bool) -> Severities<'c> {
        Severities { config, typed, strict: strict || config.strict }
    }

    fn policy<'a>(&'a self, some: impl Iterator<Item = &'a Override>) -> Policy {
        let some = some.flat_map(|part| &part.levels);
        let mut policy = Policy::default();
        for (rule, level) in self.config.levels.iter().chain(some).chain(&self.typed) {
            policy.set(rule, *level);
        }
        policy.strict(self.strict);
        policy
    }
}

/// Weighs the findings of one file after another.
pub struct Scales<'c> {
    severities: Severities<'c>,
    /// The settings that are about the file.
    about_file: Vec<&'c Override>,
    policy: Policy,
    /// The event type that the policy is for: types come in runs.
    event: Option<Box<str>>,
}

impl<'c> Scales<'c> {
    /// Scales that weigh so.
    pub fn new(severities: Severities<'c>) -> Scales<'c> {
        let policy = severities.policy([].into_iter());
        Scales { severities, about_file: Vec::new(), policy, event: None }
    }

    /// A file begins; `None` is standard input.
    pub fn begin(&mut self, path: Option<&std::path::Path>) {
        let config = self.severities.config;
        if config.overrides.is_empty() {
            return;
        }
        self.about_file.clear();
        self.about_file.extend(config.overrides.iter().filter(|part| part.covers(path)));
        self.set(None);
    }

    fn set(&mut self, event: Option<&str>) {
        let about = self.about_file.iter().copied().filter(|part| part.is_about(event));
        self.policy = self.severities.policy(about);
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
