use super::*;

fn keys(inputs: &[Input]) -> Vec<String> {
    inputs
        .iter()
        .map(|input| match input {
            Input::Key(press) => press.to_string(),
            other => format!("{other:?}"),
        })
        .collect()
}

/// Feeds each read at its time, then lets all time pass.
fn hear(reads: &[(u64, &str)]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut heard = Vec::new();
    for (now, bytes) in reads {
        heard.extend(decoder.feed(bytes.as_bytes(), *now));
    }
    heard.extend(decoder.expire(u64::MAX));
    assert_eq!(decoder.deadline(), None, "nothing is held for ever");
    heard
}

#[test]
fn an_esc_alone_is_an_esc_after_25_ms_and_not_before() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b", 100), []);
    assert_eq!(decoder.deadline(), Some(125));
    assert_eq!(decoder.expire(124), []);
    assert_eq!(keys(&decoder.expire(125)), ["esc"]);
    assert_eq!(decoder.deadline(), None);
}

#[test]
fn a_sequence_is_one_key_whole_or_torn_apart() {
    for (rest, want) in [
        ("[A", "up"),
        ("OA", "up"),
        ("[1;5C", "ctrl-right"),
        ("[1;2D", "shift-left"),
        ("[1;6D", "ctrl-shift-left"),
        ("[3~", "delete"),
        ("[Z", "shift-tab"),
        ("[20~", "f9"),
        ("[24~", "f12"),
        ("[15~", "f5"),
        ("OS", "f4"),
        ("[[A", "f1"),
        ("[[E", "f5"),
        ("[H", "home"),
        ("[4~", "end"),
        ("[5~", "pageup"),
    ] {
        let whole = format!("\x1b{rest}");
        assert_eq!(keys(&hear(&[(0, &whole)])), [want], "{rest}");
        assert_eq!(keys(&hear(&[(0, "\x1b"), (24, rest)])), [want], "{rest} in two");
        let bytes: Vec<String> = whole.chars().map(String::from).collect();
        let apart: Vec<_> = bytes.iter().zip(0..).map(|(byte, n)| (n * 20, byte.as_str())).collect();
        assert_eq!(keys(&hear(&apart)), [want], "{rest} byte by byte");
    }
}

#[test]
fn esc_and_a_letter_within_25_ms_is_alt() {
    assert_eq!(keys(&hear(&[(0, "\x1bb")])), ["alt-b"]);
    assert_eq!(keys(&hear(&[(0, "\x1b"), (24, "b")])), ["alt-b"]);
    assert_eq!(keys(&hear(&[(0, "\x1b"), (25, "b")])), ["esc", "b"], "a person pressed two keys");
    assert_eq!(keys(&hear(&[(0, "\x1b"), (3, "\x7f")])), ["alt-backspace"]);
    assert_eq!(keys(&hear(&[(0, "\x1b\x1b")])), ["esc", "esc"]);
    assert_eq!(keys(&hear(&[(0, "\x1b\x1b[A")])), ["esc", "up"]);
}

#[test]
fn a_broken_sequence_types_nothing() {
    assert_eq!(hear(&[(0, "\x1b"), (5, "[1;5")]), []);
    assert_eq!(hear(&[(0, "\x1b"), (5, "[99x")]), []);
    assert_eq!(hear(&[(0, &format!("\x1b[{}", "1".repeat(100)))]), []);
    assert_eq!(
        keys(&hear(&[(0, "\x1b[1;5\x1b[B"), (1, "x")])),
        ["down", "x"],
        "the next key is not swallowed"
    );
    for alone in ["[", "]", "O", "P"] {
        let want = KeyPress::parse(&format!("alt-{alone}")).unwrap().to_string();
        assert_eq!(keys(&hear(&[(0, "\x1b"), (5, alone)])), [want]);
    }
}

#[test]
fn a_character_torn_apart_is_whole_however_long_it_takes() {
    let mut decoder = Decoder::default();
    let [first, second] = <[u8; 2]>::try_from("é".as_bytes()).unwrap();
    assert_eq!(decoder.feed(&[first], 0), []);
    assert_eq!(decoder.deadline(), None);
    assert_eq!(keys(&decoder.feed(&[second, b'a'], 5_000)), ["é", "a"]);
}

