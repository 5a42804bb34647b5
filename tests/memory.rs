//! Memory has a bound, whatever is read: the worst of each container, measured.
#![cfg(unix)]

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use wait4::Wait4;

#[path = "support/hostile.rs"]
mod hostile;

const COMMANDS: [&[&str]; 6] = [
    &["check"],
    &["show"],
    &["convert", "--extra"],
    &["redact"],
    &["verify"],
    &["check", "--format", "json"],
];

/// The most memory that a run over `input` takes, in MiB, and its exit code. What this process has at hand at the time
/// counts too, so that is to be little. A run that does not end is killed, and then has no exit code.
fn peak(args: &[&str], input: &Path) -> (u64, Option<i32>) {
    let child = Command::new(env!("CARGO_BIN_EXE_larkspect"))
        .args(args)
        .env_clear()
        .env("LARKSPECT_TZ", "+08:00")
        .env("LARKSPECT_ENCRYPT_KEY", "key")
        .env("LARKSPECT_VERIFICATION_TOKEN", "token")
        .stdin(File::open(input).expect("the input"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let id = child.id().to_string();
    let (ended, wait) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if wait.recv_timeout(Duration::from_secs(60)) == Err(mpsc::RecvTimeoutError::Timeout) {
                Command::new("kill").args(["-9", &id]).status().expect("it is killed");
            }
        });
        let used = child.wait4().expect("it ends");
        drop(ended);
        (used.rusage.maxrss >> 20, used.status.code())
    })
}

/// Runs every command over a text of each kind, and says which of them take more than `most` MiB.
fn beyond(kinds: &[hostile::Kind], size: usize, most: u64, commands: &[&[&str]]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some((name, make)) = kinds.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = folder.path().join(name);
            std::fs::write(&path, make(size)).expect("it is written");
            for command in commands {
                let (took, code) = peak(command, &path);
                if took > most || !matches!(code, Some(0..=2)) {
                    wrong.push(format!("{name}, {command:?}: {took} MiB, exit code {code:?}"));
                }
            }
            std::fs::remove_file(&path).expect("it is removed");
        }
        wrong
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        [work(), other.join().expect("no panic")].concat()
    })
}

#[test]
fn little_input_takes_little_memory() {
    let wrong = beyond(hostile::KINDS, 64 << 10, 32, &COMMANDS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_megabyte_of_the_worst_takes_no_multiple_of_it() {
    const WORST: [&str; 14] = [
        "base64-events-in-strings",
        "dump-of-objects",
        "dump-that-claims-much",
        "wrapper-of-events",
        "wrapper-in-wrapper-in-wrapper",
        "string-of-events",
        "queue-in-strings",
        "archive-of-lists",
        "list-of-flat-events",
        "log-line-of-strings",
        "python-list-of-events",
        "tiny-events",
        "empty-changes",
        "deep-lists",
    ];
    let kinds: Vec<hostile::Kind> =
        hostile::KINDS.iter().filter(|(name, _)| WORST.contains(name)).copied().collect();
    assert_eq!(kinds.len(), WORST.len());
    let wrong = beyond(&kinds, 1 << 20, 64, &[&["check"], &["show"], &["convert", "--extra"]]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_packed_takes_no_more_for_being_small() {
    let folder = tempfile::tempdir().expect("a folder");
    let event = include_str!("../fixtures/captures/shift.ndjson");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..(40 << 20) / event.len() {
        packer.write_all(event.as_bytes()).expect("it is packed");
    }
    let packed = packer.finish().expect("it is packed");
    // By its name it is known for packed, or by its content alone.
    for name in ["events.gz", "events"] {
        let path = folder.path().join(name);
        std::fs::write(&path, &packed[..packed.len() - 1]).expect("it is written");
        let named = path.to_str().expect("UTF-8");
        for command in ["check", "show", "convert"] {
            let (took, code) = peak(&[command, "--max-document", "1MiB", named], &path);
            assert!(took <= 4 + 16, "{command} {name}: {took} MiB");
            assert_eq!(code, Some(2), "{command} {name}: it is cut");
        }
    }
}
