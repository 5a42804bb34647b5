//! JSON that holds requests: the events of gateways and runtimes, HTTP archives.

use crate::lang::label;
use crate::origin::Step;

use super::json_request::{held, wrapped};
use super::{FormInfo, Held, Part, trace};

/// The requests that a gateway, a runtime, a proxy or a log wrapped.
pub(super) fn wrapper(text: &[u8]) -> Option<Held<'_>> {
    let mut parts = held(text);
    let has_body = |part: &Part<'_>| matches!(part, Part::Request(request) if !request.span.is_empty());
    if let Some(request) = wrapped(text).filter(|_| !parts.iter().any(has_body)) {
        // Its body is no event, so that the headers seemed to have none.
        parts.retain(|part| match part {
            Part::Rest(rest) => !request.span.contains(&rest.start),
            _ => false,
        });
        parts.push(Part::Request(request));
    }
    Held::parts(parts.into_iter(), Step::Wrapped)
}

/// Of the requests in an archive only those are read that hold something of the platform: a browser saves everything.
pub(super) fn archive(text: &[u8]) -> Option<Held<'_>> {
    let parts = held(text);
    let shows = |part: &Part<'_>| match part {
        Part::Rest(rest) => trace::is_in(&text[rest.clone()]),
        _ => true,
    };
    let nothing = (!parts.iter().any(shows)).then_some(Part::Nothing(NOTHING_ARCHIVED));
    Held::parts(parts.into_iter().chain(nothing), Step::Archive)
}

const NOTHING_ARCHIVED: FormInfo = FormInfo {
    name: label("不含事件的 HTTP 存档 (HAR)", "an HTTP archive without an event in it"),
    lost: None,
    capture: Some(label(
        "在其中查找发往你自己地址的 POST；只有让工具保存，里面才会有请求体",
        "look for a POST to your own endpoint in it; bodies are kept only if the tool is told to",
    )),
};
