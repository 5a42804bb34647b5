//! The forms of JSON documents: one table of what each is called, which part it plays, what is lost in it, and how to
//! capture the whole event instead.

use crate::lang::{Label, label};

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
    pub name: Label,
    /// What of the event can no longer be known; `None` when nothing is lost.
    pub lost: Option<Label>,
    /// How to come by the whole event instead; `None` when there is nothing better.
    pub capture: Option<Label>,
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
pub(crate) const RAW_BODY: Label = label(
    "在解析之前把请求体写入文件，并一起保存 X-Lark-* 请求头",
    "write the request's body to a file before anything parses it, with its X-Lark-* headers beside it",
);

/// The same for what a handler was given.
pub(super) const HANDLER: Label = label(
    "在日志里记录请求体，而不是处理函数的参数",
    "log the request's body instead of the handler's argument",
);
const REQUEST: Label = label("抓取请求，而不是响应", "capture the request, not the response");

/// What is said of a line that shows an event which cannot be read.
pub(crate) const PART: FormInfo = FormInfo {
    name: label("一行日志，里面只有事件的一部分", "a line of a log with a part of an event"),
    lost: Some(label(
        "事件被拆成多行，或用了无法读取的写法",
        "the event is cut into lines, or written in a notation that is not read",
    )),
    capture: Some(RAW_BODY),
};

const fn row(form: Form, role: Role, name: Label) -> Row {
    Row { form, role, reshaped: false, about: FormInfo { name, lost: None, capture: None } }
}

impl Row {
    const fn reshaped(mut self) -> Row {
        self.reshaped = true;
        self
    }

    const fn lost(mut self, lost: Label) -> Row {
        self.about.lost = Some(lost);
        self
    }

    const fn capture(mut self, capture: Label) -> Row {
        self.about.capture = Some(capture);
        self
    }
}

/// Every form, in the order of [`Form`].
pub(super) static FORMS: [Row; 18] = [
    row(Form::EventV2, Role::Wire, label("一个 v2 事件", "a v2 event")),
    row(Form::EventV1, Role::Wire, label("一个 v1 事件", "a v1 event")),
    row(Form::Challenge, Role::Wire, label("地址验证请求", "a URL verification")),
    row(Form::ChallengeV2, Role::Wire, label("结构与 v2 事件相同的地址验证请求", "a URL verification shaped like a v2 event")),
    row(Form::Encrypted, Role::Wire, label("加密的请求体", "an encrypted body")),
    row(Form::CardOld, Role::Wire, label("旧版卡片回调", "an old card callback")),
    row(Form::CliCompact, Role::Capture, label("命令行工具展平的事件", "a flattened event of the CLI"))
        .reshaped()
        .lost(
            label("事件自己的 `type` 被事件类型覆盖，超过 2^53 的整数可能丢失了末尾几位，schema、token、\
         app_id 和 tenant_key 都没有了", "the event's own `type` is overwritten by the event type, integers beyond 2^53 may have lost digits, and \
             schema, token, app_id and tenant_key are gone"),
        )
        .capture(label("让命令行工具输出完整的事件：`lark-cli event +subscribe`，不加 `--compact`", "let the CLI print whole events: `lark-cli event +subscribe` without `--compact`")),
    row(Form::CliLostHeader, Role::Capture, label("经过命令行工具的 v1 事件", "a v1 event that went through the CLI"))
        .reshaped()
        .lost(label("uuid、ts 和 token 都没有了：既无法确定事件的时间，也无法与重复投递区分", "uuid, ts and token are gone: the event can be neither dated nor told from a second delivery"))
        .capture(RAW_BODY),
    row(Form::NodeFlatV2, Role::Capture, label("由 Node SDK 交给处理函数的事件", "an event as the Node SDK hands it to a handler"))
        .reshaped()
        .lost(
            label("header 和 event 里同名的字段（type、token、create_time）只剩下 event 里的", "where header and event have a field of the same name (type, token, create_time) only the event's is left"),
        )
        .capture(HANDLER),
    row(Form::NodeFlatV1, Role::Capture, label("由 Node SDK 交给处理函数的 v1 事件", "a v1 event as the Node SDK hands it to a handler"))
        .reshaped()
        .lost(label("事件自己的 `type` 被 \"event_callback\" 覆盖", "the event's own `type` is overwritten by \"event_callback\""))
        .capture(HANDLER),
    row(Form::Wrapper, Role::Capture, label("包装过的请求", "a wrapped request")),
    row(Form::Har, Role::Capture, label("一个 HTTP 存档 (HAR)", "an HTTP archive")),
    row(Form::ApiResponse, Role::Reply, label("调用 API 得到的返回", "an API response")).capture(
        label("要获取打卡流水，请订阅 attendance.user_flow.created_v1，并抓取平台推送的请求", "for punches, subscribe to attendance.user_flow.created_v1 and capture what the platform posts"),
    ),
    row(Form::SdkReply, Role::Reply, label("由 SDK 写的回复", "an SDK's reply")).capture(REQUEST),
    row(Form::ChallengeEcho, Role::Reply, label("对地址验证请求的回复", "the answer to a URL verification")).capture(REQUEST),
    row(Form::BareBody, Role::Capture, label("事件内部的内容", "the inside of an event")).capture(RAW_BODY),
    row(Form::Quoted, Role::Capture, label("放在 JSON 字符串里的 JSON", "JSON within a JSON string")),
    row(Form::Other, Role::Unknown, label("另一种 JSON", "JSON of another kind")).capture(RAW_BODY),
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
        let mut names: Vec<_> = FORMS.iter().map(|row| row.form.about().name.en).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMS.len());
        for form in FORMS.iter().map(|row| row.form) {
            let about = form.about();
            assert!(!about.name.en.is_empty() && !about.name.en.ends_with('.'), "{form:?}");
            assert!(about.lost.is_none() || about.capture.is_some(), "{form:?} says no way out");
        }
    }
}
