use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::testing::{self, Told};
use super::*;

#[track_caller]
fn value(text: &str) -> Value {
    testing::value(undo, text)
}

#[track_caller]
fn told(text: &str) -> Told {
    testing::told(undo, text)
}

#[test]
fn python() {
    for (text, want) in [
        (
            "got {'event_type': True, 'b': None, 'c': [False, 1.50, -2], 'd': {}} end",
            json!({"event_type":true,"b":null,"c":[false,1.5,-2],"d":{}}),
        ),
        (
            r#"{'event_type': "it's", 'b': 'say "hi"', 'c': 'both \' "', 'd': '\n\t\\ \x1b \u3000 \U0001f600'}"#,
            json!({"event_type":"it's","b":"say \"hi\"","c":"both ' \"","d":"\n\t\\ \u{1b} \u{3000} 😀"}),
        ),
        (
            r"{'headers': [(b'x-a', b'\xe6\xb5\x99'), ('n',)], 'body': b'{encrypt}', 't': ()}",
            json!({"headers":[["x-a","浙"],["n"]],"body":"{encrypt}","t":[]}),
        ),
        ("{'event_type': ('one '\n               'two'), 'b': 1}", json!({"event_type":"one two","b":1})),
        // pprint breaks long texts.
        (
            "{'event_type': 'one '\n               \"it's two\",\n 'b': b'\\xe6\\xb5'\n      b'\\x99'}",
            json!({"event_type":"one it's two","b":"浙"}),
        ),
        (
            "OrderedDict([('event_type', 'x'), ('event', OrderedDict([('a', 1)]))])",
            json!({"event_type":"x","event":{"a":1}}),
        ),
        ("OrderedDict({'event_type': 'x'})", json!({"event_type":"x"})),
        (
            "data = {'a': r'\\d', \"event_type\": '''one\ntwo''', 1: u'x'}",
            json!({"a":"\\d","event_type":"one\ntwo","1":"x"}),
        ),
    ] {
        // What stands around it is not taken.
        assert_eq!(value(text), want, "{text}");
        assert_eq!(told(text).name, "a Python dict", "{text}");
    }
}

#[test]
fn node() {
    for (text, want) in [
        (
            "body {\n  schema: '2.0',\n  event_type: { is_wifi: true, 'a-b': [ 1, 2 ] }\n}\n",
            json!({"schema":"2.0","event_type":{"is_wifi":true,"a-b":[1,2]}}),
        ),
        ("{ encrypt: '20Hz', [Symbol(unparsedBody)]: '{}' }", json!({"encrypt":"20Hz"})),
        ("{ [Symbol(x)]: 1, a: undefined, encrypt: null, c: undefined }", json!({"encrypt":null})),
        ("{ encrypt: `it's \"x\"\nb`, b: [] }", json!({"encrypt":"it's \"x\"\nb","b":[]})),
        ("{ encrypt: 'one\\n' +\n    'two', n: 1 }", json!({"encrypt":"one\ntwo","n":1})),
        (
            "Event { encrypt: 'x', h: [Object: null prototype] { a: Header { b: 1 } } }",
            json!({"encrypt":"x","h":{"a":{"b":1}}}),
        ),
        ("Map(2) { 'event_type' => 'x', 'n' => Map(0) {} }", json!({"event_type":"x","n":{}})),
        ("[ { event_type: 'a' }, { event_type: 'b' } ]", json!([{"event_type":"a"},{"event_type":"b"}])),
        ("const e = {\n  \"event_type\": \"x\",\n  $n: [1,],\n};", json!({"event_type":"x","$n":[1]})),
    ] {
        assert_eq!(value(text), want, "{text}");
    }
}

