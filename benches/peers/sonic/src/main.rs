//! Prints the numbers of the lines that are no valid events: check_sonic EVENTS [mixed]. Each is deserialized into the
//! structs of its type, which are written by hand here; `mixed` looks for the type first.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::{env, process};

mod types;

use types::*;

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let [events, rest @ ..] = &args[..] else {
        eprintln!("usage: check_sonic EVENTS [mixed]");
        process::exit(2);
    };
    let mut lines = BufReader::with_capacity(1 << 20, File::open(events).expect("the events are there"));
    let (mut line, mut number) = (Vec::new(), 0);
    while lines.read_until(b'\n', &mut line).expect("the events can be read") > 0 {
        number += 1;
        let fits = if rest.is_empty() { fits::<V2<Punch>>(&line) } else { fits_its_type(&line) };
        if !fits {
            println!("{number}");
        }
        line.clear();
    }
}

fn fits<'l, T: serde::Deserialize<'l>>(line: &'l [u8]) -> bool {
    sonic_rs::from_slice::<T>(line).is_ok()
}

fn fits_its_type(line: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(line) else { return false };
    let at = |path: [&str; 2]| sonic_rs::get(text, path).ok();
    let Some(name) = at(["header", "event_type"]).or_else(|| at(["event", "type"])) else { return false };
    match name.as_raw_str().trim_matches('"') {
        "attendance.user_flow.created_v1" => fits::<V2<Punch>>(line),
        "im.message.receive_v1" => fits::<V2<Received>>(line),
        "im.message.reaction.created_v1" => fits::<V2<Reaction>>(line),
        "calendar.calendar.event.changed_v4" => fits::<V2<Calendar>>(line),
        "approval_instance" => fits::<V1<Approval>>(line),
        "drive.file.edit_v1" => fits::<V2<Edit>>(line),
        "attendance.user_task.updated_v1" => fits::<V2<Task>>(line),
        "vc.meeting.meeting_started_v1" => fits::<V2<Started>>(line),
        "contact.user.updated_v3" => fits::<V2<Changed>>(line),
        "card.action.trigger" => fits::<V2<Card>>(line),
        _ => false,
    }
}
