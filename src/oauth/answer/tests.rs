use super::*;

fn reply(status: u16, body: &str) -> Reply {
    Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
}

#[test]
fn only_a_complete_success_brings_tokens() {
    let complete = r#"{"access_token":"a","expires_in":3646,"restricted_to":[],"refresh_token":"r","token_type":"bearer"}"#;
    let Ok(Granted { tokens, oddities, .. }) = read_answer(&reply(200, complete), true) else {
        panic!("complete")
    };
    assert!(oddities.is_empty());
    assert_eq!(
        (tokens.access.as_str(), tokens.refresh.as_deref(), tokens.lifetime),
        ("a", Some("r"), 3_646_000)
    );
    let without = r#"{"access_token":"a","expires_in":4123,"restricted_to":[],"issued_token_type":"bearer"}"#;
    assert!(read_answer(&reply(200, without), false).is_ok());
    let text = r#"{"access_token":"a","refresh_token":"r","expires_in":"3600"}"#;
    assert_eq!(
        read_answer(&reply(200, text), true).map(|granted| granted.tokens.lifetime).ok(),
        Some(3_600_000)
    );
    let error = |status, body| read_answer(&reply(status, body), true).err().expect(body).to_string();
    for (status, body, message) in [
        (200, without, "the answer lacks a usable `refresh_token`"),
        (
            200,
            r#"{"access_token":"","expires_in":1,"refresh_token":"r"}"#,
            "the answer lacks a usable `access_token`",
        ),
        (200, r#"{"access_token":null,"refresh_token":"r"}"#, "the answer lacks a usable `access_token`"),
        (
            200,
            r#"{"access_token":"a","refresh_token":7,"expires_in":1}"#,
            "the answer lacks a usable `refresh_token`",
        ),
        (
            200,
            r#"{"access_token":"a","refresh_token":"r","expires_in":"soon"}"#,
            "the answer lacks a usable `expires_in`",
        ),
        (200, r#"{"access_token":"a","refresh_token":"r"}"#, "the answer lacks a usable `expires_in`"),
        (200, " \n", "the answer (200) is empty; try again later"),
        (200, &complete[..40], "the answer (200) is not complete: its JSON has no end"),
        (
            200,
            "[1]",
            "the answer (200) is not JSON, so it is not Box's: a proxy or captive portal may be in between",
        ),
        (200, "[]", "the answer lacks a usable `access_token`"),
        (201, "{}", "the answer lacks a usable `access_token`"),
        (
            200,
            "{\"access_token\":\"a\\u001b\",\"refresh_token\":\"r\",\"expires_in\":1}",
            "the answer lacks a usable `access_token`",
        ),
        (302, "", "the server redirects (302), which envtool does not follow; check the address"),
        (404, "{}", "unexpected answer (404); check the address"),
        (
            403,
            "<html>",
            "the answer (403) is not JSON, so it is not Box's: a proxy or captive portal may be in between",
        ),
        (502, "<html>", "Box has an internal problem (502); try again later"),
        (503, "", "Box has an internal problem (503); try again later"),
    ] {
        assert_eq!(error(status, body), message, "{status} {body}");
    }
}

#[test]
fn an_odd_answer_yields_a_complete_pair() {
    let pair = r#"{"access_token":"a","expires_in":60,"refresh_token":"r"}"#;
    let twice = r#"{"access_token":"a","expires_in":60,"refresh_token":"q","refresh_token":"r"}"#;
    let same = r#"{"access_token":"a","expires_in":60,"refresh_token":"r","refresh_token":"r"}"#;
    for (status, body, oddity) in [
        (201, pair.to_owned(), "Box's answer has the status 201, not 200"),
        (200, format!("\u{feff}{pair}"), ""),
        (200, format!("{pair}\r\n"), ""),
        (200, format!("{pair}\n<html>"), "Box's answer has more after the tokens, which was ignored"),
        (200, twice.to_owned(), "Box's answer has several `refresh_token`, of which the last counts"),
        (200, same.to_owned(), ""),
        (200, format!(" [{pair}]"), "Box's answer is a list"),
        (200, pair.replace('}', r#","error":null}"#), ""),
    ] {
        let Ok(Granted { tokens, oddities, .. }) = read_answer(&reply(status, &body), true) else {
            panic!("{status} {body}")
        };
        assert_eq!((tokens.access.as_str(), tokens.refresh.as_deref()), ("a", Some("r")), "{body}");
        assert_eq!(oddities.concat(), oddity);
    }
}

#[test]
fn an_answer_in_utf_16_yields_a_complete_pair() {
    let text = "\u{feff}{\"access_token\":\"a\",\"expires_in\":60,\"refresh_token\":\"r\"}\r\n";
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let body = text.encode_utf16().flat_map(bytes).collect();
        let Ok(Granted { tokens, oddities, .. }) =
            read_answer(&Reply { status: 200, body, ..Reply::default() }, true)
        else {
            panic!("not taken")
        };
        assert_eq!((tokens.access.as_str(), tokens.refresh.as_deref()), ("a", Some("r")));
        assert_eq!(oddities, ["Box's answer is in UTF-16"]);
    }
}

#[test]
fn a_refresh_token_is_salvaged_from_an_incomplete_success_and_a_pair_from_an_error() {
    let salvaged =
        |status, body| salvage(&reply(status, body)).map(|it| (it.access, it.refresh, it.lifetime));
    let refresh = || Some("r".to_owned());
    let infinite = r#"{"access_token":"a","refresh_token":"r","expires_in":1e300}"#;
    assert_eq!(salvaged(200, infinite), Some(("a".to_owned(), refresh(), NewTokens::OVER)));
    let lone = r#"{"refresh_token":"r","expires_in":60}"#;
    assert_eq!(salvaged(200, lone), Some((String::new(), refresh(), NewTokens::OVER)));
    assert_eq!(salvaged(400, lone), None);
    let pair = r#"{"access_token":"a","refresh_token":"r","expires_in":60}"#;
    for status in [302, 400, 429, 503] {
        assert_eq!(salvaged(status, pair), Some(("a".to_owned(), refresh(), NewTokens::OVER)));
        assert_eq!(read_answer(&reply(status, pair), true).err(), Some(AnswerError::Contradictory));
    }
    assert_eq!(salvaged(200, r#"{"access_token":"a","expires_in":-5}"#), None);
    let beside_error = r#"{"access_token":"a","expires_in":60,"error":"invalid_grant","refresh_token":"r"}"#;
    assert_eq!(read_answer(&reply(200, beside_error), true).err(), Some(AnswerError::Contradictory));
    assert_eq!(salvaged(200, beside_error), Some(("a".to_owned(), refresh(), NewTokens::OVER)));
    let unprintable = r#"{"access_token":"a\n","expires_in":60,"refresh_token":"r"}"#;
    assert_eq!(salvaged(200, unprintable), Some((String::new(), refresh(), NewTokens::OVER)));
}

#[test]
fn of_an_answer_that_breaks_off_everything_complete_is_used() {
    let whole = r#" {"access_token":"a","expires_in":60,"refresh_token":"r","restricted_to":[]}"#;
    let from = whole.find("r\",").expect("a token") + "r\"".len();
    let cut_off = |at: usize| Reply { cut_off: Some("why".to_owned()), ..reply(200, &whole[..at]) };
    for at in 0..whole.len() {
        let error = read_answer(&cut_off(at), true).err();
        assert_eq!(error, Some(AnswerError::CutOff(200, "why".to_owned())), "{at}");
        let salvaged = salvage(&cut_off(at)).map(|it| (it.access, it.refresh, it.lifetime));
        let expected = ("a".to_owned(), Some("r".to_owned()), NewTokens::OVER);
        assert_eq!(salvaged, (at >= from).then_some(expected), "{at}");
    }
    let Ok(granted) = read_answer(&cut_off(whole.len()), true) else { panic!("complete") };
    assert_eq!(granted.tokens.lifetime, 60_000);
    assert_eq!(granted.oddities, ["Box's answer is not complete, but has the tokens"]);
}

#[test]
fn answers_about_the_user_are_read() {
    assert_eq!(read_user(&reply(401, "")), Ok(None));
    assert_eq!(read_user(&reply(403, "")), Err(AnswerError::Forbidden));
    assert_eq!(read_user(&reply(200, "{}")), Err(AnswerError::Incomplete("the user's id, name and login")));
    assert_eq!(read_user(&reply(200, "<html>")), Err(AnswerError::NotJson(200)));
}

#[test]
fn a_rate_limit_says_when_to_try_again() {
    let mut limited = reply(429, r#"{"type":"error","status":429,"code":"rate_limit_exceeded"}"#);
    let message = |reply: &Reply| read_answer(reply, true).err().map(|error| error.to_string());
    assert_eq!(message(&limited).as_deref(), Some("Box asks for fewer requests (429); try again later"));
    limited.retry_after = Some("17".to_owned());
    assert_eq!(
        message(&limited).as_deref(),
        Some("Box asks for fewer requests (429); try again in 17 seconds")
    );
}

#[test]
fn every_error_of_box_has_its_own_explanation() {
    for (error, description, needs_login, cause) in [
        ("invalid_grant", "Refresh token has expired", true, "the refresh token has been used"),
        ("invalid_grant", "Invalid refresh token", true, "Box does not know the refresh token"),
        ("invalid_grant", "The authorization code has expired", true, "the code is over 30"),
        (
            "invalid_grant",
            "Auth code doesn't exist or is invalid for the client",
            true,
            "the code has been used",
        ),
        ("invalid_grant", "Grant credentials are invalid", true, "Box does not accept these credentials"),
        (
            "invalid_client",
            "The client credentials are invalid",
            true,
            "Box does not accept the application's",
        ),
        (
            "invalid_client",
            "The client credentials are not valid",
            true,
            "Box does not accept the application's",
        ),
        (
            "unauthorized_client",
            "This app is not authorized by the enterprise admin",
            true,
            "the app is not authorized",
        ),
        (
            "invalid_request",
            "Cannot obtain user token based on the enterprise configuration for your app",
            true,
            "the app may not",
        ),
        (
            "invalid_request",
            "Invalid grant_type parameter or parameter missing",
            false,
            "the request arrived without",
        ),
        (
            "invalid_request",
            "The grant type is unauthorized for this client_id",
            true,
            "the app is of a type",
        ),
        (
            "invalid_grant",
            "Please check the 'exp' claim. The 'exp' value exceeds",
            false,
            "this machine's clock",
        ),
        (
            "invalid_grant",
            "Current date/time MUST be before the expiration date/time listed in the 'exp' claim",
            false,
            "this machine's clock",
        ),
        (
            "invalid_grant",
            "Please check the 'jti' claim. A unique 'jti' value is required.",
            false,
            "Box has seen",
        ),
        (
            "invalid_grant",
            "Please check the 'sub' claim. The 'sub' specified is invalid.",
            true,
            "Box does not know the subject",
        ),
        ("invalid_grant", "\"kid\" invalid, unable to lookup correct key", true, "Box does not know the key"),
        ("invalid_grant", "Something new", true, "Box does not accept the grant"),
        ("brand_new", "", true, "Box refuses"),
    ] {
        let body = serde_json::json!({"error": error, "error_description": description}).to_string();
        let found = read_answer(&reply(400, &body), true).err().expect(description);
        assert_eq!(found.needs_login(), needs_login, "{description}");
        assert!(found.to_string().starts_with(cause), "{description}: {found}");
    }
}

#[test]
fn error_messages_mask_tokens() {
    let secret = "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL";
    let body = format!(r#"{{"error":"invalid_grant","error_description":"no {secret} here\u001b[1m"}}"#);
    let message = read_answer(&reply(400, &body), true).err().expect("an error").to_string();
    assert!(!message.contains(secret) && message.contains("no ******** here"), "{message}");
    // Cutting the text short must not make a token too short to be recognized.
    let words = "word ".repeat(25);
    let body = format!(r#"{{"error":"invalid_grant","error_description":"{words}{secret}"}}"#);
    let message = read_answer(&reply(400, &body), true).err().expect("an error").to_string();
    assert!(!message.contains(&secret[..4]), "{message}");
}

#[test]
fn an_invalid_token_needs_no_revoking() {
    assert_eq!(read_revocation(&reply(200, "")), Ok(true));
    assert_eq!(read_revocation(&reply(200, "<html>")), Err(AnswerError::NotJson(200)));
    assert_eq!(read_revocation(&reply(400, r#"{"error":"invalid_token"}"#)), Ok(false));
    assert_eq!(read_revocation(&reply(500, "")), Err(AnswerError::ServerTrouble(500)));
}

#[test]
fn the_clock_skew_comes_from_the_date_header() {
    let mut answer = reply(200, "");
    assert_eq!(clock_skew(&answer, 0), None);
    answer.date = Some("Fri, 20 Nov 2026 11:00:00 GMT".to_owned());
    assert_eq!(clock_skew(&answer, 1_795_172_460_000), Some(60_000));
}
