//! Framings, encodings and compressions: as files and on standard input, the same events come out.

use std::io::Write;

use crate::support::program::{Folder, Ran, fixture, larkspect, line, official, spoiled};

/// Converted from standard input and from a file: the same.
#[track_caller]
fn converted(name: &str, bytes: &[u8]) -> Ran {
    let piped = larkspect(["convert"]).stdin(bytes).run();
    let folder = Folder::new();
    // The name says nothing: content decides.
    let file = folder.file("capture.txt", bytes);
    let read = larkspect(["convert".as_ref(), file.as_os_str()]).run();
    assert_eq!((piped.code, piped.text()), (read.code, read.text()), "{name}");
    piped
}

#[test]
fn every_framing_gives_the_same_rows() {
    let shift = String::from_utf8(fixture("captures/crlf.ndjson")).unwrap();
    let lines: Vec<&str> = shift.lines().collect();
    let rows = converted("lines", shift.as_bytes()).exits(0);
    assert_eq!(rows.rows().len(), 3);
    for name in ["array.json", "pretty.json", "glued.json"] {
        let ran = converted(name, &fixture(&format!("captures/{name}"))).exits(0);
        assert_eq!(ran.text(), rows.text(), "{name}");
    }
    for (name, text) in [
        ("blank lines", format!("\n\n{}\n", lines.join("\n\n \n"))),
        ("no end of the last line", lines.join("\n")),
        ("arrays in a row", lines.iter().map(|line| format!("[{line}]\n")).collect()),
        ("RFC 7464", lines.iter().map(|line| format!("\u{1e}{line}\n")).collect()),
        ("marks of joined files", lines.iter().map(|line| format!("\u{feff}{line}\r\n")).collect()),
    ] {
        assert_eq!(converted(name, text.as_bytes()).exits(0).text(), rows.text(), "{name}");
    }
}

/// A small file is taken for one event until it is seen to be more; one of two files is not.
#[test]
fn a_small_file_is_shown_as_one_of_two() {
    let (event, bad) = (line(), spoiled("1615381916", "x"));
    let other = String::from_utf8(fixture("captures/crlf.ndjson")).unwrap();
    let unknown = event.replace("attendance.user_flow.created_v1", "example.lunch_v1");
    let folder = Folder::new();
    let packed = |text: &[u8]| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text).unwrap();
        gzip.finish().unwrap()
    };
    for text in [
        String::new(),
        "no event".to_owned(),
        event.clone(),
        format!("{event}\n{other}"),
        format!("{event}\n{unknown}\n{event}"),
        format!("{unknown}\n{event}"),
        format!("{event}\n{{\"event\": \n"),
        format!("{{\"challenge\": \"x\", \"type\": \"url_verification\"}}\n{event}"),
        format!("x\n{event}\ny\n{}", String::from_utf8(bad).unwrap()),
        format!("[{event}, {event}]"),
    ] {
        for bytes in [text.as_bytes(), &packed(text.as_bytes())] {
            for options in [&[][..], &["-n1"], &["--dedupe"], &["--sort=employee_id"], &["--where=type=9"]] {
                let files = [folder.file("capture.txt", bytes), folder.file("empty.txt", "")];
                let one = larkspect(["show"]).args(options).args(&files[..1]).run();
                let two = larkspect(["show"]).args(options).args(&files).run();
                // Of several files each row and each card says where it stands, which may move what has no label.
                let cut = |line: &str| {
                    line.find("capture.txt:")
                        .map_or(line.trim_end_matches("File").to_owned(), |at| {
                            line[..line[..at].rfind("  ").unwrap()].to_owned()
                        })
                        .trim()
                        .to_owned()
                };
                let is_place = |line: &String| line == "File" || line.is_empty();
                let rows =
                    |text: &str| text.lines().map(cut).filter(|line| !is_place(line)).collect::<Vec<_>>();
                assert_eq!((one.code, rows(one.text())), (two.code, rows(two.text())), "{options:?} {text}");
                assert_eq!(one.err, two.err, "{options:?} {text}");
            }
        }
    }
}

#[test]
fn every_encoding_gives_the_same_row() {
    let row = converted("UTF-8", &official()).exits(0);
    for name in ["bom.json", "utf16le.json", "utf16be.json"] {
        let ran = converted(name, &fixture(&format!("captures/{name}"))).exits(0);
        assert_eq!(ran.text(), row.text(), "{name}");
    }
    // Without a mark, as some loggers write it; and cut in the middle of a character.
    let bare = &fixture("captures/utf16le.json")[2..];
    assert_eq!(converted("UTF-16 without a mark", bare).exits(0).text(), row.text());
    let cut = [&fixture("captures/utf16le.json")[..], &[0x7b]].concat();
    assert_eq!(converted("half a unit", &cut).exits(0).text(), row.text());
    // What follows an event is a fault where JSON is promised.
    let folder = Folder::new();
    let ran = larkspect(["convert".as_ref(), folder.file("cut.json", &cut).as_os_str()]).run().exits(1);
    assert!(ran.text() == row.text() && ran.err.contains("truncated-document"), "{}", ran.err);
}

