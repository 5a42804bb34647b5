//! Rules about events among other events: the same one twice.

use crate::finding::{Rule, Severity};
use crate::lang::label;

/// The same `event_id` again.
pub static DUPLICATE_EVENT: Rule = Rule {
    code: "duplicate-event",
    severity: Severity::Note,
    summary: label("之前出现过 event_id 相同的事件", "an event with the same event_id came before"),
    why: label(
        "投递保证至少一次：三秒内没有得到响应的事件，会在 15 秒、5 分钟、1 小时和 6 小时后重新投递。内容\
         相同的重复是正常的，只是提示，也说明处理程序需要记住事件 ID。ID 相同而内容不同则是错误：重试不会\
         改变事件。",
        "Delivery is at least once: an event that was not answered in three seconds comes again after 15 s, 5 min, \
         1 h and 6 h. The same content again is normal, a note, and a reason for handlers to remember ids. The same \
         id with other content is an error: no retry changes an event.",
    ),
    wrong: "{..}\n{..}",
    right: r#"{..}
{.., "header": {.., "event_id": "5e3702a84e847582be8db7fb73283c02"}, "event": {.., "record_id": "6938012269578125317"}}"#,
};

/// The same record in another event.
pub static DUPLICATE_RECORD: Rule = Rule {
    code: "duplicate-record",
    severity: Severity::Note,
    summary: label("另一个事件包含同一条记录", "another event tells of the same record"),
    why: label(
        "两个 ID 不同的事件带有相同的 `record_id`：记录被修改过，或者应用重复订阅了。统计打卡的程序会把它\
         算两次。",
        "Two events with different ids carry the same `record_id`: the record was changed, or the app is subscribed \
         twice. Whoever counts punches counts this one twice.",
    ),
    wrong: r#"{..}
{.., "header": {.., "event_id": "5e3702a84e847582be8db7fb73283c02"}}"#,
    right: r#"{..}
{.., "header": {.., "event_id": "5e3702a84e847582be8db7fb73283c02"}, "event": {.., "record_id": "6938012269578125317"}}"#,
};
