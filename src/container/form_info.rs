//! The words about every form: what it is, what is lost in it, and how to capture it whole.

use super::Form;

/// What is to be said about a form of input.
#[derive(Debug, PartialEq, Eq)]
pub struct About {
    /// A few words, for `-v` and within sentences: `this is {name}`.
    pub name: &'static str,
    /// One sentence: what it is and where it comes from.
    pub what: &'static str,
    /// What of the event can no longer be known; `None` when nothing is lost.
    pub lost: Option<&'static str>,
    /// How to come by the whole event instead; `None` when there is nothing better.
    pub capture: Option<&'static str>,
}

/// The advice that fits most: the body is the thing.
pub(crate) const RAW_BODY: &str =
    "write the request's body to a file before anything parses it, with its X-Lark-* headers beside it";

const fn whole(name: &'static str, what: &'static str) -> About {
    About { name, what, lost: None, capture: None }
}

const fn damaged(name: &'static str, what: &'static str, lost: &'static str, capture: &'static str) -> About {
    About { name, what, lost: Some(lost), capture: Some(capture) }
}

/// The words about `form`.
pub(crate) fn form(form: Form) -> &'static About {
    match form {
        Form::EventV2 => const { &whole("a v2 event", "An event as the platform sends it, schema 2.0.") },
        Form::EventV1 => {
            const { &whole("a v1 event", "An event as the platform sends it, in the older schema.") }
        }
        Form::Challenge => {
            const {
                &whole(
                    "a URL verification",
                    "The platform asks whether the request URL is yours; the answer is the same challenge, within a second.",
                )
            }
        }
        Form::ChallengeV2 => {
            const {
                &whole(
                    "a URL verification shaped like a v2 event",
                    "Not documented, but in SDK tests and seen in the wild: a challenge within a v2 envelope.",
                )
            }
        }
        Form::Encrypted => {
            const { &whole("an encrypted body", "The app has an Encrypt Key: the event is inside `encrypt`.") }
        }
        Form::CardOld => {
            const {
                &whole(
                    "an old card callback",
                    "The flat body of card.action.trigger_v1, signed with SHA-1 and the Verification Token.",
                )
            }
        }
        Form::CliCompact => {
            const {
                &damaged(
                    "a flattened event of the CLI",
                    "The CLI lifted the event's fields to the top and put the event type in `type`.",
                    "the event's own `type` is overwritten by the event type, integers beyond 2^53 may have lost digits, and \
         schema, token, app_id and tenant_key are gone",
                    "let the CLI print whole events: `lark-cli event +subscribe` without `--compact`",
                )
            }
        }
        Form::CliLostHeader => {
            const {
                &damaged(
                    "a v1 event that went through the CLI",
                    "The CLI prints every event with a v2 header; for a v1 event it stays empty.",
                    "uuid, ts and token are gone: the event can be neither dated nor told from a second delivery",
                    RAW_BODY,
                )
            }
        }
        Form::NodeFlatV2 => {
            const {
                &damaged(
                    "an event as the Node SDK hands it to a handler",
                    "The SDK merges header and event into one flat object.",
                    "where header and event have a field of the same name (type, token, create_time) only the event's is left",
                    "log the request's body instead of the handler's argument",
                )
            }
        }
        Form::NodeFlatV1 => {
            const {
                &damaged(
                    "a v1 event as the Node SDK hands it to a handler",
                    "The SDK merges the envelope into the event, and the envelope wins.",
                    "the event's own `type` is overwritten by \"event_callback\"",
                    "log the request's body instead of the handler's argument",
                )
            }
        }
        Form::Wrapper => {
            const {
                &whole(
                    "a wrapped request",
                    "A gateway, a serverless runtime, a proxy or an access log wrote it as JSON.",
                )
            }
        }
        Form::Har => {
            const { &whole("an HTTP archive", "A HAR file: requests as a browser or a proxy saved them.") }
        }
        Form::ApiResponse => {
            const {
                &damaged(
                    "an API response",
                    "What an API call answered (code, msg, data), not an event.",
                    "it is not an event",
                    "for punches, subscribe to attendance.user_flow.created_v1 and capture what the platform posts",
                )
            }
        }
        Form::SdkReply => {
            const {
                &damaged(
                    "an SDK's reply",
                    "What an SDK answers to the platform after an event, not the event.",
                    "it is the other direction",
                    "capture the request, not the response",
                )
            }
        }
        Form::ChallengeEcho => {
            const {
                &damaged(
                    "the answer to a URL verification",
                    "What an endpoint answers to a challenge.",
                    "it is the other direction",
                    "capture the request, not the response",
                )
            }
        }
        Form::BareBody => {
            const {
                &damaged(
                    "the inside of an event",
                    "The fields of an event without the envelope, or an item of an API response.",
                    "schema and header are missing: event type, event id and time of delivery cannot be known",
                    RAW_BODY,
                )
            }
        }
        Form::Quoted => {
            const { &whole("JSON within a JSON string", "A body that was put into JSON once more, as text.") }
        }
        Form::Other => &About {
            name: "JSON of another kind",
            what: "None of the forms in which an event is sent or captured.",
            lost: None,
            capture: Some(RAW_BODY),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_own_name_and_sentence() {
        let mut names: Vec<_> = Form::ALL.iter().map(|form| form.about().name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Form::ALL.len());
        for form in Form::ALL {
            let about = form.about();
            assert!(about.what.ends_with('.') && !about.name.ends_with('.'), "{form:?}");
            assert!(about.lost.is_none() || about.capture.is_some(), "{form:?} says no way out");
        }
    }
}
