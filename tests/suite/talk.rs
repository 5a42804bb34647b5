//! What the program says of its own accord is said in the language of who reads it.

use std::os::unix::net::UnixListener;

use crate::support::chinese::{is_chinese, is_well_set};
use crate::support::program::{Folder, Ran, folder, larkspect_in, line, official};

/// Whether there are three English words in a row outside of backquotes.
fn has_a_sentence_in_english(text: &str) -> bool {
    let outside: String = text.split('`').step_by(2).collect::<Vec<_>>().join("`");
    // What stands between Chinese marks is a list of names.
    let outside = outside.replace(|c: char| !c.is_ascii(), " - ");
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words: Vec<&str> = outside.split(' ').collect();
    words.windows(3).any(|three| three.iter().all(is_word))
}

#[test]
fn a_sentence_in_english_is_found() {
    for (text, is) in [
        ("larkspect: x: no such file", true),
        ("larkspect: 无法写入：disk is full", true),
        ("用 `larkspect explain all things` 查看", false),
        ("--report FORMAT=PATH", false),
    ] {
        assert_eq!(has_a_sentence_in_english(text), is, "{text}");
    }
}

/// A folder in which much can go wrong.
fn at() -> Folder {
    let punch = line();
    let at = folder(&[
        ("a.json", &official()),
        ("b.json", punch.as_bytes()),
        ("two.ndjson", format!("{punch}\n{punch}\n").as_bytes()),
        ("note.txt", b"nothing at all"),
        ("none.json", b"{}"),
        ("empty.json", b""),
        ("cut.json.gz", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
        ("mark.json", format!("\u{feff}{punch}").as_bytes()),
        ("lines.log", format!("{{\"no\": \"event\"}}\n{punch}\nx\n").as_bytes()),
        ("key", b" spaced \n"),
        ("blank", b"\n"),
        ("bytes", b"\xff\xfe\xff"),
        ("keys.toml", b"pahts = []\ntz = \"Mars\"\nlang = \"fr\"\nstrict = 1\n"),
        ("tables.toml", b"paths = 1\nseverity = []\n[[override]]\nseverity = { absent-field = \"x\" }\n"),
        ("glob.toml", b"[[override]]\nfiles = [\"[\"]\n"),
        ("slip.toml", b"paths = \n"),
        ("gone.json.expect", b"note absent-field\n"),
    ]);
    std::fs::create_dir(at.path().join("nothing")).unwrap();
    std::fs::create_dir(at.path().join("logs")).unwrap();
    at.file("logs/a.json", &punch);
    at.file("logs/app.log", &punch);
    at.file("logs/x.bin", b"x");
    drop(UnixListener::bind(at.path().join("logs/s.json")).unwrap());
    at
}

/// What is typed, what stands in standard input, and what is said.
const SITUATIONS: [(&[&str], &str, &str); 42] = [
    (&["show", "gone.json"], "", "没有那个文件或目录"),
    (&["check", "gone.json"], "", "没有那个文件或目录"),
    (&["check", "a.json/x"], "", "不是目录"),
    (&["check", "gone.json", "a.json"], "", "1 个输入无法读取"),
    (&["show", "nothing"], "", "这里没有抓包文件（.json"),
    (&["check", "nothing"], "", "这里没有抓包文件（.json"),
    (&["check", "empty.json"], "", "没有可检查的事件"),
    (&["show", "empty.json"], "", "没有可显示的事件：输入里什么也没有"),
    (&["summary", "empty.json"], "", "没有可汇总的事件：输入里什么也没有"),
    (&["verify", "empty.json"], "", "没有可验证的请求"),
    (&["verify", "a.json"], "", "0 个有效，0 个无效，1 个无法验证；没有密钥就无法验证"),
    (&["check", "cut.json.gz"], "", "gzip 数据不完整：末尾被截断了"),
    (&["check", "logs"], "", "跳过了 1 个可能是日志的文件"),
    (&["check", "-v", "logs"], "", "跳过了 2 个文件"),
    (&["check", "logs"], "", "跳过：这是套接字，不是文件"),
    (&["check", "-v", "mark.json"], "", "带 BOM 的 UTF-8"),
    (&["show", "-v", "two.ndjson"], "", "2 × v2 事件"),
    (&["show", "-v", "-"], "[{\"schema\":\"2.0\",\"header\":{},\"event\":{}}]", "数组里"),
    (&["check", "-v", "lines.log"], "", "跳过其他 "),
    (&["check", "--max-findings", "0", "-f", "line", "a.json", "b.json", "none.json"], "", "未列出：--max"),
    (&["check", "--report", "sarif=/nowhere/x", "a.json"], "", "没有那个文件或目录"),
    (&["check", "--report", "sarif=x", "--report", "json=x", "a.json"], "", "两份报告写到同一个文件"),
    (&["check", "--update-expectations", "a.json", "b.json"], "", "读取文件：2 个"),
    (&["check", "--update-expectations", "--strict", "none.json"], "", "读取文件：1 个"),
    (&["check", "--since", "2000-01-01", "--until", "2000-01-02", "b.json"], "", "选中 0 个事件，共 1 个"),
    (&["show", "--since", "2000-01-01", "--until", "2000-01-02", "b.json"], "", "时区"),
    (&["show", "--encrypt-key-file", "gone", "a.json"], "", "没有那个文件或目录"),
    (&["show", "--encrypt-key-file", "blank", "a.json"], "", "里面没有密钥"),
    (&["show", "--encrypt-key-file", "bytes", "a.json"], "", "不是 UTF-8"),
    (&["show", "--encrypt-key-file", "key", "a.json", "b.json"], "", "去掉了密钥前后的空白"),
    (&["show", "--config", "gone.toml", "a.json"], "", "没有那个文件或目录"),
    (&["show", "--config", "keys.toml", "a.json"], "", "这里应为 true 或 false，而不是整数"),
    (&["show", "--config", "keys.toml", "a.json"], "", "未知的键 `pahts`；是不是 `paths`？"),
    (&["show", "--config", "tables.toml", "a.json"], "", "这里应为字符串列表，而不是整数"),
    (&["show", "--config", "tables.toml", "a.json"], "", "有 error、warning、note、ignore"),
    (&["show", "--config", "glob.toml", "a.json"], "", "不是有效的通配模式"),
    (&["check", "--exclude", "[", "a.json"], "", "--exclude：`[` 不是有效的通配模式"),
    (&["check", "--exclude", "logs/no*", "logs"], "", "--exclude：没有文件符合 `logs/no*`"),
    (&["summary", "-f", "csv", "b.json"], "", "csv 由行组成"),
    (&["explain", "timestamp-unitt"], "", "是不是 `timestamp-unit`？"),
    (&["schema", "no.such.thing"], "", "未知的"),
    (&["summary", "-f", "json", "-o", "/nowhere/x.json", "b.json"], "", "没有那个文件或目录"),
];

/// What is quoted from elsewhere: patterns and TOML are read by others, who speak English.
const OF_OTHERS: [&str; 2] = ["通配模式：", "TOML 写法有误："];

fn speaks_chinese(ran: &Ran, what: &[&str]) {
    // What stands behind a bar is an excerpt.
    let is_excerpt =
        |line: &str| line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).starts_with('|');
    for line in ran.err.lines().filter(|line| !is_excerpt(line)) {
        if OF_OTHERS.iter().any(|quotes| line.contains(quotes)) {
            continue;
        }
        assert!(is_chinese(line), "{what:?}: {line}");
        assert!(!has_a_sentence_in_english(line), "{what:?}: {line}");
        assert!(is_well_set(line), "{what:?}: {line}");
    }
}

