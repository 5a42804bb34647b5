//! What can be said about a document: rules, severities, findings, and the sinks that take them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::budget::{Budget, Share};
use crate::json::Path;
use crate::lang::{Label, Lang, Langs, say};
use crate::origin::Origin;

/// How much a finding weighs. Ordered: a note is less than a warning is less than an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the payload is usable as it is.
    Note,
    /// Probably not what was meant.
    Warning,
    /// The payload is wrong: `check` exits with 1.
    Error,
}

impl Severity {
    /// Every severity, the heaviest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word people and machines read: `error`, `warning`, `note`.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Something that can be wrong with a payload, in words. The condition stands beside it, in `rules`.
#[derive(Debug)]
pub struct Rule {
    /// The stable, kebab-case name: `unknown-choice`.
    pub code: &'static str,
    /// How much it weighs unless the user says otherwise.
    pub severity: Severity,
    /// One line, without a full stop: what a finding of this rule means.
    pub summary: Label,
    /// A paragraph: why it matters, and what usually causes it.
    pub why: Label,
    /// An input that triggers it, short enough to read; a test runs it. `..` in an object stands for the members of
    /// the official example that the object does not name, `\xNN` for a byte, and a first line that begins with `--`
    /// for options under which the rest is read.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}
impl Eq for Rule {}

/// The words of one finding. Strings may quote the payload as it is: who shows them escapes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// One sentence without a full stop: what is wrong.
    pub message: String,
    /// A few words for the caret, when they add to the message.
    pub caret: Option<String>,
    /// What the documentation asks for.
    pub expected: Option<String>,
    /// What stands there.
    pub found: Option<String>,
    /// How to mend it. Boxed, so that both languages take no more room in a finding than one.
    pub help: Option<Box<str>>,
    /// The same in Chinese, where somebody reads that beside the English: see [`Words::in_lang`].
    pub zh: Option<Box<Words>>,
}

impl Words {
    /// Words with a message alone.
    pub fn new(message: impl Into<String>) -> Self {
        Words { message: message.into(), ..Words::default() }
    }
    /// What `words` says in these languages.
    pub fn made(langs: Langs, words: impl Fn(Lang) -> Words) -> Words {
        match langs {
            Langs::Only(lang) => words(lang),
            Langs::Both => Words { zh: Some(Box::new(words(Lang::Zh))), ..words(Lang::En) },
        }
    }
    /// The words for who reads this language. Where they were made in one language alone, it is that one.
    pub fn in_lang(&self, lang: Lang) -> &Words {
        match (lang, &self.zh) {
            (Lang::Zh, Some(zh)) => zh,
            _ => self,
        }
    }
    /// The message and how to mend it, in one sentence.
    pub fn sentence(&self, lang: Lang) -> Cow<'_, str> {
        let Words { message, help, .. } = self.in_lang(lang);
        match help {
            Some(help) => Cow::Owned(say!(lang, "{message}；{help}", "{message}; {help}")),
            None => Cow::Borrowed(message),
        }
    }
    /// Adds what the caret says.
    pub fn caret(mut self, text: impl Into<String>) -> Self {
        self.caret = Some(text.into());
        self
    }
    /// Adds what was expected.
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }
    /// Adds what was found.
    pub fn found(mut self, text: impl Into<String>) -> Self {
        self.found = Some(text.into());
        self
    }
    /// Adds how to mend it.
    pub fn help(self, text: impl Into<Box<str>>) -> Self {
        self.maybe_help(Some(text))
    }
    /// Adds how to mend it, if that is known.
    pub fn maybe_help(mut self, text: Option<impl Into<Box<str>>>) -> Self {
        self.help = text.map(Into::into);
        self
    }
}

/// Bytes of a text, from the first to one past the last.
pub type Span = Range<usize>;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// How much it weighs: the rule's severity, or another where the rule says so.
    pub severity: Severity,
    /// Bytes of the text that was checked.
    pub span: Span,
    /// JSON pointer (RFC 6901) within the document: `/event/check_time`; empty for the document itself.
    pub pointer: String,
    /// What to say.
    pub words: Words,
    /// The text in which it was found, when that was taken out of the one that was read.
    pub inner: Option<Box<Inner>>,
    /// Where the same stood first, when it says that something came again.
    pub first: Option<Box<First>>,
}

/// Where something stood that comes again.
#[derive(Clone, Debug, PartialEq)]
pub enum First {
    /// Bytes of the text in which it comes again: the inner one, where there is one.
    Here(Span),
    /// A text that has gone by.
    Gone {
        /// The name of its file, if that is another.
        file: Option<Arc<str>>,
        /// The line, from 1.
        line: u64,
    },
}

