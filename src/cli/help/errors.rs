//! What is wrong with a command line, in Chinese: what clap found, told in our words. English ones are clap's own.

use std::error::Error as _;
use std::fmt::Write;
use std::num::{IntErrorKind, ParseIntError};

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::lang::{Lang, Sentence};
use crate::suggest::{Unknown, did_you_mean};

use super::chinese::framed;

/// What clap found, painted as it would paint it.
pub fn in_chinese(error: &clap::Error, styles: &Styles) -> StyledStr {
    let (red, valid, literal) = (styles.get_error(), styles.get_valid(), styles.get_literal());
    let mut out = format!("{red}错误：{red:#}{}", wrong(error, styles));
    let mut tips = Vec::new();
    for kind in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue] {
        let near = strings(error, kind).into_iter().map(|near| format!("`{valid}{near}{valid:#}`"));
        let near: Vec<String> = near.collect();
        if !near.is_empty() {
            tips.push(did_you_mean(near.join("、"), Lang::Zh));
        }
    }
    if let Some(ContextValue::StyledStrs(more)) = error.get(ContextKind::Suggested) {
        tips.extend(more.iter().map(|tip| tip_in_chinese(&tip.ansi().to_string())));
    }
    out.push_str(if tips.is_empty() { "" } else { "\n" });
    for tip in tips {
        let _ = write!(out, "\n  {valid}提示：{valid:#}{tip}");
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let _ = write!(out, "\n\n{}", framed(&usage.ansi().to_string(), usize::MAX));
    }
    let _ = write!(out, "\n\n更多信息见 {literal}--help{literal:#}\n");
    StyledStr::from(out)
}

