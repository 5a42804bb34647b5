//! The envelopes: the header of an event, an event of the old form, a challenge.

use crate::catalog::{EVENT_CREATE_TIME, Envelope, Event};
use crate::record::slot;
use crate::time::{Millis, Unit};

use super::calendar::Office;
use super::generate::person;
use super::random::Random;
use super::text::word;

/// What stands around the id and the time of an event.
#[derive(Debug)]
pub(super) struct Head {
    /// What stands before the id, where there is one.
    pub before_id: Option<String>,
    /// What stands before the time.
    pub before_time: String,
    /// How the time is written.
    pub stamp: Stamp,
    /// What stands between the time and the body.
    pub rest: String,
}

/// How the time of an event is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stamp {
    Millis,
    Micros,
    /// Seconds with a fraction.
    Fraction,
}

/// An app of a company: all that the events of a seed have in common. The texts need no quoting.
#[derive(Debug)]
pub(super) struct App {
    pub seed: u64,
    pub tenant_key: String,
    pub app_id: String,
    pub token: String,
    pub office: Office,
}

impl App {
    pub fn new(seed: u64) -> App {
        let mut random = Random::new(seed);
        App {
            seed,
            tenant_key: format!("{:016x}", random.next()),
            app_id: format!("cli_{:016x}", random.next()),
            token: word(32, &mut random),
            office: Office::default(),
        }
    }

    /// What stands around the id and the time of an event. The order of the keys is that of the official example.
    pub fn head(&self, event: &Event) -> Head {
        let App { tenant_key, app_id, token, .. } = self;
        if event.envelope == Envelope::V1 {
            return Head {
                before_id: Some(r#"{"uuid":""#.to_owned()),
                before_time: format!(r#"","token":"{token}","ts":""#),
                stamp: Stamp::Fraction,
                rest: r#"","type":"event_callback","event":"#.to_owned(),
            };
        }
        let (name, lacks) = (event.name, |slot| event.without.contains(&slot::key(slot)));
        let (time, stamp) = match event.created_in {
            _ if lacks(slot::CREATE_TIME) => (EVENT_CREATE_TIME, Stamp::Fraction),
            Unit::Micros => (slot::key(slot::CREATE_TIME), Stamp::Micros),
            _ => (slot::key(slot::CREATE_TIME), Stamp::Millis),
        };
        let open = r#"{"schema":"2.0","header":{"#;
        let token = format!(r#""token":"{token}","{time}":""#);
        let (before_id, before_time) = match lacks(slot::EVENT_ID) {
            true => (None, format!("{open}{token}")),
            false => (Some(format!(r#"{open}"event_id":""#)), format!(r#"",{token}"#)),
        };
        let rest =
            format!(r#"","event_type":"{name}","tenant_key":"{tenant_key}","app_id":"{app_id}"}},"event":"#);
        Head { before_id, before_time, stamp, rest }
    }

    /// A member of the body that says what the app is, as events of the old form have it.
    pub fn member(&self, event: &Event, key: &str) -> Option<String> {
        match slot::V1_BODY.iter().find(|(known, _)| event.envelope == Envelope::V1 && *known == key)?.1 {
            slot::EVENT_TYPE => Some(format!("\"{}\"", event.name)),
            slot::APP_ID => Some(format!("\"{}\"", self.app_id)),
            _ => Some(format!("\"{}\"", self.tenant_key)),
        }
    }

    /// An outing approved, as the old form has it: asked for up to an hour before, for some of the hours that follow.
    pub fn v1(&self, created: Millis, random: &mut Random, out: &mut Vec<u8>) {
        let App { seed, tenant_key, app_id, token, office } = self;
        let (second, digits) = (created.seconds().0, 1 + random.below(9_999));
        let (id, approval, instance) = (event_id(random), code(random), code(random));
        let (asked, hours) = (second - 60 - i64::from(random.below(3600)), 1 + i64::from(random.below(6)));
        let (starts, length) = (second - second % 1800 + 3600, 3600 * hours);
        let [starts, ends] = [starts, starts + length].map(|at| office.written(at, "%Y-%m-%d %H:%M:%S"));
        let head = format!(
            r#"{{"ts":"{second}.{:03}{digits:04}","uuid":"{id}","token":"{token}","type":"event_callback","event":{{"#,
            created.subsecond()
        );
        let body = format!(
            r#""app_id":"{app_id}","approval_code":"{approval}","end_time":{},"instance_code":"{instance}","out_end_time":"{ends}","out_interval":{length},"out_name":"外出","out_reason":"拜访客户，下午回公司","out_start_time":"{starts}","out_unit":"HOUR","start_time":{asked},"tenant_key":"{tenant_key}","type":"out_approval","user_id":"#,
            second - 1
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(body.as_bytes());
        person(*seed, random, out);
        out.extend_from_slice(b"}}");
    }

    /// The documented question; other forms of it are seen in third-party code only.
    pub fn challenge(&self, random: &mut Random, out: &mut Vec<u8>) {
        let (challenge, token) = (uuid(random), &self.token);
        let text = format!(r#"{{"challenge":"{challenge}","token":"{token}","type":"url_verification"}}"#);
        out.extend_from_slice(text.as_bytes());
    }
}

/// `41fae5c12837ead344eced982fbde395`
pub(super) fn event_id(random: &mut Random) -> String {
    format!("{:016x}{:016x}", random.next(), random.next())
}

/// How approvals are named: `81D31358-93AF-42D6-8425-01A5D67C4E71`.
fn code(random: &mut Random) -> String {
    uuid(random).to_uppercase()
}

/// `5634b122-c042-4634-bc7f-b07a3c3e77ad`
fn uuid(random: &mut Random) -> String {
    let (high, low) = (random.next(), random.next());
    let (b, c, d) = (high >> 16 & 0xffff, high & 0xfff, low >> 48 & 0x3fff | 0x8000);
    format!("{:08x}-{b:04x}-4{c:03x}-{d:04x}-{:012x}", high >> 32, low & 0xffff_ffff_ffff)
}