#[test]
fn people() {
    for (text, want) in [
        (
            "{\n  \"schema\": \"2.0\", // \"版本\"\n  \"event_type\": 1// x\n}",
            json!({"schema":"2.0","event_type":1}),
        ),
        (
            "{\n  \"event_type\": \"#1\",  # 事件, {\n  # alone\n  \"n\": 1 # end\n}",
            json!({"event_type":"#1","n":1}),
        ),
        (
            "{\"event_type\": [1, 2,], /* x\n */ \"url\": \"http://x//y\",}",
            json!({"event_type":[1,2],"url":"http://x//y"}),
        ),
        ("{\"event_type\"：true，“b”：“2，”，c：3}", json!({"event_type":true,"b":"2，","c":3})),
        ("{\u{3000}\"event_type\":\u{a0}1，}", json!({"event_type":1})),
    ] {
        assert_eq!(value(text), want, "{text}");
    }
}

#[test]
fn the_mongo_shell() {
    let text = "{ \"_id\" : ObjectId(\"66\"), at: ISODate('2024-06-12T01:17:02Z'), n: NumberLong(\"1718155021456\"), \
                m: Long('0'), i: NumberInt(7), d: NumberDecimal('1.50'), u: UUID(\"a\"), b: BinData(0,\"AA==\"), \
                t: Timestamp(1, 2), \"event_type\" : \"x\" }";
    let want = json!({"_id":{"$oid":"66"},"at":{"$date":"2024-06-12T01:17:02Z"},"n":1_718_155_021_456_u64,"m":0,"i":7,
        "d":1.5,"u":{"$uuid":"a"},"b":{"$binary":[0,"AA=="]},"t":{"$timestamp":[1,2]},"event_type":"x"});
    assert_eq!(value(text), want);
    assert_eq!(told(text).name, "a document of the mongo shell");
}

