//! The examples of `--help` and of the manual pages. What is indented by four is run by a test as it stands, on files of
//! these names: no line is longer than 80 columns, so that none is wrapped.

use crate::cli::exit::Exit;
use crate::lang::{Label, Lang, label, say};

/// The last line of each `-h`.
pub const MORE: Label = label("--help 列出全部选项，并附示例", "--help shows all options, with examples");

/// The same where there is no command.
pub const MORE_COMMANDS: Label = label(
    "--help 列出全部选项，并附示例；怎样筛选事件、选择列，见 show -h",
    "--help shows all, with examples; show -h: how to choose events and columns",
);

/// Of the program.
pub const ROOT: Label = label(
    "\
示例：
  一个事件讲了什么；一批事件讲了什么：
    larkspect payload.json
    cat payload.json | larkspect
    larkspect captures/
  哪里有问题；有错误时退出码为 1：
    larkspect check payload.json
  把打卡存成电子表格，重复投递只算一次：
    larkspect convert --dedupe -o punches.xlsx captures/
  规则、字段或取值是什么意思：
    larkspect explain timestamp-unit",
    "\
Examples:
  What happened in an event, or in a capture of many:
    larkspect payload.json
    cat payload.json | larkspect
    larkspect captures/
  What is wrong with it; the exit code is 1 where there is an error:
    larkspect check payload.json
  Punches as a spreadsheet, each delivery once:
    larkspect convert --dedupe -o punches.xlsx captures/
  What a rule, a field or a choice means:
    larkspect explain timestamp-unit",
);

/// Of `show`.
pub const SHOW: Label = label(
    "\
示例：
  一个事件，显示为卡片：
    larkspect payload.json
  今天 9 点以后的打卡；有风险的外勤打卡：
    larkspect --since today --where 'check_time.time>09:00' captures/
    larkspect --where 'risk_result!=0' --where is_field=true captures/
  某些类型的最后 20 个事件：
    larkspect --event 'im.*' --sort=-create_time -n 20 app.log
  哪些来得晚，在哪个文件的哪一行：
    larkspect --where 'delay>2s' --columns file,line,employee_id,delay captures/
  边产生边显示：
    tail -n 5 app.log | larkspect --table",
    "\
Examples:
  One event, as a card:
    larkspect payload.json
  Who came after nine today; risky punches in the field:
    larkspect --since today --where 'check_time.time>09:00' captures/
    larkspect --where 'risk_result!=0' --where is_field=true captures/
  The last twenty of some types:
    larkspect --event 'im.*' --sort=-create_time -n 20 app.log
  What arrived late, and where it stands:
    larkspect --where 'delay>2s' --columns file,line,employee_id,delay captures/
  As it goes on:
    tail -n 5 app.log | larkspect --table",
);

/// Of `check`.
pub const CHECK: Label = label(
    "\
示例：
  一个目录下的所有问题和位置：
    larkspect check fixtures/
  在 pull request 中标注，同时另存一份报告：
    larkspect check --format github --report junit=report.xml fixtures/
  只校验一部分事件；不管某些规则：
    larkspect check --event 'im.*' app.log
    larkspect check --ignore absent-field,unknown-field fixtures/
  某条规则讲的是什么：
    larkspect explain timestamp-unit",
    "\
Examples:
  All that is wrong below a directory, with its place:
    larkspect check fixtures/
  Annotations in a pull request, and a report beside them:
    larkspect check --format github --report junit=report.xml fixtures/
  Of some events only; without some rules:
    larkspect check --event 'im.*' app.log
    larkspect check --ignore absent-field,unknown-field fixtures/
  What one of the rules is about:
    larkspect explain timestamp-unit",
);

