//! Flags that are offered to be typed: what an event says stands in them so that a shell hands it on as it is.

use crate::terminal::sanitize::clean;

/// The flag that chooses the events of a type; `None` where none can: what stands for other characters, or for several
/// types, would choose others.
pub fn event_flag(name: &str) -> Option<String> {
    if name.is_empty() || name != name.trim() || name.contains([',', '*']) || clean(name) != name {
        return None;
    }
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let word = if is_plain { name.to_owned() } else { format!("'{}'", name.replace('\'', r"'\''")) };
    let between = if name.starts_with('-') { "=" } else { " " };
    Some(format!("--event{between}{word}"))
}

/// The command that converts the events of a type, likewise.
pub fn convert_hint(name: &str) -> Option<String> {
    event_flag(name).map(|flag| format!("larkspect convert {flag}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_ran_in_the_shell_it_was_pasted_into() {
        for (name, flag) in [
            ("im.message.receive_v1", Some("--event im.message.receive_v1")),
            ("日本", Some("--event '日本'")),
            ("$(id)", Some("--event '$(id)'")),
            ("a'; rm -rf $HOME;'", Some(r"--event 'a'\''; rm -rf $HOME;'\'''")),
            ("-rf", Some("--event=-rf")),
            ("a*", None),
            ("a,b", None),
            (" a", None),
            ("", None),
            ("\u{1b}[31m", None),
            ("\u{202e}a", None),
            ("a\nb", None),
        ] {
            assert_eq!(event_flag(name).as_deref(), flag, "{name:?}");
        }
    }
}
