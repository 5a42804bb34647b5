//! What the user makes of severities.

use crate::finding::{Finding, Rule, Severity};
use crate::rules::ALL;

/// What a finding of a rule is to weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// As heavy as this.
    As(Severity),
    /// Not said at all.
    Ignore,
}

/// Severities as the user wants them.
#[derive(Clone, Debug)]
pub struct Policy {
    /// In the order of [`ALL`]; `None` leaves a finding as it is.
    levels: Vec<Option<Level>>,
    /// Everything counts as an error.
    strict: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Policy { levels: vec![None; ALL.len()], strict: false }
    }
}

impl Policy {
    /// Sets the level of a rule; the last word counts.
    pub fn set(&mut self, rule: &Rule, level: Level) {
        if let Some(at) = ALL.iter().position(|known| **known == *rule) {
            self.levels[at] = Some(level);
        }
    }

    /// Makes warnings and notes errors, but not what is ignored.
    pub fn strict(&mut self, strict: bool) {
        self.strict = strict;
    }

    /// How much a finding weighs; `None` when it is ignored.
    pub fn weigh(&self, finding: &Finding) -> Option<Severity> {
        let at = ALL.iter().position(|known| std::ptr::eq(*known, finding.rule));
        let level = at.and_then(|at| self.levels[at]);
        let severity = match level {
            Some(Level::Ignore) => return None,
            Some(Level::As(severity)) => severity,
            None => finding.severity,
        };
        Some(if self.strict { Severity::Error } else { severity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Words;
    use crate::rules::shape::{ABSENT_FIELD, UNKNOWN_FIELD};

    #[test]
    fn the_last_word_counts_and_strict_spares_what_is_ignored() {
        let finding = |rule: &'static Rule| Finding {
            rule,
            severity: rule.severity,
            span: 0..0,
            pointer: String::new(),
            words: Words::default(),
            inner: None,
        };
        let mut policy = Policy::default();
        assert_eq!(policy.weigh(&finding(&ABSENT_FIELD)), Some(Severity::Note));
        policy.set(&ABSENT_FIELD, Level::Ignore);
        policy.set(&ABSENT_FIELD, Level::As(Severity::Warning));
        policy.set(&UNKNOWN_FIELD, Level::Ignore);
        assert_eq!(policy.weigh(&finding(&ABSENT_FIELD)), Some(Severity::Warning));
        policy.strict(true);
        assert_eq!(policy.weigh(&finding(&ABSENT_FIELD)), Some(Severity::Error));
        assert_eq!(policy.weigh(&finding(&UNKNOWN_FIELD)), None);
    }
}
