//! The types of events of the corpora.

#![allow(dead_code)] // what is deserialized is not looked at

use std::borrow::Cow;

use serde::Deserialize;

/// Text of which nothing is known, without a copy where nothing is escaped.
#[derive(Deserialize)]
pub struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

type Maybe<T> = Option<T>;

/// A number in a text of so many digits.
#[derive(Deserialize)]
#[serde(try_from = "Text<'_>")]
struct Digits<const LEAST: usize, const MOST: usize>;

impl<const LEAST: usize, const MOST: usize> TryFrom<Text<'_>> for Digits<LEAST, MOST> {
    type Error = &'static str;
    fn try_from(text: Text<'_>) -> Result<Self, Self::Error> {
        let digits = text.0.as_bytes();
        let fits = (LEAST..=MOST).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
        if fits { Ok(Digits) } else { Err("not a time") }
    }
}

type Seconds = Digits<9, 10>;
type Millis = Digits<12, 16>;

/// A number of which none is larger.
#[derive(Deserialize)]
#[serde(try_from = "u32")]
struct Choice<const MOST: u32>;

impl<const MOST: u32> TryFrom<u32> for Choice<MOST> {
    type Error = &'static str;
    fn try_from(value: u32) -> Result<Self, Self::Error> {
        if value <= MOST { Ok(Choice) } else { Err("not a choice") }
    }
}

#[derive(Deserialize)]
#[serde(try_from = "f64")]
struct Degrees<const MOST: u32>;

impl<const MOST: u32> TryFrom<f64> for Degrees<MOST> {
    type Error = &'static str;
    fn try_from(value: f64) -> Result<Self, Self::Error> {
        if value.abs() <= f64::from(MOST) { Ok(Degrees) } else { Err("not on earth") }
    }
}

#[derive(Deserialize)]
enum Version {
    #[serde(rename = "2.0")]
    Two,
}

#[derive(Deserialize)]
struct Header<'l> {
    #[serde(borrow)]
    event_id: Text<'l>,
    token: Text<'l>,
    create_time: Millis,
    event_type: Text<'l>,
    tenant_key: Text<'l>,
    app_id: Text<'l>,
}

#[derive(Deserialize)]
pub struct V2<'l, E> {
    schema: Version,
    #[serde(borrow)]
    header: Header<'l>,
    event: E,
}

#[derive(Deserialize)]
pub struct V1<'l, E> {
    #[serde(borrow)]
    ts: Maybe<Text<'l>>,
    uuid: Text<'l>,
    token: Text<'l>,
    r#type: Text<'l>,
    event: E,
}

#[derive(Deserialize)]
pub struct Punch<'l> {
    #[serde(borrow)]
    employee_id: Text<'l>,
    employee_no: Maybe<Text<'l>>,
    check_time: Seconds,
    r#type: Choice<7>,
    risk_result: Maybe<Choice<3>>,
    is_field: Maybe<bool>,
    is_wifi: Maybe<bool>,
    location_name: Maybe<Text<'l>>,
    longitude: Maybe<Degrees<180>>,
    latitude: Maybe<Degrees<90>>,
    ssid: Maybe<Text<'l>>,
    bssid: Maybe<Text<'l>>,
    comment: Maybe<Text<'l>>,
    photo_urls: Maybe<Vec<Text<'l>>>,
    record_id: Text<'l>,
}

#[derive(Deserialize)]
struct Person<'l> {
    #[serde(borrow)]
    open_id: Maybe<Text<'l>>,
    union_id: Maybe<Text<'l>>,
    user_id: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
pub struct Received<'l> {
    #[serde(borrow)]
    sender: Maybe<Sender<'l>>,
    message: Maybe<Message<'l>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum SenderType {
    User,
    Bot,
    App,
}

#[derive(Deserialize)]
struct Sender<'l> {
    #[serde(borrow)]
    sender_id: Maybe<Person<'l>>,
    sender_type: Maybe<SenderType>,
    tenant_key: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChatType {
    P2p,
    Group,
}

#[derive(Deserialize)]
struct Message<'l> {
    #[serde(borrow)]
    message_id: Maybe<Text<'l>>,
    root_id: Maybe<Text<'l>>,
    parent_id: Maybe<Text<'l>>,
    create_time: Maybe<Millis>,
    update_time: Maybe<Millis>,
    chat_id: Maybe<Text<'l>>,
    thread_id: Maybe<Text<'l>>,
    chat_type: Maybe<ChatType>,
    message_type: Maybe<Text<'l>>,
    content: Maybe<Text<'l>>,
    mentions: Maybe<Vec<Mention<'l>>>,
}

#[derive(Deserialize)]
struct Mention<'l> {
    #[serde(borrow)]
    key: Maybe<Text<'l>>,
    id: Maybe<Person<'l>>,
    mentioned_type: Maybe<SenderType>,
    name: Maybe<Text<'l>>,
    tenant_key: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
pub struct Reaction<'l> {
    #[serde(borrow)]
    message_id: Text<'l>,
    reaction_type: Maybe<Emoji<'l>>,
    operator_type: Maybe<SenderType>,
    user_id: Maybe<Person<'l>>,
    app_id: Maybe<Text<'l>>,
    action_time: Maybe<Millis>,
}

#[derive(Deserialize)]
struct Emoji<'l> {
    #[serde(borrow)]
    emoji_type: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
pub struct Calendar<'l> {
    #[serde(borrow)]
    calendar_id: Maybe<Text<'l>>,
    user_id_list: Maybe<Vec<Person<'l>>>,
    calendar_event_id: Maybe<Text<'l>>,
    change_type: Maybe<Change>,
    rsvp_infos: Maybe<Vec<Rsvp<'l>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    Create,
    Update,
    Delete,
    Rsvp,
}

