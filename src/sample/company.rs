//! Who punches, and where: the part of a sample that stays the same for a seed, with its JSON made beforehand.

use super::random::Random;
use super::text::{digits, hex, made, quoted, word};
use super::words::{COMMENTS, FIELD_COMMENTS, OFFICES, Place, SITES};

/// An employee.
#[derive(Debug)]
pub(super) struct Employee {
    /// `"2b68933a"`
    pub id: Box<[u8]>,
    /// `"A01234"`, or `""`.
    pub number: Box<[u8]>,
    /// The place of work.
    pub office: usize,
    /// The attendance group and the shift of it: `"6927095033436340243"`.
    pub group: Box<[u8]>,
    pub shift: Box<[u8]>,
}

/// A place, as JSON.
#[derive(Debug)]
pub(super) struct Site {
    pub name: Box<[u8]>,
    pub longitude: u32,
    pub latitude: u32,
    pub ssid: Box<[u8]>,
    /// The access points; none where there is no Wi-Fi.
    pub bssids: Vec<Box<[u8]>>,
    /// What a machine there calls its place.
    pub machine: Box<[u8]>,
}

/// All that a seed decides once.
#[derive(Debug)]
pub(super) struct Company {
    pub tenant_key: Box<[u8]>,
    pub app_id: Box<[u8]>,
    pub token: Box<[u8]>,
    pub employees: Vec<Employee>,
    pub offices: Vec<Site>,
    pub sites: Vec<Site>,
    pub comments: Vec<Box<[u8]>>,
    pub field_comments: Vec<Box<[u8]>>,
}

const EMPLOYEES: usize = 1200;
const ACCESS_POINTS: usize = 5;

impl Company {
    pub fn new(random: &mut Random) -> Company {
        // In the official examples every employee_no is empty: most tenants have none.
        let numbered = random.chance(300);
        let groups: Vec<_> = OFFICES.iter().map(|_| (snowflake(random), snowflake(random))).collect();
        let employees = (0..EMPLOYEES)
            .map(|at| {
                let office = random.below(OFFICES.len() as u32) as usize;
                let (group, shift) = groups[office].clone();
                let id = made(|out| within_quotes(out, |out| hex::<8>(random, out)));
                let number = match numbered {
                    true => quoted(&format!("A{:05}", 10_000 + 7 * at)),
                    false => quoted(""),
                };
                Employee { id, number, office, group, shift }
            })
            .collect();
        Company {
            tenant_key: made(|out| hex::<16>(random, out)),
            app_id: made(|out| {
                out.extend_from_slice(b"cli_");
                hex::<16>(random, out);
            }),
            token: made(|out| word(32, random, out)),
            employees,
            offices: OFFICES.iter().map(|place| Site::new(place, random)).collect(),
            sites: SITES.iter().map(|place| Site::new(place, random)).collect(),
            comments: COMMENTS.iter().map(|text| quoted(text)).collect(),
            field_comments: FIELD_COMMENTS.iter().map(|text| quoted(text)).collect(),
        }
    }
}

impl Site {
    fn new(place: &Place, random: &mut Random) -> Site {
        let points = if place.ssid.is_empty() { 0 } else { ACCESS_POINTS };
        Site {
            name: quoted(place.name),
            longitude: place.longitude,
            latitude: place.latitude,
            ssid: quoted(place.ssid),
            bssids: (0..points).map(|_| made(|out| mac(random, out))).collect(),
            machine: quoted(&format!("考勤机-{}", 100_000 + random.below(900_000))),
        }
    }
}

/// Appends a MAC address in quotes. It is a locally administered one, so no vendor's and nobody's device.
pub(super) fn mac(random: &mut Random, out: &mut Vec<u8>) {
    out.push(b'"');
    hex::<1>(random, out);
    out.push(*random.pick(b"26ae"));
    for _ in 0..5 {
        out.push(b':');
        hex::<2>(random, out);
    }
    out.push(b'"');
}

/// The id of something that was set up in early 2021, in quotes: the upper half is a Unix second.
fn snowflake(random: &mut Random) -> Box<[u8]> {
    let second = 1_612_000_000 + u64::from(random.below(1_000_000));
    made(|out| within_quotes(out, |out| digits::<19>(second << 32 | random.next() >> 32, out)))
}

fn within_quotes(out: &mut Vec<u8>, make: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    make(out);
    out.push(b'"');
}
