//! Events of the ten most common types, and of types that nobody documents, as the platform lays them out.

use super::dice::Dice;
use super::json::{Json, Style, bare, list, object, text};
use super::values::*;

type Make = fn(&mut Moment) -> Json;

/// The types and what share of a hundred each has where they come mixed.
const SHARES: &[(usize, Make)] = &[
    (28, punch),
    (22, message),
    (10, reaction),
    (8, calendar),
    (7, approval),
    (6, file),
    (6, task),
    (5, meeting),
    (5, employee_changed),
    (3, card),
];

/// When an event happens, and the dice that its values come from.
pub struct Moment {
    pub dice: Dice,
    /// How many there were.
    number: u64,
    millis: u64,
}

impl Moment {
    pub fn new(seed: u64) -> Moment {
        Moment { dice: Dice(seed), number: 0, millis: START * 1000 }
    }

    fn seconds(&self) -> u64 {
        self.millis / 1000
    }

    /// An event of the time that comes next, of whichever kind `make` makes.
    pub fn next<T>(&mut self, make: impl FnOnce(&mut Moment) -> T) -> T {
        self.number += 1;
        self.millis += 2000 + self.dice.number() % 10_000;
        make(self)
    }
}

/// Any of the common types.
pub fn common(at: &mut Moment) -> Json {
    at.dice.share(SHARES)(at)
}

fn envelope(at: &mut Moment, name: &str, event: Json) -> Json {
    let header = object([
        ("event_id", text(hex(&mut at.dice, 32))),
        ("token", text(TOKEN)),
        ("create_time", text(at.millis.to_string())),
        ("event_type", text(name)),
        ("tenant_key", text(TENANT)),
        ("app_id", text(APP)),
    ]);
    object([("schema", text("2.0")), ("header", header), ("event", event)])
}

pub fn punch(at: &mut Moment) -> Json {
    let (seconds, number) = (at.seconds(), at.number);
    let dice = &mut at.dice;
    let wifi = dice.chance(60);
    let photo = |dice: &mut Dice| text(format!("https://p3.example.com/img/{}.jpg", hex(dice, 20)));
    let event = object([
        ("bssid", text(if wifi { mac(dice) } else { String::new() })),
        ("check_time", text((seconds - dice.number() % 4).to_string())),
        ("comment", text(remark(dice))),
        ("employee_id", text(employee(dice))),
        ("employee_no", text(if dice.chance(50) { digits(dice, 6) } else { String::new() })),
        ("is_field", bare(dice.chance(5))),
        ("is_wifi", bare(wifi)),
        ("latitude", degrees(dice, 20, 25)),
        ("location_name", text(place(dice))),
        ("longitude", degrees(dice, 98, 30)),
        ("photo_urls", if dice.chance(5) { list([photo(dice)]) } else { list([]) }),
        ("record_id", text((7_031_200_000_000_000_000 + number * 1009 + dice.number() % 1000).to_string())),
        ("ssid", text(if wifi { network(dice) } else { "" })),
        ("type", bare(dice.share(&[(80, 0), (10, 7), (5, 3), (3, 1), (2, 5)]))),
        ("risk_result", bare(dice.share(&[(95, 0), (2, 1), (2, 2), (1, 3)]))),
    ]);
    envelope(at, "attendance.user_flow.created_v1", event)
}