#[test]
fn ruby_perl_elixir_and_lua() {
    for (text, want) in [
        (
            r##"Parameters: {"schema"=>"2.0", "event_type"=>{"a"=>nil, "b"=>true, "c"=>[1.5]}, :k=>:sym, "s"=>"\#{x} \e[0m \u0001 \u{1F600}"}"##,
            json!({"schema":"2.0","event_type":{"a":null,"b":true,"c":[1.5]},"k":"sym","s":"#{x} \u{1b}[0m \u{1} 😀"}),
        ),
        (r#"{event_type: "x", "b c": nil}"#, json!({"event_type":"x","b c":null})),
        (r#"{"event_type" => "x", n: 1}"#, json!({"event_type":"x","n":1})),
        (r#"%{"event_type" => "x", "event" => %{"n" => nil}}"#, json!({"event_type":"x","event":{"n":null}})),
        ("$VAR1 = {\n  'event_type' => 'a\\'b\\n',\n  'n' => 1\n};", json!({"event_type":"a'b\\n","n":1})),
        (
            "{\n  [\"schema\"] = \"2.0\",\n  event = {\n    event_type = \"x\"\n  }\n}",
            json!({"schema":"2.0","event":{"event_type":"x"}}),
        ),
    ] {
        assert_eq!(value(text), want, "{text}");
    }
}

#[test]
fn php() {
    for (text, want) in [
        (
            "array (\n  'schema' => '2.0',\n  'event' => \n  array (\n    'event_type' => 'it\\'s \\\\ \\n',\n    'l' => \n    array (\n      0 => 'a',\n      1 => 2,\n    ),\n    'none' => NULL,\n    'e' => \n    array (\n    ),\n  ),\n)",
            json!({"schema":"2.0","event":{"event_type":"it's \\ \\n","l":["a",2],"none":null,"e":[]}}),
        ),
        (
            "$data = ['event_type' => 'x', 'l' => ['a', 'b'], 'o' => (object) array('k' => 1)];",
            json!({"event_type":"x","l":["a","b"],"o":{"k":1}}),
        ),
        ("stdClass::__set_state(array(\n   'event_type' => 'a\nb',\n))", json!({"event_type":"a\nb"})),
    ] {
        assert_eq!(value(text), want, "{text}");
        assert_eq!(told(text).name, "a PHP array", "{text}");
    }
}

#[test]
fn rust() {
    let want = json!({"schema":"2.0","event":{"event_type":"a\u{7f}\"","n":1,"b":true,"x":null,"l":[{"a":1.5}],"e":[]}});
    let line = r#"payload=Object {"schema": String("2.0"), "event": Object {"event_type": String("a\u{7f}\""), "n": Number(1), "b": Bool(true), "x": Null, "l": Array [Object {"a": Number(1.5)}], "e": Array []}} rest"#;
    assert_eq!(value(line), want);
    let lines = "Object {\n    \"schema\": String(\n        \"2.0\",\n    ),\n    \"event_type\": Number(\n        7,\n    ),\n    \"l\": Array [],\n}";
    assert_eq!(value(lines), json!({"schema":"2.0","event_type":7,"l":[]}));
    let own = r#"Event { schema: "2.0", header: Some(Header { event_type: "x", n: None }) }"#;
    assert_eq!(value(own), json!({"schema":"2.0","header":{"event_type":"x","n":null}}));
    assert_eq!(told(line).name, "a Debug dump of Rust");
}

#[test]
fn go() {
    let text = r#"map[string]interface {}{"event":map[string]interface {}{"l":[]interface {}{"a", 1}, "n":1.718155021456e+12, "s":[]string{"\a\x01"}, "nil":interface {}(nil), "e":map[string]interface {}{}, "j":"{\"text\":\"浙\"}"}, "event_type":"x"}"#;
    let want = json!({"event":{"l":["a",1],"n":1_718_155_021_456_u64,"s":["\u{7}\u{1}"],"nil":null,"e":{},"j":"{\"text\":\"浙\"}"},"event_type":"x"});
    assert_eq!(value(text), want);
    assert_eq!(told(text).name, "a dump of a Go value");
    let text = "&map[string]any{\"event_type\":\"x\", \"m\":map[string]string{\"a\":\"b\"}}";
    assert_eq!(value(text), json!({"event_type":"x","m":{"a":"b"}}));
    let text = "(map[string]interface {}) (len=2) {\n (string) (len=10) \"event_type\": (string) (len=3) \"a\\\"b\",\n \
                (string) (len=1) \"e\": (map[string]interface {}) (len=6) {\n  (string) (len=1) \"l\": ([]interface {}) (len=1 cap=1) {\n   \
                (float64) 1\n  },\n  (string) (len=1) \"m\": ([]interface {}) {\n  },\n  (string) (len=1) \"n\": (interface {}) <nil>,\n  \
                (string) (len=1) \"t\": (float64) 1.718155021456e+12,\n  (string) (len=1) \"w\": (bool) true,\n  (string) (len=1) \"z\": \
                (string) \"\"\n }\n}\n";
    let want =
        json!({"event_type":"a\"b","e":{"l":[1],"m":[],"n":null,"t":1_718_155_021_456_u64,"w":true,"z":""}});
    assert_eq!(value(text), want);
    // Bytes that are no text are not made one.
    assert_eq!(
        told(r#"map[string]interface {}{"event_type":"\xff"}"#).about.lost.map(|lost| lost.en),
        Some("what is written in it cannot be said in JSON")
    );
}

#[test]
fn what_is_shortened_or_has_objects_is_told_and_not_guessed() {
    let shortened = "it is shortened";
    let objects = "objects of the program";
    for (text, name, lost) in [
        ("{\n  event_type: 'x',\n  mentions: [ [Object] ],\n  n: 1\n}", "a Node.js object dump", shortened),
        ("{ event_type: 'x', l: [ 1, ... 3 more items ] }", "a Node.js object dump", shortened),
        ("{ event_type: 'x'... 10 more characters }", "a Node.js object dump", shortened),
        ("{ event_type: 'x', l: [ <2 empty items> ] }", "a Node.js object dump", shortened),
        ("{ event_type: 'x', b: <Buffer 7b 22> }", "a Node.js object dump", objects),
        ("{ event_type: 'x', self: [Circular *1] }", "a Node.js object dump", shortened),
        ("{ event_type: 'x', f: [Function: f] }", "a Node.js object dump", shortened),
        ("{\n  \"event_type\": \"x\",\n  ...\n}", "JSON that somebody shortened", shortened),
        ("{\"event_type\": \"x\", \"a\": [1, ...]}", "JSON that somebody shortened", shortened),
        ("{\"event_type\": \"x\", …}", "JSON that somebody shortened", shortened),
        ("{'event_type': 'x', 'at': datetime.datetime(2024, 6, 12)}", "a Python dict", objects),
        ("{'event_type': <a.b.Header object at 0x7f0c>, 'n': 1}", "a Python dict", objects),
        ("{'event_type': 'x', 'l': [...]}", "a Python dict", shortened),
        ("{\"event_type\"=>#<Foo:0x00>, \"n\"=>1}", "a Ruby hash", objects),
        (
            "{\n  EventV2Base: {\n    Schema: \"2.0\"\n  },\n  X: \"event_type\"\n}",
            "a Go struct dump",
            "the field names",
        ),
    ] {
        let told = told(text);
        assert_eq!(told.name, name, "{text}");
        assert!(told.about.lost.is_some_and(|said| said.en.starts_with(lost)), "{text}: {:?}", told.about);
        assert!(told.plain.is_none(), "{text}");
    }
}

#[test]
fn what_is_understood_in_part_is_no_json() {
    for text in [
        "{ encrypt: 'x' + 1 }",
        "{ encrypt: [ undefined ] }",
        "{ encrypt: 10n }",
        "{ encrypt: NaN }",
        "{ encrypt: 012 }",
        "{ encrypt: `${x}` }",
        r"{'encrypt': '\ud83d'}",
        r"{'encrypt': '\ud83d\u0041'}",
        r"{'encrypt': '\U00110000'}",
        r"{'encrypt': '\xZZ'}",
        r"{'encrypt': '\q'}",
        r"{'encrypt': '\012'}",
        r"{'encrypt': b'\xff'}",
        "{'encrypt', 'a'}",
        "{'encrypt': {'a', 'b'}}",
        "{'encrypt': 1 'b': 2}",
        "{'encrypt': 'a' 'b'}",
        "{'encrypt': 'a'\n 'b': 2}",
    ] {
        let told = testing::undone(undo, text);
        assert!(!matches!(told, Undone::Made { .. } | Undone::More), "{text}");
    }
}

#[test]
fn json_and_what_is_no_value_is_left_alone() {
    for text in [
        "{\"event_type\": 1}",
        "{\"event_type\": 1,}",
        "{\"event_type\": tru}",
        "{\"event_type\" 1}",
        "{\"event_type\": \"it's // ，\"",
        "{\\\"event_type\\\": 1}",
        "{\"\"event_type\"\": 1}",
        "{schema=2.0, event_type=x}",
        "[INFO][app.py:40] - event_type",
        "it's event_type [1]",
        "{it's event_type}",
        "map[event_type:x]",
        "recv {#012  \"event_type\": 1,#012}",
        "func f() {\n\tbody := \"event_type\"\n}",
        "void f() {\n  payload = \"event_type\";\n}",
        "class A {\n  String payload = \"event_type\";\n}",
        "event_type",
    ] {
        assert!(matches!(testing::undone(undo, text), Undone::No), "{text}");
    }
}

#[test]
fn what_is_cut_off_is_made_as_far_as_it_goes() {
    for (text, plain, rest) in [
        ("{'event_type': 'x', 'event': {'comm", r#"{"event_type": "x", "event": {"comm"#, ""),
        (
            "{'event_type': 'x', 'event': {'comm\nnext {'a': 1}",
            r#"{"event_type": "x", "event": {"comm"#,
            "\nnext {'a': 1}",
        ),
        ("{'event_type': 'x', 'a': Tr\nnext", r#"{"event_type": "x", "a": "#, "\nnext"),
        ("{'event_type': 'x', 'a': 12", r#"{"event_type": "x", "a": 12"#, ""),
        ("{'event_type': 'x',\n2026-01-02 INFO x\n", "{\"event_type\": \"x\"", "\n2026-01-02 INFO x\n"),
        ("{'event_type': 'x',\nand so on\n", "{\"event_type\": \"x\"", "\nand so on\n"),
        (
            "{ event_type: 'x',\n  b: {\n{ event_type: 'y' }",
            "{ \"event_type\": \"x\",\n  \"b\": {",
            "\n{ event_type: 'y' }",
        ),
        (r"{'event_type': '\u4f", r#"{"event_type": ""#, ""),
        ("array (\n  'event_type' => 'x\ny", "{\n  \"event_type\" : \"x\\ny", ""),
        (r#"Object {"event_type": String("x"), "n": Num"#, r#"{"event_type": "x", "n": "#, ""),
    ] {
        let Undone::Made { span, plain: made, .. } = testing::undone(undo, text) else { panic!("{text}") };
        let made = String::from_utf8(made).unwrap();
        // A comma is written with what follows it, so blanks may stand before it.
        let tight = |json: &str| json.replace([' ', '\n'], "").trim_end_matches(',').to_owned();
        assert_eq!(tight(&made), tight(plain), "{text}");
        assert_eq!(&text[span.end..], rest, "{text}");
        assert!(serde_json::from_str::<Value>(&made).is_err(), "{text}");
    }
}

#[test]
fn more_is_asked_for_until_the_value_ends() {
    let text = "{'event_type': 'x', 'l': [b'\\x61', None]} rest";
    let end = text.find(" rest").unwrap();
    for cut in text.find("type").unwrap() + 6..end {
        let passage =
            Passage { text: &text.as_bytes()[..cut], at: 2, broken: Some((0, 1)), last: false, most: 1000 };
        assert!(matches!(undo(&passage), Undone::More), "{}", &text[..cut]);
    }
    let passage = Passage { text: text.as_bytes(), at: 2, broken: None, last: false, most: 1000 };
    assert!(matches!(undo(&passage), Undone::Made { span, .. } if span == (0..end)));
    let passage = Passage { most: 20, ..passage };
    assert!(matches!(undo(&passage), Undone::TooLarge(_)));
}

#[test]
fn lines_stay_where_they_are() {
    for text in [
        "{ event_type: `one\ntwo`,\n b: 1 }",
        "{ event_type: 'one' +\n    'two',\n b: 1 }",
        "{ event_type:\n  undefined, [Symbol(x\n)]: {\n c: 1 },\n b: 1 }",
        "{ // x\n'event_type':\n\u{3000}\n1,\u{a0}\n\n'b': /*\n*/ 2}",
        "Object {\n \"event_type\": Number(\n \"1\",\n ),\n}",
        "array (\n 'event_type' => \n array (\n 0 => 'a',\n 1 =>\n 2,\n ),\n)",
    ] {
        let plain = told(text).plain.unwrap();
        let lines = |text: &str| text.matches('\n').count();
        // A line end within a string is kept behind it.
        assert_eq!(lines(&plain), lines(text), "{text}\n{plain}");
    }
}

#[test]
fn the_time_is_linear_whatever_the_text_holds() {
    for unit in [
        "'",
        "\"",
        "`",
        "\\",
        "{",
        "[",
        "(",
        "{'a':",
        "['a',",
        "{'a':[",
        "\n",
        "\n{'a':",
        "#",
        "/*",
        "array (",
        "{a:'",
        "\u{3000}",
        "''",
        "'a' ",
        "{x: new ",
        "new ",
        "[Object: null prototype] ",
        "(object)",
        "&map[",
        "String(",
        "array(1) [",
        "(string) ",
        "<ref *1>",
        "<",
        "...",
    ] {
        let text = format!("{{'event_type': {}", unit.repeat(20_000 / unit.len()));
        let looked_at = crate::steps::of(|| drop(testing::undone(undo, &text)));
        assert!(looked_at < 40 * text.len() as u64, "{unit}: {looked_at}");
    }
}

/// A value as Python writes it.
fn python_repr(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("None"),
        Value::Bool(yes) => out.push_str(if *yes { "True" } else { "False" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => {
            let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
            out.push(quote);
            for c in text.chars() {
                match c {
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    c if c == quote => out.extend(['\\', c]),
                    c if (c as u32) < 0x100 && c.is_control() => {
                        out.push_str(&format!("\\x{:02x}", c as u32))
                    }
                    c => out.push(c),
                }
            }
            out.push(quote);
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                python_repr(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (at, (key, value)) in members.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                python_repr(&Value::String(key.clone()), out);
                out.push_str(": ");
                python_repr(value, out);
            }
            out.push('}');
        }
    }
}

/// The same as var_export of PHP writes it.
fn var_export(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Null => out.push_str("NULL"),
        Value::String(text) => {
            out.push_str(&format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")))
        }
        Value::Array(items) => {
            out.push_str(&format!("\n{pad}array (\n"));
            for (at, item) in items.iter().enumerate() {
                out.push_str(&format!("{pad}  {at} => "));
                var_export(item, indent + 2, out);
                out.push_str(",\n");
            }
            out.push_str(&format!("{pad})"));
        }
        Value::Object(members) => {
            out.push_str(&format!("\n{pad}array (\n"));
            for (key, item) in members {
                out.push_str(&format!("{pad}  '{}' => ", key.replace('\\', "\\\\").replace('\'', "\\'")));
                var_export(item, indent + 2, out);
                out.push_str(",\n");
            }
            out.push_str(&format!("{pad})"));
        }
        other => out.push_str(&other.to_string()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn values_come_back_from_python(event in testing::event()) {
        let mut text = "2026-01-02 got: ".to_owned();
        python_repr(&event, &mut text);
        text.push_str(" (done)");
        prop_assert_eq!(value(&text), event);
    }

    #[test]
    fn values_come_back_from_php(event in testing::event()) {
        let mut text = String::new();
        var_export(&event, 0, &mut text);
        // A line that begins as one of its own ends what is open, and an object of numbers is a list.
        prop_assume!(!text.contains("{\"") || !text.contains("\n{"));
        match testing::undone(undo, text.trim_start()) {
            Undone::Made { plain, .. } => {
                let made: Result<Value, _> = serde_json::from_slice(&plain);
                prop_assert!(made.is_ok_and(|made| made == event), "{}", text);
            }
            _ => prop_assert!(false, "{}", text),
        }
    }

    #[test]
    fn any_text_is_answered_and_what_is_made_is_json(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "[", "]", "(", ")", "'a'", "\"b\"", ":", ",", "，", "True", "x", "//", "/*", "*/", "#", "\n", " ", "1",
            "\\", "[Symbol(x)]", "undefined", "+", "“", "`", "\u{b}", "\u{3000}", "=>", "array (", "0", "String(", "<",
            "...", "map[string]int{", "new ", "b'", "OrderedDict([", "ObjectId(", "r", "é",
        ]), 0..40),
        noise: Vec<u8>,
        last: bool,
    ) {
        let passage = Passage { text: &noise, at: noise.len() / 2, broken: None, last, most: 1000 };
        let _ = undo(&passage);
        let text = format!("{{'event_type': {}", tokens.concat());
        let _ = undo(&Passage { text: text.as_bytes(), at: 2, broken: Some((0, 1)), last: false, most: 1000 });
        if let Undone::Made { span, plain, .. } = testing::undone(undo, &text) {
            let made: Result<Value, _> = serde_json::from_slice(&plain);
            let cut = made.as_ref().is_err_and(|error| error.is_eof()) || text.is_char_boundary(span.end) && made.is_err() && text[..span.end].len() < text.len();
            prop_assert!(made.is_ok() || cut || span.end == text.len(), "{} -> {}", text, String::from_utf8_lossy(&plain));
        }
    }
}
