//! What `-h` and `--help` say, in Chinese. The English words stand at what they describe, where clap wants them; a test
//! holds both to each other, so that none is missing, is left over, or names other things.

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command};

use crate::lang::{Label, Lang, label, say};
use crate::report::Format;
use crate::terminal::wrap::{push_hanging, seen};

use super::examples::{self, MORE, MORE_COMMANDS};

/// A command: its name, what it is about, what `--help` says besides, and its examples.
type CommandRow = (&'static str, &'static str, &'static str, Label);

const COMMANDS: &[CommandRow] = &[
    (
        PROGRAM,
        "查看、校验和转换飞书 / Lark 的 webhook 事件",
        "读取捕获的事件（JSON、NDJSON、数组、gzip、zstd；文件、目录或标准输入），显示为卡片和表格，按官方文档校验，\
         并转换为其他格式。",
        examples::ROOT,
    ),
    ("show", "一个事件显示为卡片，多个显示为表格；默认命令", "", examples::SHOW),
    (
        "check",
        "列出所有问题，给人看，也供 CI 使用",
        "所有事件的所有问题：哪里不对，错在什么位置，应当是什么，怎么改。有错误时退出码为 1。",
        examples::CHECK,
    ),
    ("convert", "转换为 CSV、TSV、NDJSON、JSON、Markdown 或 Excel", "", examples::CONVERT),
    (
        "summary",
        "一批事件的概况：时段、延迟、人员、风险",
        "打卡集中在哪几天、哪几个小时，最早和最晚打卡，投递延迟，风险，取值，问题；加上 --by，每组一行。",
        examples::SUMMARY,
    ),
    (
        "redact",
        "生成可以分享的事件，敏感内容换成替代值",
        "人员、地点、ID、密钥和文本都换成替代值，check 在其中发现的问题与原来相同。",
        examples::REDACT,
    ),
    ("decrypt", "原样输出解密后的事件，每个一行", "", examples::DECRYPT),
    (
        "verify",
        "校验捕获的请求是不是平台发来的",
        "重新计算签名，核对 token，并指出重复发送的请求。",
        examples::VERIFY,
    ),
    ("explain", "说明规则、字段、取值或事件类型", "不写主题时，列出全部规则。", examples::EXPLAIN),
    ("schema", "列出事件类型和字段，生成 JSON Schema", "", examples::SCHEMA),
    ("sample", "生成逼真的事件，可违反一条规则；种子相同，结果相同", "", examples::SAMPLE),
    (
        "completions",
        "生成 shell 的补全脚本",
        "bash、zsh 和 fish 的补全由 larkspect 自己给出，因此认得规则、事件类型、列、字段和时区。",
        examples::COMPLETIONS,
    ),
    ("man", "手册页（英文）", "", examples::MAN),
    // It has none.
    (HELP, "显示本帮助，或指定命令的帮助", "", label("", "")),
];

const PROGRAM: &str = "larkspect";

/// What clap itself calls its command and its flag.
const HELP: &str = "help";

/// An argument: in which command (the empty name is any that has no row of its own), its id, its line of `-h`, and what
/// `--help` says besides.
type ArgRow = (&'static str, &'static str, &'static str, &'static str);

const ARGS: &[ArgRow] = &[
    // Everywhere.
    ("", HELP, "显示帮助（详见 --help）", ""),
    ("", "version", "显示版本", ""),
    (
        "",
        "tz",
        "所有时间的时区：local、utc、+08:00、Asia/Shanghai",
        "不写时依次看 LARKSPECT_TZ、配置文件、本机。",
    ),
    ("", "lang", "语言：zh、en [默认：由 locale 决定]", ""),
    (
        "",
        "color",
        "何时使用颜色：auto、always、never",
        "auto 是在输出到终端时使用，除非设置了 NO_COLOR；设置 CLICOLOR_FORCE 或 FORCE_COLOR 后，其他情况也使用。",
    ),
    (
        "",
        "paging",
        "何时分页：auto、always、never",
        "超过一屏的输出用 LARKSPECT_PAGER 或 PAGER 指定的程序分页，都没有设置时用 less；读标准输入时不分页，除非指定 \
         always。",
    ),
    ("", "config", "使用这个配置文件，不再向上查找最近的 larkspect.toml", ""),
    ("", "no_config", "不查找配置文件", ""),
    // What is read.
    ("", "paths", "文件或目录；`-` 或不写是标准输入", ""),
    ("", "threads", "工作线程数 [默认：每个处理器一个]", ""),
    ("", "max_document", "可读的最大文档，以字节计：4096、64KiB、64MiB、1GiB", ""),
    ("", "verbose", "说明识别出了什么", ""),
    (
        "",
        "encrypt_key_file",
        "Encrypt Key，每行一个，也可以写成 `app_id = key`；同时还会看 LARKSPECT_ENCRYPT_KEY",
        "",
    ),
    ("", "token_file", "Verification Token，每行一个；同时还会看 LARKSPECT_VERIFICATION_TOKEN", ""),
    // Which events.
    (
        "",
        "conditions",
        "只要满足条件的事件：'risk_result!=0'",
        "写多次时要同时满足。'check_time.time>09:00'、'type=attendance machine'、location_name~西湖、'comment!~test'、'risk_result!=0'；\
         'type=0,1' 是其中任何一个，comment= 是没有值，还有 'delay>5s'、file~monday。加引号是为了不让 shell 解释 > 和 !。",
    ),
    (
        "",
        "since",
        "只要此时及以后的事件：2021-03-10、09:00、today、-2h",
        "也可以写 '2021-03-10 09:00'、yesterday、-3d，或者自 1970 年起的秒数：1615381916。",
    ),
    ("", "until", "只要此时之前的事件；写日期时包含当天", ""),
    ("", "clock", "--since 和 --until 看哪个时间：happened 是事情发生时，delivered 是事件投递时", ""),
    ("", "event", "只要这些类型的事件，用逗号分隔", "`im.*` 是所有以此开头的类型。"),
    ("", "limit", "最多取多少个事件", ""),
    ("", "dedupe", "重复投递的事件只留一个", ""),
    ("", "window", "记住多少个事件，用于识别重复；0 表示不识别", ""),
    (
        "",
        "sort",
        "按这个字段排序；--sort=-FIELD 倒序",
        "相同的再按下一个字段：employee_id,-check_time。全部输入都会读完再排序，留下的行保存在内存里。",
    ),
    // What is written.
    ("", "output", "写入这个文件，后缀为 .gz 时压缩", "读完全部输入、内容完整之后，文件才会出现。"),
    ("sample", "output", "写入这个文件，后缀为 .gz 时压缩", "内容完整之后，文件才会出现。"),
    (
        "summary",
        "output",
        "写入这个文件，要么完整，要么不写",
        "读完全部输入、内容完整之后，文件才会出现；后缀为 .gz 时压缩。",
    ),
    // show
    ("show", "card", "每个事件显示为一张卡片", ""),
    ("show", "table", "显示为表格，只有一个事件时也是", ""),
    (
        "show",
        "columns",
        "要哪些列，按什么顺序，用逗号分隔",
        "名称、标题或点号路径：check_time,Employee,message.chat_type。type.raw 是原始值；file、line、delay 和 day \
         是事件本身的；时间还有 check_time.day、.time 和 .hour。",
    ),
    ("show", "wide", "表格不按终端宽度缩减", ""),
    ("show", "raw", "显示文档里的原始值", ""),
    ("show", "show_secrets", "token、密钥、密码等不打码", ""),
    // check
    ("check", "format", "报告格式：human、line、json、github、sarif ..", ""),
    ("check", "report", "同时把报告写入文件，可以写多次", ""),
    ("check", "max_findings", "只列出前 N 个问题；总数和退出码仍按全部计算", ""),
    ("check", "fail_fast", "遇到第一个错误就停止", ""),
    ("check", "quiet", "不输出，结果看退出码", "导致无法继续的原因仍会显示。"),
    ("check", "error", "把这些规则（a,b,..）的问题算作错误", ""),
    ("check", "warn", "把这些规则的问题算作警告", ""),
    (
        "check",
        "exclude",
        "目录中符合它的文件不校验：'legacy/**'、'*.tmp.json'",
        "直接写出的文件照样校验。larkspect.toml 中的 `exclude` 对每次运行都起同样的作用。",
    ),
    ("check", "ignore", "不报告这些规则的问题", ""),
    ("check", "strict", "警告和提示也算作错误", ""),
    ("check", "allow_empty", "没有可校验的事件时也算成功", ""),
    (
        "check",
        "update_expectations",
        "在每个有问题的文件旁边写一个 sidecar 文件（FILE.expect），记下它违反了什么，以后就预期如此",
        "",
    ),
    // convert
    ("convert", "to", "格式：csv、tsv、ndjson、json、md、xlsx", "不写时由 --output 的后缀决定，否则是 csv。"),
    (
        "convert",
        "split",
        "每种事件类型写入这个目录下单独的文件",
        "文件以类型命名；每个文件要么完整，要么没有。",
    ),
    ("convert", "allow_empty", "没有事件也不算失败：写出的内容是完整的，用 --event 指定了类型时带有列名", ""),
    (
        "convert",
        "columns",
        "要哪些列，按什么顺序，用逗号分隔",
        "名称、标题或点号路径：check_time,type_label,message.chat_type。file、line、delay 和 day 是事件本身的；时间还有 \
         check_time.day、.time 和 .hour。如果要的都是每个事件都有的，例如 event_type,create_time,delay，\
         那么所有类型的事件各占一行。",
    ),
    ("convert", "extra", "最后加一列，以 JSON 写出官方文档里没有的字段", ""),
    (
        "convert",
        "explode",
        "这个列表的每一项写一行；与 --split 一起用时，没有这个列表的类型仍是每个事件一行",
        "",
    ),
    ("convert", "no_header", "不写列名那一行，Markdown 也一样", ""),
    ("convert", "crlf", "行尾用 CR LF", ""),
    (
        "convert",
        "excel",
        "供 Excel 使用：写入字节顺序标记，行尾用 CR LF。Excel 会舍入超过 15 位的 ID，-o FILE.xlsx 则不会",
        "",
    ),
    ("convert", "no_guard", "以公式字符开头的文本保持原样：供程序读取，不要用电子表格打开", ""),
    ("convert", "show_secrets", "token、密钥、密码等也导出", ""),
    // summary
    (
        "summary",
        "by",
        "按组输出，每组一行：employee_id,day",
        "这些字段都相同的事件为一组，每组一行，用逗号分隔：名称、标题、点号路径、时间的一部分；file、line、day 和 \
         event_type。",
    ),
    (
        "summary",
        "format",
        "text、json、html；有 --by 时还有 csv、xlsx 等",
        "有 --by 时还可以是 csv、tsv、ndjson、md 和 xlsx。不写时由 --output 的后缀决定，否则是 text。",
    ),
    ("summary", "window", "记住多少个事件，用于识别重复", "重复投递的事件只算一次；0 表示不识别。"),
    // redact
    ("redact", "keep", "保持原样的字段，用逗号分隔", "名称、标题或点号路径。秘密从不保留。"),
    ("redact", "shift_days", "把所有时间平移这么多天", ""),
    (
        "redact",
        "salt_file",
        "生成替代值用的文件；文件相同，替代值就相同",
        "至少 16 字节，应当保密 [默认：每次运行随机生成]。",
    ),
    // verify
    (
        "verify",
        "format",
        "报告格式：human、ndjson、json",
        "human 是每个请求一行，ndjson 是每个请求一个 JSON 对象，json 是一个数组。",
    ),
    ("verify", "max_skew", "签名与事件的时间最多相差多少秒", "签名时间晚于或早于事件太多的请求算有问题。"),
    ("verify", "window", "记住多少个带签名的请求，用于识别重复；0 表示不识别", ""),
    // explain, schema
    ("explain", "topic", "timestamp-unit、check_time、type 5、im.message.receive_v1 等", ""),
    ("explain", "format", "全部规则的列表格式：table、markdown", ""),
    ("schema", "event", "事件类型，或者名称、标题的一部分 [默认：全部]", ""),
    (
        "schema",
        "format",
        "输出格式：table、json-schema、json、markdown",
        "table 给人看，json-schema 是 JSON Schema 2020-12，json 是字段的数据。",
    ),
    // sample
    ("sample", "event", "事件类型 [默认：attendance.user_flow.created_v1]", ""),
    ("sample", "count", "生成多少个；与 --days 一起用时是上限", "[默认：1；有 --days 时为全部]"),
    (
        "sample",
        "mix",
        "生成所有类型的事件，如同回调地址收到的",
        "模拟订阅了多种事件的回调地址：消息、打卡、审批和其他所有类型。",
    ),
    (
        "sample",
        "start",
        "从哪一天开始 [默认：2021-03-10]",
        "从这一天的 08:00 开始，有 --days 时从零点开始，以 --tz 的时区为准；没有 --tz 时是 +08:00。",
    ),
    ("sample", "days", "生成多少个整天，每天人人上下班打卡", ""),
    ("sample", "employees", "有多少人", "[默认：1200；有 --days 或 --mix 时为 50]"),
    ("sample", "seed", "种子相同，结果就相同", ""),
    ("sample", "fault", "每个事件都违反这条规则，且只违反这一条", ""),
    ("sample", "fault_rate", "让这个比例的事件违反一条规则：0.01", "0.01 是百分之一。"),
    ("sample", "pretty", "带缩进输出，而不是每个一行", ""),
    ("sample", "array", "全部放进一个数组", ""),
    ("sample", "v1", "生成 v1 事件", ""),
    ("sample", "challenge", "生成平台在向一个地址投递之前发来的验证请求", ""),
    ("sample", "encrypt", "加密，如同发给设置了 Encrypt Key 的应用", "使用第一个密钥。"),
    (
        "sample",
        "http",
        "生成完整的 HTTP 请求，有密钥时带签名",
        "larkspect sample --http=http://localhost:8080/webhook | nc localhost 8080",
    ),
    ("sample", "max_document", "多大的文档算太大，用于 --fault document-too-large", ""),
    // completions, man
    ("completions", "shell", "哪种 shell：bash、zsh、fish、powershell、elvish", ""),
    ("man", "command", "哪个命令 [默认：整个 larkspect]", ""),
    ("man", "dir", "把所有命令的手册页写入这个目录", ""),
];

/// Behind this stands how a command is typed.
const USAGE: (&str, &str) = ("Usage:", "用法：");

/// What stands above lists.
const HEADINGS: &[(&str, &str)] = &[
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Global options:", "全局选项："),
    ("Input:", "输入："),
    ("Keys:", "密钥："),
    ("Select:", "筛选："),
    ("Rows and columns:", "行和列："),
    ("CSV and TSV:", "CSV 和 TSV："),
    ("Expected failures:", "预期的错误："),
];

/// What clap says behind the words of a line.
const NOTES: &[(&str, &str)] = &[("[default: ", "[默认："), ("[alias: ", "[别名："), POSSIBLE];

/// The same, before a list.
const POSSIBLE: (&str, &str) = ("[possible values: ", "[可选值：");

/// The program with all its words in Chinese. All commands are built for that: only where help is asked for, or a word is
/// completed.
pub fn chinese(program: Command) -> Command {
    // Whoever shows it breaks its lines: clap does that at spaces, of which Chinese has few.
    let mut program = program.term_width(0);
    program.build();
    translated(program)
}

fn translated(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let command = command.mut_args(|arg| described(arg, &name)).mut_subcommands(translated);
    let Some((_, about, more, examples)) = COMMANDS.iter().find(|(named, ..)| *named == name) else {
        return command;
    };
    let (after, after_long) = match name.as_str() {
        HELP => return command.about(*about),
        PROGRAM => (MORE_COMMANDS, examples::of_program(Lang::Zh)),
        _ => (MORE, examples.zh.to_owned()),
    };
    let command = command.about(*about).after_help(after.zh).after_long_help(after_long);
    command.long_about(with_more(about, more))
}

/// An argument of a command, with its words.
fn described(arg: Arg, command: &str) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let Some((_, _, short, more)) = words_of(command, &id) else { return arg };
    let long = match (command, &*id) {
        (_, HELP) => Resettable::Value("显示帮助（摘要见 -h）".into()),
        ("check", "format") => Resettable::Value(report_formats(Lang::Zh).into()),
        _ => with_more(short, more),
    };
    arg.help(*short).long_help(long)
}