#[test]
fn a_paste_is_a_paste_however_it_is_cut() {
    let want = [Input::Paste("one\ntwo\nthree\n[x \u{1b}[A".to_owned())];
    let whole = "\x1b[200~one\r\ntwo\rthree\n[x \x1b[A\x1b[201~";
    for cut in 1..whole.len() {
        let (first, second) = whole.split_at(cut);
        assert_eq!(hear(&[(0, first), (20, second)]), want, "cut after {cut}");
    }
    let after = format!("{whole}q");
    assert_eq!(hear(&[(0, &after)]).len(), 2, "and then keys are keys again");
}

#[test]
fn a_paste_whose_end_was_lost_is_kept_after_a_second() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b[200~walked", 0), []);
    assert_eq!(decoder.feed(b" home", 900), []);
    assert_eq!(decoder.deadline(), Some(1_900));
    assert_eq!(decoder.expire(1_900), [Input::Paste("walked home".to_owned())]);
    assert_eq!(keys(&decoder.feed(b"q", 2_000)), ["q"]);
}

#[test]
fn a_burst_is_told_from_typing() {
    let seven = hear(&[(0, "1234012")]);
    assert_eq!(seven.len(), 7, "seven keys at once are keys");
    let eight = hear(&[(0, "12340123")]);
    assert!(matches!(eight.as_slice(), [Input::Burst(run)] if run.len() == 8), "{eight:?}");
    assert!(matches!(hear(&[(0, "4 4\r3 3 2")]).as_slice(), [Input::Burst(run)] if run.len() == 9));
}

#[test]
fn a_burst_cut_into_reads_is_still_one_and_typing_after_it_is_typing() {
    let heard = hear(&[(0, "12340"), (10, "123"), (15, "4"), (500, "2")]);
    let shapes: Vec<&str> =
        heard.iter().map(|input| if matches!(input, Input::Burst(_)) { "burst" } else { "key" }).collect();
    assert_eq!(shapes, ["key", "key", "key", "key", "key", "burst", "burst", "key"]);
}

#[test]
fn keys_of_a_fast_hand_are_not_a_burst() {
    let reads: Vec<(u64, &str)> = (0..40).map(|n| (n * 30, "2")).collect();
    assert!(hear(&reads).iter().all(|input| matches!(input, Input::Key(_))));
    let held = hear(&[(0, &"\x1b[B".repeat(30))]);
    assert_eq!(held.len(), 30, "a held arrow is never a burst");
}

#[test]
fn the_mouse_clicks_and_wheels_and_nothing_else() {
    let heard = hear(&[(
        0,
        "\x1b[<0;8;4M\x1b[<0;8;4m\x1b[<35;8;4M\x1b[<32;8;4M\x1b[<2;8;4M\x1b[<64;8;4M\x1b[<65;8;4M",
    )]);
    let want = [Mouse::Click { x: 7, y: 3 }, Mouse::WheelUp, Mouse::WheelDown];
    assert_eq!(heard, want.map(Input::Mouse));
    assert_eq!(hear(&[(0, "\x1b"), (3, "[<0;8;4M")]), [Input::Mouse(want[0])]);
}

#[test]
fn answers_nobody_asked_for_are_nothing() {
    // The cursor's place, the terminal's kind, a colour, the focus, a release as some terminals tell it.
    for answer in ["\x1b[6;20R", "\x1b[?1;2c", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b[I", "\x1b[97;1:3u"] {
        assert_eq!(hear(&[(0, answer)]), [], "{answer:?}");
    }
}

#[test]
fn what_was_pasted_is_never_shown_by_debug() {
    let shown = format!("{:?}", Input::Paste("I walked".to_owned()));
    assert_eq!(shown, "Paste(8 bytes)");
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[200~I walked", 0);
    assert!(!format!("{decoder:?}").contains("walked"));
}
