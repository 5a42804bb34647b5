//! What is said of command lines that cannot be done, and at the end of runs, in Chinese: every line, and well set.

use crate::support::chinese::{is_chinese, is_well_set};
use crate::support::program::{Ran, larkspect};

const SHIFT: &str = "fixtures/captures/shift.ndjson";
const MIXED: &str = "fixtures/captures/mixed.ndjson";

/// Wrong command lines, each with what must be said of it.
const WRONG: &[(&[&str], &str)] = &[
    (&["--where", "type"], "请写字段"),
    (&["--where", "=5"], "= 前面缺少字段"),
    (&["--where", "type==5"], "等于只写一个等号：type=5"),
    (&["--where", "type>"], "type> 后面缺少值"),
    (&["--where", "type＝5"], "请写 =，不要写 ＝"),
    (&["--where", "chek_time=1"], "未知的字段 `chek_time`；是不是 `check_time`？"),
    (&["--where", "risk_result=cheet"], "未知的值 `cheet`；"),
    (&["--where", "risk_result>abc"], "标签没有大小之分"),
    (&["--where", "risk_result=0，1"], "半角逗号 `,`"),
    (&["--where", "risk_result>0,1"], "> 只能比较一个值"),
    (&["--where", "check_time>soon"], "\"soon\" 不是时间：请写 2021-03-10"),
    (&["--where", "check_time=09:00"], "这是一天中的钟点"),
    (&["--where", "check_time=20210310"], "这一天要写成 2021-03-10"),
    (&["--where", "check_time~soon"], "时间用 = != < <= > >= 比较"),
    (&["--where", "check_time.time=9"], "不是钟点"),
    (&["--where", "check_time.hour=25"], "25 不是小时"),
    (&["--where", "is_field=perhaps"], "它只能是 true 或 false"),
    (&["--where", "is_field>true"], "请用 = 或 != 比较"),
    (&["--where", "delay>long"], "不是时长"),
    (&["--where", "day=someday"], "不是日期"),
    (&["--where", "line=1.5"], "1.5 不是行号"),
    (&["--where", "comment=a,,b"], "逗号旁边缺少值"),
    (&["--where", "comment=\"a"], "引号没有闭合"),
    (&["--since", "someday"], "--since：\"someday\" 不是时间"),
    (&["--since", "2021-02-30"], "日历和时钟上没有这个时间"),
    (&["--until", "20210310"], "10 位"),
    (&["--since", "2021-03-10 10:00 CST"], "时差"),
    (&["--since", "2021-03-11", "--until", "2021-03-10"], "之间没有时间"),
    (&["convert", "--event", "a.b_v1,c.d_v1"], "--split DIR 为每种类型写一个文件"),
    (&["convert", "--columns", "chek_time"], "未知的字段 `chek_time`"),
    (&["convert", "--columns", "number"], "未知的字段 `number`"),
    (&["convert", "-o", "out.txt"], "out.txt: 未知的后缀 `txt`"),
    (&["convert", "-o", "out.xlsx.gz"], "本身就是压缩的"),
    (&["redact", "-o", "out.csv"], "这里写的是事件，不是 csv"),
    (&["redact", "--keep", "employe"], "未知的字段 `employe`；是不是 `employee`？"),
    (&["redact", "--keep", "token"], "是秘密，从不保留"),
    (&["decrypt"], "没有密钥"),
    (&["check", "--report", "json=out.json.zst"], "报告压缩成 .gz"),
    (&["summary", "-o", "out.sumary"], "未知的后缀 `sumary`"),
];

/// The same without input.
const WRONG_SAMPLES: &[(&[&str], &str)] = &[
    (&["sample", "im.mesage"], "未知的事件类型 `im.mesage`"),
    (&["sample", "--http=http://"], "请写 http://localhost:8080/webhook 这样的 URL"),
    (&["sample", "--encrypt"], "没有用来加密的密钥"),
    (&["sample", "--start", "2099-12-01", "--days", "60"], "超过了 2099 年"),
    (&["sample", "--fault", "stale-request"], "单独一个请求体无法违反 stale-request"),
    (&["sample", "-o", "out.csv"], "这里写的是事件，不是 csv"),
];

