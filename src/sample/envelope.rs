//! The envelopes: the header of an event, an event of the old form, a challenge.

use crate::catalog::Event;
use crate::time::Millis;

use super::company::Company;
use super::random::Random;
use super::text::{decimal, digits, hex, made};

/// What stands before the event's id, between it and the time of the event, and between that and the event. The
/// order of the keys is that of the official example.
pub(super) fn header(company: &Company, event: &Event) -> [Box<[u8]>; 3] {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (token, tenant, app) = (text(&company.token), text(&company.tenant_key), text(&company.app_id));
    let name = event.name;
    [
        r#"{"schema":"2.0","header":{"event_id":""#.to_owned(),
        format!(r#"","token":"{token}","create_time":""#),
        format!(r#"","event_type":"{name}","tenant_key":"{tenant}","app_id":"{app}"}},"event":"#),
    ]
    .map(|text| text.into_bytes().into_boxed_slice())
}

/// An out-of-office approval, as the old form has it.
pub(super) fn v1(company: &Company, created: Millis, random: &mut Random, out: &mut Vec<u8>) {
    let starts = created.seconds().0 + 1800;
    let ends = starts + 1800 * i64::from(1 + random.below(8));
    out.extend_from_slice(b"{\"ts\":\"");
    decimal(created.seconds().0, out);
    out.push(b'.');
    digits::<7>(u64::from(created.subsecond()) * 10_000 + u64::from(1 + random.below(9_999)), out);
    out.extend_from_slice(b"\",\"uuid\":\"");
    hex::<16>(random, out);
    hex::<16>(random, out);
    out.extend_from_slice(b"\",\"token\":\"");
    out.extend_from_slice(&company.token);
    out.extend_from_slice(b"\",\"type\":\"event_callback\",\"event\":{\"app_id\":\"");
    out.extend_from_slice(&company.app_id);
    out.extend_from_slice(b"\",\"employee_id\":");
    out.extend_from_slice(&random.pick(&company.employees).id);
    out.extend_from_slice(b",\"end_time\":");
    decimal(ends, out);
    out.extend_from_slice(b",\"instance_code\":\"");
    out.extend_from_slice(&uuid(random).to_ascii_uppercase());
    out.extend_from_slice(b"\",\"out_reason\":");
    out.extend_from_slice(random.pick::<Box<[u8]>>(&company.field_comments));
    out.extend_from_slice(b",\"out_unit\":\"HOUR\",\"start_time\":");
    decimal(starts, out);
    out.extend_from_slice(b",\"tenant_key\":\"");
    out.extend_from_slice(&company.tenant_key);
    out.extend_from_slice(b"\",\"type\":\"out_approval\"}}");
}

/// The documented question; other forms of it are seen in third-party code only.
pub(super) fn challenge(company: &Company, random: &mut Random, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"challenge\":\"");
    out.extend_from_slice(&uuid(random));
    out.extend_from_slice(b"\",\"token\":\"");
    out.extend_from_slice(&company.token);
    out.extend_from_slice(b"\",\"type\":\"url_verification\"}");
}

/// `5634b122-c042-4634-bc7f-b07a3c3e77ad`
fn uuid(random: &mut Random) -> Box<[u8]> {
    made(|out| {
        hex::<8>(random, out);
        out.push(b'-');
        hex::<4>(random, out);
        out.extend_from_slice(b"-4");
        hex::<3>(random, out);
        out.push(b'-');
        out.push(*random.pick(b"89ab"));
        hex::<3>(random, out);
        out.push(b'-');
        hex::<12>(random, out);
    })
}