fn message(at: &mut Moment) -> Json {
    let sent = (at.millis - 300).to_string();
    let dice = &mut at.dice;
    let group = dice.chance(75);
    let mentioned = group && dice.chance(40);
    let kind = dice.share(&[(70, "text"), (12, "post"), (10, "image"), (5, "file"), (3, "sticker")]);
    let words = |dice: &mut Dice| {
        let words = sentence(dice, 12);
        text(if mentioned { format!("@_user_1 {words}") } else { words })
    };
    let content = match kind {
        "text" => object([("text", words(dice))]),
        "post" => {
            let part = |dice: &mut Dice| list([object([("tag", text("text")), ("text", words(dice))])]);
            object([("title", text("周报")), ("content", list((0..=dice.below(3)).map(|_| part(dice))))])
        }
        "image" => object([("image_key", id(dice, "img_v3"))]),
        "file" => object([("file_key", id(dice, "file_v3")), ("file_name", text("预算 2024.xlsx"))]),
        _ => object([("file_key", id(dice, "sticker_v3"))]),
    };
    let thread = sometimes(dice, 20, |dice| id(dice, "om"));
    let mention = |dice: &mut Dice| {
        object([
            ("key", text("@_user_1")),
            ("id", person(dice)),
            ("mentioned_type", text("user")),
            ("name", text(name(dice))),
            ("tenant_key", text(TENANT)),
        ])
    };
    let message = object([
        ("message_id", id(dice, "om")),
        ("root_id", thread.clone()),
        ("parent_id", thread),
        ("create_time", text(&*sent)),
        ("update_time", text(&*sent)),
        ("chat_id", id(dice, "oc")),
        ("chat_type", text(if group { "group" } else { "p2p" })),
        ("message_type", text(kind)),
        ("content", text(Style::default().write(&content))),
        ("mentions", if mentioned { list([mention(dice)]) } else { Json::Absent }),
    ]);
    let sender = object([
        ("sender_id", person(dice)),
        ("sender_type", text(dice.share(&[(95, "user"), (5, "bot")]))),
        ("tenant_key", text(TENANT)),
    ]);
    envelope(at, "im.message.receive_v1", object([("sender", sender), ("message", message)]))
}

fn reaction(at: &mut Moment) -> Json {
    let happened = text((at.millis - 100).to_string());
    let dice = &mut at.dice;
    let emoji = dice.pick(&["THUMBSUP", "HEART", "OK", "JIAYI", "DONE", "LAUGH"]);
    let by_app = dice.chance(8);
    let event = object([
        ("message_id", id(dice, "om")),
        ("reaction_type", object([("emoji_type", text(emoji))])),
        ("operator_type", text(if by_app { "app" } else { "user" })),
        ("user_id", if by_app { Json::Absent } else { person(dice) }),
        ("app_id", if by_app { text(APP) } else { Json::Absent }),
        ("action_time", happened),
    ]);
    envelope(at, "im.message.reaction.created_v1", event)
}

fn calendar(at: &mut Moment) -> Json {
    let dice = &mut at.dice;
    let change = dice.share(&[(50, "rsvp"), (25, "update"), (20, "create"), (5, "delete")]);
    let answer = |dice: &mut Dice| {
        let status = dice.pick(&["accept", "decline", "tentative"]);
        object([("from_user_id", person(dice)), ("rsvp_status", text(status))])
    };
    let event = object([
        ("calendar_id", text(format!("feishu.cn_{}@group.calendar.feishu.cn", hex(dice, 10)))),
        ("user_id_list", people(dice, 3)),
        ("calendar_event_id", text(meeting_uid(dice))),
        ("change_type", text(change)),
        (
            "rsvp_infos",
            match change {
                "rsvp" => list((0..=dice.below(2)).map(|_| answer(dice))),
                _ => Json::Absent,
            },
        ),
    ]);
    envelope(at, "calendar.calendar.event.changed_v4", event)
}

fn meeting_uid(dice: &mut Dice) -> String {
    let parts = [8, 4, 4, 4, 12].map(|length| hex(dice, length));
    format!("{}_0", parts.join("-"))
}

