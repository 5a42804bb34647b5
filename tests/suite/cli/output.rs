//! Where output goes: files that appear when they are whole, pipes that close, pipes that pause.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::symlink;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::program::{Folder, OFFICIAL, larkspect, line};

#[test]
fn a_file_is_replaced_whole_or_not_at_all() {
    let folder = Folder::new();
    let out = folder.file("out.csv", "old");
    let to = out.to_str().unwrap();
    // Columns that do not exist, no event at all, a file that cannot be read: the old file stays.
    larkspect(["convert", "-o", to, "--columns", "nonsense", OFFICIAL]).run().exits(2);
    larkspect(["convert", "-o", to]).run().exits(2);
    larkspect(["convert", "-o", to, "no/such/file.json"]).run().exits(2);
    assert_eq!((fs::read_to_string(&out).unwrap().as_str(), folder.names().len()), ("old", 1));
    let ran = larkspect(["convert", "-o", to, OFFICIAL]).run().exits(0);
    assert!(ran.out.is_empty());
    assert_eq!(fs::read(&out).unwrap(), larkspect(["convert", OFFICIAL]).run().out);
    assert_eq!(folder.names(), ["out.csv"], "no litter");
}

/// A gzip file of these bytes that was cut before its end.
fn cut_gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    let mut packed = packer.finish().unwrap();
    packed.truncate(packed.len() - 9);
    packed
}

#[test]
fn a_file_is_not_replaced_by_the_part_that_could_be_read() {
    let folder = Folder::new();
    let sealed = "fixtures/captures/forms/http-encrypted.http";
    let cut = folder.file("cut.ndjson.gz", cut_gzip(line().repeat(3000).as_bytes()));
    let cut_sealed = folder.file("cut.http.gz", cut_gzip(&fs::read(sealed).unwrap()));
    let [cut, cut_sealed] = [&cut, &cut_sealed].map(|path| path.to_str().unwrap());
    let before = folder.names();
    for name in ["old.ndjson", "old.json", "new.ndjson"] {
        let out = folder.path().join(name);
        let old = name.starts_with("old").then_some("old");
        if let Some(old) = old {
            fs::write(&out, old).unwrap();
        }
        let to = out.to_str().unwrap();
        let none = "no/such/file.json";
        for inputs in [&[cut][..], &[OFFICIAL, cut], &[OFFICIAL, none]] {
            let ran = larkspect([&["convert", "-o", to][..], inputs].concat()).run().exits(2);
            assert!(ran.err.contains(&format!("{name}: not written, because")), "{inputs:?}: {}", ran.err);
            assert_eq!(fs::read_to_string(&out).ok().as_deref(), old, "{inputs:?}");
        }
        for inputs in [&[cut_sealed][..], &[sealed, none]] {
            let program = larkspect([&["decrypt", "-o", to][..], inputs].concat());
            let ran = program.env("LARKSPECT_ENCRYPT_KEY", "test key").run().exits(2);
            assert!(ran.err.contains(&format!("{name}: not written, because")), "{inputs:?}: {}", ran.err);
            assert_eq!(fs::read_to_string(&out).ok().as_deref(), old, "{inputs:?}");
        }
        let _ = fs::remove_file(out);
        assert_eq!(folder.names(), before, "no litter");
    }
    // Standard output has what could be read, and so has a report: it says what was found.
    assert!(larkspect(["convert", cut]).run().exits(2).rows().len() > 2000);
    let report = folder.path().join("report.json");
    larkspect(["check", "-q", "--report", &format!("json={}", report.display()), cut]).run().exits(2);
    assert!(fs::read_to_string(report).unwrap().contains("cut.ndjson.gz"));
}

#[test]
fn a_sidecar_is_not_written_of_the_part_that_could_be_read() {
    let bad = line().replace("\"type\":0", "\"type\":9").repeat(3000);
    for (name, old) in [("new.ndjson.gz", None), ("old.ndjson.gz", Some("error wrong-type /event/type\n"))] {
        let folder = Folder::new();
        let capture = folder.file(name, cut_gzip(bad.as_bytes()));
        let sidecar = folder.path().join(format!("{name}.expect"));
        if let Some(old) = old {
            fs::write(&sidecar, old).unwrap();
        }
        let args = ["check", "--update-expectations", capture.to_str().unwrap()];
        let ran = larkspect(args).run().exits(2);
        assert!(ran.err.contains(&format!("{name}.expect is not written")), "{}", ran.err);
        assert_eq!(fs::read_to_string(&sidecar).ok().as_deref(), old);
        // Nor is it said that half a file does not meet what is expected of the whole.
        let ran = larkspect(["check", capture.to_str().unwrap()]).run().exits(2);
        assert!(!ran.text().contains("unmet-expectation"), "{}", ran.text());
    }
}

