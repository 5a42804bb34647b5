//! From bytes to documents: what a captured payload may be wrapped in, and how to take it out. Everything here works
//! on byte slices it is given: no files, no clock, no network, and no output.
//!
//! A container is a file here, a line in [`CONTAINERS`] and a fixture in `fixtures/captures/forms`. One that is JSON
//! itself is known by its [`Form`], and its line is in [`HOLDERS`].

pub mod base64;
mod classify;
pub mod curl;
pub mod encoded;
pub mod finder;
pub mod form;
mod gateway;
pub mod hexdump;
pub mod http;
pub mod json_request;
mod log;
mod magic;
mod node_sdk;
pub mod notation;
mod place;
pub mod request;
pub mod resync;
pub mod signs;

pub use classify::classify;
pub use form::{Form, FormInfo};
pub use place::{Answer, Asked, Container, Held, Holder, Inner, Part, Place, Then};
pub use request::{Headers, Request};

/// What may stand where a document should begin, in the order in which it is asked.
pub static CONTAINERS: &[Container] = &[
    Container { asked: Asked::Head, probe: magic::probe },
    Container { asked: Asked::Line, probe: http::probe },
    Container { asked: Asked::Line, probe: curl::probe },
    Container { asked: Asked::Line, probe: log::remark },
    Container { asked: Asked::Line, probe: encoded::line },
    Container { asked: Asked::FirstLine, probe: hexdump::probe },
    Container { asked: Asked::FirstLine, probe: encoded::lines },
    Container { asked: Asked::Line, probe: log::objects },
    Container { asked: Asked::Line, probe: encoded::within },
    Container { asked: Asked::FirstLine, probe: notation::packets },
    Container { asked: Asked::Line, probe: log::line },
    Container { asked: Asked::Line, probe: log::words },
    Container { asked: Asked::FirstLine, probe: notation::file },
    Container { asked: Asked::Broken, probe: notation::document },
];

/// What JSON documents hold others. Where a form stands twice, the first that finds something is taken.
pub static HOLDERS: &[Holder] = &[
    Holder { form: Form::Encrypted, probe: encoded::encrypted },
    Holder { form: Form::Wrapper, probe: gateway::wrapper },
    Holder { form: Form::Har, probe: gateway::archive },
    Holder { form: Form::NodeFlatV2, probe: node_sdk::merged },
    Holder { form: Form::Other, probe: log::within },
    Holder { form: Form::Other, probe: encoded::within_strings },
];

/// Whether documents of this form hold others, which are to be read instead.
#[inline]
pub(crate) fn holds_others(form: Form) -> bool {
    form != Form::EventV2 && HOLDERS.iter().any(|holder| holder.form == form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_know_what_they_are_not_asked() {
        let place =
            Place { text: b"words\n", at: 0, end: 5, first: true, last: true, limit: 64, broken: None };
        for (number, known) in CONTAINERS.iter().enumerate() {
            assert!(matches!((known.probe)(&place), Answer::No), "{number}");
        }
    }
}