/// The only one of them in the first envelope.
fn approval(at: &mut Moment) -> Json {
    let (seconds, millis) = (at.seconds(), at.millis - 400);
    let dice = &mut at.dice;
    let mut code = || [8, 4, 4, 4, 12].map(|length| hex(dice, length)).join("-").to_uppercase();
    let (definition, instance) = (code(), code());
    let event = object([
        ("app_id", text(APP)),
        ("tenant_key", text(TENANT)),
        ("type", text("approval_instance")),
        ("approval_code", text(definition)),
        ("instance_code", text(instance)),
        ("status", text(dice.share(&[(40, "PENDING"), (45, "APPROVED"), (10, "REJECTED"), (5, "CANCELED")]))),
        ("operate_time", text(millis.to_string())),
        ("instance_operate_time", text(millis.to_string())),
        ("uuid", sometimes(dice, 15, |dice| text(hex(dice, 12)))),
    ]);
    object([
        ("ts", text(format!("{seconds}.{}", digits(dice, 6)))),
        ("uuid", text(hex(dice, 32))),
        ("token", text(TOKEN)),
        ("type", text("event_callback")),
        ("event", event),
    ])
}

fn file(at: &mut Moment) -> Json {
    let dice = &mut at.dice;
    let token = text(format!("doxcn{}", hex(dice, 22)));
    let event = object([
        ("file_type", text(dice.pick(&["docx", "sheet", "bitable"]))),
        ("file_token", token.clone()),
        ("operator_id_list", people(dice, 2)),
        ("subscriber_id_list", people(dice, 2)),
    ]);
    let users = list([object([("union_id", id(dice, "on"))])]);
    let mut document = envelope(at, "drive.file.edit_v1", event);
    document.members(Some("header")).extend([("resource_id", token), ("user_list", users)]);
    document
}

fn task(at: &mut Moment) -> Json {
    let day = super::carriers::time(at.seconds(), "%Y%m%d");
    let dice = &mut at.dice;
    let change = |dice: &mut Dice| {
        object([
            ("before_status", text(dice.pick(&["Todo", "Lack", "Normal"]))),
            ("before_supplement", text("None")),
            ("current_status", text(dice.pick(&["Normal", "Late", "Early"]))),
            ("current_supplement", text(dice.pick(&["None", "CardReplacement", "Leave"]))),
            ("index", bare(0)),
            ("work_type", text(dice.pick(&["on", "off"]))),
        ])
    };
    let event = object([
        ("date", bare(day)),
        ("employee_id", text(employee(dice))),
        ("employee_no", text(digits(dice, 5))),
        ("group_id", text(format!("69{}", digits(dice, 17)))),
        ("shift_id", text(format!("69{}", digits(dice, 17)))),
        ("status_changes", list((0..=dice.below(2)).map(|_| change(dice)))),
        ("task_id", text(format!("70{}", digits(dice, 17)))),
        ("time_zone", text("Asia/Shanghai")),
    ]);
    envelope(at, "attendance.user_task.updated_v1", event)
}

fn meeting(at: &mut Moment) -> Json {
    let started = text(at.seconds().to_string());
    let dice = &mut at.dice;
    let host = object([("id", person(dice)), ("user_role", bare(2)), ("user_type", bare(1))]);
    let meeting = object([
        ("id", text(format!("69{}", digits(dice, 17)))),
        ("topic", text(sentence(dice, 4))),
        ("meeting_no", text(digits(dice, 9))),
        ("meeting_source", bare(dice.pick(&[1, 1, 2, 3]))),
        ("start_time", started.clone()),
        ("end_time", sometimes(dice, 10, |_| started)),
        ("host_user", host.clone()),
        ("owner", host.clone()),
        ("calendar_event_id", sometimes(dice, 60, |dice| text(meeting_uid(dice)))),
    ]);
    envelope(at, "vc.meeting.meeting_started_v1", object([("meeting", meeting), ("operator", host)]))
}