/// The texts of a context, of which there may be none.
fn strings(error: &clap::Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn wrong(error: &clap::Error, styles: &Styles) -> String {
    let first = |kind| strings(error, kind).first().copied();
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => *number,
        _ => 0,
    };
    let [invalid, valid, literal] = [styles.get_invalid(), styles.get_valid(), styles.get_literal()]
        .map(|style| move |text: &str| format!("`{style}{text}{style:#}`"));
    let arg = first(ContextKind::InvalidArg).unwrap_or_default();
    match error.kind() {
        ErrorKind::ArgumentConflict => {
            let what = match first(ContextKind::InvalidSubcommand) {
                Some(command) => format!("命令 {}", invalid(command)),
                None => format!("参数 {}", invalid(arg)),
            };
            match strings(error, ContextKind::PriorArg)[..] {
                [] => format!("{what} 不能与其他参数一起使用"),
                [prior] if prior == arg => format!("{what} 不能写多次"),
                [prior] => format!("{what} 不能与 {} 一起使用", invalid(prior)),
                ref priors => {
                    let priors: Vec<String> = priors.iter().map(|prior| invalid(prior)).collect();
                    format!("{what} 不能与 {} 一起使用", priors.join("、"))
                }
            }
        }
        ErrorKind::UnknownArgument => format!("未知的参数 {}", invalid(arg)),
        ErrorKind::InvalidSubcommand => {
            format!("未知的命令 {}", invalid(first(ContextKind::InvalidSubcommand).unwrap_or_default()))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = first(ContextKind::InvalidValue).unwrap_or_default();
            let mut out = match (error.kind(), value) {
                (ErrorKind::InvalidValue, "") => format!("{} 缺少值", invalid(arg)),
                _ => format!("{} 的值 {} 无效", literal(arg), invalid(value)),
            };
            if let Some(source) = error.source() {
                let _ = write!(out, "：{}", why(source));
            }
            let possible: Vec<String> =
                strings(error, ContextKind::ValidValue).into_iter().map(valid).collect();
            if !possible.is_empty() {
                let _ = write!(out, "\n  可选值：{}", possible.join("、"));
            }
            out
        }
        ErrorKind::NoEquals => format!("{} 的值要写在等号后面", invalid(arg)),
        ErrorKind::MissingRequiredArgument => {
            let missing: Vec<String> =
                strings(error, ContextKind::InvalidArg).into_iter().map(valid).collect();
            format!("缺少参数 {}", missing.join("、"))
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "有参数不是 UTF-8".to_owned(),
        ErrorKind::TooManyValues => {
            let more = first(ContextKind::InvalidValue).unwrap_or_default();
            format!("{} 的值太多了：多出 {}", literal(arg), invalid(more))
        }
        kind @ (ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues) => {
            let wanted = match kind {
                ErrorKind::TooFewValues => number(ContextKind::MinValues),
                _ => number(ContextKind::ExpectedNumValues),
            };
            format!("{} 应有 {wanted} 个值，实际有 {} 个", literal(arg), number(ContextKind::ActualNumValues))
        }
        // Help and version are none; the others have nothing but what others put into words.
        _ => error.source().map_or_else(|| error.kind().to_string(), why),
    }
}

/// Why a value is none: an error of our own, or one of the standard library's.
fn why(source: &(dyn std::error::Error + 'static)) -> String {
    if let Some(ours) = source.downcast_ref::<Sentence>() {
        return ours.text(Lang::Zh).to_owned();
    }
    if let Some(unknown) = source.downcast_ref::<Unknown>() {
        return unknown.words(Lang::Zh);
    }
    match source.downcast_ref::<ParseIntError>().map(ParseIntError::kind) {
        Some(IntErrorKind::InvalidDigit) => "不是整数".to_owned(),
        Some(IntErrorKind::Empty) => "没有写数字".to_owned(),
        Some(IntErrorKind::PosOverflow) => "太大了".to_owned(),
        Some(IntErrorKind::NegOverflow) => "太小了".to_owned(),
        _ => source.to_string(),
    }
}

/// The tips that clap has made by then: what stands around what was typed, in both languages.
const TIPS: [([&str; 3], [&str; 3]); 3] = [
    (["to pass '", "' as a value, use '", "'"], ["要把 `", "` 当作值，请写 `", "`"]),
    (
        ["subcommand '", "' exists; to use it, remove the '", "' before it"],
        ["有命令 `", "`；要使用它，请去掉前面的 `", "`"],
    ),
    (["", "'", "' exists"], ["", "有 `", "`"]),
];

fn tip_in_chinese(tip: &str) -> String {
    let told = |([start, between, end], [before, middle, after]): &([&str; 3], [&str; 3])| {
        let rest = tip.strip_prefix(start)?.strip_suffix(end)?;
        let (first, second) = rest.split_once(between)?;
        Some(format!("{before}{first}{middle}{second}{after}"))
    };
    TIPS.iter().find_map(told).unwrap_or_else(|| tip.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, Command};

    use super::*;
    use crate::lang::chinese::{is_chinese, is_well_set};

    /// All that clap can find fault with, ours or not.
    fn program() -> Command {
        let two = Arg::new("two").long("two").num_args(2);
        let more = Arg::new("more").long("more").num_args(2..).action(ArgAction::Append);
        let equals = Arg::new("equals").long("equals").require_equals(true).value_parser(["a", "b"]);
        let own =
            Arg::new("own").long("own").conflicts_with_all(["two", "equals"]).action(ArgAction::SetTrue);
        let child = Command::new("child").arg(Arg::new("name").required(true)).arg(Arg::new("x").long("ex"));
        Command::new("p")
            .args([two, more, equals, own])
            .subcommand(child)
            .args_conflicts_with_subcommands(true)
    }

    #[test]
    fn whatever_clap_finds_is_told_in_chinese() {
        for (typed, told) in [
            ("--nope", "未知的参数 `--nope`"),
            ("--own --own", "参数 `--own` 不能写多次"),
            ("--own --equals=a", "参数 `--own` 不能与 `--equals=<equals>` 一起使用"),
            (
                "--own --equals=a --two 1 2",
                "参数 `--own` 不能与 `--equals=<equals>`、`--two <two> <two>` 一起使用",
            ),
            ("--own child a", "命令 `child` 不能与 `--own` 一起使用"),
            ("--equals a", "`--equals=<equals>` 的值要写在等号后面"),
            ("--equals=c", "`--equals=<equals>` 的值 `c` 无效\n  可选值：`a`、`b`\n\n"),
            ("--two 1", "`--two <two> <two>` 应有 2 个值，实际有 1 个"),
            ("--more 1", "`--more <more> <more>...` 应有 2 个值，实际有 1 个"),
            ("child", "缺少参数 `<name>`"),
            ("chil", "未知的命令 `chil`\n\n  提示：是不是 `child`？"),
            ("-- child", "未知的参数 `child`\n\n  提示：有命令 `child`；要使用它，请去掉前面的 `--`"),
            ("child --exx", "未知的参数 `--exx`\n\n  提示：是不是 `--ex`？"),
            ("child --nope a", "提示：要把 `--nope` 当作值，请写 `-- --nope`"),
            ("--ex 1 child", "提示：有 `child --ex`"),
        ] {
            let words = std::iter::once("p").chain(typed.split_whitespace());
            let error = program().try_get_matches_from(words).unwrap_err();
            let text = in_chinese(&error, &Styles::plain()).to_string();
            assert!(text.contains(told), "{typed}: {text}\n{error}");
            assert!(text.starts_with("错误：") && text.ends_with("\n\n更多信息见 --help\n"), "{text}");
            for line in text.lines().filter(|line| is_chinese(line)) {
                assert!(is_well_set(line), "{line}");
            }
            let painted = in_chinese(&error, &Styles::styled());
            assert_eq!(painted.to_string(), text, "{typed}");
            assert_ne!(painted.ansi().to_string(), text, "{typed}");
        }
    }

    #[test]
    fn why_a_number_is_none_is_told_in_chinese() {
        for (typed, told) in [("x", "不是整数"), ("", "没有写数字"), ("999", "太大了"), ("-999", "太小了")]
        {
            let error = typed.parse::<i8>().unwrap_err();
            assert_eq!(why(&error), told);
        }
    }
}
