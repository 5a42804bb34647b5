//! What the user makes of severities.

use crate::finding::{Finding, Rule, Severity};

/// What a finding of a rule is to weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// As heavy as this.
    As(Severity),
    /// Not said at all.
    Ignore,
}

/// Severities as the user wants them. A rule that is not named keeps its own.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// In the order in which they were said; the last word counts.
    pub levels: Vec<(&'static Rule, Level)>,
    /// Warnings and notes count as errors, but not what is ignored.
    pub strict: bool,
}

impl Policy {
    /// Adds what another one says, which has the last word.
    pub fn add(&mut self, other: &Policy) {
        self.levels.extend(&other.levels);
        self.strict |= other.strict;
    }

    /// How much a finding weighs; `None` when it is ignored.
    pub fn weigh(&self, finding: &Finding) -> Option<Severity> {
        let severity = match self.levels.iter().rev().find(|(rule, _)| *rule == finding.rule) {
            Some((_, Level::Ignore)) => return None,
            Some((_, Level::As(severity))) => *severity,
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
            first: None,
        };
        let mut policy = Policy::default();
        assert_eq!(policy.weigh(&finding(&ABSENT_FIELD)), Some(Severity::Note));
        policy.levels.push((&ABSENT_FIELD, Level::Ignore));
        policy.levels.push((&ABSENT_FIELD, Level::As(Severity::Warning)));
        policy.levels.push((&UNKNOWN_FIELD, Level::Ignore));
        assert_eq!(policy.weigh(&finding(&ABSENT_FIELD)), Some(Severity::Warning));
        policy.strict = true;
        assert_eq!(policy.weigh(&finding(&ABSENT_FIELD)), Some(Severity::Error));
        assert_eq!(policy.weigh(&finding(&UNKNOWN_FIELD)), None);
    }
}
