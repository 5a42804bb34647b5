//! From bytes to documents: what a captured payload may be wrapped in, and how to take it out. Everything here works
//! on byte slices it is given: no files, no clock, no network, and no output.
//!
//! A container is a file here, a line in [`CONTAINERS`] and a fixture in `fixtures/captures/forms`. What stands around
//! documents in JSON is known by its [`Form`] instead.

pub mod base64;
mod classify;
pub mod curl;
pub mod encoded;
pub mod finder;
pub mod form;
pub mod hexdump;
pub mod http;
pub mod json_request;
pub mod literal;
mod log;
mod magic;
pub(crate) mod node_sdk;
pub mod notation;
mod place;
pub mod request;
pub mod resync;
mod scan;
pub mod signs;

pub use classify::classify;
pub use form::{About, Form};
pub use place::{Answer, Asked, Container, Inner, Place, Then};
pub use request::{Headers, Request};

/// What may stand where a document should begin, in the order in which it is asked.
pub static CONTAINERS: &[Container] = &[
    Container { name: "a file that is no text", asked: Asked::Head, probe: magic::probe },
    Container { name: "HTTP", asked: Asked::Line, probe: http::probe },
    Container { name: "a curl -v dump", asked: Asked::Line, probe: curl::probe },
    Container { name: "a remark", asked: Asked::Line, probe: log::remark },
    Container { name: "a line of base64", asked: Asked::Line, probe: encoded::line },
    Container { name: "a dump of bytes", asked: Asked::FirstLine, probe: hexdump::probe },
    Container { name: "base64 in lines", asked: Asked::FirstLine, probe: encoded::lines },
    Container { name: "a line with objects", asked: Asked::Line, probe: log::objects },
    Container { name: "a line with base64", asked: Asked::Line, probe: encoded::within },
    Container { name: "a dump of packets", asked: Asked::FirstLine, probe: notation::packets },
    Container { name: "a line of a log", asked: Asked::Line, probe: log::line },
    Container { name: "words before a document", asked: Asked::Line, probe: log::words },
    Container { name: "a file of another kind", asked: Asked::FirstLine, probe: notation::file },
    Container { name: "another notation than JSON", asked: Asked::Broken, probe: notation::document },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_have_names_of_their_own_and_know_what_they_are_not_asked() {
        let place =
            Place { text: b"words\n", at: 0, end: 5, first: true, last: true, limit: 64, broken: None };
        for (number, known) in CONTAINERS.iter().enumerate() {
            assert!(CONTAINERS[..number].iter().all(|other| other.name != known.name), "{}", known.name);
            assert!(matches!((known.probe)(&place), Answer::No), "{}", known.name);
        }
    }
}