/// Of `convert`.
pub const CONVERT: Label = label(
    "\
示例：
  按时间排序的所有打卡，存成工作簿或 CSV：
    larkspect convert --dedupe --sort check_time -o punches.xlsx captures/
    larkspect convert --dedupe --sort check_time -o punches.csv captures/
  只要其中几列：
    larkspect convert --columns employee_id,check_time_iso,type_label captures/
  多种事件混在一起，每种类型各存一个文件：
    larkspect convert --split types/ app.log
  贴进工单的表格：
    larkspect convert --to md --where 'risk_result!=0' captures/",
    "\
Examples:
  A workbook, and a CSV, of all punches in their order:
    larkspect convert --dedupe --sort check_time -o punches.xlsx captures/
    larkspect convert --dedupe --sort check_time -o punches.csv captures/
  Some columns only:
    larkspect convert --columns employee_id,check_time_iso,type_label captures/
  Each type of a mixed capture in a file of its own:
    larkspect convert --split types/ app.log
  A table for a ticket:
    larkspect convert --to md --where 'risk_result!=0' captures/",
);

/// Of `summary`.
pub const SUMMARY: Label = label(
    "\
示例：
  一批事件的时段、延迟和风险；只看今天：
    larkspect summary captures/
    larkspect summary --since today captures/
  每人每天最早和最晚的打卡，存成电子表格：
    larkspect summary --by employee_id,day -o people.xlsx captures/
  多种事件混在一起时，什么时候来了什么：
    larkspect summary --by event_type,day app.log
  供程序读取：
    larkspect summary --format json captures/",
    "\
Examples:
  Hours, delays and risks of a capture; of today alone:
    larkspect summary captures/
    larkspect summary --since today captures/
  First and last punch of everybody on each day, as a spreadsheet:
    larkspect summary --by employee_id,day -o people.xlsx captures/
  Of a mixture, what came when:
    larkspect summary --by event_type,day app.log
  For a program:
    larkspect summary --format json captures/",
);

/// Of `redact`.
pub const REDACT: Label = label(
    "\
示例：
  查出的问题不变，可以给任何人看：
    larkspect redact day.ndjson | larkspect check
  贴进工单的一个事件：
    larkspect redact --where type=9 -n 1 day.ndjson
  保留地点和网络：
    larkspect redact --keep location_name,ssid day.ndjson
  每次运行都用同样的替代值，日期整体平移：
    larkspect redact --shift-days -400 --salt-file salt day.ndjson",
    "\
Examples:
  The same findings, to be shown to anybody:
    larkspect redact day.ndjson | larkspect check
  One event for a ticket:
    larkspect redact --where type=9 -n 1 day.ndjson
  Places and networks stay:
    larkspect redact --keep location_name,ssid day.ndjson
  The same stand-ins in every run, on other days:
    larkspect redact --shift-days -400 --salt-file salt day.ndjson",
);

/// Of `decrypt`.
pub const DECRYPT: Label = label(
    "\
示例：
  应用的密钥写在文件里：
    larkspect decrypt --encrypt-key-file key requests.http
  或者放在环境变量里：
    LARKSPECT_ENCRYPT_KEY=\"$(cat key)\" larkspect decrypt requests.http",
    "\
Examples:
  With the key of the app in a file:
    larkspect decrypt --encrypt-key-file key requests.http
  Or in a variable:
    LARKSPECT_ENCRYPT_KEY=\"$(cat key)\" larkspect decrypt requests.http",
);

/// Of `verify`.
pub const VERIFY: Label = label(
    "\
示例：
  每个签名对不对，不对的原因是什么：
    larkspect verify --encrypt-key-file key requests.http
  事件产生 5 分钟以后才签名的请求也算有问题：
    larkspect verify --encrypt-key-file key --max-skew 300 requests.http",
    "\
Examples:
  Whether signatures are right, each with the reason:
    larkspect verify --encrypt-key-file key requests.http
  Requests that were signed more than five minutes after their event, too:
    larkspect verify --encrypt-key-file key --max-skew 300 requests.http",
);

/// Of `explain`.
pub const EXPLAIN: Label = label(
    "\
示例：
  一条规则，附违反它的事件；全部规则：
    larkspect explain timestamp-unit
    larkspect explain
  一个字段，它的一个取值，一种事件类型：
    larkspect explain check_time
    larkspect explain type 5
    larkspect explain im.message.receive_v1",
    "\
Examples:
  A rule, with an event that breaks it; all rules:
    larkspect explain timestamp-unit
    larkspect explain
  A field, one of its values, and an event type:
    larkspect explain check_time
    larkspect explain type 5
    larkspect explain im.message.receive_v1",
);

