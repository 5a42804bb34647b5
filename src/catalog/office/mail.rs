//! 邮箱 / Mail.

use super::super::entry::{Choice, Event, Field, event_type};
use super::super::words::{choice, choices, object, text, users};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&USER_MAILBOX_EVENT_MESSAGE_RECEIVED_V1];

/// 邮箱类型
const MAILBOX_TYPE: &[Choice] =
    &[choice(1, "个人邮箱", "personal mailbox"), choice(2, "公共邮箱", "public mailbox")];

/// 订阅者
const SUBSCRIBER: &[Field] = &[users("user_ids", "收件用户", "recipients")];

const USER_MAILBOX_EVENT_MESSAGE_RECEIVED_V1: Event =
    event_type("mail.user_mailbox.event.message_received_v1", "收信通知", "mail received")
        .fields(&[
            text("mail_address", "收信邮箱", "mailbox").scoped().personal(),
            text("message_id", "邮件 ID", "mail"),
            choices("mailbox_type", "邮箱类型", "mailbox type", MAILBOX_TYPE),
            object("subscriber", "订阅者", "subscriber", SUBSCRIBER),
        ])
        .columns("mail_address mailbox_type subscriber.user_ids message_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/mail-v1/user_mailbox-event/events/message_received");