#[test]
fn what_is_said_is_chinese_where_people_read_chinese() {
    let at = at();
    for (words, stdin, said) in SITUATIONS {
        let typed = larkspect_in(at.path(), words).args(&["--lang", "zh"]).stdin(stdin).run();
        let locale = larkspect_in(at.path(), words).env("LANG", "zh_CN.UTF-8").stdin(stdin).run();
        for ran in [&typed, &locale] {
            assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
            speaks_chinese(ran, words);
        }
    }
}

#[test]
fn where_nobody_asks_for_chinese_nothing_chinese_is_said() {
    let at = at();
    for (words, stdin, _) in SITUATIONS {
        let ran = larkspect_in(at.path(), words).stdin(stdin).run();
        assert!(!ran.err.is_empty() && !is_chinese(&ran.err), "{words:?}: {}", ran.err);
    }
}

#[test]
fn a_mistake_before_the_language_is_known_is_told_in_that_of_the_locale() {
    let at = at();
    for (words, said) in [
        (&["chek", "a.json"][..], "larkspect: 未知的命令 `chek`；是不是 `larkspect check`？\n"),
        (&["show", "--config", "slip.toml", "a.json"], "TOML 写法有误："),
    ] {
        let ran = larkspect_in(at.path(), words).env("LANG", "zh_CN.UTF-8").run().exits(2);
        assert!(ran.err.contains(said), "{}", ran.err);
        speaks_chinese(&ran, words);
    }
    let ran = larkspect_in(at.path(), ["show", "a.json"])
        .env("LANG", "zh_CN.UTF-8")
        .env("LARKSPECT_TZ", "Mars")
        .run()
        .exits(2);
    assert!(ran.err.starts_with("larkspect: LARKSPECT_TZ：未知的时区 `Mars`"), "{}", ran.err);
}