#[test]
fn an_interrupted_run_leaves_the_old_file() {
    let folder = Folder::new();
    let out = folder.file("out.csv", "old");
    let mut program = larkspect(["convert", "-o", out.to_str().unwrap()]);
    let mut child = program.spawn();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(line().repeat(2000).as_bytes()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");
    if cfg!(target_os = "linux") {
        assert_eq!(folder.names(), ["out.csv"], "no litter");
    }
}

#[test]
fn the_ending_of_the_output_chooses_the_format() {
    let folder = Folder::new();
    for (name, start) in [
        ("a", "event_id,"),
        ("a.csv", "event_id,"),
        ("a.TSV", "event_id\t"),
        ("a.ndjson", "{\"event_id\":"),
        ("a.jsonl", "{\"event_id\":"),
        ("a.json", "["),
        ("a.md", "| event_id |"),
    ] {
        let out = folder.path().join(name);
        larkspect(["convert", OFFICIAL, "-o", out.to_str().unwrap()]).run().exits(0);
        let plain = fs::read(&out).unwrap();
        assert!(plain.starts_with(start.as_bytes()), "{name}");
        // Behind it another one: compressed, and always the same.
        let packed = ["first", "second"].map(|part| {
            let out = folder.path().join(format!("{part}-{name}.gz"));
            larkspect(["convert", OFFICIAL, "-o", out.to_str().unwrap()]).run().exits(0);
            fs::read(out).unwrap()
        });
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&*packed[0]).read_to_end(&mut unpacked).unwrap();
        assert_eq!((unpacked == plain, &packed[0]), (true, &packed[1]), "{name}");
    }
    // What is asked for wins.
    let out = folder.path().join("a.csv");
    larkspect(["convert", OFFICIAL, "-o", out.to_str().unwrap(), "--to", "json"]).run().exits(0);
    assert!(fs::read_to_string(&out).unwrap().starts_with("["));
}

#[test]
fn excel_is_named_for_what_it_does_to_ids() {
    let said = "larkspect: Excel rounds ids of more than 15 digits in a CSV; -o FILE.xlsx keeps them\n";
    let ran = larkspect(["convert", "--excel", "--window", "0", OFFICIAL, OFFICIAL]).run().exits(0);
    assert_eq!(ran.err, said);
    for format in ["ndjson", "md"] {
        assert_eq!(larkspect(["convert", "--excel", "--to", format, OFFICIAL]).run().exits(0).err, "");
    }
    let help = larkspect(["convert", "--help"]).run().exits(0);
    assert!(
        help.text()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains("rounds ids of more than 15 digits")
    );
}

/// Events stood in them, whatever their names said, and nothing was compressed.
#[test]
fn events_were_written_under_names_of_tables_and_of_archives() {
    let folder = Folder::new();
    let sealed = "fixtures/captures/forms/encrypted.json";
    let run = |args: &[&str], name: &str| {
        let out = folder.path().join(name);
        let program = larkspect([args, &["-o", out.to_str().unwrap()]].concat());
        (program.env("LARKSPECT_ENCRYPT_KEY", "test key").run(), fs::read(&out).ok())
    };
    let salt = "fixtures/keys/salt";
    for args in [&["redact", "--salt-file", salt, OFFICIAL][..], &["sample", "-n", "3"], &["decrypt", sealed]]
    {
        let plain = run(args, "a.ndjson").1.unwrap();
        assert!(plain.starts_with(b"{") && plain.ends_with(b"}\n"));
        for name in ["a", "a.jsonl", "a.JSON"] {
            assert_eq!(run(args, name).1.as_ref(), Some(&plain), "{args:?}: {name}");
        }
        for name in ["a.gz", "a.ndjson.gz", "a.jsonl.GZ", "a.json.gz"] {
            let packed = run(args, name).1.unwrap();
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(&*packed).read_to_end(&mut unpacked).unwrap();
            assert_eq!(unpacked, plain, "{args:?}: {name}");
        }
        for name in ["a.csv", "a.tsv", "a.xlsx", "a.md", "a.csv.gz", "a.zst", "a.txt"] {
            let (ran, written) = run(args, name);
            assert!(ran.code == 2 && ran.err.contains(&format!("{name}: ")), "{args:?}: {}", ran.err);
            assert_eq!(written, None, "{args:?}: {name}");
        }
    }
    let requests = &["sample", "--http"];
    assert!(run(requests, "a.http").1.unwrap().starts_with(b"POST /"));
    assert!(run(requests, "a.http.gz").1.unwrap().starts_with(b"\x1f\x8b"));
    assert_eq!(run(requests, "b.ndjson").0.code, 2);
}

