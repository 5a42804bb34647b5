//! Rules about how a body came here: encrypted, signed, re-shaped by the tool that captured it.

use crate::catalog::ENCRYPT;
use crate::finding::{Rule, Severity, Sink, Span, Words};
use crate::json::{Path, Segment};
use crate::lang::{Label, Lang, label, say};

/// An encrypted body that no key opens.
pub static DECRYPTION_FAILED: Rule = Rule {
    code: "decryption-failed",
    severity: Severity::Error,
    summary: label("内容已加密，且无法解密", "the body is encrypted and cannot be decrypted"),
    why: label(
        "要么字符串已损坏（被截断，或不是标准的 base64），要么提供的 Encrypt Key 都不是这个应用的，要么解\
         出来的不是 JSON。密钥错误时究竟剩下什么，并不加以区分：那只会帮到伪造请求的人。",
        "Either the string is damaged (cut, or no standard base64), or none of the Encrypt Keys given is that of \
         the app, or what comes out is no JSON. What exactly a wrong key leaves behind is not told apart: that \
         would help nobody but who forges bodies.",
    ),
    wrong: r#"{"encrypt": "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzgh"}"#,
    right: "{..}",
};

/// A signature that is not that of the body.
pub static SIGNATURE_MISMATCH: Rule = Rule {
    code: "signature-mismatch",
    severity: Severity::Error,
    summary: label("请求的签名不正确", "the signature of the request is wrong"),
    why: label(
        "X-Lark-Signature 是把时间戳、随机串 (nonce)、Encrypt Key 和原样的请求体直接拼接（中间没有任何分\
         隔）后的 SHA-256，以十六进制表示。签名不对时，会逐个尝试已知的常见错误，并指出能解释它的那一个。\
         签名不对的请求不可信。只有提供了密钥（旧版卡片回调为 token），且抓取的内容带有请求头时，才会判断。",
        "X-Lark-Signature is the SHA-256, in hex, of timestamp, nonce, Encrypt Key and the body as it was sent, \
         joined with nothing between them. When it is wrong, the mistakes that are known to happen are tried, and \
         the one that explains it is named. A request whose signature is wrong must not be believed. Said only \
         when a key (for old card callbacks: a token) is given and the capture has the headers.",
    ),
    wrong: "LARKSPECT_ENCRYPT_KEY=test key\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"7ce39c58a6d3a2fd4bc20e5d1f8e35e1b45bc5d5d4dba2ea4ae3e7dc3a9c22e6\"}, \
            \"body\": \"{\\\"challenge\\\":\\\"c\\\",\\\"token\\\":\\\"t\\\",\\\"type\\\":\\\"url_verification\\\"}\"}",
    right: "LARKSPECT_ENCRYPT_KEY=test key\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"fa09a57952504e9cd20cdc0a9e890dc73ad20575ea55051d6ab594201b32e2c8\"}, \
            \"body\": \"{\\\"challenge\\\":\\\"c\\\",\\\"token\\\":\\\"t\\\",\\\"type\\\":\\\"url_verification\\\"}\"}",
};

/// A Verification Token that is not the app's.
pub static TOKEN_MISMATCH: Rule = Rule {
    code: "token-mismatch",
    severity: Severity::Error,
    summary: label(
        "token 不是所提供的 Verification Token",
        "the token is not the Verification Token that was given",
    ),
    why: label(
        "每个事件都带有应用的 Verification Token，位于 `header.token`（v1 和地址验证请求位于 `token`）。\
         不一致说明事件属于别的应用，或产生于 token 重置之前，或是伪造的。只有提供了 token 时才会判断。",
        "Every event carries the app's Verification Token, in `header.token` (v1 and challenges: `token`). Another \
         one means an event of another app, of the time before the token was reset, or a forged one. Said only \
         when a token is given.",
    ),
    wrong: "LARKSPECT_VERIFICATION_TOKEN=the token of another app\n{..}",
    right: "LARKSPECT_VERIFICATION_TOKEN=wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg\n{..}",
};

