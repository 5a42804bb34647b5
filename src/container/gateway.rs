//! JSON that holds requests: the events of gateways and runtimes, HTTP archives.

use crate::origin::Step;

use super::json_request::{archived, wrapped};
use super::{FormInfo, Held, Part, classify};

/// The request that a gateway, a runtime or a log wrapped.
pub(super) fn wrapper(text: &[u8]) -> Option<Held<'_>> {
    Held::parts(wrapped(text).map(Part::Request).into_iter(), Step::Wrapped)
}

/// Of the requests in an archive only those are read that hold something of the platform: a browser saves everything.
pub(super) fn archive(text: &[u8]) -> Option<Held<'_>> {
    let parts: Vec<_> = archived(text)
        .map(|request| match classify(&request.body) {
            form if form.is_wire() || form.is_reshaped() => Part::Request(request),
            _ => Part::Skip(request.span),
        })
        .collect();
    let nothing = parts.iter().all(|part| matches!(part, Part::Skip(_)));
    Held::parts(parts.into_iter().chain(nothing.then_some(Part::Nothing(NOTHING_ARCHIVED))), Step::Archive)
}

const NOTHING_ARCHIVED: FormInfo = FormInfo {
    name: "an HTTP archive without an event in it",
    lost: None,
    capture: Some("look for a POST to your own endpoint in it; bodies are kept only if the tool is told to"),
};