/// It held CSV, whatever its name said.
#[test]
fn an_unknown_ending_was_taken_for_csv() {
    let folder = Folder::new();
    for (name, said) in [
        ("day.txt", "day.txt: unknown ending `txt`; there are csv, tsv, ndjson, json, md"),
        ("day.parquet", "unknown ending `parquet`; DuckDB makes it of a CSV: duckdb -c"),
        ("day.txt.gz", "unknown ending `txt`; there are csv,"),
        ("day.cvs", "unknown ending `cvs`; did you mean `csv`?; --to FORMAT takes any name"),
    ] {
        let out = folder.path().join(name);
        let ran = larkspect(["convert", OFFICIAL, "-o", out.to_str().unwrap()]).run().exits(2);
        assert!(ran.err.contains(said), "{name}: {}", ran.err);
        assert!(!out.exists());
        larkspect(["convert", OFFICIAL, "-o", out.to_str().unwrap(), "--to", "tsv"]).run().exits(0);
        assert!(out.exists());
    }
}

#[test]
fn a_compressed_file_is_not_replaced_by_a_part_either() {
    let folder = Folder::new();
    let cut = folder.file("cut.ndjson.gz", cut_gzip(line().repeat(3000).as_bytes()));
    let out = folder.file("old.csv.gz", "old");
    let args = ["convert", "-o", out.to_str().unwrap(), cut.to_str().unwrap()];
    let ran = larkspect(args).run().exits(2);
    assert!(ran.err.contains("old.csv.gz: not written, because"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");
    assert_eq!(folder.names().len(), 2, "no litter");
}

#[test]
fn a_table_for_a_ticket_is_a_table_whatever_stands_in_it() {
    let text = line().replace("\"comment\":\"\"", "\"comment\":\"a|b\\n<i>\u{202e}@all\"");
    let ran =
        larkspect(["convert", "--to", "md", "--columns", "employee_id,comment,is_wifi"]).stdin(text).run();
    assert_eq!(
        ran.exits(0).text(),
        "| employee_id | comment | is_wifi |\n| --- | --- | --- |\n\
        | 2b68933a | a\\|b<br>&lt;i&gt;\\\\u{202e}@<!-- -->all | false |\n"
    );
}

#[test]
fn links_are_refused_and_devices_are_written_to() {
    let folder = Folder::new();
    let target = folder.file("target.csv", "old");
    let link = folder.path().join("link.csv");
    symlink(&target, &link).unwrap();
    let ran = larkspect(["convert", "-o", link.to_str().unwrap(), OFFICIAL]).run().exits(2);
    assert!(ran.err.contains("link.csv") && ran.err.contains("symbolic link"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&target).unwrap(), "old");
    assert!(link.is_symlink());
    let ran = larkspect(["convert", "-o", folder.path().to_str().unwrap(), OFFICIAL]).run().exits(2);
    assert!(ran.err.contains("irectory"), "{}", ran.err);
    let plain = larkspect(["convert", OFFICIAL]).run().exits(0);
    larkspect(["convert", "-o", "/dev/null", OFFICIAL]).run().exits(0);
    assert_eq!(larkspect(["convert", "-o", "-", OFFICIAL]).run().exits(0).out, plain.out);
}

#[test]
fn standard_output_by_its_path_is_standard_output() {
    let plain = larkspect(["convert", OFFICIAL]).run().exits(0);
    let ran = larkspect(["convert", "-o", "/dev/stdout", OFFICIAL]).run().exits(0);
    assert_eq!(ran.out, plain.out);
}

#[test]
fn a_failed_write_is_said_and_wins() {
    if fs::metadata("/dev/full").is_err() {
        return;
    }
    let bad = "fixtures/rules/unknown-choice.json";
    for args in [
        &["show", OFFICIAL][..],
        &["check", bad],
        &["convert", OFFICIAL],
        &["convert", "fixtures/captures/mixed.ndjson"],
        &["sample", "-n", "1000"],
        &["explain"],
        &["schema"],
        &["completions", "bash"],
        &["--help"],
        &["--version"],
    ] {
        let mut program = larkspect(args);
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program.command.stdin(Stdio::null()).stdout(full).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {err}");
        assert!(err.contains("No space left"), "{args:?}: {err}");
    }
    let ran = larkspect(["convert", "-o", "/dev/full", OFFICIAL]).run().exits(2);
    assert!(ran.err.contains("No space left"), "{}", ran.err);
}

/// `larkspect .. | head -1`: quiet, at once, and no failure.
#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    for args in [
        &["show"][..],
        &["check", "-f", "line", "--error", "duplicate-event"],
        &["convert"],
        &["sample", "-n", "100000000"],
        &["explain"],
        &["schema", "attendance.user_flow.created_v1"],
        &["completions", "zsh"],
        &["--help"],
    ] {
        let mut program = larkspect(args);
        let mut child = program.spawn();
        let mut pipe = child.stdin.take().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let event = line();
        let reads = ["show", "check", "convert"].contains(&args[0]);
        let block = event.repeat(200);
        let writer = std::thread::spawn(move || {
            // Without an end: only the closed pipe can stop this.
            while reads && pipe.write_all(block.as_bytes()).is_ok() {}
        });
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        drop(out);
        let started = Instant::now();
        let output = child.wait_with_output().unwrap();
        assert!(started.elapsed() < Duration::from_secs(10), "{args:?} stops at once");
        writer.join().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        // The findings that were told are findings.
        let code = i32::from(args[0] == "check");
        assert_eq!((output.status.code(), &*err), (Some(code), ""), "{args:?}");
    }
}

