//! What is documented: event types, their fields, choices and labels. Facts only, no behaviour; checks, columns,
//! JSON Schema, `explain` and `docs/fields.md` are functions of these tables.

mod common;
mod entry;
mod header;
mod hr;
mod office;
mod secrets;
mod unlisted;
mod words;

pub use common::TYPE as TYPE_V1;
pub use entry::{
    BODY, Choice, DOCUMENTATION, Envelope, Event, Field, ITEM, Json, Kind, Line, Presence, TimeSpan, Wire,
    Word, event_type, field, visit,
};
pub use header::{EDITOR_KEY, ENCRYPT, ENVELOPE, ENVELOPE_V1, EVENT_CREATE_TIME, HEAD, HEADER, header_extra};
pub use secrets::{is_secret_key, may_end_secret_key};
pub use unlisted::{CARD_OLD, UNLISTED, Unlisted, is_known_v1, unlisted};

use crate::lang::{Label, label};
use crate::suggest::Unknown;

/// A part of the platform, and the event types that are about it.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// What people call it.
    pub title: Label,
    /// Its event types.
    pub events: &'static [&'static Event],
}

const fn area(zh: &'static str, en: &'static str, events: &'static [&'static Event]) -> Area {
    Area { title: label(zh, en), events }
}

/// The areas of the catalogue, one file each. What `sample` makes when nothing is named comes first.
pub const AREAS: &[Area] = &[
    area("考勤", "attendance", hr::attendance::EVENTS),
    area("门禁", "access control", office::acs::EVENTS),
    area("低代码平台", "low-code platform", office::apaas::EVENTS),
    area("应用", "applications", office::application::EVENTS),
    area("应用版本", "application versions", office::application_version::EVENTS),
    area("审批", "approvals", office::approval::EVENTS),
    area("假勤审批", "approvals of absence", office::approval_attendance::EVENTS),
    area("授权", "authorization", office::auth::EVENTS),
    area("日历", "calendar", office::calendar::EVENTS),
    area("卡片与链接预览", "cards and link previews", office::callback::EVENTS),
    area("通讯录", "contacts", office::contact::EVENTS),
    area("云文档", "docs", office::drive::EVENTS),
    area("服务台", "help desk", office::helpdesk::EVENTS),
    area("消息与群组", "messages and chats", office::im::EVENTS),
    area("邮箱", "mail", office::mail::EVENTS),
    area("会议室", "meeting rooms", office::meeting_room::EVENTS),
    area("公司圈", "moments", office::moments::EVENTS),
    area("安全合规", "security and compliance", office::security_and_compliance::EVENTS),
    area("任务", "tasks", office::task::EVENTS),
    area("视频会议", "video meetings", office::vc::EVENTS),
    area("薪酬", "compensation", hr::compensation::EVENTS),
    area("飞书人事：组织与岗位", "core HR: organization and jobs", hr::corehr_organization::EVENTS),
    area("飞书人事：人员", "core HR: people", hr::corehr_people::EVENTS),
    area("飞书人事：异动、离职与流程", "core HR: transfers and processes", hr::corehr_process::EVENTS),
    area("在线学习", "learning", hr::elearning::EVENTS),
    area("招聘", "hiring", hr::hire::EVENTS),
    area("算薪", "payroll", hr::payroll::EVENTS),
    area("绩效", "performance", hr::performance::EVENTS),
];

/// The punch, of which some rules speak.
pub const PUNCH: &str = EVENTS[0].name;

/// Every event type that the catalogue knows.
pub static EVENTS: &[&Event] = &joined::<{ count(AREAS) }>(AREAS);

/// How many events the areas have.
const fn count(areas: &[Area]) -> usize {
    match areas {
        [area, rest @ ..] => area.events.len() + count(rest),
        [] => 0,
    }
}

/// The events of all areas, of which there are `N`.
const fn joined<const N: usize>(areas: &[Area]) -> [&'static Event; N] {
    let mut events = [areas[0].events[0]; N];
    let (mut area, mut at, mut end) = (0, 0, 0);
    while end < N {
        if at < areas[area].events.len() {
            events[end] = areas[area].events[at];
            (at, end) = (at + 1, end + 1);
        } else {
            (area, at) = (area + 1, 0);
        }
    }
    events
}

/// The event type of this exact name.
pub fn event(name: &str) -> Option<&'static Event> {
    EVENTS.iter().copied().find(|event| event.name == name)
}

/// What is said of an event type that the catalogue does not have.
pub fn unknown_event(name: &str) -> Unknown {
    let known = EVENTS.iter().map(|event| event.name);
    let hint = label("`larkspect schema` 列出所有类型", "`larkspect schema` lists them");
    Unknown::new(label("事件类型", "event type"), name, known, hint)
}