fn employee_changed(at: &mut Moment) -> Json {
    let dice = &mut at.dice;
    let department = |dice: &mut Dice| text(format!("od-{}", hex(dice, 32)));
    let (before, after) = (department(dice), department(dice));
    let orders = |department: &Json, order: usize| {
        list([object([
            ("department_id", department.clone()),
            ("user_order", bare(order)),
            ("department_order", bare(0)),
            ("is_primary_dept", bare(true)),
        ])])
    };
    let attribute = |dice: &mut Dice| {
        object([
            ("type", text("TEXT")),
            ("id", text(format!("C-69{}", digits(dice, 17)))),
            ("value", object([("text", text(dice.pick(&["L", "XL", "左撇子", "-"])))])),
        ])
    };
    let status = ["is_frozen", "is_resigned", "is_activated", "is_exited", "is_unjoin"];
    let new = object([
        ("open_id", id(dice, "ou")),
        ("union_id", id(dice, "on")),
        ("user_id", text(employee(dice))),
        ("name", text(name(dice))),
        ("en_name", text("Robin")),
        ("email", sometimes(dice, 40, |dice| text(format!("{}@example.com", employee(dice))))),
        ("job_title", text(title(dice))),
        ("gender", bare(dice.below(3))),
        ("status", object(status.map(|name| (name, bare(name == "is_activated"))))),
        ("department_ids", list([after.clone()])),
        ("leader_user_id", id(dice, "ou")),
        ("city", text(dice.pick(&["杭州", "北京", "Singapore"]))),
        ("join_time", bare(1_500_000_000 + dice.below(200_000_000))),
        ("employee_no", text(digits(dice, 5))),
        ("employee_type", bare(1)),
        ("orders", orders(&after, 10)),
        ("custom_attrs", sometimes(dice, 50, |dice| list((0..=dice.below(2)).map(|_| attribute(dice))))),
    ]);
    let old = object([
        ("job_title", sometimes(dice, 60, |dice| text(title(dice)))),
        ("department_ids", list([before.clone()])),
        ("orders", orders(&before, 0)),
    ]);
    envelope(at, "contact.user.updated_v3", object([("object", new), ("old_object", old)]))
}

fn card(at: &mut Moment) -> Json {
    let dice = &mut at.dice;
    let form =
        |dice: &mut Dice| object([("reason", text(sentence(dice, 5))), ("due", text("2024-06-20 +0800"))]);
    let value = object([("todo", text(hex(dice, 8))), ("step", bare(dice.below(5)))]);
    let action = object([
        ("value", value),
        ("tag", text("button")),
        ("timezone", text("Asia/Shanghai")),
        ("form_value", sometimes(dice, 40, form)),
        ("name", text(dice.pick(&["approve", "reject", "later"]))),
    ]);
    let mut operator = person(dice);
    operator.members(None).insert(0, ("tenant_key", text(TENANT)));
    let event = object([
        ("operator", operator),
        ("token", text(format!("c-{}", hex(dice, 40)))),
        ("action", action),
        ("host", text("im_message")),
        ("context", object([("open_message_id", id(dice, "om")), ("open_chat_id", id(dice, "oc"))])),
    ]);
    let mut document = envelope(at, "card.action.trigger", event);
    // This one comes in microseconds.
    let micros = text((at.millis * 1000 + at.dice.number() % 1000).to_string());
    document.set("header", "create_time", micros);
    document
}

/// An event of an app of one's own, sent along the same way.
pub fn unknown(at: &mut Moment) -> Json {
    let (seconds, number) = (at.seconds(), at.number);
    let dice = &mut at.dice;
    let line = |dice: &mut Dice| {
        object([
            ("sku", text(hex(dice, 8))),
            ("quantity", bare(1 + dice.below(9))),
            ("price", bare(format!("{}.{}", dice.below(900), 10 + dice.below(90)))),
            ("title", text(sentence(dice, 4))),
        ])
    };
    let event = object([
        ("order_id", text((10_u64.pow(18) + number).to_string())),
        ("buyer", object([("open_id", id(dice, "ou")), ("name", text(name(dice)))])),
        ("lines", list((0..=dice.below(3)).map(|_| line(dice)))),
        ("paid_at", text(seconds.to_string())),
        ("note", text(remark(dice))),
        ("vip", bare(dice.chance(20))),
    ]);
    let name = dice.pick(&["acme.order.paid_v1", "acme.order.shipped_v2"]);
    envelope(at, name, event)
}