/// Command lines in which clap finds what is wrong, each with what must be said of it.
const WRONG_WORDS: &[(&[&str], &str)] = &[
    (
        &["--bogus"],
        "错误：未知的参数 `--bogus`\n\n  提示：要把 `--bogus` 当作值，请写 `-- --bogus`\n\n用法：larkspect",
    ),
    (&["show", "--colums", "type"], "\n  提示：是不是 `--columns`？\n"),
    (&["--filter", "type=0"], "提示：这里写作 `--where type=0`\n"),
    (&["show", "--format", "json"], "提示：这里写作 `larkspect convert --to json`\n"),
    (&["convert", "--to", "github"], "提示：这里写作 `larkspect check --format github`\n"),
    (&["--card", "--card"], "参数 `--card` 不能写多次"),
    (&["--columns", "type", "--card"], "参数 `--columns <COLUMN>` 不能与 `--card` 一起使用"),
    (&["check", "-f", "xml"], "`--format <FORMAT>` 的值 `xml` 无效\n  可选值：`human`、`line`、"),
    (&["check", "-f", "srif"], "提示：是不是 `sarif`？"),
    (&["--color"], "`--color <WHEN>` 缺少值"),
    (&["--lang", "fr"], "`--lang <LANG>` 的值 `fr` 无效\n  可选值：`zh`、`en`\n"),
    (&["completions"], "缺少参数 `<SHELL>`"),
    (&["sample", "a", "b"], "未知的参数 `b`"),
    (&["help", "chek"], "未知的命令 `chek`"),
    (&["chek"], "未知的命令 `chek`；是不是 `larkspect check`？\n           也没有这个名字的文件"),
    (&["--tz", "mars"], "的值 `mars` 无效：未知的时区 `mars`；可以用 local"),
    (&["-j", "0"], "0 不在 1 到 1024 之间"),
    (&["-j", "many"], "`--threads <N>` 的值 `many` 无效：不是整数"),
    (&["-n", "99999999999999999999"], "太大了"),
    (&["check", "--window", ""], "没有写数字"),
    (&["--max-document", "much"], "请写字节数，例如 64MiB"),
    (&["--max-document", "0"], "一个文档至少有一个字节"),
    (&["--max-document", "4GiB"], "要小于 4GiB"),
    (&["--sort", "chek_time"], "未知的字段 `chek_time`；是不是 `check_time`？"),
    (&["--clock", "noon"], "可选值：`happened`、`delivered`"),
    (&["summary", "--by", "employe_id"], "未知的字段 `employe_id`；是不是 `employee_id`？"),
    (&["check", "--ignore", "tmestamp-unit"], "未知的规则 `tmestamp-unit`；是不是 `timestamp-unit`？"),
    (&["check", "--report", "sarif"], "请写 FORMAT=PATH，例如 sarif=larkspect.sarif"),
    (&["check", "--report", "sarif="], "缺少路径"),
    (&["check", "--report", "sarif=-"], "写到标准输出要用 --format sarif"),
    (&["check", "--report", "xml=a"], "未知的报告格式 `xml`；有 human、"),
    (&["redact", "--shift-days", "99999999"], "99999999 不在 -"),
    (&["sample", "--start", "2014-01-01"], "请写 2015-01-02 到 2099-12-31 之间的一天"),
    (&["sample", "--days", "0"], "0 不在 1 到 3660 之间"),
    (&["sample", "--employees", "0"], "0 不在 1 到 100000 之间"),
    (&["sample", "--fault", "tmestamp-unit"], "是不是 `timestamp-unit`？"),
    (&["sample", "--fault-rate", "2"], "请写 0 到 1 之间的数字"),
    (&["schema", "-f", "yaml"], "可选值：`table`、`json-schema`、`json`、`markdown`"),
];

/// The lines on standard error that are not Chinese, are badly set, or have an English sentence in them: three words in a
/// row that are none of those that are no language's.
fn not_in_chinese(ran: &Ran) -> Vec<&str> {
    let is_fine =
        |line: &&str| is_chinese(line) && (is_well_set(line) || is_quoting(line)) && !is_english(line);
    ran.err.lines().filter(|line| !is_shown(line) && !is_fine(line)).collect()
}

/// Whether three words in a row are English.
pub fn is_english(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_word = |word: &&str| {
        word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && !SAME.contains(word)
    };
    words.windows(3).any(|three| three.iter().all(is_word))
}

/// Whether a line shows what was typed or is to be, or points at it, or is none.
fn is_shown(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || ["--where '", "^", "larkspect <"].iter().any(|start| line.starts_with(start))
}

/// Words that stay as they are: commands and what is typed behind them.
const SAME: &[&str] =
    &["larkspect", "check", "convert", "schema", "head", "true", "false", "csv", "ndjson", "json"];

/// Whether it shows the marks of a Chinese keyboard as what they are.
fn is_quoting(line: &str) -> bool {
    line.contains('＝')
}

fn in_chinese(args: &[&str], input: &[&str]) -> Ran {
    larkspect(args.iter().chain(input).chain(&["--lang", "zh"])).run()
}

