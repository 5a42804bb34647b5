//! What `check` says of a text: findings and forms, without files or a command line.

use std::sync::Arc;

use larkspect::finding::{Finding, Findings, Severity, Span};
use larkspect::stream::frame::{Handler, Item, Limits, State, segment};
use larkspect::time::Zone;
use larkspect::{
    container::Form,
    engine::{Engine, Seen},
};
use larkspect::{container::Request, signature::Credentials};

/// Everything that was found, and the form of every document.
#[derive(Debug, Default)]
pub struct Judged {
    pub findings: Vec<Finding>,
    pub forms: Vec<Form>,
}

impl Judged {
    /// The findings of error level.
    #[allow(dead_code)] // not by every test
    pub fn errors(&self) -> Vec<&Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
    }
}

#[derive(Default)]
struct Listener {
    findings: Findings,
    forms: Vec<Form>,
    within: bool,
}

impl Handler for Listener {
    type Sink = Findings;
    fn sink(&mut self) -> &mut Findings {
        &mut self.findings
    }
    fn document(&mut self, seen: &Seen<'_>, _: Option<Item>) {
        // What was taken out of something is not the document that was given.
        let itself = seen.origin.is_plain() && !self.within;
        self.forms.push(if itself { seen.form } else { Form::Wrapper });
    }
    fn broken(&mut self, _: Span, _: Option<Item>) {}
    fn request(&mut self, _: &Request<'_>, _: Span) {
        self.within = true;
    }
    fn request_end(&mut self) {
        self.within = false;
    }
}

/// Reads a whole text.
#[allow(dead_code)] // not by every test
pub fn judge(text: &[u8], limits: Limits) -> Judged {
    judge_with(text, limits, Arc::default())
}

/// Reads a whole text, knowing keys and tokens.
pub fn judge_with(text: &[u8], limits: Limits, credentials: Arc<Credentials>) -> Judged {
    let mut listener = Listener::default();
    let mut engine = Engine::with(Zone::Utc, credentials);
    segment(&mut engine, text, &mut State::default(), limits, true, false, &mut listener);
    Judged { findings: listener.findings.0, forms: listener.forms }
}