#[test]
fn what_is_whole_is_shown_while_the_pipe_pauses() {
    for args in
        [&["convert"][..], &["convert", "-t", "ndjson"], &["check", "-f", "line"], &["check", "-f", "ndjson"]]
    {
        let mut program = larkspect(args);
        let mut child = program.spawn();
        let mut pipe = child.stdin.take().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let event = line().replace("\"type\":0", "\"type\":9");
        let header = usize::from(args == ["convert"]);
        for round in 0..3 {
            pipe.write_all(event.as_bytes()).unwrap();
            // The test would hang here if the line waited for more input.
            for _ in 0..=(if round == 0 { header } else { 0 }) {
                let mut line = String::new();
                out.read_line(&mut line).unwrap();
                assert!(line.ends_with('\n'), "{args:?}");
            }
            if args[0] == "check" && round > 0 {
                // The same event again is said too.
                out.read_line(&mut String::new()).unwrap();
            }
        }
        // Half a document waits for its other half.
        pipe.write_all(&event.as_bytes()[..300]).unwrap();
        drop(pipe);
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        child.wait().unwrap();
        assert_eq!(rest.contains("truncated-document"), args[0] == "check", "{args:?}: {rest}");
    }
}

/// The table of the first eight kilobytes was for their type alone, and another one had to follow it.
#[test]
fn a_small_capture_in_a_pipe_had_two_tables() {
    let punches = line().repeat(20);
    let other = line().replace("attendance.user_flow.created_v1", "im.chat.disbanded_v1");
    assert!(punches.len() > 8192);
    let ran = larkspect(["show"]).stdin(punches + &other).run().exits(0);
    let heads = ran.lines().iter().filter(|line| line.trim_start().starts_with('#')).count();
    assert_eq!((heads, ran.lines().len()), (1, 22), "{}", ran.text());
}

#[test]
fn parts_converted_separately_and_joined_are_the_whole() {
    let text = larkspect(["sample", "-n", "30"]).run().exits(0).out;
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let whole = larkspect(["convert"]).stdin(&*text).run().exits(0).out;
    let mut joined = larkspect(["convert"]).stdin(lines[..10].concat()).run().exits(0).out;
    joined.extend(
        larkspect(["convert", "--no-header", "--event", "attendance.user_flow.created_v1"])
            .stdin(lines[10..].concat())
            .run()
            .exits(0)
            .out,
    );
    assert_eq!(whole, joined);
}

#[test]
fn a_report_was_plain_text_under_the_name_of_a_compressed_one() {
    let folder = Folder::new();
    let report = |name: &str| format!("json={}", folder.path().join(name).display());
    larkspect(["check", "--report", &report("a.json"), "--report", &report("b.json.gz"), OFFICIAL])
        .run()
        .exits(0);
    let packed = fs::read(folder.path().join("b.json.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*packed).read_to_string(&mut text).unwrap();
    let plain = fs::read_to_string(folder.path().join("a.json")).unwrap();
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(parse(&text)["files"], parse(&plain)["files"]);
    let refused = larkspect(["check", "--report", &report("c.json.zst"), OFFICIAL]).run().exits(2);
    assert!(
        refused.err.contains("c.json.zst: a report is compressed as .gz, not as .zst"),
        "{}",
        refused.err
    );
    assert_eq!(folder.names(), ["a.json", "b.json.gz"]);
}

#[test]
fn an_unknown_report_format_had_no_hint() {
    for (report, said) in [
        ("jsno=x", "unknown report format `jsno`; did you mean `json`?"),
        ("Sarif=x", "unknown report format `Sarif`; did you mean `sarif`?"),
        ("xml=x", "unknown report format `xml`; there are human, line, json, ndjson,"),
        ("\u{1b}[31m=x", r"unknown report format `\u{1b}[31m`; there are human,"),
    ] {
        let ran = larkspect(["check", "--report", report, OFFICIAL]).run().exits(2);
        assert!(ran.out.is_empty() && ran.err.contains(said), "{report}: {}", ran.err);
    }
}
