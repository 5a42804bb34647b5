//! The forms of JSON documents: one table of what each is called, which part it plays, what is lost in it, and how to
//! capture the whole event instead.

/// What a JSON document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `schema`, `header`, `event`; also with one of them missing, which is then a finding.
    EventV2,
    /// `uuid`, `ts`, `token`, `type`, `event`
    EventV1,
    /// `{"challenge","token","type":"url_verification"}`
    Challenge,
    /// A challenge in the shape of a v2 event: not documented, but in the wild.
    ChallengeV2,
    /// `{"encrypt":"…"}`
    Encrypted,
    /// The flat body of `card.action.trigger_v1`.
    CardOld,
    /// What `--compact` and the flat keys of `event consume` of the CLI print.
    CliCompact,
    /// A v1 event that went through the CLI: the header is there and empty.
    CliLostHeader,
    /// What a handler of the Node SDK is given for a v2 event.
    NodeFlatV2,
    /// What a handler of the Node SDK is given for a v1 event.
    NodeFlatV1,
    /// A request as a gateway, a serverless runtime, a proxy or an access log writes it.
    Wrapper,
    /// An HTTP archive.
    Har,
    /// What an API call answered.
    ApiResponse,
    /// What an SDK answered to the platform.
    SdkReply,
    /// What an endpoint answered to a challenge.
    ChallengeEcho,
    /// The inside of an event, without the envelope.
    BareBody,
    /// JSON within a JSON string.
    Quoted,
    /// None of these.
    Other,
}

/// What is to be said about a form of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormInfo {
    /// A few words, for `-v` and within sentences: `this is {name}`.
    pub name: &'static str,
    /// What of the event can no longer be known; `None` when nothing is lost.
    pub lost: Option<&'static str>,
    /// How to come by the whole event instead; `None` when there is nothing better.
    pub capture: Option<&'static str>,
}

/// Which part documents of a form play. Where several stand in one line, the later of these is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Unknown.
    Unknown,
    /// An answer to a request, or a message of another protocol than event callbacks.
    Reply,
    /// A part of an event, something an SDK or a log made of one, or something that wraps one.
    Capture,
    /// A body as the platform sends it.
    Wire,
}

/// What is known about a form.
pub(super) struct Row {
    pub(super) form: Form,
    role: Role,
    /// Whether an SDK or the CLI makes documents of this form out of events.
    reshaped: bool,
    about: FormInfo,
}

/// The advice for most forms: keep the raw body, before any parser changes it.
pub(crate) const RAW_BODY: &str =
    "write the request's body to a file before anything parses it, with its X-Lark-* headers beside it";

/// The same for what a handler was given.
pub(super) const HANDLER: &str = "log the request's body instead of the handler's argument";
const REQUEST: &str = "capture the request, not the response";

/// What is said of a line that shows an event which cannot be read.
pub(crate) const PART: FormInfo = FormInfo {
    name: "a line of a log with a part of an event",
    lost: Some("the event is cut into lines, or written in a notation that is not read"),
    capture: Some(RAW_BODY),
};

const fn row(form: Form, role: Role, name: &'static str) -> Row {
    Row { form, role, reshaped: false, about: FormInfo { name, lost: None, capture: None } }
}

impl Row {
    const fn reshaped(mut self) -> Row {
        self.reshaped = true;
        self
    }

    const fn lost(mut self, lost: &'static str) -> Row {
        self.about.lost = Some(lost);
        self
    }

    const fn capture(mut self, capture: &'static str) -> Row {
        self.about.capture = Some(capture);
        self
    }
}

/// Every form, in the order of [`Form`].
pub(super) static FORMS: [Row; 18] = [
    row(Form::EventV2, Role::Wire, "a v2 event"),
    row(Form::EventV1, Role::Wire, "a v1 event"),
    row(Form::Challenge, Role::Wire, "a URL verification"),
    row(Form::ChallengeV2, Role::Wire, "a URL verification shaped like a v2 event"),
    row(Form::Encrypted, Role::Wire, "an encrypted body"),
    row(Form::CardOld, Role::Wire, "an old card callback"),
    row(Form::CliCompact, Role::Capture, "a flattened event of the CLI")
        .reshaped()
        .lost(
            "the event's own `type` is overwritten by the event type, integers beyond 2^53 may have lost digits, and \
             schema, token, app_id and tenant_key are gone",
        )
        .capture("let the CLI print whole events: `lark-cli event +subscribe` without `--compact`"),
    row(Form::CliLostHeader, Role::Capture, "a v1 event that went through the CLI")
        .reshaped()
        .lost("uuid, ts and token are gone: the event can be neither dated nor told from a second delivery")
        .capture(RAW_BODY),
    row(Form::NodeFlatV2, Role::Capture, "an event as the Node SDK hands it to a handler")
        .reshaped()
        .lost(
            "where header and event have a field of the same name (type, token, create_time) only the event's is left",
        )
        .capture(HANDLER),
    row(Form::NodeFlatV1, Role::Capture, "a v1 event as the Node SDK hands it to a handler")
        .reshaped()
        .lost("the event's own `type` is overwritten by \"event_callback\"")
        .capture(HANDLER),
    row(Form::Wrapper, Role::Capture, "a wrapped request"),
    row(Form::Har, Role::Capture, "an HTTP archive"),
    row(Form::ApiResponse, Role::Reply, "an API response").capture(
        "for punches, subscribe to attendance.user_flow.created_v1 and capture what the platform posts",
    ),
    row(Form::SdkReply, Role::Reply, "an SDK's reply").capture(REQUEST),
    row(Form::ChallengeEcho, Role::Reply, "the answer to a URL verification").capture(REQUEST),
    row(Form::BareBody, Role::Capture, "the inside of an event").capture(RAW_BODY),
    row(Form::Quoted, Role::Capture, "JSON within a JSON string"),
    row(Form::Other, Role::Unknown, "JSON of another kind").capture(RAW_BODY),
];

impl Form {
    fn row(self) -> &'static Row {
        let row = &FORMS[self as usize];
        debug_assert_eq!(row.form, self);
        row
    }

    /// The words about it.
    pub fn about(self) -> &'static FormInfo {
        &self.row().about
    }

    /// Which part documents of this form play.
    pub(crate) fn role(self) -> Role {
        self.row().role
    }

    /// Whether the platform itself sends documents of this form.
    pub fn is_wire(self) -> bool {
        self.role() == Role::Wire
    }

    /// Whether an SDK or the CLI makes documents of this form out of events.
    pub fn is_reshaped(self) -> bool {
        self.row().reshaped
    }

    /// Whether documents of this form are passed over where others are events.
    pub fn is_passed(self) -> bool {
        matches!(self.role(), Role::Reply | Role::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_own_row_and_name() {
        let mut names: Vec<_> = FORMS.iter().map(|row| row.form).map(|form| form.about().name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMS.len());
        for form in FORMS.iter().map(|row| row.form) {
            let about = form.about();
            assert!(!about.name.is_empty() && !about.name.ends_with('.'), "{form:?}");
            assert!(about.lost.is_none() || about.capture.is_some(), "{form:?} says no way out");
        }
    }
}
