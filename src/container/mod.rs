//! From bytes to documents: what a captured payload may be wrapped in, and how to take it out. Everything here works
//! on byte slices it is given: no files, no clock, no network, and no output.
//!
//! A container is a file here, a line in [`CONTAINERS`] and a fixture in `fixtures/captures/forms`. One that is JSON
//! itself is known by its [`Form`], and its line is in [`HOLDERS`].

pub mod base64;
pub(crate) mod canonical;
mod classify;
pub mod curl;
pub mod encoded;
pub mod form;
mod gateway;
pub mod headers;
pub mod hexdump;
pub mod http;
pub(crate) mod json_record;
pub mod json_request;
mod kind;
mod magic;
mod node_sdk;
pub mod notation;
mod place;
pub mod request;
pub mod resync;
pub mod signs;
pub mod trace;
pub mod undo;
mod window;

pub(crate) use classify::CALLBACK;
pub use classify::classify;
use classify::{is_head, is_type};
pub use form::{Form, FormInfo};
use kind::nested;
pub use kind::stranger;
pub(crate) use kind::{body, masked};
pub use place::{Answer, Asked, Container, Held, Holder, Inner, Part, Place, Then};
pub use request::{Headers, Request};

/// What may stand where a document should begin, in the order in which it is asked.
pub static CONTAINERS: &[Container] = &[
    Container { asked: Asked::Head, begins: |_| true, probe: magic::probe },
    Container { asked: Asked::Line, begins: http::begins_with, probe: http::probe },
    Container { asked: Asked::Line, begins: curl::begins_with, probe: curl::probe },
    Container { asked: Asked::Line, begins: hexdump::begins_with, probe: hexdump::probe },
    Container { asked: Asked::FirstLine, begins: |_| false, probe: notation::packets },
    Container { asked: Asked::FirstLine, begins: |_| false, probe: notation::file },
];

/// What JSON documents hold others. Where a form stands twice, the first that finds something is taken.
pub static HOLDERS: &[Holder] = &[
    Holder { form: Form::Encrypted, probe: encoded::encrypted },
    Holder { form: Form::Wrapper, probe: encoded::in_strings },
    Holder { form: Form::Wrapper, probe: gateway::wrapper },
    Holder { form: Form::Har, probe: gateway::archive },
    Holder { form: Form::NodeFlatV2, probe: node_sdk::merged },
    Holder { form: Form::CliCompact, probe: node_sdk::flattened },
];

/// Whether documents of this form hold others, which are to be read instead.
#[inline]
pub(crate) fn holds_others(form: Form) -> bool {
    form != Form::EventV2 && (form.is_passed() || HOLDERS.iter().any(|holder| holder.form == form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_know_what_they_are_not_asked() {
        let place = Place { text: b"words\n", at: 0, end: 5, first: true, last: true, limit: 64 };
        for (number, known) in CONTAINERS.iter().enumerate() {
            assert!(matches!((known.probe)(&place), Answer::No), "{number}");
        }
    }

    #[test]
    fn lines_are_told_by_the_byte_that_they_begin_with() {
        for line in [
            "POST /webhook HTTP/1.1\nHost: a\n\n{}",
            " HTTP/1.1 200 OK\nHost: a\n\n",
            "X-Lark-Signature: 1\n\n{}",
            "x-lark-signature: 1\n\n{}",
            "> POST /webhook HTTP/1.1\n> Host: a\n>\n",
            "< HTTP/1.1 200 OK\n< Host: a\n<\n",
            "00000000: 7b22 7363 6865 6d61 223a 2232 2e30 227d  x\n",
            "\t0x0000:  7b22 7363 6865 6d61 223a 2232 2e30 227d  x\n",
        ] {
            let end = line.find('\n').unwrap();
            let place = Place { text: line.as_bytes(), at: 0, end, first: false, last: true, limit: 1 << 20 };
            let known = CONTAINERS.iter().filter(|known| known.asked == Asked::Line);
            let (mut answered, mut may) = (false, false);
            for known in known {
                let answers = !matches!((known.probe)(&place), Answer::No);
                let begins = (known.begins)(line.trim_start().as_bytes()[0]);
                assert!(begins || !answers, "{line}");
                (answered, may) = (answered | answers, may | begins);
            }
            assert!(answered && may, "{line}");
        }
        for known in CONTAINERS.iter().filter(|known| known.asked != Asked::Head) {
            assert!(!b"[({\"'iwlt".iter().any(|byte| (known.begins)(*byte)));
        }
    }
}