/// The same request again.
pub static REPLAYED_REQUEST: Rule = Rule {
    code: "replayed-request",
    severity: Severity::Warning,
    summary: label("同一个签名请求之前出现过", "the same signed request came before"),
    why: label(
        "平台重新投递事件时会重新签名，时间戳也是新的。同一个签名请求出现两次，要么是重放，要么是抓取的内\
         容里存了两份。接收方应记住事件 ID。由 `verify` 报告，它记住多少个请求由 --window 决定。",
        "When the platform delivers an event again it signs it again, with a new timestamp. The same signed request \
         twice is a replay, or a capture that holds it twice. Receivers should remember event ids. Said by \
         `verify`, which remembers as many requests as its --window says.",
    ),
    wrong: "{\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"ea9ef2a020c0d9238414aae6d58070cde6f37a695f3398f512a836bab952f8f8\"}, \
            \"body\": \"{}\"}\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"ea9ef2a020c0d9238414aae6d58070cde6f37a695f3398f512a836bab952f8f8\"}, \
            \"body\": \"{}\"}",
    right: "{..}",
};

/// A request that was signed long after its event.
pub static STALE_REQUEST: Rule = Rule {
    code: "stale-request",
    severity: Severity::Warning,
    summary: label("请求的签名时间与事件相差太久", "the request was signed too long after its event"),
    why: label(
        "平台在发送时签名，一般在事件发生后几秒之内；重试间隔为 15 秒、5 分钟、1 小时和 6 小时。差得更多，\
         或者请求早于事件，说明时钟不准，或者请求是用旧事件拼出来的。由 `verify --max-skew` 报告。",
        "The platform signs a request when it sends it, within seconds of the event; it retries after 15 seconds, \
         5 minutes, 1 hour and 6 hours. A larger distance, or a request older than its event, is a clock that is \
         wrong or a request that was made from an old event. Said by `verify --max-skew`.",
    ),
    wrong: "--max-skew 60\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615389999\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"00\"}, \"body\": {..}}",
    right: "{..}",
};

/// A capture in a shape that no endpoint was sent.
pub static RESHAPED_CAPTURE: Rule = Rule {
    code: "reshaped-capture",
    severity: Severity::Error,
    summary: label("工具把事件改写成了自己的格式", "a tool wrote the event in a shape of its own"),
    why: label(
        "命令行工具和 SDK 会以自己的格式转交事件，人们也会直接粘贴编程语言打印出来的内容。没有丢失信息时，\
         事件照常读取，这只是一条提示。丢失了信息时则是错误，因为丢失的部分无法检查，而靠猜测只会更糟：这\
         里会说明丢了什么，以及怎样完整地抓取事件。",
        "Command-line clients and SDKs hand events on in shapes of their own, and people paste what their language \
         prints. Where nothing is lost the event is read and this is a note. Where something is lost it is an \
         error, because what was lost cannot be checked, and guessing it would be worse: the finding says what it \
         is, and how to capture the event whole.",
    ),
    wrong: r#"{"check_time": "1615381916", "employee_id": "2b68933a", "event_id": "41fae5c1", "timestamp": "1615381917707", "type": "attendance.user_flow.created_v1"}"#,
    right: "{..}",
};

/// A challenge in a shape that is not documented.
pub static UNDOCUMENTED_CHALLENGE: Rule = Rule {
    code: "undocumented-challenge",
    severity: Severity::Note,
    summary: label("地址验证请求用了事件的结构", "a URL verification in the shape of an event"),
    why: label(
        "文档里它只有一种形式：`challenge`、`token` 和 `type`，没有别的。SDK 的测试和实际代码里也有把它放\
         进事件外层结构的，所以处理程序最好两种都接受；但从未见过平台这样发送。",
        "The documentation knows one form of it: `challenge`, `token` and `type`, and nothing else. Tests of SDKs \
         and code in the wild have it inside the envelope of an event as well, so a handler does well to accept \
         both; but a platform that sends this has not been seen.",
    ),
    wrong: r#"{"schema": "2.0", "header": {"event_type": "url_verification"}, "event": {"challenge": "ajls384kdjx98XX"}}"#,
    right: r#"{"challenge": "ajls384kdjx98XX", "token": "wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg", "type": "url_verification"}"#,
};

/// Reports an `encrypt` string that does not open: `error` says what it does instead.
#[cold]
pub fn decryption_failed(error: impl Fn(Lang) -> String, help: Label, span: Span, sink: &mut impl Sink) {
    let path = Path::ROOT.child(Segment::Key(ENCRYPT));
    sink.report(DECRYPTION_FAILED.at(span, &path), |lang| {
        Words::new(format!("`{ENCRYPT}` {}", error(lang))).help(help.text(lang))
    });
}

