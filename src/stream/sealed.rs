//! Encrypted bodies as the platform writes them: one string is all there is to them.

use crate::container::Form;
use crate::finding::Sink;
use crate::json::plain_end;

use super::frame::{Handler, Next, Reader};

/// How such a body begins.
pub(crate) const OPENING: &[u8; 12] = b"{\"encrypt\":\"";

impl<H: Handler> Reader<'_, H> {
    /// Reads the encrypted body at `at`, which begins with [`OPENING`]. `None` where it goes on in another way.
    pub fn sealed(&mut self, at: usize) -> Option<Next> {
        let text = self.text;
        let start = at + OPENING.len();
        let quote = plain_end(text, start);
        let end = quote + 2;
        if text.get(quote..end) != Some(b"\"}") || !self.utf8 || self.is_too_large(at, end) {
            return None;
        }
        let mark = self.handler.sink().mark();
        let sealed = &text[start..quote];
        self.open(self.state.item(), at..end, |unwrapper, context| {
            if !unwrapper.encrypted(start - 1..quote + 1, sealed, context) {
                unwrapper.bare(text, at..end, Form::Encrypted, context, mark);
            }
        });
        self.pass_before(at, at);
        self.done();
        Some(Next::At(end))
    }
}
