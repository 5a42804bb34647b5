//! What findings weigh: the settings of the project, then those for some of its files or event types, then what was
//! typed. The last word counts.

use crate::cli::commands::check_args::CheckArgs;
use crate::finding::{Finding, Rule, Severity};
use crate::report::policy::{Level, Policy};

use super::config::{Config, Override};

/// Rules and what they are to weigh, in the order in which it was said.
pub type Levels = Vec<(&'static Rule, Level)>;

/// Who says what findings weigh.
pub struct Severities<'c> {
    config: &'c Config,
    typed: Levels,
    strict: bool,
}

impl<'c> Severities<'c> {
    /// From the settings and what was typed.
    pub fn new(config: &'c Config, args: &CheckArgs) -> Severities<'c> {
        let levels = [
            (&args.error, Level::As(Severity::Error)),
            (&args.warn, Level::As(Severity::Warning)),
            (&args.ignore, Level::Ignore),
        ];
        let typed =
            levels.into_iter().flat_map(|(rules, level)| rules.iter().map(move |rule| (*rule, level)));
        Severities { config, typed: typed.collect(), strict: args.strict || config.strict }
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
