//! Texts with a secret, and what is left of them.

use super::*;

const SECRET: &str = "CANARY-0123456789";

#[track_caller]
fn hidden(text: &str) -> String {
    let secrets = Secrets::default();
    let hidden = secrets.hide(text).into_owned();
    let mut blotted = text.as_bytes().to_vec();
    secrets.blot(&mut blotted);
    assert_eq!(blotted.len(), text.len());
    assert_eq!(
        String::from_utf8_lossy(&blotted).contains("0123456789"),
        hidden.contains("0123456789"),
        "{text}"
    );
    hidden
}

#[test]
fn what_stands_under_a_key_is_hidden_in_every_notation() {
    for text in [
        r#"{"token": "@", "x": 1}"#,
        r#"{"to\u006ben":"@"}"#,
        "{\"token\":\n    \"@\"}",
        "{\"token\"\n  :\r\n\t\"@\"}",
        r#"{"token" "@"}"#,
        r#"{"token"; "@"}"#,
        r#"{“token”：“@”}"#,
        r#"{"token": @, "x": 1}"#,
        r#"{"token": "@"#,
        "{\"token\": \"@\n\"x\": 1}",
        r#"{"tokens": ["@", "a@"], "x": 1}"#,
        r#"{"token": {"a": [{"b": "@"}]}, "x": 1}"#,
        r#"{"Token": "@"}"#,
        r#"{"app_secret": "a\"b@"}"#,
        "{Token:@ Challenge:c}",
        "&{Token:@}",
        "map[Authorization:[Bearer @] Cookie:[a=@]]",
        "{'token': '@', 'x': 1}",
        "{'token': u'@', b'Cookie': b'a=@'}",
        r#""body":"{\"token\":\"@\",\"x\":1}""#,
        r#""body":"{\"token\":\n  \"@\",\"x\":1}""#,
        r#""{\\\"to\\u006ben\\\":\\\"a\\\\\\\"@\\\"}""#,
        r"{\x22token\x22:\x22@\x22}",
        "%7B%22token%22%3A%22@%22%7D",
        "{&quot;token&quot;:&quot;@&quot;}",
        "GET /e?token=@&x=1 HTTP/1.1",
        "GET /e?x=1&access_token=@ HTTP/1.1",
        "Authorization: Bearer @",
        "> Authorization: Bearer @\n> Host: x",
        "Cookie: a=b; sid=\"@\"; c=@\nHost: x",
        "X-Lark-Signature: @\nHost: x",
        "curl -H 'Authorization: Bearer @' -H \"Cookie: a=@; b=c\" https://example.com",
        r#"{"headers": {"Authorization": "Bearer @", "cookie": ["a=@"], "X-Lark-Signature": "@"}}"#,
        r#"{"raw": "POST / HTTP/1.1\r\nAuthorization: Bearer @\r\nCookie: a=\"@\"; b=@\r\n\r\n{}"}"#,
        r#"[{"name":"Authorization","value":"Bearer @"},{"name":"Host","value":"x"}]"#,
        r#"[{"value":"Bearer @","name":"Authorization"}]"#,
        r#"{"key": "x-lark-signature", "type": "text", "value": "@"}"#,
        r#"{"name": "Cookie", "value": ["a=@"]}"#,
        "{Name:Cookie Value:a=@}",
        r#"[["Host","x"],["Authorization","Bearer @"]]"#,
        r#"["Host", "x", "Authorization", "Bearer @", "Cookie", "a=@"]"#,
        "[(b'host', b'x'), (b'authorization', b'Bearer @')]",
        "headers['Cookie'] = 'a=@'",
        "Encrypt Key: @",
        "App Secret = @",
        "password: @",
        "header:\n  token: @\n",
        "cookies: a=b; sid=@",
        "level=info authorization=Bearer @ status=200",
        "sent with Bearer @ to the server",
        r#"{"private_key": "-----BEGIN-----\nMIIE@\n-----END-----"}"#,
        "{\"password\": 123@}",
        "--token=@",
        "event.token: @",
        r#"{"set-cookie": "a=@; Path=/; HttpOnly"}"#,
    ] {
        let full = text.replace('@', SECRET);
        let left = hidden(&full);
        assert!(!left.contains("0123456789"), "{full}\n{left}");
        assert!(left.contains("...."), "{full}\n{left}");
    }
}