/// Of `schema`.
pub const SCHEMA: Label = label(
    "\
示例：
  全部事件类型，或者名称、标题中含有这个词的：
    larkspect schema
    larkspect schema approval
  一种事件的字段：
    larkspect schema im.message.receive_v1
  它的 JSON Schema，供校验器和编辑器使用：
    larkspect schema attendance.user_flow.created_v1 --format json-schema",
    "\
Examples:
  All event types, or those that have this in their name or title:
    larkspect schema
    larkspect schema approval
  The fields of one:
    larkspect schema im.message.receive_v1
  Its JSON Schema, for validators and editors:
    larkspect schema attendance.user_flow.created_v1 --format json-schema",
);

/// Of `sample`.
pub const SAMPLE: Label = label(
    "\
示例：
  一次打卡；任意类型的三个事件：
    larkspect sample
    larkspect sample --mix -n 3 --seed 7
  恰好违反一条规则的事件：
    larkspect sample --fault timestamp-unit
  一个办公室一周的打卡，用来测试数据管道：
    larkspect sample --start 2024-06-03 --days 5 --employees 30 -o week.ndjson
  一个带签名的请求：
    larkspect sample --encrypt --encrypt-key-file key --http",
    "\
Examples:
  A punch; three events of any type:
    larkspect sample
    larkspect sample --mix -n 3 --seed 7
  An event that breaks one rule, and no other:
    larkspect sample --fault timestamp-unit
  A week of an office, to try a pipeline with:
    larkspect sample --start 2024-06-03 --days 5 --employees 30 -o week.ndjson
  A signed request:
    larkspect sample --encrypt --encrypt-key-file key --http",
);

/// Of `completions`.
pub const COMPLETIONS: Label = label(
    "\
示例：
  用于 bash、zsh（fpath 中要有 ~/.zfunc）和 fish；然后打开一个新的 shell：
    echo 'source <(larkspect completions bash)' >> ~/.bashrc
    larkspect completions zsh > ~/.zfunc/_larkspect
    larkspect completions fish > ~/.config/fish/completions/larkspect.fish",
    "\
Examples:
  For bash, zsh (with ~/.zfunc in its fpath) and fish; then begin a new shell:
    echo 'source <(larkspect completions bash)' >> ~/.bashrc
    larkspect completions zsh > ~/.zfunc/_larkspect
    larkspect completions fish > ~/.config/fish/completions/larkspect.fish",
);

/// Of `man`.
pub const MAN: Label = label(
    "\
示例：
  读其中一页：
    larkspect man check | man -l -
  生成全部手册页，用于打包：
    larkspect man --dir man1",
    "\
Examples:
  To read one:
    larkspect man check | man -l -
  All of them, for a package:
    larkspect man --dir man1",
);

/// What the program says after its options: [`ROOT`], what is done without a command, and every exit code.
pub fn of_program(lang: Lang) -> String {
    let codes: Vec<String> = Exit::ALL
        .iter()
        .map(|(exit, meaning)| format!("{:>5}  {}", *exit as u8, meaning.text(lang)))
        .collect();
    let (examples, codes) = (ROOT.text(lang), codes.join("\n"));
    say!(
        lang,
        "{examples}\n\n不写命令时执行 show：`cat payload.json | larkspect` 就是 `larkspect show -`。\n\n退出码：\n{codes}",
        "{examples}\n\nWithout a command, larkspect shows: `cat payload.json | larkspect` is `larkspect show -`.\n\nExit codes:\n{codes}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_typed_in_both_languages() {
        const ALL: [Label; 13] = [
            ROOT,
            SHOW,
            CHECK,
            CONVERT,
            SUMMARY,
            REDACT,
            DECRYPT,
            VERIFY,
            EXPLAIN,
            SCHEMA,
            SAMPLE,
            COMPLETIONS,
            MAN,
        ];
        for Label { zh, en } in ALL {
            let typed = |text: &'static str| -> Vec<_> {
                text.lines().map(|line| if line.starts_with("    ") { line } else { "" }).collect()
            };
            assert_eq!(typed(zh), typed(en));
        }
    }
}