impl Finding {
    /// A finding of which nothing is told: without words and pointer.
    pub fn bare(at: At<'_>) -> Finding {
        let At { rule, severity, span, .. } = at;
        Finding {
            rule,
            severity,
            span,
            pointer: String::new(),
            words: Words::default(),
            inner: None,
            first: None,
        }
    }
}

/// A place in a text that was taken out of another: decrypted, say.
#[derive(Clone, Debug, PartialEq)]
pub struct Inner {
    /// How it was taken out.
    pub origin: Origin,
    /// The text; shared by all findings in it.
    pub text: Arc<[u8]>,
    /// The place in it.
    pub span: Span,
}

/// A text that was taken out of another, and the one copy of it that all findings in it share: one for each of its
/// documents would be as many times the text.
#[derive(Debug)]
pub struct Taken<'t> {
    text: &'t [u8],
    budget: Budget,
    /// Made for the first finding; `None` where the budget is too small for it.
    copy: OnceCell<Option<(Arc<[u8]>, Share)>>,
}

impl<'t> Taken<'t> {
    /// A text, and the budget that a copy of it is charged to.
    pub fn new(text: &'t [u8], budget: &Budget) -> Taken<'t> {
        Taken { text, budget: budget.clone(), copy: OnceCell::new() }
    }

    /// The copy.
    fn share(&self) -> Option<Arc<[u8]>> {
        let copy = || self.budget.take(self.text.len()).map(|share| (self.text.into(), share));
        self.copy.get_or_init(copy).as_ref().map(|(text, _)| Arc::clone(text))
    }
}

/// What a finding is about, and where: all but its words.
#[derive(Clone, Debug)]
pub struct At<'a> {
    /// Which rule speaks.
    pub rule: &'static Rule,
    /// How much it weighs.
    pub severity: Severity,
    /// Bytes of the text that is read.
    pub span: Span,
    /// The way to it within its document.
    pub path: &'a Path<'a>,
    /// The place in the text that was taken out of `span`, where one was.
    pub inside: Option<Inside<'a>>,
    /// Where the same stood before, in the text in which the finding was made.
    pub first: Option<Span>,
}

/// A place in a text that was taken out of another.
#[derive(Clone, Debug)]
pub struct Inside<'i> {
    /// How it was taken out.
    pub origin: Origin,
    /// The text.
    pub text: &'i Taken<'i>,
    /// Where in it the finding is.
    pub span: Span,
}

impl Rule {
    /// A finding of this rule at `span` of the text that is read, as heavy as the rule says.
    pub fn at<'a>(&'static self, span: Span, path: &'a Path<'a>) -> At<'a> {
        At { rule: self, severity: self.severity, span, path, inside: None, first: None }
    }
}

impl At<'_> {
    /// The same with another severity.
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same of what stood there first.
    pub fn again(mut self, first: Option<Span>) -> Self {
        self.first = first;
        self
    }
}

/// Takes what the engine finds. A sink that only counts never pays for words: they are closures, which are told the
/// language.
pub trait Sink {
    /// One finding.
    fn report(&mut self, at: At<'_>, words: impl Fn(Lang) -> Words);
    /// Where the findings stand now, for [`Sink::rewind`].
    fn mark(&self) -> Mark;
    /// Forgets what was reported since `mark`: the document proved to be broken or of another form.
    fn rewind(&mut self, mark: Mark);
}

/// A place in a sink's findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(pub(crate) [usize; 3]);

/// Keeps every finding, in the order in which they were found; the words in these languages.
#[derive(Debug, Default)]
pub struct Findings(pub Vec<Finding>, pub Langs);

impl Sink for Findings {
    // Cold and out of line: the hot loop of a clean payload stays small.
    #[cold]
    #[inline(never)]
    fn report(&mut self, at: At<'_>, words: impl Fn(Lang) -> Words) {
        let At { rule, severity, span, path, inside, first } = at;
        let is_inside = inside.is_some();
        let inner = inside.and_then(|Inside { origin, text, span }| {
            text.share().map(|text| Box::new(Inner { origin, text, span }))
        });
        let (pointer, words) = (path.pointer(), Words::made(self.1, words));
        // Without the inner text there is nothing in which it stands.
        let first = first.filter(|_| inner.is_some() == is_inside).map(|first| Box::new(First::Here(first)));
        self.0.push(Finding { rule, severity, span, pointer, words, inner, first });
    }
    fn mark(&self) -> Mark {
        Mark([self.0.len(), 0, 0])
    }
    fn rewind(&mut self, mark: Mark) {
        self.0.truncate(mark.0[0]);
    }
}
