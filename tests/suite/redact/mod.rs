//! Captures to share: nothing of anybody comes out, and `check` finds the same in what does.

mod canary;
mod command;
mod same;

use larkspect::engine::Seen;
use larkspect::finding::Findings;
use larkspect::redact::{Keep, Redactor};
use larkspect::signature::Credentials;
use larkspect::stream::frame::{Handler, Item, Limits, read_all};
use larkspect::time::Zone;
use larkspect::{Engine, finding::Span};

/// What is made of a text, a line for each document that can be read.
fn redacted(text: &[u8], redactor: &Redactor) -> Vec<u8> {
    struct Lines<'r> {
        findings: Findings,
        redactor: &'r Redactor,
        out: Vec<u8>,
    }
    impl Handler for Lines<'_> {
        type Sink = Findings;
        fn sink(&mut self) -> &mut Findings {
            &mut self.findings
        }
        fn document(&mut self, seen: &Seen<'_>, _: Option<Item>) {
            if self.redactor.document(seen, &mut self.out) {
                self.out.push(b'\n');
            }
        }
        fn broken(&mut self, _: Span, _: Option<Item>) {}
    }
    let mut lines = Lines { findings: Findings::default(), redactor, out: Vec::new() };
    read_all(&mut Engine::new(Zone::Utc), text, Limits::default(), &mut lines);
    lines.out
}

fn redactor(days: i64) -> Redactor {
    Redactor::new(b"a salt", Keep::default(), days, &Credentials::default())
}
