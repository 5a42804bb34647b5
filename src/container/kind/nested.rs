//! Whether a document that has some keys of an event holds a whole one: then it is what somebody put around it, an entry
//! of a log or a message of a queue, `{"event": {"name": "x", "payload": {the event}}}`.

use crate::catalog::{BODY, ENCRYPT, HEAD};
use crate::json::{Cursor, MAX_DEPTH, SyntaxError, Token, tree};

use super::super::{base64, trace};

/// Whether an event stands within the object at `at`, as an object or in a string. Each byte is looked at once.
pub(in super::super) fn holds_event(text: &[u8], at: usize) -> bool {
    let mut search = Search { text, found: false };
    // What is there before a break counts.
    let _ = search.object(&mut Cursor::new(text, at), 0);
    search.found
}

struct Search<'t> {
    text: &'t [u8],
    found: bool,
}

/// What is known of a value that was stepped over.
#[derive(Clone, Copy, Default)]
struct Value {
    object: bool,
    /// It is an object that names an event type: a header.
    names_type: bool,
}

impl Search<'_> {
    fn value(&mut self, cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, SyntaxError> {
        match cursor.space() {
            Some(b'{') if depth < MAX_DEPTH && !self.found => return self.object(cursor, depth),
            Some(b'[') if depth < MAX_DEPTH && !self.found => {
                tree::visit_items(cursor, |cursor, _| self.value(cursor, depth + 1).map(drop))?;
            }
            Some(b'"') => {
                let string = cursor.string()?;
                self.found |= shows_event(self.text, string);
            }
            _ => _ = cursor.value(depth)?,
        }
        Ok(Value::default())
    }

    /// Steps over an object. The outermost is the one in question, so it is not asked itself.
    fn object(&mut self, cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, SyntaxError> {
        let text = self.text;
        let (mut names_type, mut header, mut event, mut callback, mut sealed) =
            (false, false, false, false, false);
        tree::visit_members(cursor, |cursor, key| {
            let start = cursor.at;
            let value = self.value(cursor, depth + 1)?;
            let string = text[start] == b'"';
            match tree::body(text, key) {
                b"event_type" => names_type = string && cursor.at > start + 2,
                b"type" => callback = &text[start..cursor.at] == b"\"event_callback\"",
                key if key == HEAD.as_bytes() => header = value.names_type,
                key if key == BODY.as_bytes() => event = value.object,
                key if key == ENCRYPT.as_bytes() => sealed = string,
                _ => {}
            }
            Ok(())
        })?;
        self.found |= depth > 0 && (event && (header || callback) || sealed);
        Ok(Value { object: true, names_type })
    }
}

/// Whether a string holds JSON that shows a trace of an event, as it is or in base64.
fn shows_event(text: &[u8], string: Token) -> bool {
    let body = tree::body(text, string);
    if memchr::memchr(b'{', body).is_some() {
        return trace::is_in(body);
    }
    // An object in base64 begins like this, whatever is in it.
    body.starts_with(b"e") && base64::object(body).is_some_and(|plain| trace::is_in(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps;

    const EVENT: &str = r#"{"schema":"2.0","header":{"event_type":"im.message.receive_v1"},"event":{"a":1}}"#;

    #[test]
    fn an_event_is_found_however_deep_it_is() {
        let quoted = serde_json::to_string(EVENT).unwrap();
        let twice = serde_json::to_string(&format!("got {quoted}")).unwrap();
        let encoded = format!("\"{}\"", base64::encode(EVENT.as_bytes()));
        let old = r#"{"uuid":"u","type":"event_callback","event":{}}"#;
        for inner in [EVENT, &quoted, &twice, &encoded, old, r#"{"encrypt":"AAAA"}"#] {
            for outer in [r#"{"a":@}"#, r#"{"event":{"b":[1, [@]]}}"#, r#"{"header":{"x":"y"}, "event": @ }"#]
            {
                let text = outer.replace('@', inner);
                assert!(holds_event(text.as_bytes(), 0), "{text}");
            }
            let deep = format!("{}{inner}{}", r#"{"a":["#.repeat(40), "]}".repeat(40));
            assert!(holds_event(deep.as_bytes(), 0), "{inner}");
        }
        let jwt = format!(r#"{{"a":"{}"}}"#, base64::encode(br#"{"alg":"HS256"}"#));
        for text in [
            EVENT,
            old,
            &jwt,
            "{}",
            r#"{"header":{"event_type":"x"}}"#,
            r#"{"a":{"header":{"event_type":""},"event":{}}}"#,
            r#"{"a":"{}","b":"the event_type"}"#,
            r#"{"event":{"event":{"type":"event_callback"}}}"#,
        ] {
            assert!(!holds_event(text.as_bytes(), 0), "{text}");
        }
    }

    #[test]
    fn each_byte_is_looked_at_once_however_deep() {
        let size = 100_000;
        for text in [
            r#"{"event":"#.repeat(size / 9),
            format!(r#"{{"a":[{}"#, r#"{"event":{"b":"#.repeat(size / 14)),
            format!(r#"{{"a":"{}""#, "{".repeat(size)),
            format!(r#"{{"a":"e{}""#, "Y".repeat(size)),
            r#"{"event":["#.repeat(size / 10),
        ] {
            let took = steps::of(|| _ = holds_event(text.as_bytes(), 0));
            assert!(took < 20 * size as u64, "{took} for {}", &text[..20]);
        }
    }
}