/// What is said of a signature that is wrong, and why it is where that is known.
pub fn wrong_signature(cause: Option<Label>, lang: Lang) -> String {
    match cause.map(|cause| cause.text(lang)) {
        Some(cause) => say!(lang, "签名不正确：{cause}", "the signature is wrong: {cause}"),
        None => say!(
            lang,
            "签名不正确，且不是任何已知的错误造成的",
            "the signature is wrong, and no known mistake explains it"
        ),
    }
}

/// Reports a wrong signature, and why it is wrong where that is known.
#[cold]
pub fn signature_mismatch(cause: Option<(Label, Label)>, span: Span, sink: &mut impl Sink) {
    const ASK: Label = label(
        "这是接收它的应用的 Encrypt Key 吗？请求体收到之后改动过吗？",
        "is this the Encrypt Key of the app that received it? Was the body changed after it was received?",
    );
    sink.report(SIGNATURE_MISMATCH.at(span, &Path::ROOT), |lang| {
        let (sentence, help) = cause.map_or((None, ASK), |(sentence, help)| (Some(sentence), help));
        Words::new(wrong_signature(sentence, lang)).help(help.text(lang))
    });
}

/// Reports a token that is not one of those given. Neither is quoted.
#[cold]
pub fn token_mismatch(span: Span, path: &Path<'_>, sink: &mut impl Sink) {
    sink.report(TOKEN_MISMATCH.at(span, path), |lang| {
        let name = path.dotted();
        let message = say!(
            lang,
            "`{name}` 不是所提供的 Verification Token",
            "`{name}` is not the Verification Token that was given"
        );
        Words::new(message).help(say!(
            lang,
            "它是这个应用的 token 吗？后来重置过吗？",
            "is it the token of this app, and has it been reset since?"
        ))
    });
}

/// Reports a capture that a tool re-shaped: `what` it is, what is `lost` and how to `capture` it instead.
#[cold]
pub fn reshaped(
    what: impl Fn(Lang) -> String,
    lost: Option<Label>,
    capture: Option<Label>,
    span: Span,
    sink: &mut impl Sink,
) {
    let severity = if lost.is_some() { RESHAPED_CAPTURE.severity } else { Severity::Note };
    sink.report(RESHAPED_CAPTURE.at(span, &Path::ROOT).weighing(severity), |lang| {
        let what = what(lang);
        let message = match lost.map(|lost| lost.text(lang)) {
            Some(lost) => say!(lang, "这是{what}：{lost}", "this is {what}: {lost}"),
            None => say!(
                lang,
                "这是{what}；没有丢失信息，已照常读取",
                "this is {what}; nothing is lost, and it was read"
            ),
        };
        Words::new(message).found(what).maybe_help(capture.map(|capture| capture.text(lang)))
    });
}

/// Reports a request whose head and body contradict each other: it was edited, or cut.
#[cold]
pub fn contradicts(flaw: impl Fn(Lang) -> String, span: Span, sink: &mut impl Sink) {
    sink.report(RESHAPED_CAPTURE.at(span, &Path::ROOT).weighing(Severity::Warning), |lang| {
        let flaw = flaw(lang);
        let message = say!(
            lang,
            "这个请求在抓取之后被改动过：{flaw}",
            "this request was changed after it was captured: {flaw}"
        );
        Words::new(message).help(say!(
            lang,
            "请求体按现状读取；签名可能已经对不上",
            "its body was read as it stands; its signature may not fit it any more"
        ))
    });
}

/// Reports a challenge in an envelope.
#[cold]
pub fn undocumented_challenge(span: Span, sink: &mut impl Sink) {
    sink.report(UNDOCUMENTED_CHALLENGE.at(span, &Path::ROOT), |lang| {
        let message = say!(
            lang,
            "文档中没有事件结构的地址验证请求",
            "a URL verification in the shape of an event is not documented"
        );
        Words::new(message)
            .expected(say!(lang, "`challenge`、`token` 和 `type`", "`challenge`, `token` and `type`"))
            .help(say!(
                lang,
                "回复方式相同：一秒之内返回 challenge",
                "the answer is the same: the challenge, within a second"
            ))
    });
}