fn words_of(command: &str, id: &str) -> Option<&'static ArgRow> {
    // Without a command, events are shown.
    let command = if command == PROGRAM { "show" } else { command };
    let row = |of: &str| ARGS.iter().find(|(command, row, ..)| *command == of && *row == id);
    row(command).or_else(|| row(""))
}

/// What `--help` says where there is more to say than in `-h`.
fn with_more(short: &str, more: &str) -> Resettable<StyledStr> {
    match more {
        "" => Resettable::Reset,
        more => Resettable::Value(format!("{short}\n\n{more}").into()),
    }
}

/// What `check --help` says of its formats.
pub fn report_formats(lang: Lang) -> String {
    let about = |format: &Format| {
        let (name, about) = (format.name, format.about.text(lang));
        say!(lang, "{name}：{about}", "{name}: {about}")
    };
    let all: Vec<String> = Format::ALL.iter().map(about).collect();
    let [zh, en] = ["；", "; "].map(|mark| all.join(mark));
    say!(
        lang,
        "标准输出的报告格式 [默认：human]\n\n{zh}",
        "How to report on standard output [default: human]\n\n{en}"
    )
}

/// What clap made of Chinese words, with what stands around them in Chinese too, and no line wider than so many columns.
/// It may be painted.
pub fn framed(help: &str, columns: usize) -> String {
    let mut out = String::with_capacity(help.len() + help.len() / 8);
    for line in help.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        push_wrapped(&in_chinese(line), columns, &mut out);
        out.push_str(end);
    }
    out
}