#[test]
fn what_stands_beside_it_stays() {
    for (text, left) in [
        (
            r#"{"token": "CANARY-0123456789","x":"token","a":"y"}"#,
            r#"{"token": "CANA....","x":"token","a":"y"}"#,
        ),
        (r#"{"token":"short","b":1}"#, r#"{"token":"....","b":1}"#),
        (r#"{"token":"","a":null}"#, r#"{"token":"","a":null}"#),
        (r#"{"token":null,"token":true}"#, r#"{"token":null,"token":true}"#),
        ("?token=CANARY-0123456789&x=1", "?token=CANA....&x=1"),
        ("GET /?a=1&token=CANARY-0123456789 HTTP/1.1", "GET /?a=1&token=CANA.... HTTP/1.1"),
        (
            r#"{"token":{"access_token":"CANARY-0123456789","expires_in":7200},"x":1}"#,
            r#"{"token":{"access_token":"CANA....","expires_in":....},"x":1}"#,
        ),
        (
            r#"[{"name":"Cookie","value":"CANARY-0123456789"},{"name":"Host","value":"example.com"}]"#,
            r#"[{"name":"Cookie","value":"CANA...."},{"name":"Host","value":"example.com"}]"#,
        ),
        ("Cookie: CANARY-0123456789\r\nHost: x", "Cookie: CANA....\r\nHost: x"),
    ] {
        assert_eq!(hidden(text), left);
    }
    for text in [
        r#""file_token":"doxcnPg8VAn7h2","app_token":"bascnPg8VAn7h2""#,
        r#""comment":"the token was lost""#,
        r#"{"type":"app_ticket","event":{"x":"y"}}"#,
        r#"{"event_type":"auth.user_access_token.revoked_v4","x":"y"}"#,
        "`header.token` is missing; add \"token\": \"..\"",
        "`challenge`, `token` and `type`",
        "set LARKSPECT_ENCRYPT_KEY to the app's Encrypt Key, or give --encrypt-key-file",
        "the bearer of this letter",
        r#"{"name":"employee","value":"x"}"#,
        "X-Lark-Request-Nonce: 0123456789",
    ] {
        assert_eq!(hidden(text), text);
    }
}

#[test]
fn a_known_value_is_hidden_wherever_it_stands() {
    let mut secrets = Secrets::new(["the key of this app", "short"]);
    secrets.learn(br#"{"token":"CANARY-0123456789","Cookie":"sid=abcdefgh1; lang=zh","Authorization":"Bearer t-12345678"}"#);
    for (text, left) in [
        ("it is CANARY-0123456789, says he", "it is CANA...., says he"),
        (r#"{"comment":"CANARY\u002d0123456789"}"#, r#"{"comment":"CANA...."}"#),
        ("abcdefgh1 t-12345678 zh", ".... .... zh"),
        ("the key of this app is short", ".... is short"),
        ("CANARY-012345678", "CANARY-012345678"),
    ] {
        assert_eq!(secrets.hide(text), left);
    }
    secrets.forget();
    assert_eq!(secrets.hide("CANARY-0123456789 the key of this app"), "CANARY-0123456789 ....");
    assert_eq!(format!("{secrets:?}"), "Secrets(1)");
}

#[test]
fn common_values_are_hidden_under_their_keys_alone() {
    let text = r#"{"token":"password","secret":"zzzzzzzz","pwd":"20210310","cookie":"a=b"}"#;
    let mut secrets = Secrets::default();
    secrets.learn(text.as_bytes());
    assert_eq!(format!("{secrets:?}"), "Secrets(0)");
    assert_eq!(secrets.hide(text), r#"{"token":"....","secret":"....","pwd":"....","cookie":"...."}"#);
}

#[test]
fn blots_are_as_long_as_what_they_hide() {
    for (text, left) in [
        (r#"{"token": "CANARY-0123456789"}"#, r#"{"token": "CANA............."}"#),
        (r#"{"token": "\u0043ANARY-0123456789"}"#, r#"{"token": "......................"}"#),
        ("Cookie: a=b\r\nHost: x", "Cookie: ...\r\nHost: x"),
    ] {
        let mut bytes = text.as_bytes().to_vec();
        Secrets::default().blot(&mut bytes);
        assert_eq!(String::from_utf8_lossy(&bytes), left);
    }
}

#[test]
fn nothing_that_is_given_is_too_broken() {
    let text = r#"{"token":[{"Cookie: "a\u00":'b"}],"name":"token","value":(b"x',"Authorization","Bearer %2 &quot;“\"#;
    for start in 0..=text.len() {
        for end in start..=text.len() {
            let piece = &text.as_bytes()[start..end];
            let mut secrets = Secrets::default();
            secrets.learn(piece);
            let _ = secrets.hide_bytes(piece);
            secrets.blot(&mut piece.to_vec());
        }
    }
}
