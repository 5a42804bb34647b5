//! Inputs that are large, deep or pure noise: a clear finding, the rest read, memory and time bounded.

use std::io::Write;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::program::{Folder, Ran, larkspect, line};

const COMMANDS: [&[&str]; 3] = [&["check", "-f", "line"], &["show"], &["convert"]];

/// A program that was built for debugging reads a few megabytes a second.
const SLOW: bool = cfg!(debug_assertions);

/// Every command reads the event after `noise`. Where JSON is promised it says `code` of it, elsewhere it is no fault.
fn noise_before_an_event(noise: &[u8], code: &str) {
    let input = [noise, b"\n", line().as_bytes()].concat();
    let folder = Folder::new();
    let file = folder.file("capture.json", &input);
    for (command, promised) in COMMANDS.into_iter().flat_map(|command| [(command, true), (command, false)]) {
        let started = Instant::now();
        let program = larkspect(command);
        let ran = match promised {
            true => program.args(&[&file]).run().exits(1),
            false => program.stdin(&*input).run().exits(0),
        };
        let said = if command[0] == "check" { ran.text() } else { &ran.err };
        assert_eq!(said.contains(code), promised, "{command:?}: {}", &said[..said.len().min(2000)]);
        if command[0] != "check" {
            assert!(ran.text().contains("2b68933a"), "{command:?}: the event after it is there");
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{command:?} took {:?}", started.elapsed());
    }
}

#[test]
fn a_line_that_is_too_large_is_passed_over() {
    // 64 MiB is the limit unless the user says otherwise.
    let (bytes, limit) = if SLOW { (3 << 20, "1MiB") } else { (70 << 20, "64MiB") };
    let large = [b"{\"schema\":\"2.0\",\"x\":\"", &*vec![b'a'; bytes], b"\"}\n", line().as_bytes()].concat();
    for command in COMMANDS {
        let args = [command, &["--max-document", limit]].concat();
        let ran = larkspect(args).stdin(&*large).run().exits(1);
        let said = if command[0] == "check" { ran.text() } else { &ran.err };
        assert!(said.contains("-:1:1: error[document-too-large]"), "{command:?}: {said}");
        assert!(said.lines().count() < 4 && said.len() < 2000, "{said}");
        assert!(command[0] == "check" || ran.text().contains("2b68933a"), "the event after it is there");
    }
}

/// How deep is far too deep.
const MANY: usize = if SLOW { 100_000 } else { 1_000_000 };

#[test]
fn a_million_brackets_are_too_deep() {
    let objects = [b"{\"a\":".repeat(MANY), b"1".to_vec(), b"}".repeat(MANY)].concat();
    noise_before_an_event(&objects, "nesting-too-deep");
    noise_before_an_event(&b"[".repeat(MANY), "json-syntax");
}

#[test]
fn bytes_that_are_no_text_are_named() {
    noise_before_an_event(&[0; 100_000], "json-syntax");
    noise_before_an_event(&[0xff; 100_000], "invalid-utf8");
    noise_before_an_event("浙".repeat(30_000).as_bytes(), "json-syntax");
}

#[test]
fn a_line_of_many_values_takes_linear_time() {
    for value in ["\"a\"", "1 ", "[1,2]"] {
        noise_before_an_event(value.repeat(100_000).as_bytes(), "not-an-event");
    }
}

#[test]
fn the_largest_document_is_for_the_user_to_say() {
    let event = line();
    let size = event.trim_end().len();
    let check = |limit: usize| -> Ran {
        larkspect(["check", "-f", "line", "--max-document", &limit.to_string()]).stdin(event.clone()).run()
    };
    check(size).exits(0);
    assert!(check(size - 1).exits(1).text().contains("document-too-large"));
}

#[test]
fn a_document_full_of_findings_is_bounded() {
    let unknown: String = (0..20_000).map(|n| format!("\"zz{n}\":1,")).collect();
    let again = "\"type\":0,".repeat(20_000);
    let long = format!("\"{}\":{{{}\"a\":1}},", "k".repeat(100_000), "\"a\":1,".repeat(20_000));
    for (many, code) in [(unknown, "unknown-field"), (again, "duplicate-key"), (long, "duplicate-key")] {
        let text = line().replace("\"type\":0", &format!("{many}\"type\":0"));
        let ran = larkspect(["check"]).stdin(text.clone()).run();
        let verdict = ran.text().lines().last().unwrap();
        assert!(verdict.contains(" 20000 "), "all are counted: {verdict}");
        let ran = larkspect(["check", "-f", "line"]).stdin(text).run();
        assert!(ran.out.len() < 20 << 20, "{} bytes", ran.out.len());
        let last = ran.lines().into_iter().rfind(|line| line.contains(code)).unwrap();
        assert!(last.contains("more of this in the document, which are counted and not listed"), "{last}");
    }
}

/// What is reported of a document that goes on after the piece is taken back, and weighs nothing: reading stood still.
#[test]
fn a_document_full_of_findings_that_is_not_whole_yet_is_waited_for() {
    let text = line().replace("\"type\":0", &format!("{}\"type\":0", "\"type\":9,".repeat(30_000)));
    let ran = larkspect(["check", "-f", "line"]).stdin(text).run().exits(1);
    assert!(ran.text().contains("29000 more of this in the document"), "{}", ran.lines().last().unwrap());
}

/// Kilobytes that the process had at most, as Linux counts them.
fn peak(child: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{child}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The most memory that a run over `bytes` of `block` again and again takes, in MiB; 0 where it cannot be known.
fn memory(args: &[&str], block: &[u8], bytes: usize) -> u64 {
    let mut program = larkspect(args);
    let mut child =
        program.command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let block = block.to_vec();
    let writer = thread::spawn(move || {
        for _ in 0..bytes / block.len().max(1) {
            pipe.write_all(&block).unwrap();
        }
    });
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(peak(child.id()).unwrap_or(0));
        thread::sleep(Duration::from_millis(2));
    }
    writer.join().unwrap();
    most >> 10
}

/// What is said is the same with any number of threads, also of what is packed, and in the same order.
#[test]
fn threads_change_nothing_that_is_said() {
    let folder = Folder::new();
    let events = larkspect(["sample", "-n", "1500", "--fault-rate", "0.05"]).run().out;
    // Every event again, so that findings of one event and findings about two stand side by side.
    let twice = [&events[..], b"{\"a\":1,,}\n", &events].concat();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&twice).unwrap();
    let plain = folder.file("twice.ndjson", &twice).display().to_string();
    let packed = folder.file("twice.ndjson.gz", packer.finish().unwrap()).display().to_string();
    for path in [&plain, &packed] {
        for command in
            [&["check", "-f", "line"][..], &["convert"], &["show", "--table"], &["convert", "-t", "json"]]
        {
            let run = |threads: &str| {
                let ran = larkspect(command.iter().copied().chain(["-j", threads, path])).run();
                // The time it took is said, too.
                let (lines, err) = (ran.lines().join("\n"), ran.err);
                (lines, err.lines().filter(|line| !line.contains(" in ")).collect::<Vec<_>>().join("\n"))
            };
            let alone = run("1");
            assert!(alone.0.lines().count() > 1000);
            for threads in ["2", "3", "5", "8"] {
                assert!(run(threads) == alone, "{command:?} -j {threads} {path}");
            }
        }
    }
}