#[derive(Deserialize)]
struct Rsvp<'l> {
    #[serde(borrow)]
    from_user_id: Maybe<Person<'l>>,
    rsvp_status: Maybe<Answer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Accept,
    Decline,
    Tentative,
}

#[derive(Deserialize)]
pub struct Approval<'l> {
    #[serde(borrow)]
    app_id: Maybe<Text<'l>>,
    tenant_key: Maybe<Text<'l>>,
    approval_code: Text<'l>,
    instance_code: Maybe<Text<'l>>,
    status: Maybe<Status>,
    operate_time: Maybe<Millis>,
    instance_operate_time: Maybe<Millis>,
    uuid: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Pending,
    Approved,
    Rejected,
    Canceled,
    Deleted,
    Reverted,
    OvertimeClose,
    OvertimeRecover,
}

#[derive(Deserialize)]
pub struct Edit<'l> {
    #[serde(borrow)]
    file_type: Maybe<Text<'l>>,
    file_token: Text<'l>,
    operator_id_list: Maybe<Vec<Person<'l>>>,
    subscriber_id_list: Maybe<Vec<Person<'l>>>,
}

#[derive(Deserialize)]
pub struct Task<'l> {
    date: u32,
    #[serde(borrow)]
    employee_id: Text<'l>,
    employee_no: Maybe<Text<'l>>,
    group_id: Maybe<Text<'l>>,
    shift_id: Maybe<Text<'l>>,
    status_changes: Vec<StatusChange<'l>>,
    task_id: Maybe<Text<'l>>,
    time_zone: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
struct StatusChange<'l> {
    #[serde(borrow)]
    before_status: Maybe<Text<'l>>,
    before_supplement: Maybe<Text<'l>>,
    current_status: Maybe<Text<'l>>,
    current_supplement: Maybe<Text<'l>>,
    index: Maybe<u32>,
    work_type: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
pub struct Started<'l> {
    #[serde(borrow)]
    meeting: Maybe<Meeting<'l>>,
    operator: Maybe<Participant<'l>>,
}

#[derive(Deserialize)]
struct Meeting<'l> {
    #[serde(borrow)]
    id: Maybe<Text<'l>>,
    topic: Maybe<Text<'l>>,
    meeting_no: Maybe<Text<'l>>,
    meeting_source: Maybe<Choice<100>>,
    start_time: Maybe<Seconds>,
    end_time: Maybe<Seconds>,
    host_user: Maybe<Participant<'l>>,
    owner: Maybe<Participant<'l>>,
    calendar_event_id: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
struct Participant<'l> {
    #[serde(borrow)]
    id: Maybe<Person<'l>>,
    user_role: Maybe<Choice<3>>,
    user_type: Maybe<Choice<9>>,
}

#[derive(Deserialize)]
pub struct Changed<'l> {
    #[serde(borrow)]
    object: Maybe<Employee<'l>>,
    old_object: Maybe<Employee<'l>>,
}

#[derive(Deserialize)]
struct Employee<'l> {
    #[serde(borrow)]
    open_id: Maybe<Text<'l>>,
    union_id: Maybe<Text<'l>>,
    user_id: Maybe<Text<'l>>,
    name: Maybe<Text<'l>>,
    en_name: Maybe<Text<'l>>,
    email: Maybe<Text<'l>>,
    job_title: Maybe<Text<'l>>,
    gender: Maybe<Choice<3>>,
    status: Maybe<UserStatus>,
    department_ids: Maybe<Vec<Text<'l>>>,
    leader_user_id: Maybe<Text<'l>>,
    city: Maybe<Text<'l>>,
    join_time: Maybe<u64>,
    employee_no: Maybe<Text<'l>>,
    employee_type: Maybe<Choice<5>>,
    orders: Maybe<Vec<Order<'l>>>,
    custom_attrs: Maybe<Vec<Attribute<'l>>>,
}

#[derive(Deserialize)]
struct UserStatus {
    is_frozen: Maybe<bool>,
    is_resigned: Maybe<bool>,
    is_activated: Maybe<bool>,
    is_exited: Maybe<bool>,
    is_unjoin: Maybe<bool>,
}

#[derive(Deserialize)]
struct Order<'l> {
    #[serde(borrow)]
    department_id: Maybe<Text<'l>>,
    user_order: Maybe<u32>,
    department_order: Maybe<u32>,
    is_primary_dept: Maybe<bool>,
}

#[derive(Deserialize)]
struct Attribute<'l> {
    #[serde(borrow)]
    r#type: Maybe<Text<'l>>,
    id: Maybe<Text<'l>>,
    value: Maybe<Value<'l>>,
}

#[derive(Deserialize)]
struct Value<'l> {
    #[serde(borrow)]
    text: Maybe<Text<'l>>,
}

#[derive(Deserialize)]
pub struct Card<'l> {
    #[serde(borrow)]
    operator: Maybe<Person<'l>>,
    token: Maybe<Text<'l>>,
    action: Maybe<Action<'l>>,
    host: Maybe<Text<'l>>,
    context: Maybe<Context<'l>>,
}

#[derive(Deserialize)]
struct Action<'l> {
    #[serde(borrow)]
    value: Maybe<sonic_rs::LazyValue<'l>>,
    tag: Maybe<Text<'l>>,
    timezone: Maybe<Text<'l>>,
    name: Maybe<Text<'l>>,
    form_value: Maybe<sonic_rs::LazyValue<'l>>,
}

#[derive(Deserialize)]
struct Context<'l> {
    #[serde(borrow)]
    open_message_id: Maybe<Text<'l>>,
    open_chat_id: Maybe<Text<'l>>,
}