#[test]
fn half_a_unit_does_not_complete_the_document() {
    for name in ["utf16le.json", "utf16be.json"] {
        let text = fixture(&format!("captures/{name}"));
        let text = &text[..text.len() - text.iter().rev().take_while(|byte| **byte != b'}').count()];
        for cut in 1..20 {
            let cut = &text[..text.len() - cut + usize::from(name == "utf16le.json")];
            let ran = larkspect(["check", "-f", "line"]).stdin(cut).run().exits(1);
            assert!(ran.text().contains("truncated-document"), "{name}: {}", ran.text());
        }
    }
}

#[test]
fn gbk_is_named_and_never_replaced() {
    let ran = larkspect(["check", "fixtures/captures/gbk.json"]).run().exits(1);
    assert!(ran.text().contains("GBK") && ran.text().contains("iconv"), "{}", ran.text());
    for command in ["show", "convert", "check"] {
        let ran = larkspect([command]).stdin(fixture("captures/gbk.json")).run().exits(1);
        assert!(ran.err.contains("iconv") || ran.text().contains("iconv"), "{}", ran.err);
        assert!(!ran.text().contains('\u{fffd}') && !ran.err.contains('\u{fffd}'));
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn compressed_captures_are_recognised_by_their_first_bytes() {
    let shift = fixture("captures/shift.ndjson");
    let rows = converted("plain", &shift).exits(0);
    let (a, b) = shift.split_at(shift.len() / 2);
    let utf16 = fixture("captures/utf16le.json");
    for (name, packed) in [
        ("gzip", fixture("captures/events.ndjson.gz")),
        ("zstd", fixture("captures/events.ndjson.zst")),
        ("gzip members", [gzip(a), gzip(b)].concat()),
        ("zstd frames", [zstd(a), zstd(b)].concat()),
        ("a skippable frame", [b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zstd(&shift)].concat()),
    ] {
        assert_eq!(converted(name, &packed).exits(0).text(), rows.text(), "{name}");
    }
    assert_eq!(converted("packed UTF-16", &gzip(&utf16)).exits(0).lines().len(), 2);
    let said = larkspect(["check", "-v", "fixtures/captures/events.ndjson.gz"]).run().exits(0);
    assert!(said.err.contains("events.ndjson.gz: gzip"), "{}", said.err);
}

#[test]
fn what_comes_before_a_broken_end_is_read_and_the_break_is_said() {
    let events = line().repeat(200);
    let noise: String =
        (0..20_000u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).to_string()).collect();
    let long = format!("{events}{{\"noise\":\"{noise}\"}}\n");
    let whole = gzip(long.as_bytes());
    let mut flipped = zstd(long.as_bytes());
    let middle = flipped.len() / 2;
    flipped.truncate(middle);
    let trailing = [gzip(line().as_bytes()), b"not gzip".to_vec()].concat();
    for (name, packed, words) in [
        ("cut gzip", whole[..whole.len() / 2].to_vec(), "gzip data ends too early"),
        ("cut zstd", flipped, "zstd data"),
        ("a header alone", whole[..6].to_vec(), "gzip data ends too early"),
        ("rubbish after gzip", trailing, "gzip"),
        ("no zstd", b"\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff".to_vec(), "zstd"),
    ] {
        for command in ["check", "show", "convert"] {
            let ran = larkspect([command]).stdin(&*packed).run().exits(2);
            assert!(ran.err.contains(words), "{name}: {}", ran.err);
            assert!(!ran.err.contains("panicked"), "{name}: {}", ran.err);
        }
    }
    let ran = converted("cut gzip", &whole[..whole.len() - 9]);
    assert_eq!(ran.lines().len(), 201, "what was whole is there");
}

#[test]
fn the_closing_line_counts_what_has_scrolled_away() {
    let folder = Folder::new();
    let challenge = r#"{"challenge":"a","token":"t","type":"url_verification"}"#;
    let cut = &line()[..100];
    let path = folder.file("mixed.ndjson", format!("{challenge}\n{}{cut}\n{}", line(), line()));
    let missing = folder.path().join("missing.json");
    let files = [path.to_str().unwrap(), missing.to_str().unwrap()];
    let last = |args: &[&str]| {
        larkspect(args.iter().chain(&files)).run().exits(2).err.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        last(&["show"]),
        "2 events (punch record), 1 employee; 1 duplicate delivery; 1 challenge; 1 unreadable document; \
         1 input could not be read"
    );
    assert!(last(&["show", "--lang", "zh"]).ends_with("；1 个无法读取的文档；1 个输入无法读取"));
    assert_eq!(
        last(&["show", "-n1"]),
        "2 events (punch record), 1 employee; 1 duplicate delivery; 1 challenge; 1 shown; 1 unreadable document; 1 input could not be read"
    );
    assert_eq!(last(&["check"]), "larkspect: 1 input could not be read");
}

#[test]
fn several_of_a_kind_that_is_left_out_are_no_plural_that_nobody_says() {
    let challenge = r#"{"challenge":"a","token":"t","type":"url_verification"}"#;
    for (count, words) in [(1, "left out: 1 URL verification\n"), (2, "left out: 2 × URL verification\n")] {
        let text = format!("{}{}", line(), format!("{challenge}\n").repeat(count));
        let ran = larkspect(["convert"]).stdin(text).run();
        assert!(ran.err.ends_with(words), "{}", ran.err);
    }
}