/// The last `--window` events are remembered, no more and no less.
#[test]
fn the_window_is_as_large_as_it_says() {
    let events = larkspect(["sample", "-n", "9"]).run().out;
    let lines: Vec<&[u8]> = events.split_inclusive(|byte| *byte == b'\n').collect();
    for (between, found) in [(0, true), (3, true), (4, false), (8, false)] {
        let stream = [&lines[..=between].concat()[..], lines[0]].concat();
        let ran = larkspect(["check", "-f", "line", "--window", "4"]).stdin(stream).run().exits(0);
        assert_eq!(ran.text().contains("[duplicate-event]"), found, "{between}: {}", ran.text());
    }
}

/// A small file may hold much: it is unpacked as it is read.
#[test]
fn what_is_packed_is_never_whole_in_memory() {
    let folder = Folder::new();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let events = larkspect(["sample", "-n", "20"]).run().out;
    (0..2600).for_each(|_| packer.write_all(&events).unwrap());
    let packed = packer.finish().unwrap();
    assert!(packed.len() < 256 << 10, "{}", packed.len());
    // By its name it is known for packed, or by its content alone.
    for name in ["events.ndjson.gz", "events.ndjson"] {
        let path = folder.file(name, &packed);
        let most = memory(&["check", "-q", path.to_str().unwrap()], b"", 0);
        assert!(most < 32, "{name}: {most} MiB");
        larkspect(["check", "-q", path.to_str().unwrap()]).run().exits(0);
    }
}

#[test]
fn memory_does_not_grow_with_the_input() {
    let events = larkspect(["sample", "-n", "500"]).run().exits(0).out;
    let broken = b"{\"a\":1,,}\n".repeat(5000);
    for (args, block, bytes) in [
        (&["check"][..], &events, 24 << 20),
        (&["show"], &events, 12 << 20),
        (&["convert"], &events, 24 << 20),
        (&["check", "-f", "json"], &broken, 2 << 20),
    ] {
        let most = memory(args, block, bytes);
        assert!(most < 64, "{args:?} took {most} MiB");
    }
}

/// A stack larger than any address space stands for a machine that makes no more threads.
#[test]
fn where_no_thread_can_be_made_one_does_all_the_work() {
    let good = line().repeat(3000);
    let text = format!("{good}{}{good}", line().replace("\"type\":0", "\"type\":9"));
    let folder = Folder::new();
    let large = folder.file("large.ndjson", &text);
    (0..20).for_each(|number| drop(folder.file(format!("small/{number}.json"), &text[..good.len() / 3000])));
    for args in [&["check", "-f", "line"][..], &["show"], &["convert"]] {
        for path in [large.as_path(), &folder.path().join("small")] {
            let run = |threads: &str, stack: &str| {
                let mut program = larkspect(args).env("RUST_MIN_STACK", stack);
                program.command.args(["-j", threads]).arg(path);
                program.run()
            };
            let (alone, starved) = (run("1", ""), run("8", "1152921504606846976"));
            assert_eq!(
                (starved.code, starved.text()),
                (alone.code, alone.text()),
                "{args:?}: {}",
                starved.err
            );
            assert_eq!(starved.err, alone.err, "{args:?}");
        }
    }
}