#[test]
fn wrong_command_lines_are_refused_in_chinese() {
    let with_input = WRONG.iter().map(|(args, said)| (*args, *said, &[SHIFT][..]));
    let samples = WRONG_SAMPLES.iter().map(|(args, said)| (*args, *said, &[][..]));
    let mut failed = Vec::new();
    for (args, said, input) in with_input.chain(samples) {
        let ran = in_chinese(args, input);
        let wrong = not_in_chinese(&ran);
        if (ran.code, ran.text()) != (2, "") || !ran.err.contains(said) || !wrong.is_empty() {
            failed.push(format!("{args:?}: {} {wrong:?}\n{}", ran.code, ran.err));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_clap_finds_is_told_in_chinese() {
    let mut failed = Vec::new();
    for (args, said) in WRONG_WORDS {
        // Without a language of its own, so that the words are the only ones that can be wrong.
        let ran = larkspect(*args).env("LANG", "zh_CN.UTF-8").run();
        let wrong = not_in_chinese(&ran);
        if (ran.code, ran.text()) != (2, "") || !ran.err.contains(said) || !wrong.is_empty() {
            failed.push(format!("{args:?}: {} {wrong:?}\n{}", ran.code, ran.err));
        }
        // English is clap's own.
        let en = larkspect(*args).run();
        assert_eq!(en.code, 2, "{args:?}");
        assert!(!is_chinese(&en.err), "{args:?}: {}", en.err);
        let is_own = en.err.starts_with("larkspect: ");
        assert!(is_own || en.err.ends_with("\nFor more information, try '--help'.\n"), "{}", en.err);
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let ran = larkspect(["check", "--bogus", "--lang", "zh"]).run().exits(2);
    assert!(ran.err.starts_with("错误：未知的参数 `--bogus`"), "{}", ran.err);
    let no_text = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff");
    let ran = larkspect(["--lang", "zh", "--columns"]).args(&[no_text]).run().exits(2);
    assert!(ran.err.starts_with("错误：有参数不是 UTF-8\n\n用法："), "{}", ran.err);
    let ran = larkspect(["--lang", "zh", "chek"]).run().exits(2);
    assert!(ran.err.starts_with("larkspect: 未知的命令 `chek`"), "{}", ran.err);
}

#[test]
fn what_was_typed_drives_no_terminal_in_chinese_either() {
    for args in [
        &["--\u{1b}[31mx"][..],
        &["check", "-f", "\u{1b}]0;x\u{7}"],
        &["--tz", "\u{202e}a"],
        &["--card=\u{9b}x"],
    ] {
        let ran = larkspect(args.iter().chain(&["--lang", "zh"])).run().exits(2);
        assert!(is_chinese(&ran.err), "{args:?}: {}", ran.err);
        let drives = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!ran.err.contains(drives), "{args:?}: {:?}", ran.err);
    }
}

#[test]
fn what_comes_of_a_run_is_told_in_chinese() {
    for (args, said) in [
        (&["--where", "event.device.id=5"][..], "没有事件有字段 event.device.id"),
        (&["--where", "chat_type.x=5"], "没有事件有字段 chat_type.x"),
        (&["--event", "attendance.x"], "没有类型为 attendance.x 的事件"),
        (&["--event", "attendance.user_flw.created_v1"], "是不是 `attendance.user_flow.created_v1`？"),
        (&["convert", "--limit", "1"], "已转换前 1 个事件；其余未读取"),
        (&["convert", "--excel"], "Excel 打开 CSV 时会舍入"),
        (
            &["convert", "--event", "attendance.user_flow.created_v1", "--columns", "event.nope,type"],
            "没有事件有字段 event.nope",
        ),
        (
            &[
                "convert",
                "--columns",
                "create_time",
                "--since",
                "2021-03-10",
                "--event",
                "attendance.user_flow.created_v1",
            ],
            "--clock delivered",
        ),
    ] {
        let ran = in_chinese(args, &[SHIFT]);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
        assert_eq!(not_in_chinese(&ran), Vec::<&str>::new(), "{args:?}");
    }
    let ran = in_chinese(&["convert"], &[MIXED]);
    for said in [
        "从这里起还有 ",
        "一张表只有一种类型的列；未转换：",
        "--split DIR 为每种类型写一个文件",
        "；未写入：",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn files_are_named_the_same_in_every_language() {
    let names = |lang: &str| {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"{"schema":"2.0","header":{"event_id":"a"},"event":{}}"#;
        let split = folder.path().to_str().unwrap();
        let ran = larkspect(["convert", "--split", split, "--lang", lang, "-"]).stdin(text).run();
        let files = std::fs::read_dir(folder.path()).unwrap();
        (ran.code, files.map(|file| file.unwrap().file_name()).collect::<Vec<_>>())
    };
    assert_eq!(names("zh"), names("en"));
    assert_eq!(names("zh").1.len(), 1);
}