/// A line with what clap puts into it in Chinese.
fn in_chinese(line: &str) -> String {
    if line.contains(USAGE.0) {
        // A full-width mark needs no blank behind it.
        return line.replacen(USAGE.0, USAGE.1, 1).replacen(' ', "", 1);
    }
    match line.strip_prefix("       ") {
        // Below the first of several usages, whose heading is a column narrower.
        Some(usage) if !usage.starts_with(' ') => return line[1..].to_owned(),
        _ => {}
    }
    let is_heading = |(en, _): &&(&str, &str)| {
        line.split_once(en).is_some_and(|(before, after)| is_paint(before) && is_paint(after))
    };
    match HEADINGS.iter().find(is_heading) {
        Some((en, zh)) => line.replacen(en, zh, 1),
        None => {
            let line = match line.split_once(POSSIBLE.0) {
                Some((before, list)) => format!("{before}{}{}", POSSIBLE.0, list.replace(", ", "、")),
                None => line.to_owned(),
            };
            NOTES.iter().fold(line, |line, (en, zh)| line.replace(en, zh))
        }
    }
}

/// Whether a text is nothing but codes of colours.
fn is_paint(text: &str) -> bool {
    seen(text) == 0
}

/// Appends a line, the further lines of what is said of a name below where that begins.
fn push_wrapped(line: &str, columns: usize, out: &mut String) {
    const LEAST: usize = 24;
    let indent = line.len() - line.trim_start_matches(' ').len();
    let behind = line[indent..].find("  ").map_or(indent, |end| {
        let gap = &line[indent + end..];
        line.len() - gap.trim_start_matches(' ').len()
    });
    let (name, words) = line.split_at(behind);
    out.push_str(name);
    push_hanging(words, seen(name), columns, LEAST, out);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lang::chinese::{is_chinese, is_well_set};

    /// Every command, the program first.
    fn commands(program: &Command) -> Vec<&Command> {
        std::iter::once(program).chain(program.get_subcommands()).collect()
    }

    fn built() -> Command {
        let mut program = crate::cli::command();
        program.build();
        program
    }

    fn text(words: Option<&StyledStr>) -> String {
        words.map(ToString::to_string).unwrap_or_default()
    }

    /// What is the same in every language: flags, variables, numbers, names of fields and formats.
    fn literals(text: &str) -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.+:=<>!*'".contains(c)));
        let words = words.map(|word| word.trim_matches(['.', ':', '\'']));
        let is_literal = |word: &&str| {
            let has = |what: fn(char) -> bool| word.chars().any(what);
            word.starts_with("--")
                || has(|c| c.is_ascii_digit())
                || has(|c| "_=<>!*".contains(c))
                || word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase())
        };
        // Chinese has no word of its own for ids.
        words.filter(is_literal).filter(|word| *word != "ID").map(str::to_owned).collect()
    }

    /// Where Chinese words say something else than the English ones, or there is more of one of them.
    fn parting(en: &str, zh: &str) -> Option<String> {
        let differ = en.is_empty() != zh.is_empty() || literals(en) != literals(zh);
        differ.then(|| format!("{en}\n{zh}"))
    }

    #[test]
    fn every_argument_and_command_has_chinese_words_and_none_is_left_over() {
        let program = built();
        let (mut used, mut named, mut wrong) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for command in commands(&program) {
            let name = command.get_name();
            let (_, about, more, _) = COMMANDS.iter().find(|(of, ..)| *of == name).expect(name);
            named.insert(name);
            let (short, long) = (text(command.get_about()), text(command.get_long_about()));
            wrong.extend(parting(&short, about));
            wrong.extend(parting(long.strip_prefix(&short).unwrap_or_default(), more));
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                let id = arg.get_id().as_str();
                let row = words_of(name, id).unwrap_or_else(|| panic!("{name} {id} has no Chinese words"));
                used.insert((row.0, row.1));
                let (short, long) = (text(arg.get_help()), text(arg.get_long_help()));
                let rest = match (name, id) {
                    // Clap's own points to the other help.
                    (_, HELP) => continue,
                    ("check", "format") => {
                        wrong.extend(parting(&long, &report_formats(Lang::Zh)));
                        ""
                    }
                    _ => long.strip_prefix(&short).unwrap_or_default(),
                };
                wrong.extend(parting(&short, row.2));
                wrong.extend(parting(rest, row.3));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        let all: Vec<_> = ARGS.iter().map(|row| (row.0, row.1)).collect();
        let stale: Vec<_> = all.iter().filter(|row| !used.contains(*row)).collect();
        assert!(stale.is_empty(), "of no argument: {stale:?}");
        assert_eq!(all.len(), used.len(), "one argument has two rows");
        assert_eq!(COMMANDS.iter().map(|row| row.0).collect::<BTreeSet<_>>(), named);
    }

    #[test]
    fn every_heading_has_a_chinese_one_and_none_is_left_over() {
        let program = built();
        let args = commands(&program).into_iter().flat_map(Command::get_arguments);
        let own = args.filter_map(Arg::get_help_heading).chain(["Commands", "Arguments", "Options"]);
        let own: BTreeSet<String> = own.map(|heading| format!("{heading}:")).collect();
        assert_eq!(HEADINGS.iter().map(|(en, _)| (*en).to_owned()).collect::<BTreeSet<_>>(), own);
    }

    #[test]
    fn the_words_are_set_well() {
        let args = ARGS.iter().flat_map(|(_, _, short, more)| [*short, *more]);
        let commands = COMMANDS.iter().flat_map(|(_, about, more, examples)| [*about, *more, examples.zh]);
        for line in args.chain(commands).flat_map(str::lines).filter(|line| is_chinese(line)) {
            assert!(is_well_set(line), "{line}");
        }
    }

    #[test]
    fn help_is_framed_and_broken_where_chinese_is() {
        for (line, columns, framed_line) in [
            (
                "Usage: larkspect [OPTIONS]\n       larkspect <COMMAND>\n",
                80,
                "用法：larkspect [OPTIONS]\n      larkspect <COMMAND>\n",
            ),
            ("\u{1b}[1mUsage:\u{1b}[0m larkspect", 80, "\u{1b}[1m用法：\u{1b}[0mlarkspect"),
            ("\u{1b}[1mOptions:\u{1b}[0m", 80, "\u{1b}[1m选项：\u{1b}[0m"),
            ("Options: none", 80, "Options: none"),
            ("  -n <N>  最多 [default: 1]", 80, "  -n <N>  最多 [默认：1]"),
            ("  [possible values: a, b]", 80, "  [可选值：a、b]"),
            (
                "  \u{1b}[1m-n\u{1b}[0m  从这一天的零点开始，到第二天的零点",
                30,
                "  \u{1b}[1m-n\u{1b}[0m  从这一天的零点开始，到第\n      二天的零点",
            ),
        ] {
            assert_eq!(framed(line, columns), framed_line);
        }
    }
}
